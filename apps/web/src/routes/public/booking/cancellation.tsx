import type { CancellationPolicy } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { formatShare } from "../../../format/shares.ts";
import "./cancellation.css";

/** What cancelling costs, by how early it is. */
export function Cancellation({ policy }: { policy: CancellationPolicy }) {
  const t = useTranslations("booking");
  const tiers = policy.tiers.toSorted((a, b) => b.daysBefore - a.daysBefore);
  return (
    <div className="cancellation">
      <h2 className="label">{t("cancellation")}</h2>
      {tiers.length === 0 ? (
        <p>{t("cancelNothing")}</p>
      ) : (
        <ul>
          {tiers.map(({ daysBefore, feeBasisPoints }) => (
            <li key={daysBefore}>
              {feeBasisPoints === 0
                ? t("cancelFree", { days: daysBefore })
                : t(daysBefore === 0 ? "cancelLast" : "cancelTier", {
                    days: daysBefore,
                    percent: formatShare(feeBasisPoints),
                  })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
