import type { QuoteForCustomer } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { formatLongDay, zonePlace } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";

/** How many places at which price, for whom, and how long it is good. */
export function QuoteFacts({ quote }: { quote: QuoteForCustomer }) {
  const t = useTranslations("quote");
  const { places, unitPrice, total, recipient, lastDay, timeZone, number, status } = quote;
  return (
    <section aria-labelledby="quote-facts">
      <h2 id="quote-facts" className="visually-hidden">
        {t("facts")}
      </h2>
      <dl className="quote-facts">
        <div className="quote-facts-total">
          <dt className="label">{t("total")}</dt>
          <dd className="figures">
            <Localized>{formatMoney(total)}</Localized>
            <span className="quote-facts-tax">{t("withoutTax")}</span>
          </dd>
        </div>
        <div>
          <dt className="label">{t("places")}</dt>
          <dd className="figures">{places}</dd>
        </div>
        <div>
          <dt className="label">{t("unitPrice")}</dt>
          <dd className="figures">
            <Localized>{formatMoney(unitPrice)}</Localized>
          </dd>
        </div>
        <div>
          <dt className="label">{t("forWhom")}</dt>
          <dd>
            {recipient.name}
            {recipient.company === null ? null : <>, {recipient.company}</>}
          </dd>
        </div>
        {status === "sent" ? (
          <div>
            <dt className="label">{t("goodUntil")}</dt>
            <dd>
              <Localized>
                {t("goodUntilDay", {
                  lastDay: formatLongDay(lastDay),
                  place: zonePlace(timeZone) ?? timeZone,
                })}
              </Localized>
            </dd>
          </div>
        ) : null}
        {status === "sent" ? null : (
          <div>
            <dt className="label">{t("number")}</dt>
            <dd className="figures">{number}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
