import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import type { QuoteDraft } from "./use-quote-draft.ts";

/** What it comes to, as it is typed; how that is to the list price, and whether there are places. */
export function QuoteTotal({ draft }: { draft: QuoteDraft }) {
  const t = useTranslations("officeEnquiries");
  const { places, unitAmount, currency, run } = draft;
  const isKnown = Number.isSafeInteger(places) && places > 0 && unitAmount >= 0;
  const money = (amount: number) => formatMoney({ amount, currency });
  return (
    <div className="office-enquiry-total" aria-live="polite">
      {isKnown ? (
        <p>
          <Localized>
            {t("totalOf", { places: String(places), price: money(unitAmount) })}{" "}
            <strong className="figures">{money(places * unitAmount)}</strong>
          </Localized>{" "}
          <span>{t("withoutVat")}</span>
        </p>
      ) : (
        <p className="aside-note">{t("totalUnknown")}</p>
      )}
      {isKnown && run?.price != null && run.price.amount !== unitAmount ? (
        <p className="aside-note">
          <Localized>
            {t(unitAmount < run.price.amount ? "underList" : "overList", {
              difference: money(Math.abs(run.price.amount - unitAmount)),
              list: formatMoney(run.price),
            })}
          </Localized>
        </p>
      ) : null}
      {isKnown && run !== undefined && places > run.placesLeft ? (
        <p className="office-enquiry-problem">{t("moreThanLeft", { left: run.placesLeft })}</p>
      ) : null}
    </div>
  );
}
