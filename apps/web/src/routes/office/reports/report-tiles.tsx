import { useTranslations } from "use-intl";
import { formatDifference } from "../../../format/numbers.ts";
import "./report-tiles.css";

/** A number that says the most, and what it was before. */
export interface Tile {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Both as numbers, to be compared; without them, they can't be. */
  readonly now?: number | undefined;
  readonly before?: number | undefined;
}

/** Half a per cent: less would be written as none. */
const LEAST_CHANGE = 0.005;

/** The numbers that say the most about a period. */
export function ReportTiles({ tiles }: { tiles: readonly Tile[] }) {
  const t = useTranslations("officeReports");
  function changeOf({ now, before }: Tile): string | undefined {
    if (now === undefined || before === undefined) return undefined;
    if (before === 0) return now === 0 ? t("same") : t("fromNothing");
    const change = (now - before) / Math.abs(before);
    return Math.abs(change) < LEAST_CHANGE
      ? t("same")
      : t("more", { change: formatDifference(change) });
  }
  return (
    <dl className="report-tiles">
      {tiles.map((tile) => (
        <div key={tile.id}>
          <dt>{tile.name}</dt>
          <dd className="figures">
            <span className="report-tiles-value">{tile.value}</span>
            <span className="report-tiles-change">{changeOf(tile)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
