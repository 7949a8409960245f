import type { BookingDetail } from "@lectern/contract/bookings";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useFailureWords } from "../../../components/use-failure-words.ts";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import "./cancel-booking.css";

/** Gives the places of a booking back, after asking once. */
export function CancelBooking(props: { booking: BookingDetail; accessKey: string }) {
  const { accessKey } = props;
  const { reference } = props.booking;
  const t = useTranslations("booking");
  const words = useFailureWords();
  const api = useApi();
  const queryClient = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [wishes] = useState(() => new Wishes());
  const cancelling = useMutation(
    api.bookings.cancel.mutationOptions({
      onSuccess: (cancelled) => {
        const query = api.bookings.byReference.queryKey({ reference, accessKey });
        queryClient.setQueryData(query, cancelled);
      },
    }),
  );
  return (
    <>
      <button type="button" className="cancel-booking" onClick={() => dialog.current?.showModal()}>
        {t("cancel")}
      </button>
      <dialog ref={dialog} className="cancel-booking-dialog" aria-labelledby="cancel-booking">
        <h2 id="cancel-booking">{t("cancelSure")}</h2>
        <p>{t("cancelSureWords")}</p>
        {cancelling.error === null ? null : (
          <FailureNotice title={t("failedTitle")}>
            <p>{words(cancelling.error)}</p>
          </FailureNotice>
        )}
        <p className="cancel-booking-choices">
          <Button variant="outline" onClick={() => dialog.current?.close()}>
            {t("cancelNo")}
          </Button>
          <Button
            isBusy={cancelling.isPending}
            onClick={() =>
              cancelling.mutate(
                { reference, accessKey, idempotencyKey: wishes.keyOf({ reference }) },
                { onSuccess: () => dialog.current?.close() },
              )
            }
          >
            {t(cancelling.isPending ? "cancelling" : "cancelYes")}
          </Button>
        </p>
      </dialog>
    </>
  );
}
