import { useTranslations } from "use-intl";
import { formatDays, formatMonth } from "../../../format/dates.ts";
import { VIEWS, type View } from "./filters.ts";

interface ScheduleHeadProps {
  readonly view: View;
  readonly date: string;
  readonly days: readonly string[];
  readonly onView: (view: View) => void;
  readonly onTurn: (by: 1 | -1) => void;
  readonly onToday: () => void;
}

/** @returns the name of what a view shows: a month, or the days of a week */
export function periodOf(view: View, date: string, days: readonly string[]): string {
  return view === "month" ? formatMonth(date) : formatDays(days[0] ?? date, days.at(-1) ?? date);
}

/** What is shown, and ways to other times and views. */
export function ScheduleHead({ view, date, days, onView, onTurn, onToday }: ScheduleHeadProps) {
  const t = useTranslations("officeSchedule");
  return (
    <div className="schedule-head">
      <h2 aria-live="polite">{periodOf(view, date, days)}</h2>
      <div className="schedule-turn">
        <button
          type="button"
          className="plain-button"
          aria-label={t("before")}
          onClick={() => onTurn(-1)}
        >
          <span aria-hidden="true">‹</span>
        </button>
        <button type="button" className="plain-button" onClick={onToday}>
          {t("today")}
        </button>
        <button
          type="button"
          className="plain-button"
          aria-label={t("after")}
          onClick={() => onTurn(1)}
        >
          <span aria-hidden="true">›</span>
        </button>
      </div>
      <div className="schedule-views" role="group" aria-label={t("views")}>
        {VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            className="plain-button"
            aria-pressed={one === view}
            onClick={() => onView(one)}
          >
            {t(`view_${one}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
