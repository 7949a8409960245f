import { type ReactNode, useMemo } from "react";
import { IntlProvider, useMessages } from "use-intl";
import { messages } from "./en-booking.ts";
import { LOCALE } from "./translate.ts";

/** Gives the pages around a booking their words, which are not loaded before the first of them. */
export function BookingWords({ children }: { children: ReactNode }) {
  const everywhere = useMessages();
  const all = useMemo(() => ({ ...everywhere, ...messages }), [everywhere]);
  return (
    <IntlProvider locale={LOCALE} messages={all} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
