import type { QuoteDetail } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { BookingBadge } from "../bookings/booking-badges.tsx";

/** What became of a quote, or what stands against it: said as soon as it is known. */
export function QuoteAnswer({ quote }: { quote: QuoteDetail }) {
  return (
    <div className="office-enquiry-answer" role="status">
      <Answer quote={quote} />
    </div>
  );
}

function Answer({ quote }: { quote: QuoteDetail }) {
  const t = useTranslations("officeEnquiries");
  const may = useMay();
  const { status, booking, declinedReason, withdrawnReason, obstacle, run } = quote;
  if (booking !== null) {
    return (
      <>
        <p>
          {t("acceptedWords")}{" "}
          {may("bookings.read.any") ? (
            <OfficeLink href={`/office/bookings/${booking.reference}`}>
              {booking.reference}
            </OfficeLink>
          ) : (
            booking.reference
          )}{" "}
          <BookingBadge status={booking.status} />
        </p>
        {booking.expiresAt === null ? null : (
          <p>
            {t("heldUntil")} <OfficeInstant instant={booking.expiresAt} timeZone={run.timeZone} />
          </p>
        )}
      </>
    );
  }
  if (status === "declined") {
    return (
      <>
        <p>{t("declinedWords")}</p>
        {declinedReason === null ? null : <blockquote>{declinedReason}</blockquote>}
      </>
    );
  }
  if (quote.isWithdrawn) {
    return (
      <>
        <p>{t("withdrawnWords")}</p>
        {withdrawnReason === null ? null : <blockquote>{withdrawnReason}</blockquote>}
      </>
    );
  }
  if (obstacle === null || status === "expired") return null;
  return (
    <p className="office-enquiry-problem">{t(`obstacle_${obstacle}`, { left: run.placesLeft })}</p>
  );
}
