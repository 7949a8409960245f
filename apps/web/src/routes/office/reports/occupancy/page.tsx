import type { OccupancyFigures, OccupancyReport, ReportKey } from "@lectern/contract/reports";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../../data/api.ts";
import { formatNumber, formatPercent } from "../../../../format/numbers.ts";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { FILTERS, periodOf, placesOf } from "../filters.ts";
import { fileNameOf, pointsOf, stepRows } from "../points.ts";
import { ReportChart } from "../report-chart.tsx";
import { ReportFrame } from "../report-frame.tsx";
import { type ReportColumn, ReportTable } from "../report-table.tsx";
import { ReportTiles } from "../report-tiles.tsx";
import { useKeyWords, useStepWords } from "../report-words.ts";
import { usePlaceFields } from "../use-fields.ts";
import { HeatTable } from "./heat-table.tsx";
import { percentValue, shareOf } from "./shares.ts";

/** How full dates are. */
export function OccupancyReportPage() {
  const t = useTranslations("officeReports");
  const filters = useAddressFilters(FILTERS);
  const query = useQuery(
    useApi().reports.occupancy.queryOptions(
      {
        ...periodOf(filters.filters),
        ...placesOf(filters.filters),
        withTentative: filters.filters.tentative ?? false,
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const fields = usePlaceFields();
  return (
    <ReportFrame
      name="occupancy"
      filters={filters}
      fields={[...fields, { kind: "flag", name: "tentative", words: t("withTentative") }]}
      query={query}
      isEmpty={({ cities }) => cities.length === 0}
    >
      {(report) => <Report report={report} />}
    </ReportFrame>
  );
}

function Report({ report }: { report: OccupancyReport }) {
  const t = useTranslations("officeReports");
  const words = useStepWords();
  const keyWords = useKeyWords();
  const { period, total, totalBefore } = report;
  const figures = useFigureColumns();
  const columnsOf = (by: "city" | "topic"): ReportColumn<OccupancyReport["cities"][number]>[] => [
    {
      id: "key",
      head: t(by),
      cell: ({ key }) => keyWords(by, key),
      value: ({ key }) => keyWords(by, key),
    },
    {
      id: "before",
      head: t("before"),
      cell: ({ before }) => formatPercent(shareOf(before)),
      value: ({ before }) => percentValue(before),
    },
    ...figures.map((column) => ({
      ...column,
      cell: (row: { figures: OccupancyFigures }) => column.cell(row.figures),
      value: (row: { figures: OccupancyFigures }) => column.value(row.figures),
    })),
  ];
  const idOf = ({ key }: { key: ReportKey }) => JSON.stringify(key);
  return (
    <>
      <ReportTiles
        tiles={[
          {
            id: "occupancy",
            name: t("occupancy"),
            value: formatPercent(shareOf(total)),
            now: shareOf(total),
            before: shareOf(totalBefore),
          },
          ...(["runs", "capacity", "taken"] as const).map((id) => ({
            id,
            name: t(id),
            value: formatNumber(total[id]),
            now: total[id],
            before: totalBefore[id],
          })),
        ]}
      />
      <ReportChart
        title={t("occupancy")}
        points={pointsOf(report, words, shareOf)}
        total={shareOf(total)}
        totalBefore={shareOf(totalBefore)}
        format={formatPercent}
        formatShort={formatPercent}
        atLeast={1}
      />
      <ReportTable
        title={t("overTime")}
        rows={stepRows(report, words)}
        keyOf={({ from }) => from}
        columns={[
          { id: "step", head: t("stepHead"), cell: ({ name }) => name, value: ({ from }) => from },
          ...figures.map((column) => ({
            ...column,
            cell: (row: { figures: OccupancyFigures }) => column.cell(row.figures),
            value: (row: { figures: OccupancyFigures }) => column.value(row.figures),
          })),
        ]}
        total={{ name: t("total"), from: t("total"), figures: total }}
        fileName={fileNameOf("occupancy", period, period.step)}
      />
      <HeatTable report={report} />
      <ReportTable
        title={t("byDimension", { dimension: t("city").toLocaleLowerCase() })}
        rows={report.cities}
        keyOf={idOf}
        columns={columnsOf("city")}
        fileName={fileNameOf("occupancy", period, "city")}
      />
      <ReportTable
        title={t("byDimension", { dimension: t("topic").toLocaleLowerCase() })}
        hint={t("topicHint")}
        rows={report.topics}
        keyOf={idOf}
        columns={columnsOf("topic")}
        fileName={fileNameOf("occupancy", period, "topic")}
      />
    </>
  );
}

function useFigureColumns(): ReportColumn<OccupancyFigures>[] {
  const t = useTranslations("officeReports");
  return [
    {
      id: "share",
      head: t("occupancy"),
      cell: (figures) => formatPercent(shareOf(figures)),
      value: percentValue,
    },
    ...(["taken", "capacity", "runs"] as const).map((id) => ({
      id,
      head: t(id),
      cell: (figures: OccupancyFigures) => formatNumber(figures[id]),
      value: (figures: OccupancyFigures) => figures[id],
    })),
  ];
}
