import { type BookingCancelInput, BookingDetail } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { tell } from "../notifications/tell.ts";
import { lockSettled } from "./places/settle-places.ts";
import { readBooking, requireBooking } from "./read-booking.ts";
import { cancelPlaces } from "./registrations/cancel-places.ts";
import { decisionOf } from "./registrations/decision.ts";
import {
  type LockedBooking,
  type RegistrationRow,
  lockBooking,
} from "./registrations/locked-booking.ts";
import { inTheWay, whyNotCancelled } from "./registrations/obstacles.ts";

/**
 * Cancels a booking whose run has not begun, under the run's policy, and gives its places back in the
 * same transaction: all registrations that still have one. Giving up a hold costs nothing.
 *
 * @throws NotFound; Conflict (`wrong_state`: cancelled or expired already, or the run has begun);
 *   Forbidden for a waiver by others than staff; IdempotencyMismatch
 */
export async function cancelBooking(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingCancelInput>,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input, "bookings.cancel.any");
  const decision = decisionOf(found, input);
  const answer = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "bookings.cancel", input, BookingDetail, async () => {
      await lockSettled(tx, call, found.runId);
      const locked = await lockBooking(tx, found.id);
      const rows = seatedRows(locked);
      await cancelPlaces(tx, call, locked, rows, { decision, endedBy: "booking.cancel" });
      // Who booked is known once a booking is more than a hold.
      if (locked.booking.status !== "held") await tell(tx, "booking_cancelled", found.id);
      return readBooking(tx, call, found.reference);
    }),
  );
  call.changed(found.runId);
  return answer;
}

/** @returns what is to be cancelled: every registration that was not before */
function seatedRows(locked: LockedBooking): RegistrationRow[] {
  const { status } = locked.booking;
  const rows = locked.registrations.filter(
    (row) => row.status !== "cancelled" && row.status !== "transferred",
  );
  if (status === "cancelled" || status === "expired" || rows.length === 0) {
    throw conflict("booking", "wrong_state", "This booking can't be cancelled any more.", status);
  }
  for (const row of rows) {
    const obstacle = whyNotCancelled(locked, row);
    if (obstacle !== null) throw inTheWay(obstacle);
  }
  return rows;
}
