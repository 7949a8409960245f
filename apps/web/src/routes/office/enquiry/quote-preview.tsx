import type { QuoteDetail } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { RunDays, RunHours } from "../../../components/run-time.tsx";
import { formatLongDay } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { languageName } from "../../../format/names.ts";
import { language } from "../../../language/language.ts";

/** What the customer reads: the words, the date, the price, and until when. */
export function QuotePreview({ quote }: { quote: QuoteDetail }) {
  const t = useTranslations("officeEnquiries");
  const tRun = useTranslations("run");
  const { run, places, unitPrice, total, message, lastDay, recipient } = quote;
  return (
    <>
      {quote.language === language() ? null : (
        <p className="aside-note">
          <Localized>{t("previewLanguage", { language: languageName(quote.language) })}</Localized>
        </p>
      )}
      <div className="office-enquiry-preview">
        <p className="aside-note">
          {t("to")} {recipient.name}
          {recipient.company === null ? null : <>, {recipient.company}</>}, {recipient.email}
        </p>
        <p className="office-enquiry-preview-title">
          {t("previewTitle", { quote: quote.number, course: run.course.title })}
        </p>
        {message === "" ? null : (
          <p className="office-enquiry-message" lang={quote.language}>
            {message}
          </p>
        )}
        <dl>
          <div>
            <dt>{t("course")}</dt>
            <dd>{run.course.title}</dd>
          </div>
          <div>
            <dt>{t("date")}</dt>
            <dd>
              <RunDays run={run} />, <RunHours run={run} />
            </dd>
          </div>
          <div>
            <dt>{t("place")}</dt>
            <dd>{run.venue === null ? tRun("online") : `${run.venue.name}, ${run.venue.city}`}</dd>
          </div>
          <div>
            <dt>{t("placesCount")}</dt>
            <dd>{places}</dd>
          </div>
          <div>
            <dt>{t("pricePerPlace")}</dt>
            <dd>
              <Localized>{formatMoney(unitPrice)}</Localized>
            </dd>
          </div>
          <div className="office-enquiry-preview-total">
            <dt>{t("total")}</dt>
            <dd>
              <strong className="figures">
                <Localized>{formatMoney(total)}</Localized>
              </strong>{" "}
              {t("withoutVat")}
            </dd>
          </div>
        </dl>
        <p>{t("previewUntil", { day: formatLongDay(lastDay) })}</p>
      </div>
    </>
  );
}
