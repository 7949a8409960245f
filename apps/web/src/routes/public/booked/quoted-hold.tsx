import type { BookingDetail } from "@lectern/contract/bookings";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { sumOf } from "../../../bookings/live-places.ts";
import { useApi } from "../../../data/api.ts";
import { Countdown } from "../../../time-left/countdown.tsx";
import { DetailsForm } from "../booking/details-form.tsx";
import "./booked-state.css";

interface QuotedHoldProps {
  readonly booking: BookingDetail;
  readonly accessKey: string;
  /** When it was read, on this device's clock. */
  readonly readAt: number;
}

/**
 * Places that a quote set aside, to be confirmed right here: the date may be private, or closed to others.
 * Once their time is over, they can be had again as long as there are enough.
 */
export function QuotedHold({ booking, accessKey, readAt }: QuotedHoldProps) {
  const t = useTranslations("booked");
  const api = useApi();
  const queryClient = useQueryClient();
  const { reference, status, expiresAt, serverTime, run } = booking;
  const isHeld = status === "held";

  function readAgain(): void {
    const proof = { reference, accessKey };
    void queryClient.invalidateQueries(api.bookings.byReference.queryFilter(proof));
  }
  return (
    <div className="booked-state">
      <p>{t(isHeld ? "words_held" : "words_quoteLapsed")}</p>
      {isHeld && expiresAt !== null ? (
        <Countdown
          label={t("timeLeft")}
          expiresAt={expiresAt}
          serverTime={serverTime}
          readAt={readAt}
          timeZone={run.timeZone}
          onEnd={readAgain}
        />
      ) : null}
      <DetailsForm
        booking={isHeld ? booking : asIfHeld(booking)}
        accessKey={accessKey}
        isNew={false}
        onExpired={readAgain}
      />
    </div>
  );
}

/** With the places that confirming it would take again. */
function asIfHeld(booking: BookingDetail): BookingDetail {
  const registrations = booking.registrations.map((place) => ({
    ...place,
    status: "reserved" as const,
  }));
  return { ...booking, registrations, total: sumOf(registrations.map(({ price }) => price)) };
}
