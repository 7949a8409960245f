import type { CancellationFigures } from "@lectern/contract/reports";
import { useTranslations } from "use-intl";
import { formatMoney } from "../../../../format/money.ts";
import { formatNumber } from "../../../../format/numbers.ts";
import { type ReportColumn, amountValue } from "../report-table.tsx";

interface Row {
  readonly figures: CancellationFigures;
}

/** What is told of cancelled places, whatever they are told apart by. */
export function useFigureColumns(currencies: readonly string[]): ReportColumn<Row>[] {
  const t = useTranslations("officeReports");
  const notice = ({ figures: { noticeDays, places } }: Row) =>
    places === 0 ? 0 : Math.round((noticeDays / places) * 10) / 10;
  return [
    {
      id: "places",
      head: t("cancelledPlaces"),
      cell: ({ figures }) => formatNumber(figures.places),
      value: ({ figures }) => figures.places,
    },
    {
      id: "notice",
      head: t("noticeAverage"),
      cell: (row) => t("days", { count: Math.round(notice(row)) }),
      value: notice,
    },
    {
      id: "unsettled",
      head: t("unsettled"),
      cell: ({ figures }) => formatNumber(figures.unsettled),
      value: ({ figures }) => figures.unsettled,
    },
    ...currencies.flatMap((currency) =>
      (["fee", "refund"] as const).map((id): ReportColumn<Row> => {
        const of = ({ figures: { costs } }: Row) =>
          costs.find((one) => one.currency === currency)?.[id] ?? 0;
        return {
          id: `${id}-${currency}`,
          head: t(id, { currency }),
          cell: (row) => formatMoney({ amount: of(row), currency }),
          value: (row) => amountValue(of(row), currency),
        };
      }),
    ),
  ];
}
