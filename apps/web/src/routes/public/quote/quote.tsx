import type { QuoteForCustomer, QuoteProof } from "@lectern/contract/quotes";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { Localized } from "../../../components/localized.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { formatInstantIn, formatLongDay } from "../../../format/dates.ts";
import { langOf } from "../../../language/lang-of.ts";
import { RunPanel } from "../booking/run-panel.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { Onward } from "./onward.tsx";
import { QuoteFacts } from "./quote-facts.tsx";
import { type Outcome, outcomeOf } from "./quote-words.ts";

export interface QuoteProps {
  readonly quote: QuoteForCustomer;
  readonly proof: z.infer<typeof QuoteProof>;
}

/** What is offered, how it stands, and what can be done with it. */
export function Quote({ quote, proof }: QuoteProps) {
  const t = useTranslations("quote");
  const tRun = useTranslations("run");
  const { run, message, language } = quote;
  const outcome = outcomeOf(quote);
  const heading = useFocusOnChange<HTMLHeadingElement>(quote.status, true);
  const said = useSaid(quote, outcome);
  return (
    <div className="page quote">
      <header className="quote-head">
        <p className="quote-course" lang={langOf(run.course.contentLanguage)}>
          <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
            {run.course.title}
          </Link>
          <span>
            <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
          </span>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {said.title}
        </h1>
        <p className="quote-words">
          <Localized>{said.words}</Localized>
        </p>
      </header>
      <div className="quote-frame">
        <div className="quote-step">
          {outcome === "sent" ? null : <Onward quote={quote} outcome={outcome} />}
          {message.trim() === "" ? null : (
            <section className="quote-message" aria-labelledby="quote-message">
              <h2 id="quote-message" className="label">
                {t("message")}
              </h2>
              <p lang={langOf(language)}>{message}</p>
            </section>
          )}
          <QuoteFacts quote={quote} />
          {outcome === "sent" ? <AnswerForm quote={quote} proof={proof} /> : null}
        </div>
        <RunPanel run={run} isPriceLeftOut />
      </div>
    </div>
  );
}

function useSaid(quote: QuoteForCustomer, outcome: Outcome): { title: string; words: string } {
  const t = useTranslations("quote");
  const { number, places, recipient, booking, run } = quote;
  const lastDay = formatLongDay(quote.lastDay);
  switch (outcome) {
    case "sent":
      return {
        title: t("heading_sent", { number }),
        words: t("lede_sent", {
          count: places,
          name: recipient.company ?? recipient.name,
          lastDay,
        }),
      };
    case "held": {
      const until = booking?.expiresAt ?? quote.serverTime;
      const words = t("lede_held", { until: formatInstantIn(until, run.timeZone) });
      return { title: t("heading_accepted"), words };
    }
    case "open":
    case "confirmed":
    case "lapsed":
    case "cancelled":
      return { title: t("heading_accepted"), words: t(`lede_${outcome}`) };
    case "expired":
      return { title: t("heading_expired"), words: t("lede_expired", { lastDay }) };
    case "declined":
    case "withdrawn":
      return { title: t(`heading_${outcome}`), words: t(`lede_${outcome}`) };
  }
}
