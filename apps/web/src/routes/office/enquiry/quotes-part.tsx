import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { QuoteItem } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { formatDay } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { RecordSection } from "../../../office/record-page.tsx";
import { QuoteBadge } from "../enquiries/quote-badge.tsx";

interface QuotesPartProps {
  readonly enquiry: EnquiryForStaff;
  readonly canQuote: boolean;
  /** The one that is open. */
  readonly shown: string | undefined;
  readonly onShow: (which: string) => void;
}

/** What was quoted so far, the newest first. */
export function QuotesPart({ enquiry, canQuote, shown, onShow }: QuotesPartProps) {
  const t = useTranslations("officeEnquiries");
  const { quotes } = enquiry;
  return (
    <RecordSection
      title={t("quotes")}
      actions={
        canQuote ? (
          <Button size="small" onClick={() => onShow("new")}>
            {t("newQuote")}
          </Button>
        ) : undefined
      }
    >
      {quotes.length === 0 ? <p className="aside-note">{t("noQuotes")}</p> : null}
      <ul className="office-enquiry-quotes" aria-live="polite">
        {quotes.map((quote) => (
          <OneQuote
            key={quote.id}
            quote={quote}
            isShown={quote.id === shown}
            onShow={() => onShow(quote.id)}
          />
        ))}
      </ul>
    </RecordSection>
  );
}

interface OneQuoteProps {
  readonly quote: QuoteItem;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

function OneQuote({ quote, isShown, onShow }: OneQuoteProps) {
  const t = useTranslations("officeEnquiries");
  const tRun = useTranslations("run");
  const { number, run, places, total, status, lastDay, isWithdrawn } = quote;
  return (
    <li data-shown={isShown}>
      <div className="office-enquiry-quote-head">
        <button type="button" className="office-enquiry-open figures" onClick={onShow}>
          {number}
        </button>
        <QuoteBadge quote={quote} />
      </div>
      <div className="office-enquiry-quote-what">
        <span>{run.course.title}</span>
        <span>
          <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
        </span>
      </div>
      <div className="office-enquiry-quote-price">
        <Localized>{formatMoney(total)}</Localized>
        <span>
          {t("places", { count: places })}
          {(status === "draft" || status === "sent") && !isWithdrawn ? (
            <>, {t("goodTo", { day: formatDay(lastDay) })}</>
          ) : null}
        </span>
      </div>
    </li>
  );
}
