import type { BookingForStaff } from "@lectern/contract/booking-office";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useOptimisticCall } from "../../../office/use-optimistic-call.ts";
import { useBookingChanged } from "./use-booking.ts";

/** @returns approves a booking in the place of its company: shown at once, and taken back with the reason if it is refused */
export function useApproval(reference: string) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const undo = useUndo();
  const changed = useBookingChanged();
  const approving = useOptimisticCall({
    call: api.bookings.approve.mutationOptions(),
    shownIn: api.bookings.forStaff.queryFilter({ reference }),
    show: (shown: BookingForStaff): BookingForStaff => ({
      ...shown,
      status: "confirmed",
      can: { ...shown.can, approve: false },
    }),
  });
  return {
    isApproving: approving.isPending,
    approve: () => {
      approving.mutate(
        { reference, idempotencyKey: approving.keyOf({ reference }) },
        {
          onSuccess: () => {
            undo.say(t("approved"));
            changed();
          },
        },
      );
    },
  };
}
