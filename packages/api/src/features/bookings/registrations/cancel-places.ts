import { registration, registrationChange } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { closeChoices } from "./close-choices.ts";
import { costOfCancelling } from "./cost-of-cancelling.ts";
import type { Decision } from "./decision.ts";
import type { LockedBooking, RegistrationRow } from "./locked-booking.ts";
import { isHeld } from "./obstacles.ts";
import { type EndedBy, releasePlaces } from "./release-places.ts";

/** A price that is on request stays so. */
const NOTHING_TO_PAY = { priceAmount: sql`${registration.priceAmount} * 0`, priceExplanation: [] };

/**
 * Cancels registrations that have places: gives the places back, writes down what it costs and who
 * decided. The booking ends with its last registration.
 *
 * @param locked with the run's counter, which was settled
 * @param rows of the booking, none in the way of whose cancellation anything stands
 */
export async function cancelPlaces(
  tx: Transaction,
  call: Call,
  locked: LockedBooking,
  rows: readonly RegistrationRow[],
  { decision, endedBy }: { decision: Decision; endedBy: EndedBy },
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const hasOthers = rows.length < (locked.allocation?.quantity ?? 0);
  await tx
    .update(registration)
    .set({
      status: "cancelled",
      // What was only held was never sold: the booking costs what is left of it.
      ...(isHeld(locked.booking) && hasOthers && NOTHING_TO_PAY),
      cancelledAt: sql`clock_timestamp()`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(inArray(registration.id, ids));
  await closeChoices(tx, ids, "refund");
  await writeCosts(tx, call, locked, rows, decision);
  const { reason } = decision;
  await releasePlaces(tx, call, locked, rows.length, { endedBy, reason });
}

/** Writes down what registrations cost that are cancelled, or whose run was. */
export async function writeCosts(
  tx: Transaction,
  call: Call,
  locked: LockedBooking,
  rows: readonly RegistrationRow[],
  decision: Decision,
  action: "registration.cancel" | "registration.refund" = "registration.cancel",
): Promise<void> {
  const costs = rows.map((row) => ({ row, cost: costOfCancelling(locked, row, decision) }));
  // Nothing was sold yet: there is nothing to settle.
  if (!isHeld(locked.booking)) {
    await tx.insert(registrationChange).values(
      costs.map(({ row, cost }) => ({
        id: uuidv7(),
        registrationId: row.id,
        kind: "cancellation" as const,
        decidedBy: locked.openChoices.has(row.id) ? ("academy" as const) : decision.decidedBy,
        feeAmount: cost.fee?.amount ?? null,
        refundAmount: cost.refund?.amount ?? null,
        currency: cost.price?.currency ?? null,
        noticeDays: cost.noticeDays,
        feeBasisPoints: cost.feeBasisPoints,
        reason: decision.reason,
      })),
    );
  }
  await recordAudit(
    tx,
    call,
    costs.map(({ row, cost }) => ({
      action,
      entity: "registration",
      entityId: row.id,
      before: { status: row.status },
      after: { status: "cancelled", fee: cost.fee, refund: cost.refund },
    })),
  );
}
