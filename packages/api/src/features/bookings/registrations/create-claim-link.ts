import { ClaimLink, type ClaimLinkInput } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import { registration } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { sameAddress, throttleBy } from "../../people/accounts/throttles.ts";
import { tell } from "../../notifications/tell.ts";
import { type BookingRow, requireBooking } from "../read-booking.ts";
import { claimId } from "./claimed-registration.ts";
import { lockBooking } from "./locked-booking.ts";
import { inTheWay, whyNotClaimed } from "./obstacles.ts";

type LinkInput = z.infer<typeof ClaimLinkInput>;

const StoredLink = ClaimLink.omit({ claimKey: true });
type StoredLink = z.infer<typeof StoredLink>;

/**
 * What opens the claim of an unnamed place, for whoever booked it to hand on: the same each time, until
 * it is renewed.
 *
 * @throws NotFound; Conflict `wrong_state` for a registration without a place, of a booking that is not
 *   confirmed, or that has a learner; IdempotencyMismatch
 */
export async function createClaimLink(
  db: Database,
  call: Call,
  input: LinkInput,
): Promise<ClaimLink> {
  const found = await requireBooking(db, call, input, "bookings.change.any");
  if (input.sendTo != null) await throttleBy(db, "mail.recipient", sameAddress(input.sendTo));
  const stored = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "registrations.claimLink", input, StoredLink, () =>
      createLink(tx, call, input, found),
    ),
  );
  const { registrationId, claimVersion } = stored;
  return {
    ...stored,
    claimKey: call.accessKeys.keyFor("claim", claimId(registrationId, claimVersion)),
  };
}

async function createLink(
  tx: Transaction,
  call: Call,
  { registrationId, renew, sendTo }: LinkInput,
  found: BookingRow,
): Promise<StoredLink> {
  const locked = await lockBooking(tx, found.id);
  const row = locked.registrations.find(({ id }) => id === registrationId);
  if (row === undefined) throw notFound("registration", registrationId);
  const obstacle = whyNotClaimed(locked, row);
  if (obstacle !== null) throw inTheWay(obstacle);
  if (row.learnerEmail !== null) {
    throw conflict("registration", "wrong_state", "This place has a learner already.", "named");
  }
  const isRenewed = renew ?? false;
  const claimVersion = row.claimVersion + (isRenewed ? 1 : 0);
  if (isRenewed) {
    await tx.update(registration).set({ claimVersion }).where(eq(registration.id, row.id));
  }
  const isSent = sendTo != null;
  if (isSent)
    await tell(tx, "claim_link", row.id, { to: { name: nameFor(sendTo), email: sendTo } });
  if (isRenewed || isSent) {
    await recordAudit(tx, call, {
      action: "registration.link",
      entity: "registration",
      entityId: row.id,
      before: { claimVersion: row.claimVersion },
      after: { claimVersion, isSent },
    });
  }
  return { registrationId: row.id, claimVersion };
}

/** Nobody told the name of whom the link is sent to. */
function nameFor(email: string): string {
  return email.slice(0, email.lastIndexOf("@")).slice(0, 200);
}
