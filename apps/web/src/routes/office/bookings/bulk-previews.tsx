import type { BookingFound } from "@lectern/contract/booking-office";
import { useQueries } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { sumOf } from "../../../bookings/live-places.ts";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { useObstacleWords, useRefusalWords } from "../../../refusals/use-refusal-words.ts";

/** What is said beside: kept where the dialog finds it once it begins. */
export interface Decision {
  reason: string;
  waiveFee: boolean;
}

/** Why something is done, for the history and whoever is told. */
export function ReasonField({ decision, hint }: { decision: Decision; hint: string }) {
  const t = useTranslations("officeBookings");
  const id = useId();
  // What was said of others does not go on.
  useEffect(() => {
    decision.reason = "";
    decision.waiveFee = false;
  }, [decision]);
  return (
    <p className="office-bookings-field">
      <label className="label" htmlFor={id}>
        {t("reasonOptional")}
      </label>
      <input
        id={id}
        className="field"
        maxLength={500}
        aria-describedby={`${id}hint`}
        onChange={({ target }) => {
          decision.reason = target.value;
        }}
      />
      <span id={`${id}hint`} className="aside-note">
        {hint}
      </span>
    </p>
  );
}

interface CancelPreviewProps {
  readonly items: readonly BookingFound[];
  readonly decision: Decision;
  readonly canWaive: boolean;
}

/** What cancelling each would cost now, and all of them together. */
export function CancelPreview({ items, decision, canWaive }: CancelPreviewProps) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const words = useRefusalWords();
  const obstacleWords = useObstacleWords();
  const [isWaived, setIsWaived] = useState(false);
  const costs = useQueries({
    queries: items.map(({ reference }) =>
      api.registrations.cancellationCost.queryOptions({ reference }, { staleTime: 0, gcTime: 0 }),
    ),
  });
  const known = costs.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const currencies = new Set(known.flatMap(({ fee }) => (fee === null ? [] : [fee.currency])));
  const fees = currencies.size === 1 ? sumOf(known.map(({ fee }) => fee)) : null;
  function costOf(index: number): string {
    const asked = costs[index];
    if (asked?.data === undefined) return asked?.isError ? words(asked.error) : t("costing");
    const { fee, refund, registrations } = asked.data;
    const obstacle = registrations.find((each) => each.obstacle === "begun")?.obstacle;
    if (obstacle != null) return obstacleWords(obstacle);
    if (fee === null || refund === null) return t("costUnknown");
    if (isWaived || fee.amount === 0) return t("costFree");
    return t("costFee", { fee: formatMoney(fee), refund: formatMoney(refund) });
  }
  return (
    <>
      <p>{t("cancelWords")}</p>
      <ul className="office-bookings-costs" aria-live="polite">
        {items.map((item, index) => (
          <li key={item.reference}>
            <span>
              {item.reference} {item.booker?.name}
            </span>
            <Localized>{costOf(index)}</Localized>
          </li>
        ))}
      </ul>
      {fees === null || known.length < items.length || items.length < 2 ? null : (
        <p>
          <strong>
            <Localized>
              {t("costAll", {
                fee: formatMoney(isWaived ? { ...fees, amount: 0 } : fees),
              })}
            </Localized>
          </strong>
        </p>
      )}
      <ReasonField decision={decision} hint={t("cancelReasonHint")} />
      {canWaive ? (
        <label className="office-bookings-tick">
          <input
            type="checkbox"
            checked={isWaived}
            onChange={({ target }) => {
              decision.waiveFee = target.checked;
              setIsWaived(target.checked);
            }}
          />
          {t("waive")}
        </label>
      ) : null}
    </>
  );
}
