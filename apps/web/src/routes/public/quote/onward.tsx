import type { QuoteForCustomer } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { keepBookingKey } from "../../../browser/booking-keys.ts";
import { LinkButton } from "../../../components/button.tsx";
import type { Outcome } from "./quote-words.ts";

const BOOKING_WORDS = {
  held: "goOn",
  open: "openBooking",
  confirmed: "openBooking",
  cancelled: "openBooking",
  lapsed: "stillConfirm",
} as const;

function hasBooking(outcome: Outcome): outcome is keyof typeof BOOKING_WORDS {
  return Object.hasOwn(BOOKING_WORDS, outcome);
}

/** Where to go on from a quote that is answered, or over. */
export function Onward({ quote, outcome }: { quote: QuoteForCustomer; outcome: Outcome }) {
  const t = useTranslations("quote");
  const { booking, run } = quote;
  if (booking !== null && hasBooking(outcome)) {
    return (
      <p className="quote-ways">
        <LinkButton
          to="/bookings/$reference"
          params={{ reference: booking.reference }}
          size="large"
          onClick={() =>
            keepBookingKey({
              reference: booking.reference,
              accessKey: booking.accessKey,
              runId: run.id,
            })
          }
        >
          {t(BOOKING_WORDS[outcome])}
        </LinkButton>
      </p>
    );
  }
  return (
    <p className="quote-ways">
      <LinkButton to="/contact">{t("contact")}</LinkButton>
      <LinkButton
        to="/courses/$slug"
        params={{ slug: run.course.slug }}
        hash="dates"
        variant="outline"
      >
        {t("otherDates")}
      </LinkButton>
    </p>
  );
}
