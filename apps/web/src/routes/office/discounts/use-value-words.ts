import type { DiscountDetail, DiscountValue } from "@lectern/contract/discounts";
import { useTranslations } from "use-intl";
import { formatInstant } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { formatShare } from "../../../format/shares.ts";

/** @returns a function that says what a code takes off */
export function useValueWords(): (value: DiscountValue) => string {
  const t = useTranslations("officeDiscounts");
  return (value) =>
    value.kind === "percent"
      ? t("ofEachPlace", { percent: formatShare(value.basisPoints) })
      : t("ofTheWhole", { amount: formatMoney(value) });
}

/** @returns a function that says when a code can be used */
export function useWindowWords(): (
  window: Pick<DiscountDetail, "validFrom" | "validUntil">,
) => string {
  const t = useTranslations("officeDiscounts");
  return ({ validFrom, validUntil }) => {
    const from = validFrom === null ? "" : formatInstant(validFrom);
    const until = validUntil === null ? "" : formatInstant(validUntil);
    if (validFrom !== null && validUntil !== null) return t("between", { from, until });
    if (validFrom !== null) return t("fromOn", { from });
    return validUntil === null ? t("always") : t("untilThen", { until });
  };
}
