import {
  REPORT_PRESETS,
  REPORT_STEPS,
  type ReportPeriod,
  ReportPreset,
  ReportStep,
} from "@lectern/contract/reports";
import { useTranslations } from "use-intl";
import type { AddressFilters } from "../../../office/use-address-filters.ts";
import { type ReportFilters, fitsStep } from "./filters.ts";
import "./period-bar.css";

interface PeriodBarProps {
  readonly filters: AddressFilters<ReportFilters>;
  /** As it was answered, once it was. */
  readonly period: ReportPeriod | undefined;
}

const DEFAULT: ReportPreset = "last_12_months";

/** Which period a report is about, and what it is cut into. */
export function PeriodBar({ filters: address, period }: PeriodBarProps) {
  const { filters } = address;
  const t = useTranslations("officeReports");
  const isCustom = filters.from !== undefined && filters.to !== undefined;
  function choose(value: string): void {
    const preset = ReportPreset.safeParse(value).data;
    // One that is named has its dates; to choose others begins with those that are shown.
    if (preset === undefined)
      address.set({ period: undefined, from: period?.from, to: period?.to });
    else
      address.set({
        period: preset === DEFAULT ? undefined : preset,
        from: undefined,
        to: undefined,
      });
  }
  const dates = isCustom ? filters : { from: period?.from, to: period?.to };
  return (
    <div className="period-bar">
      <label>
        <span>{t("period")}</span>
        <select
          className="select"
          value={isCustom ? "custom" : (filters.period ?? DEFAULT)}
          onChange={({ target }) => choose(target.value)}
        >
          {REPORT_PRESETS.map((preset) => (
            <option key={preset} value={preset}>
              {t(`period_${preset}`)}
            </option>
          ))}
          <option value="custom">{t("period_custom")}</option>
        </select>
      </label>
      {(["from", "to"] as const).map((end) => (
        <label key={end}>
          <span>{t(end)}</span>
          <input
            type="date"
            className="field"
            min="2000-01-01"
            max="2099-12-31"
            value={dates[end] ?? ""}
            onChange={({ target }) => {
              if (target.value === "") return;
              address.set({ ...dates, period: undefined, [end]: target.value });
            }}
          />
        </label>
      ))}
      <label>
        <span>{t("step")}</span>
        <select
          className="select"
          value={filters.step ?? ""}
          onChange={({ target }) => address.set({ step: ReportStep.safeParse(target.value).data })}
        >
          <option value="">{t("step_auto")}</option>
          {REPORT_STEPS.map((step) => (
            <option key={step} value={step} disabled={!fitsStep(filters, step)}>
              {t(`step_${step}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
