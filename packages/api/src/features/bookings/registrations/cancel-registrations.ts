import { BookingDetail } from "@lectern/contract/bookings";
import type { RegistrationsCancelInput } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { tell } from "../../notifications/tell.ts";
import { lockSettled } from "../places/settle-places.ts";
import { readBooking, requireBooking } from "../read-booking.ts";
import { cancelPlaces } from "./cancel-places.ts";
import { decisionOf } from "./decision.ts";
import { lockBooking, pickRegistrations } from "./locked-booking.ts";
import { requireUnobstructed, whyNotCancelled } from "./obstacles.ts";

/**
 * Cancels registrations of a booking under the run's policy, all of them or none. The others keep their
 * places; with the last one the booking ends.
 *
 * @throws NotFound; Conflict `wrong_state` for a registration that has no place, or whose run has
 *   begun; Forbidden for a waiver by others than staff; IdempotencyMismatch
 */
export async function cancelRegistrations(
  db: Database,
  call: Call,
  input: z.infer<typeof RegistrationsCancelInput>,
): Promise<BookingDetail> {
  const found = await requireBooking(db, call, input, "bookings.cancel.any");
  const decision = decisionOf(found, input);
  const answer = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "registrations.cancel", input, BookingDetail, async () => {
      await lockSettled(tx, call, found.runId);
      const locked = await lockBooking(tx, found.id);
      const rows = pickRegistrations(locked, input.registrationIds);
      requireUnobstructed(locked, rows, whyNotCancelled);
      await cancelPlaces(tx, call, locked, rows, { decision, endedBy: "registration.cancel" });
      // Who booked is known once a booking is more than a hold.
      if (locked.booking.status !== "held") {
        const ids = rows.map(({ id }) => id);
        await tell(tx, "registration_cancelled", ids);
      }
      return readBooking(tx, call, found.reference);
    }),
  );
  call.changed(found.runId);
  return answer;
}
