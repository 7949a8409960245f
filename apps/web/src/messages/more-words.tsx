import { type ReactNode, useMemo } from "react";
import { IntlProvider, type Messages, useMessages } from "use-intl";
import { LOCALE } from "./translate.ts";

interface MoreWordsProps {
  readonly messages: Partial<Messages>;
  readonly children: ReactNode;
}

/** Adds words that are not loaded before the first page that needs them. */
export function MoreWords({ messages, children }: MoreWordsProps) {
  const everywhere = useMessages();
  const all = useMemo(() => ({ ...everywhere, ...messages }), [everywhere, messages]);
  return (
    <IntlProvider locale={LOCALE} messages={all} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
