import type { ReportPeriod } from "@lectern/contract/reports";
import type { UseQueryResult } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar, type FilterField } from "../../../office/filter-bar.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import type { AddressFilters } from "../../../office/use-address-filters.ts";
import type { ReportFilters } from "./filters.ts";
import { PeriodBar } from "./period-bar.tsx";
import { useStepWords } from "./report-words.ts";
import "./report-frame.css";

export const REPORTS = ["bookings", "occupancy", "demand", "enquiries", "cancellations"] as const;
export type ReportName = (typeof REPORTS)[number];

interface ReportFrameProps<Report extends { readonly period: ReportPeriod }> {
  readonly name: ReportName;
  readonly filters: AddressFilters<ReportFilters>;
  readonly fields: readonly FilterField[];
  readonly query: UseQueryResult<Report, unknown>;
  /** Whether there is nothing to show, now or before. */
  readonly isEmpty: (report: Report) => boolean;
  readonly children: (report: Report) => ReactNode;
}

/** What all reports have: the way to the others, the period, filters. What is shown stays while the next is loaded. */
export function ReportFrame<Report extends { readonly period: ReportPeriod }>(
  props: ReportFrameProps<Report>,
) {
  const { name, filters, fields, query, isEmpty, children } = props;
  const t = useTranslations("officeReports");
  const words = useStepWords();
  return (
    <OfficePage
      title={t(`report_${name}`)}
      lede={t(`lede_${name}`)}
      actions={
        <Button variant="outline" onClick={() => print()}>
          {t("print")}
        </Button>
      }
    >
      <OtherReports />
      <PeriodBar filters={filters} period={query.data?.period} />
      <div className="report-frame-filters">
        <FilterBar page={`reports-${name}`} filters={filters} fields={fields} />
      </div>
      <Loaded query={query}>
        {(report) => (
          <div
            className="report-frame"
            aria-busy={query.isFetching}
            data-stale={query.isPlaceholderData}
          >
            <p className="report-frame-period">
              {t("shown", {
                period: words.dates(report.period),
                before: words.dates(report.period.before),
                zone: report.period.timeZone,
              })}
            </p>
            {isEmpty(report) ? (
              <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
            ) : (
              children(report)
            )}
          </div>
        )}
      </Loaded>
    </OfficePage>
  );
}

/** The period goes along. */
function OtherReports() {
  const t = useTranslations("officeReports");
  const { pathname, searchStr } = useLocation();
  const asked = new URLSearchParams(searchStr);
  const kept = new URLSearchParams();
  for (const part of ["period", "from", "to", "step"]) {
    const value = asked.get(part);
    if (value !== null) kept.set(part, value);
  }
  const query = kept.size === 0 ? "" : `?${kept.toString()}`;
  return (
    <nav className="report-frame-others" aria-label={t("others")}>
      <ul>
        {REPORTS.map((name) => {
          const address = `/office/reports/${name}`;
          return (
            <li key={name}>
              <OfficeLink href={address + query} isCurrent={pathname.endsWith(address)}>
                {t(`report_${name}`)}
              </OfficeLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
