import { type ClaimInput, PlaceClaimed } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import { registration } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { withRunInLanguage } from "../../../shared/in-language.ts";
import { toRunSummary } from "../../../shared/run-summary.ts";
import { requireTimeZone } from "../../../shared/zoned-time.ts";
import { tell } from "../../notifications/tell.ts";
import { accountOf, accountsOfAddresses } from "../accounts-of-addresses.ts";
import { findRunSummaryRow } from "../find-run-summary-row.ts";
import { duplicateLearner } from "../write-order.ts";
import { type ClaimedRegistration, requireClaim } from "./claimed-registration.ts";
import { lockBooking } from "./locked-booking.ts";
import { inTheWay, whyNotClaimed } from "./obstacles.ts";

type PlaceInput = z.infer<typeof ClaimInput>;

/**
 * Takes an unnamed place for the learner who holds its claim link: whoever that is, as the claim is
 * bound to the link and not to an address. The link is spent then.
 *
 * @throws NotFound for an unknown registration, a wrong key and a link that was renewed alike; Invalid;
 *   Conflict `already_exists` when somebody has the place, `duplicate_learner` for a learner who has
 *   another place of this run, `wrong_state` for a place that is no more; IdempotencyMismatch
 */
export async function claimPlace(
  db: Database,
  call: Call,
  input: PlaceInput,
): Promise<PlaceClaimed> {
  if (input.learner.timeZone != null) requireTimeZone(input.learner.timeZone, "learner.timeZone");
  const claimed = await requireClaim(db, call, input);
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "registrations.claim", input, PlaceClaimed, () =>
        claim(tx, call, input, claimed),
      ),
    );
  } catch (error) {
    throw duplicateLearner(error);
  }
}

async function claim(
  tx: Transaction,
  call: Call,
  { registrationId, claimVersion, learner }: PlaceInput,
  claimed: ClaimedRegistration,
): Promise<PlaceClaimed> {
  const accounts = await accountsOfAddresses(tx, [learner.email]);
  const locked = await lockBooking(tx, claimed.bookingId);
  const row = locked.registrations.find(({ id }) => id === claimed.id);
  // Renewed while this waited for the lock.
  if (row?.claimVersion !== claimVersion) throw notFound("registration", registrationId);
  const obstacle = whyNotClaimed(locked, row);
  if (obstacle !== null) throw inTheWay(obstacle);
  if (row.learnerEmail !== null) {
    throw conflict("registration", "already_exists", "Somebody has this place already.", "learner");
  }
  const [written] = await tx
    .update(registration)
    .set({
      learnerId: accountOf(accounts, learner.email),
      learnerName: learner.name,
      learnerEmail: learner.email,
      timeZone: learner.timeZone ?? null,
      claimedAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(registration.id, row.id))
    .returning({ claimedAt: registration.claimedAt });
  await recordAudit(tx, call, {
    action: "registration.claim",
    entity: "registration",
    entityId: row.id,
    before: { isNamed: false },
    after: { isNamed: true, claimVersion },
  });
  await tell(tx, "learner_named", row.id);
  const run = await findRunSummaryRow(tx, row.runId);
  if (run === undefined || written?.claimedAt == null) {
    throw new Error("A claimed registration has no run");
  }
  return withRunInLanguage(tx, call.language, {
    registrationId: row.id,
    run: toRunSummary(run),
    learner: { name: learner.name, email: learner.email, timeZone: learner.timeZone ?? null },
    claimedAt: written.claimedAt.toISOString(),
  });
}
