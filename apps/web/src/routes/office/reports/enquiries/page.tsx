import type { EnquiriesReport, EnquiryFigures } from "@lectern/contract/reports";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../../data/api.ts";
import { formatNumber, formatPercent, formatShortNumber } from "../../../../format/numbers.ts";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { FILTERS, periodOf } from "../filters.ts";
import { fileNameOf, pointsOf, stepRows } from "../points.ts";
import { ReportChart } from "../report-chart.tsx";
import { ReportFrame } from "../report-frame.tsx";
import { type ReportColumn, ReportTable } from "../report-table.tsx";
import { ReportTiles } from "../report-tiles.tsx";
import { useStepWords } from "../report-words.ts";
import { useEnquiryFields } from "../use-fields.ts";

/** What becomes of enquiries. */
export function EnquiriesReportPage() {
  const filters = useAddressFilters(FILTERS);
  const query = useQuery(
    useApi().reports.enquiries.queryOptions(
      { ...periodOf(filters.filters), kinds: filters.filters.kind ?? null },
      { placeholderData: keepPreviousData },
    ),
  );
  const fields = useEnquiryFields();
  return (
    <ReportFrame
      name="enquiries"
      filters={filters}
      fields={fields}
      query={query}
      isEmpty={({ total, totalBefore }) => total.received + totalBefore.received === 0}
    >
      {(report) => <Report report={report} />}
    </ReportFrame>
  );
}

const STAGES = ["received", "answered", "quoted", "won", "lost"] as const;

function wonShare({ won, received }: EnquiryFigures): number {
  return received === 0 ? 0 : won / received;
}

function Report({ report }: { report: EnquiriesReport }) {
  const t = useTranslations("officeReports");
  const words = useStepWords();
  const duration = useDuration();
  const { period, total, totalBefore } = report;
  const figures = useFigureColumns();
  const ofRow = figures.map((column) => ({
    ...column,
    cell: (row: { figures: EnquiryFigures }) => column.cell(row.figures),
    value: (row: { figures: EnquiryFigures }) => column.value(row.figures),
  }));
  const [median, medianBefore] = [total.medianAnswerSeconds, totalBefore.medianAnswerSeconds];
  return (
    <>
      <ReportTiles
        tiles={[
          ...STAGES.map((id) => ({
            id,
            name: t(id),
            value: formatNumber(total[id]),
            now: total[id],
            before: totalBefore[id],
          })),
          {
            id: "share",
            name: t("wonShare"),
            value: formatPercent(wonShare(total)),
            now: wonShare(total),
            before: wonShare(totalBefore),
          },
          {
            id: "median",
            name: t("median"),
            value: duration(median),
            now: median ?? undefined,
            before: medianBefore ?? undefined,
          },
        ]}
      />
      <div className="report-frame-charts">
        {(["received", "won"] as const).map((id) => (
          <ReportChart
            key={id}
            title={t(id)}
            points={pointsOf(report, words, (one) => one[id])}
            total={total[id]}
            totalBefore={totalBefore[id]}
            format={formatNumber}
            formatShort={formatShortNumber}
          />
        ))}
      </div>
      <ReportTable
        title={t("overTime")}
        rows={stepRows(report, words)}
        keyOf={({ from }) => from}
        columns={[
          { id: "step", head: t("stepHead"), cell: ({ name }) => name, value: ({ from }) => from },
          ...ofRow,
        ]}
        total={{ name: t("total"), from: t("total"), figures: total }}
        fileName={fileNameOf("enquiries", period, period.step)}
      />
      <ReportTable
        title={t("byKind")}
        rows={report.kinds}
        keyOf={({ kind }) => kind}
        columns={[
          {
            id: "kind",
            head: t("kind"),
            cell: ({ kind }) => t(`kind_${kind}`),
            value: ({ kind }) => t(`kind_${kind}`),
          },
          {
            id: "before",
            head: t("before"),
            cell: ({ before }) => formatNumber(before.received),
            value: ({ before }) => before.received,
          },
          ...ofRow,
        ]}
        fileName={fileNameOf("enquiries", period, "kind")}
      />
    </>
  );
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Roughly: what takes days is told in days. */
function useDuration(): (seconds: number | null) => string {
  const t = useTranslations("officeReports");
  return (seconds) => {
    if (seconds === null) return "–";
    if (seconds < HOUR) return t("minutes", { count: Math.max(1, Math.round(seconds / MINUTE)) });
    if (seconds < 2 * DAY) return t("hours", { count: Math.round(seconds / HOUR) });
    return t("days", { count: Math.round(seconds / DAY) });
  };
}

function useFigureColumns(): ReportColumn<EnquiryFigures>[] {
  const t = useTranslations("officeReports");
  const duration = useDuration();
  return [
    ...STAGES.map((id) => ({
      id,
      head: t(id),
      cell: (figures: EnquiryFigures) => formatNumber(figures[id]),
      value: (figures: EnquiryFigures) => figures[id],
    })),
    {
      id: "share",
      head: t("wonShare"),
      cell: (figures) => formatPercent(wonShare(figures)),
      value: (figures) => Math.round(wonShare(figures) * 1000) / 10,
    },
    {
      id: "median",
      head: t("median"),
      cell: ({ medianAnswerSeconds }) => duration(medianAnswerSeconds),
      value: ({ medianAnswerSeconds }) => duration(medianAnswerSeconds),
    },
  ];
}
