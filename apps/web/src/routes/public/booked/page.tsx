import { isLecternError } from "@lectern/client";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useFailureWords } from "../../../components/use-failure-words.ts";
import { useApi } from "../../../data/api.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { Booked } from "./booked.tsx";
import { KeyForm } from "./key-form.tsx";
import { useBookingKey } from "./use-booking-key.ts";

const route = getRouteApi("/bookings/$reference");

/** One booking, seen by whoever has its key. */
export function BookedPage() {
  const t = useTranslations();
  const words = useFailureWords();
  const api = useApi();
  const { reference } = route.useParams();
  const { accessKey, give } = useBookingKey(reference);
  const booking = useQuery(
    api.bookings.byReference.queryOptions(
      { reference, accessKey: accessKey ?? "" },
      { enabled: accessKey != null },
    ),
  );
  const isWrong =
    isLecternError(booking.error, "NotFound") || isLecternError(booking.error, "Invalid");

  if (accessKey != null && booking.data !== undefined) {
    return <Booked booking={booking.data} accessKey={accessKey} />;
  }
  if (accessKey === null || isWrong) {
    return <KeyForm reference={reference} isWrong={isWrong} onKey={give} />;
  }
  return (
    <div className="page section">
      {booking.error === null ? (
        <p role="status">{t("booking.opening")}</p>
      ) : (
        <FailureNotice title={t("booking.failedTitle")}>
          <p>{words(booking.error)}</p>
          <Button variant="outline" onClick={() => void booking.refetch()}>
            {t("failures.retry")}
          </Button>
        </FailureNotice>
      )}
      <noscript>
        <p>{t("booking.noScript")}</p>
      </noscript>
    </div>
  );
}
