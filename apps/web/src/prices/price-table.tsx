import type { PriceStep } from "@lectern/contract/prices";
import type { Money } from "@lectern/contract/primitives";
import { useTranslations } from "use-intl";
import { Localized } from "../components/localized.tsx";
import { formatInstantIn } from "../format/dates.ts";
import { formatMoney } from "../format/money.ts";
import { formatShare } from "../format/shares.ts";
import { type PriceLine, priceLines } from "./price-lines.ts";
import "./price-table.css";

interface PriceTableProps {
  /** The steps of each place's price. */
  readonly places: readonly (readonly PriceStep[])[];
  readonly total: Money;
  /** Of the run: times are told on its clock. */
  readonly timeZone: string;
}

/** What places cost together, line by line. */
export function PriceTable({ places, total, timeZone }: PriceTableProps) {
  const t = useTranslations("prices");
  const { currency } = total;

  function wordsOf({ kind, count, amount, detail }: PriceLine): string {
    switch (kind) {
      case "base": {
        if (count === 1 || amount % count !== 0) return t("base", { count });
        return t("baseAt", { count, each: formatMoney({ amount: amount / count, currency }) });
      }
      case "early_bird":
        if (detail === null) return t("early_birdPlain");
        return t("early_bird", { until: formatInstantIn(detail, timeZone) });
      case "volume":
        return detail === null ? t("volumePlain") : t("volume", { fromPlaces: detail });
      case "discount_code":
        return detail === null ? t("discount_codePlain") : t("discount_code", { code: detail });
      case "transfer":
        return t("transfer");
      case "waiver":
        return t("waiver");
      case "quote": {
        if (count === 1 || amount % count !== 0 || detail === null) return t("quote", { count });
        const each = formatMoney({ amount: amount / count, currency });
        return t("quoteAt", { count, each, number: detail });
      }
    }
  }

  return (
    <dl className="price-table">
      {priceLines(places).map((line) => (
        <div key={JSON.stringify([line.kind, line.basisPoints, line.detail])}>
          <dt>
            <Localized>{wordsOf(line)}</Localized>
            {line.basisPoints === null ? null : (
              <span className="price-table-share">
                <Localized>{t("share", { percent: formatShare(line.basisPoints) })}</Localized>
              </span>
            )}
          </dt>
          <dd className="figures">
            <Localized>{formatMoney({ amount: line.amount, currency })}</Localized>
          </dd>
        </div>
      ))}
      <div className="price-table-total">
        <dt>
          {t("total")} <span className="price-table-tax">{t("withoutTax")}</span>
        </dt>
        <dd className="figures">
          <Localized>{formatMoney(total)}</Localized>
        </dd>
      </div>
    </dl>
  );
}
