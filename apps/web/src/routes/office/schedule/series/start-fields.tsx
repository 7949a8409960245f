import { useTranslations } from "use-intl";
import { AreaField, ChoiceField } from "../../../../editing/editing-field.tsx";
import { InputField, WeekdayField } from "../plan-fields.tsx";
import type { SeriesPlan } from "./series-plan.ts";

interface SeriesFieldsProps {
  readonly plan: SeriesPlan;
  readonly onChange: (changes: Partial<SeriesPlan>) => void;
  readonly problems: ReadonlyMap<string, string>;
}

/** When the dates of a series begin. */
export function StartFields({ plan, onChange, problems }: SeriesFieldsProps) {
  const t = useTranslations("officeSchedule");
  const dateProblem = [...problems].find(([path]) => path.startsWith("starts.dates"))?.[1];
  return (
    <div className="plan-fields">
      <ChoiceField
        label={t("startsKind")}
        value={plan.startsKind}
        onChange={(kind) => onChange({ startsKind: kind === "dates" ? "dates" : "weekly" })}
      >
        <option value="weekly">{t("starts_weekly")}</option>
        <option value="dates">{t("starts_dates")}</option>
      </ChoiceField>
      {plan.startsKind === "dates" ? (
        <AreaField
          label={t("startDates")}
          hint={t("startDatesHint")}
          problem={dateProblem}
          rows={6}
          value={plan.dates}
          onChange={(dates) => onChange({ dates })}
        />
      ) : (
        <>
          <InputField
            type="date"
            label={t("seriesFrom")}
            problem={problems.get("starts.from")}
            value={plan.seriesFrom}
            onChange={(seriesFrom) => onChange({ seriesFrom })}
          />
          <div className="plan-row">
            <InputField
              type="number"
              label={t("everyWeeks")}
              problem={problems.get("starts.everyWeeks")}
              value={plan.everyWeeks}
              onChange={(everyWeeks) => onChange({ everyWeeks })}
            />
            <InputField
              type="number"
              label={t("seriesRuns")}
              problem={problems.get("starts.runs")}
              value={plan.runs}
              onChange={(runs) => onChange({ runs })}
            />
          </div>
          <WeekdayField
            label={t("startsOn")}
            problem={problems.get("starts.weekdays")}
            chosen={plan.startsOn}
            onChange={(startsOn) => onChange({ startsOn })}
          />
        </>
      )}
    </div>
  );
}

/** Dates that depend on when each begins. */
export function TermFields({ plan, onChange, problems }: SeriesFieldsProps) {
  const t = useTranslations("officeSchedule");
  return (
    <div className="plan-row">
      <InputField
        type="number"
        label={t("decisionDays")}
        hint={t("optional")}
        problem={problems.get("decisionDaysBefore")}
        value={plan.decisionDays}
        onChange={(decisionDays) => onChange({ decisionDays })}
      />
      <InputField
        type="number"
        label={t("closesDays")}
        hint={t("optional")}
        problem={problems.get("bookingClosesDaysBefore")}
        value={plan.closesDays}
        onChange={(closesDays) => onChange({ closesDays })}
      />
    </div>
  );
}
