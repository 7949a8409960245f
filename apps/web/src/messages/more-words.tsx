import { type ReactNode, use } from "react";
import { IntlProvider, type Messages, useLocale, useMessages } from "use-intl";

interface MoreWordsProps {
  /** As `wordsOf` gives them. */
  readonly words: () => Partial<Messages> | Promise<Partial<Messages>>;
  readonly children: ReactNode;
}

/** Adds words that are not loaded before the first page that needs them. */
export function MoreWords({ words, children }: MoreWordsProps) {
  const everywhere = useMessages();
  const locale = useLocale();
  const found = words();
  // No hook that keeps something may follow: once the words are there, React goes on without having asked for them.
  const messages = found instanceof Promise ? use(found) : found;
  return (
    <IntlProvider locale={locale} messages={together(everywhere, messages)} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}

const made = new WeakMap<object, WeakMap<object, Partial<Messages>>>();

/** @returns both, as the same object each time: whoever shows words is drawn anew only for others */
function together(one: Partial<Messages>, other: Partial<Messages>): Partial<Messages> {
  const known = made.get(one) ?? new WeakMap<object, Partial<Messages>>();
  made.set(one, known);
  const both = known.get(other) ?? { ...one, ...other };
  known.set(other, both);
  return both;
}
