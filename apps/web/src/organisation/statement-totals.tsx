import type { RouterOutputs } from "@lectern/client";
import { useTranslations } from "use-intl";
import { Localized } from "../components/localized.tsx";
import { formatMoney } from "../format/money.ts";

type Page = RouterOutputs["organisations"]["statement"];

interface StatementTotalsProps {
  readonly totals: Page["totals"];
  /** Bookings that do not count, for their price is on request. */
  readonly withoutPrice: number;
}

/** What the bookings of a statement come to, in each currency. */
export function StatementTotals({ totals, withoutPrice }: StatementTotalsProps) {
  const t = useTranslations("organisation");
  return (
    <>
      <div className="organisation-scroll" tabIndex={0} role="group" aria-labelledby="totals">
        <table className="organisation-table">
          <thead>
            <tr>
              <th scope="col">{t("currency")}</th>
              <th scope="col" className="organisation-amount">
                {t("total")}
              </th>
              <th scope="col" className="organisation-amount">
                {t("paid")}
              </th>
              <th scope="col" className="organisation-amount">
                {t("openAmount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map(({ currency, total, paid, open }) => (
              <tr key={currency}>
                <th scope="row">{currency}</th>
                {[total, paid, open].map((amount, column) => (
                  <td key={column} className="organisation-amount">
                    <Localized>{formatMoney({ amount, currency })}</Localized>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {withoutPrice > 0 ? (
        <p className="aside-note">{t("withoutPrice", { count: withoutPrice })}</p>
      ) : null}
    </>
  );
}
