import { DEMAND_ROWS_MAX, type DemandFigures, type DemandReport } from "@lectern/contract/reports";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../../data/api.ts";
import { formatMoney } from "../../../../format/money.ts";
import { formatNumber, formatShortNumber } from "../../../../format/numbers.ts";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { FILTERS, periodOf, placesOf } from "../filters.ts";
import { fileNameOf, pointsOf, stepRows } from "../points.ts";
import { ReportChart } from "../report-chart.tsx";
import { ReportFrame } from "../report-frame.tsx";
import { type ReportColumn, ReportTable, amountValue } from "../report-table.tsx";
import { ReportTiles } from "../report-tiles.tsx";
import { useKeyWords, useStepWords } from "../report-words.ts";
import { usePlaceFields } from "../use-fields.ts";

/** What people wait for. */
export function DemandReportPage() {
  const filters = useAddressFilters(FILTERS);
  const query = useQuery(
    useApi().reports.demand.queryOptions(
      { ...periodOf(filters.filters), ...placesOf(filters.filters) },
      { placeholderData: keepPreviousData },
    ),
  );
  const fields = usePlaceFields();
  return (
    <ReportFrame
      name="demand"
      filters={filters}
      fields={fields}
      query={query}
      isEmpty={({ total, totalBefore }) => total.entries + totalBefore.entries === 0}
    >
      {(report) => <Report report={report} />}
    </ReportFrame>
  );
}

function Report({ report }: { report: DemandReport }) {
  const t = useTranslations("officeReports");
  const words = useStepWords();
  const keyWords = useKeyWords();
  const { period, total, totalBefore } = report;
  const currencies = [
    ...new Set([...total.unmet, ...totalBefore.unmet].map(({ currency }) => currency)),
  ].toSorted();
  const unmetOf = ({ unmet }: DemandFigures, currency: string) =>
    unmet.find((one) => one.currency === currency)?.amount ?? 0;
  const figures = useFigureColumns(currencies, unmetOf);
  const ofRow = figures.map((column) => ({
    ...column,
    cell: (row: { figures: DemandFigures }) => column.cell(row.figures),
    value: (row: { figures: DemandFigures }) => column.value(row.figures),
  }));
  return (
    <>
      <ReportTiles
        tiles={[
          ...(
            [
              ["entries", "entries"],
              ["wanted", "places"],
              ["unmetPlaces", "unmetPlaces"],
            ] as const
          ).map(([name, id]) => ({
            id,
            name: t(name),
            value: formatNumber(total[id]),
            now: total[id],
            before: totalBefore[id],
          })),
          ...currencies.map((currency) => ({
            id: currency,
            name: t("unmetValue", { currency }),
            value: formatMoney({ amount: unmetOf(total, currency), currency }),
            now: unmetOf(total, currency),
            before: unmetOf(totalBefore, currency),
          })),
        ]}
      />
      <div className="report-frame-charts">
        <ReportChart
          title={t("wanted")}
          points={pointsOf(report, words, ({ places }) => places)}
          total={total.places}
          totalBefore={totalBefore.places}
          format={formatNumber}
          formatShort={formatShortNumber}
        />
        <ReportChart
          title={t("unmetPlaces")}
          points={pointsOf(report, words, ({ unmetPlaces }) => unmetPlaces)}
          total={total.unmetPlaces}
          totalBefore={totalBefore.unmetPlaces}
          format={formatNumber}
          formatShort={formatShortNumber}
        />
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
        fileName={fileNameOf("demand", period, period.step)}
      />
      <ReportTable
        title={t("whereMost")}
        hint={
          report.isComplete ? undefined : t("firstRows", { count: formatNumber(DEMAND_ROWS_MAX) })
        }
        rows={report.rows}
        keyOf={({ course, city }) => JSON.stringify([course, city])}
        columns={[
          {
            id: "course",
            head: t("course"),
            cell: ({ course }) => course.label,
            value: ({ course }) => course.label,
          },
          {
            id: "city",
            head: t("city"),
            cell: ({ city }) => keyWords("city", city),
            value: ({ city }) => keyWords("city", city),
            isText: true,
          },
          ...ofRow,
        ]}
        fileName={fileNameOf("demand", period, "courses")}
      />
    </>
  );
}

function useFigureColumns(
  currencies: readonly string[],
  unmetOf: (figures: DemandFigures, currency: string) => number,
): ReportColumn<DemandFigures>[] {
  const t = useTranslations("officeReports");
  const names = [
    ["entries", "entries"],
    ["wanted", "places"],
    ["unmetPlaces", "unmetPlaces"],
    ["offered", "offered"],
    ["accepted", "accepted"],
    ["declined", "declined"],
    ["lapsed", "lapsed"],
    ["waiting", "waiting"],
  ] as const;
  return [
    ...names.map(([name, id]) => ({
      id,
      head: t(name),
      cell: (figures: DemandFigures) => formatNumber(figures[id]),
      value: (figures: DemandFigures) => figures[id],
    })),
    ...currencies.map((currency) => ({
      id: currency,
      head: t("unmetValue", { currency }),
      cell: (figures: DemandFigures) =>
        formatMoney({ amount: unmetOf(figures, currency), currency }),
      value: (figures: DemandFigures) => amountValue(unmetOf(figures, currency), currency),
    })),
  ];
}
