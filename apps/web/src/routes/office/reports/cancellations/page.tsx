import type { CancellationFigures, CancellationsReport } from "@lectern/contract/reports";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../../data/api.ts";
import { formatMoney } from "../../../../format/money.ts";
import { formatNumber, formatPercent, formatShortNumber } from "../../../../format/numbers.ts";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { FILTERS, periodOf, placesOf } from "../filters.ts";
import { fileNameOf, pointsOf, stepRows } from "../points.ts";
import { ReportChart } from "../report-chart.tsx";
import { ReportFrame } from "../report-frame.tsx";
import { ReportTable } from "../report-table.tsx";
import { ReportTiles } from "../report-tiles.tsx";
import { useKeyWords, useStepWords } from "../report-words.ts";
import { useBookingFields } from "../use-fields.ts";
import { useFigureColumns } from "./use-figure-columns.ts";

/** What was cancelled. */
export function CancellationsReportPage() {
  const filters = useAddressFilters(FILTERS);
  const { by, booker } = filters.filters;
  const query = useQuery(
    useApi().reports.cancellations.queryOptions(
      { ...periodOf(filters.filters), ...placesOf(filters.filters), booker: booker ?? null, by },
      { placeholderData: keepPreviousData },
    ),
  );
  const fields = useBookingFields();
  return (
    <ReportFrame
      name="cancellations"
      filters={filters}
      fields={fields}
      query={query}
      isEmpty={({ total, totalBefore }) => total.places + totalBefore.places === 0}
    >
      {(report) => <Report report={report} />}
    </ReportFrame>
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function Report({ report }: { report: CancellationsReport }) {
  const t = useTranslations("officeReports");
  const words = useStepWords();
  const keyWords = useKeyWords();
  const { period, by, total, totalBefore } = report;
  const currencies = [
    ...new Set([...total.costs, ...totalBefore.costs].map(({ currency }) => currency)),
  ].toSorted();
  const figures = useFigureColumns(currencies);
  const share = {
    id: "share",
    head: t("shareOfCancelled"),
    cell: (row: { figures: CancellationFigures }) =>
      formatPercent(ratio(row.figures.places, total.places)),
    value: (row: { figures: CancellationFigures }) =>
      Math.round(ratio(row.figures.places, total.places) * 1000) / 10,
  };
  const before = {
    id: "before",
    head: t("before"),
    cell: (row: { before: CancellationFigures }) => formatNumber(row.before.places),
    value: (row: { before: CancellationFigures }) => row.before.places,
  };
  const shares = [
    ratio(total.places, report.bookedPlaces),
    ratio(totalBefore.places, report.bookedPlacesBefore),
  ] as const;
  const feeOf = ({ costs }: CancellationFigures, currency: string) =>
    costs.find((one) => one.currency === currency)?.fee ?? 0;
  return (
    <>
      <ReportTiles
        tiles={[
          {
            id: "places",
            name: t("cancelledPlaces"),
            value: formatNumber(total.places),
            now: total.places,
            before: totalBefore.places,
          },
          {
            id: "share",
            name: t("cancelledShare"),
            value: formatNumber(shares[0] * 100),
            now: shares[0],
            before: shares[1],
          },
          {
            id: "notice",
            name: t("noticeAverage"),
            value: t("days", { count: Math.round(ratio(total.noticeDays, total.places)) }),
            now: ratio(total.noticeDays, total.places),
            before: ratio(totalBefore.noticeDays, totalBefore.places),
          },
          ...currencies.map((currency) => ({
            id: currency,
            name: t("fee", { currency }),
            value: formatMoney({ amount: feeOf(total, currency), currency }),
            now: feeOf(total, currency),
            before: feeOf(totalBefore, currency),
          })),
        ]}
      />
      <ReportChart
        title={t("cancelledPlaces")}
        points={pointsOf(report, words, ({ places }) => places)}
        total={total.places}
        totalBefore={totalBefore.places}
        format={formatNumber}
        formatShort={formatShortNumber}
      />
      <ReportTable
        title={t("overTime")}
        hint={t("unsettledHint")}
        rows={stepRows(report, words)}
        keyOf={({ from }) => from}
        columns={[
          { id: "step", head: t("stepHead"), cell: ({ name }) => name, value: ({ from }) => from },
          ...figures,
        ]}
        total={{ name: t("total"), from: t("total"), figures: total }}
        fileName={fileNameOf("cancellations", period, period.step)}
      />
      <ReportTable
        title={t("why")}
        rows={report.causes}
        keyOf={({ cause }) => cause}
        columns={[
          {
            id: "cause",
            head: t("why"),
            cell: ({ cause }) => t(`cause_${cause}`),
            value: ({ cause }) => t(`cause_${cause}`),
          },
          share,
          before,
          ...figures,
        ]}
        fileName={fileNameOf("cancellations", period, "cause")}
      />
      <ReportTable
        title={t("notice")}
        rows={report.notice}
        keyOf={({ from }) => String(from)}
        columns={[
          {
            id: "notice",
            head: t("notice"),
            cell: ({ from }) => t(noticeWords(from)),
            value: ({ from }) => t(noticeWords(from)),
          },
          share,
          before,
          ...figures,
        ]}
        fileName={fileNameOf("cancellations", period, "notice")}
      />
      <ReportTable
        title={t("byDimension", { dimension: t(by).toLocaleLowerCase() })}
        hint={by === "topic" ? t("topicHint") : undefined}
        rows={report.rows}
        keyOf={({ key }) => JSON.stringify(key)}
        columns={[
          {
            id: "key",
            head: t(by),
            cell: ({ key }) => keyWords(by, key),
            value: ({ key }) => keyWords(by, key),
          },
          {
            id: "booked",
            head: t("placesBooked"),
            cell: ({ bookedPlaces }) => formatNumber(bookedPlaces),
            value: ({ bookedPlaces }) => bookedPlaces,
          },
          ...figures,
        ]}
        fileName={fileNameOf("cancellations", period, by)}
      />
    </>
  );
}

function noticeWords(from: number) {
  switch (from) {
    case 30:
      return "notice_30";
    case 14:
      return "notice_14";
    case 7:
      return "notice_7";
    case 1:
      return "notice_1";
    default:
      return "notice_0";
  }
}
