import type { RouterOutputs } from "@lectern/client";
import { useTranslations } from "use-intl";
import { formatHours, formatLongDay } from "../../../../format/dates.ts";
import { Findings } from "../findings.tsx";
import { formatWeekdayDate } from "../formats.ts";

type PreviewedRun = RouterOutputs["runs"]["previewSeries"]["runs"][number];

interface SeriesPreviewTableProps {
  readonly runs: readonly PreviewedRun[];
  /** Starts of those that are not wanted. */
  readonly unwanted: ReadonlySet<string>;
  readonly isBusy: boolean;
  readonly onWanted: (start: string, isWanted: boolean) => void;
}

/** The dates of a series before they are made: each with what is in the way, to be chosen or left out. */
export function SeriesPreviewTable(props: SeriesPreviewTableProps) {
  const { runs, unwanted, isBusy, onWanted } = props;
  const t = useTranslations("officeSchedule");
  const possible = runs.filter(({ isPossible }) => isPossible);
  return (
    <div className="series-preview" aria-busy={isBusy}>
      <p>{t("previewLede")}</p>
      <p role="status" className="aside-note">
        {t("previewCount", {
          chosen: possible.filter(({ start }) => !unwanted.has(start)).length,
          count: runs.length,
          blocked: runs.length - possible.length,
        })}
      </p>
      <ol>
        {runs.map(({ start, sessions, findings, isPossible }) => {
          const [first] = sessions;
          const day = first?.localStart ?? start;
          return (
            <li key={start} data-possible={isPossible}>
              <label>
                <input
                  type="checkbox"
                  aria-label={t("previewChoose", { day: formatLongDay(day) })}
                  checked={isPossible && !unwanted.has(start)}
                  disabled={!isPossible}
                  onChange={({ target }) => onWanted(start, target.checked)}
                />
                <strong>{formatLongDay(day)}</strong>
              </label>
              <p className="aside-note">
                {sessions
                  .map(
                    (one) =>
                      `${formatWeekdayDate(one.localStart)}, ${formatHours(one.localStart, one.localEnd)}`,
                  )
                  .join(" · ")}
              </p>
              {findings.length === 0 ? null : <Findings findings={findings} />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
