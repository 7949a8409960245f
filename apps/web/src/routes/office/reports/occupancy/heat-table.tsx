import type { OccupancyReport, ReportKey } from "@lectern/contract/reports";
import { useTranslations } from "use-intl";
import { formatNumber, formatPercent } from "../../../../format/numbers.ts";
import { fileNameOf } from "../points.ts";
import { ReportTable } from "../report-table.tsx";
import { useKeyWords } from "../report-words.ts";
import { percentValue, shareOf } from "./shares.ts";
import "./heat-table.css";

type Cell = OccupancyReport["cells"][number];

interface CityRow {
  readonly city: ReportKey;
  readonly cells: readonly Cell[];
}

/** Each city with each topic: how full dates are, in numbers on a ground that is the darker the fuller. */
export function HeatTable({
  report: { cells, cities, topics, period },
}: {
  report: OccupancyReport;
}) {
  const t = useTranslations("officeReports");
  const words = useKeyWords();
  const idOf = (key: ReportKey) => JSON.stringify(key);
  const rows = cities
    .map(({ key }): CityRow => ({
      city: key,
      cells: cells.filter(({ city }) => idOf(city) === idOf(key)),
    }))
    .filter((row) => row.cells.length > 0);
  const cellOf = (row: CityRow, topic: ReportKey) =>
    row.cells.find((cell) => idOf(cell.topic) === idOf(topic));
  return (
    <ReportTable
      title={t("cityAndTopic")}
      rows={rows}
      keyOf={({ city }) => idOf(city)}
      columns={[
        {
          id: "city",
          head: t("city"),
          cell: ({ city }) => words("city", city),
          value: ({ city }) => words("city", city),
        },
        ...topics.map(({ key }) => ({
          id: idOf(key),
          head: words("topic", key),
          cell: (row: CityRow) => {
            const cell = cellOf(row, key);
            return cell === undefined ? null : <Heat cell={cell} />;
          },
          value: (row: CityRow) => {
            const cell = cellOf(row, key);
            return cell === undefined ? "" : percentValue(cell.figures);
          },
        })),
      ]}
      fileName={fileNameOf("occupancy", period, "city-topic")}
    />
  );
}

function Heat({ cell: { figures } }: { cell: Cell }) {
  const t = useTranslations("officeReports");
  const share = shareOf(figures);
  return (
    <span
      className="heat-cell"
      // The fuller, the darker; never so dark that the number could not be read on it.
      style={{
        backgroundColor: `color-mix(in oklab, var(--accent) ${Math.round(share * 35)}%, transparent)`,
      }}
    >
      {formatPercent(share)}
      <small>
        {t("cellOf", {
          taken: formatNumber(figures.taken),
          capacity: formatNumber(figures.capacity),
        })}
      </small>
    </span>
  );
}
