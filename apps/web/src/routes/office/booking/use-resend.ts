import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { useApi } from "../../../data/api.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useBookingChanged } from "./use-booking.ts";

/** @returns sends a booking's confirmation, or what asks for its approval, once more */
export function useResend(reference: string): () => void {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const undo = useUndo();
  const words = useAccountWords();
  const changed = useBookingChanged();
  const sending = useCall(api.bookings.resend.mutationOptions());
  return () => {
    if (sending.isPending) return;
    sending.mutate(
      { reference, idempotencyKey: sending.keyOf({ reference }) },
      {
        onSuccess: () => {
          undo.say(t("resent"));
          changed();
        },
        onError: (error) => undo.alert(words(error)),
      },
    );
  };
}
