import type { BookingDetail } from "@lectern/contract/bookings";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { isQuotedHold } from "../../../bookings/quoted.ts";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { LinkButton } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Countdown } from "../../../time-left/countdown.tsx";
import { QuotedHold } from "./quoted-hold.tsx";
import "./booked-state.css";

interface BookedStateProps {
  readonly booking: BookingDetail;
  /** Nothing where it is their own: then they are signed in. */
  readonly accessKey: string | null;
  /** When it was read, on this device's clock. */
  readonly readAt: number;
}

/** What a booking that is not confirmed waits for, and how long its places are set aside. */
export function BookedState({ booking, accessKey, readAt }: BookedStateProps) {
  const t = useTranslations("booked");
  const api = useApi();
  const queryClient = useQueryClient();
  const { status, expiresAt, serverTime, reference, run } = booking;
  if (status === "confirmed" || status === "cancelled") return null;
  if (accessKey !== null && isQuotedHold(booking)) {
    return <QuotedHold booking={booking} accessKey={accessKey} readAt={readAt} />;
  }
  if (status === "expired") return <p>{t("words_expired")}</p>;

  function readAgain(): void {
    const proof = { reference, accessKey };
    void queryClient.invalidateQueries(api.bookings.byReference.queryFilter(proof));
  }
  return (
    <div className="booked-state">
      <p>
        {status === "awaiting_approval"
          ? t("words_awaiting_approval", { approver: booking.approver?.email ?? "" })
          : t(`words_${status}`)}
      </p>
      {expiresAt === null ? null : (
        <Countdown
          label={t("timeLeft")}
          expiresAt={expiresAt}
          serverTime={serverTime}
          readAt={readAt}
          timeZone={run.timeZone}
          onEnd={readAgain}
        />
      )}
      {status === "held" && accessKey !== null ? (
        <p>
          <LinkButton
            to="/book/$runId"
            params={{ runId: run.id }}
            onClick={() => keepBookingKey({ reference, accessKey, runId: run.id })}
          >
            {t("goOn")}
          </LinkButton>
        </p>
      ) : null}
    </div>
  );
}
