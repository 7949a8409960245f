import type {
  ReportDimension,
  ReportKey,
  ReportPeriod,
  ReportStep,
} from "@lectern/contract/reports";
import { useTranslations } from "use-intl";
import { formatDay, formatMonth } from "../../../format/dates.ts";
import { countryName } from "../../../format/names.ts";
import { formatShortDay, formatShortMonth, formatYear, quarterOf } from "../../../format/steps.ts";

type Days = ReportPeriod["steps"][number];

/** How steps are called: in a table and, with less room, below a chart. */
export function useStepWords() {
  const t = useTranslations("officeReports");
  const quarter = (date: string) =>
    t("quarter", { quarter: String(quarterOf(date)), year: formatYear(date) });
  return {
    short(step: ReportStep, { from }: Days): string {
      switch (step) {
        case "day":
        case "week":
          return formatShortDay(from);
        case "month":
          return formatShortMonth(from);
        case "quarter":
          return quarter(from);
        case "year":
          return formatYear(from);
      }
    },
    long(step: ReportStep, { from, to }: Days): string {
      switch (step) {
        case "day":
          return formatDay(from);
        case "week":
          return t("dates", { from: formatShortDay(from), to: formatDay(to) });
        case "month":
          return formatMonth(from);
        case "quarter":
          return quarter(from);
        case "year":
          return formatYear(from);
      }
    },
    dates: ({ from, to }: Days) => t("dates", { from: formatDay(from), to: formatDay(to) }),
  };
}

/** What a row of a report is about, in words. */
export function useKeyWords(): (by: ReportDimension, key: ReportKey) => string {
  const t = useTranslations();
  return (by, { value, label, country }) => {
    switch (by) {
      case "topic":
        return value === "" ? t("officeReports.none_topic") : label;
      case "country":
        return value === "" ? t("officeReports.none_country") : countryName(value);
      case "city":
        if (value === "") return t("officeReports.none_city");
        return country === null ? label : `${label}, ${countryName(country)}`;
      case "delivery_mode":
        return t(modeWords(value));
      case "booker":
        return t(
          value === "company" ? "officeReports.booker_company" : "officeReports.booker_individual",
        );
    }
  };
}

function modeWords(value: string) {
  switch (value) {
    case "classroom":
      return "run.mode_classroom";
    case "virtual":
      return "run.mode_virtual";
    case "self_paced":
      return "run.mode_self_paced";
    default:
      return "run.mode_blended";
  }
}
