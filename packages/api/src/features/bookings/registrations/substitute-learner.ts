import { BookingDetail } from "@lectern/contract/bookings";
import type { RegistrationSubstituteInput } from "@lectern/contract/registrations";
import type { Decider } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { registration, registrationChange } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { requireTimeZone } from "../../../shared/zoned-time.ts";
import { tell } from "../../notifications/tell.ts";
import { accountOf, accountsOfAddresses } from "../accounts-of-addresses.ts";
import { type FoundBooking, readBooking, requireBooking } from "../read-booking.ts";
import { duplicateLearner } from "../write-order.ts";
import { type RegistrationRow, lockBooking } from "./locked-booking.ts";
import { inTheWay, whyNotNamed } from "./obstacles.ts";

type SubstituteInput = z.infer<typeof RegistrationSubstituteInput>;

/**
 * Gives a place to another learner, or names the learner of an unnamed one. The seat stays as it is, so
 * that this works on a run that is full, and costs nothing. Claim links given so far become worthless.
 *
 * @throws NotFound; Invalid; Conflict `wrong_state` for a registration without a place, or once the run has begun
 *   (for staff: has ended), `duplicate_learner` for one who has a place already; IdempotencyMismatch
 */
export async function substituteLearner(
  db: Database,
  call: Call,
  input: SubstituteInput,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input, "bookings.change.any");
  const { timeZone } = input.learner;
  if (timeZone != null) requireTimeZone(timeZone, "learner.timeZone");
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "registrations.substitute", input, BookingDetail, () =>
        substitute(tx, call, input, found),
      ),
    );
  } catch (error) {
    throw duplicateLearner(error);
  }
}

async function substitute(
  tx: Transaction,
  call: Call,
  { registrationId, learner }: SubstituteInput,
  found: FoundBooking,
): Promise<BookingDetail> {
  const accounts = await accountsOfAddresses(tx, [learner.email]);
  const locked = await lockBooking(tx, found.id);
  const row = locked.registrations.find(({ id }) => id === registrationId);
  if (row === undefined) throw notFound("registration", registrationId);
  const obstacle = whyNotNamed(locked, row, found.decider !== "booker");
  if (obstacle !== null) throw inTheWay(obstacle);
  const isSame = row.learnerEmail?.toLowerCase() === learner.email.toLowerCase();
  await tx
    .update(registration)
    .set({
      learnerId: accountOf(accounts, learner.email),
      learnerName: learner.name,
      learnerEmail: learner.email,
      timeZone: learner.timeZone ?? (isSame ? row.timeZone : null),
      // The same person, spelled rightly, keeps what was claimed.
      ...(!isSame && {
        claimVersion: sql`${registration.claimVersion} + 1`,
        claimedAt: null,
      }),
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(registration.id, row.id));
  await recordAudit(tx, call, {
    action: row.learnerEmail === null ? "registration.name" : "registration.substitute",
    entity: "registration",
    entityId: row.id,
    before: { isNamed: row.learnerEmail !== null, claimVersion: row.claimVersion },
    after: { isNamed: true, isSame, claimVersion: row.claimVersion + (isSame ? 0 : 1) },
  });
  if (!isSame) await announce(tx, found.decider, row);
  return readBooking(tx, call, found.reference);
}

/** Tells the new learner, and the one who was replaced. */
async function announce(tx: Transaction, decider: Decider, before: RegistrationRow): Promise<void> {
  await tell(tx, "learner_named", before.id);
  const { learnerName: name, learnerEmail: email } = before;
  if (name === null || email === null) return;
  await tell(tx, "registration_cancelled", before.id, { to: { name, email } });
  await tx.insert(registrationChange).values({
    id: uuidv7(),
    registrationId: before.id,
    kind: "substitution",
    decidedBy: decider,
  });
}
