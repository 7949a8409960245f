import type { WaitlistEntryDetail } from "@lectern/contract/waitlist";
import { useTranslations } from "use-intl";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { LinkButton } from "../../../components/button.tsx";

/** What became of a place in the waiting list, and where to go on. */
export function Ended({ entry }: { entry: WaitlistEntryDetail }) {
  const t = useTranslations("waitlist");
  const tBooking = useTranslations("booking");
  const { status, booking, run } = entry;
  if (status === "waiting" || status === "offered") return null;
  const canComeBack = status !== "accepted" && status !== "closed";
  return (
    <>
      <p>{t(`words_${status}`)}</p>
      <p className="waitlist-ways">
        {booking === null ? null : (
          <LinkButton
            to="/bookings/$reference"
            params={{ reference: booking.reference }}
            onClick={() => keepBookingKey({ ...booking, runId: run.id })}
          >
            {t("openBooking")}
          </LinkButton>
        )}
        {canComeBack ? (
          <LinkButton to="/book/$runId" params={{ runId: run.id }}>
            {t("again")}
          </LinkButton>
        ) : null}
        {status === "accepted" ? null : (
          <LinkButton
            to="/courses/$slug"
            params={{ slug: run.course.slug }}
            hash="dates"
            variant="outline"
          >
            {tBooking("otherDates")}
          </LinkButton>
        )}
      </p>
    </>
  );
}
