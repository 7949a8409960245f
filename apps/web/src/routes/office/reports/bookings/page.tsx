import type { BookingFigures, BookingsReport } from "@lectern/contract/reports";
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
import { type Tile, ReportTiles } from "../report-tiles.tsx";
import { useKeyWords, useStepWords } from "../report-words.ts";
import { useBookingFields } from "../use-fields.ts";

/** What was booked over time. */
export function BookingsReportPage() {
  const filters = useAddressFilters(FILTERS);
  const { by, booker } = filters.filters;
  const query = useQuery(
    useApi().reports.bookings.queryOptions(
      { ...periodOf(filters.filters), ...placesOf(filters.filters), booker: booker ?? null, by },
      { placeholderData: keepPreviousData },
    ),
  );
  const fields = useBookingFields();
  return (
    <ReportFrame
      name="bookings"
      filters={filters}
      fields={fields}
      query={query}
      isEmpty={({ rows }) => rows.length === 0}
    >
      {(report) => <Report report={report} />}
    </ReportFrame>
  );
}

function netOf({ revenue }: BookingFigures, currency: string): number {
  return revenue.find((one) => one.currency === currency)?.net ?? 0;
}

/** @returns the currencies that there is anything in, now or before */
function currenciesOf({ total, totalBefore }: BookingsReport): string[] {
  const all = [...total.revenue, ...totalBefore.revenue].map(({ currency }) => currency);
  return [...new Set(all)].toSorted();
}

function Report({ report }: { report: BookingsReport }) {
  const t = useTranslations("officeReports");
  const words = useStepWords();
  const keyWords = useKeyWords();
  const { period, by, total, totalBefore } = report;
  const currencies = currenciesOf(report);
  const figures = useFigureColumns(currencies);
  const money = (currency: string) => ({
    format: (amount: number) => formatMoney({ amount, currency }),
    formatShort: (amount: number) => formatShortNumber(amountValue(amount, currency)),
  });
  const tiles: Tile[] = [
    count("bookings", total.bookings, totalBefore.bookings),
    count("placesBooked", total.places, totalBefore.places),
    count("cancelledPlaces", total.cancelledPlaces, totalBefore.cancelledPlaces),
    ...currencies.map((currency) => ({
      id: currency,
      name: t("net", { currency }),
      value: formatMoney({ amount: netOf(total, currency), currency }),
      now: netOf(total, currency),
      before: netOf(totalBefore, currency),
    })),
  ];
  function count(id: "bookings" | "placesBooked" | "cancelledPlaces", now: number, before: number) {
    return { id, name: t(id), value: formatNumber(now), now, before };
  }
  return (
    <>
      <ReportTiles tiles={tiles} />
      <ReportChart
        title={t("placesBooked")}
        points={pointsOf(report, words, ({ places }) => places)}
        total={total.places}
        totalBefore={totalBefore.places}
        format={formatNumber}
        formatShort={formatShortNumber}
      />
      <div className="report-frame-charts">
        {currencies.map((currency) => (
          <ReportChart
            key={currency}
            title={t("revenueChart", { currency })}
            points={pointsOf(report, words, (one) => netOf(one, currency))}
            total={netOf(total, currency)}
            totalBefore={netOf(totalBefore, currency)}
            {...money(currency)}
          />
        ))}
      </div>
      <ReportTable
        title={t("overTime")}
        hint={`${t("revenueHint")} ${t("movedHint")}`}
        rows={stepRows(report, words)}
        keyOf={({ from }) => from}
        columns={[
          {
            id: "step",
            head: t("stepHead"),
            cell: ({ name }) => name,
            value: ({ from }) => from,
          },
          ...figures.map((column) => ({
            ...column,
            cell: (row: { figures: BookingFigures }) => column.cell(row.figures),
            value: (row: { figures: BookingFigures }) => column.value(row.figures),
          })),
        ]}
        total={{ name: t("total"), from: t("total"), figures: total }}
        fileName={fileNameOf("bookings", period, period.step)}
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
            id: "before",
            head: t("before"),
            cell: ({ before }) => formatNumber(before.places),
            value: ({ before }) => before.places,
          },
          ...figures.map((column) => ({
            ...column,
            cell: (row: { figures: BookingFigures }) => column.cell(row.figures),
            value: (row: { figures: BookingFigures }) => column.value(row.figures),
          })),
        ]}
        fileName={fileNameOf("bookings", period, by)}
      />
    </>
  );
}

function useFigureColumns(currencies: readonly string[]): ReportColumn<BookingFigures>[] {
  const t = useTranslations("officeReports");
  const count = (
    id: "bookings" | "places" | "cancelledPlaces" | "movedPlaces",
  ): ReportColumn<BookingFigures> => ({
    id,
    head: t(id),
    cell: (figures) => formatNumber(figures[id]),
    value: (figures) => figures[id],
  });
  const amount = (
    id: "booked" | "givenBack" | "moved" | "net",
    currency: string,
  ): ReportColumn<BookingFigures> => {
    const of = ({ revenue }: BookingFigures) =>
      revenue.find((one) => one.currency === currency)?.[id] ?? 0;
    return {
      id: `${id}-${currency}`,
      head: t(id, { currency }),
      cell: (figures) => formatMoney({ amount: of(figures), currency }),
      value: (figures) => amountValue(of(figures), currency),
    };
  };
  return [
    count("bookings"),
    count("places"),
    count("cancelledPlaces"),
    count("movedPlaces"),
    ...currencies.flatMap((currency) =>
      (["booked", "givenBack", "moved", "net"] as const).map((id) => amount(id, currency)),
    ),
  ];
}
