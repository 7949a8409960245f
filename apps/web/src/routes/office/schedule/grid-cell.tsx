import type { PointerEvent } from "react";
import { useTranslations } from "use-intl";
import { formatLongDay } from "../../../format/dates.ts";
import { Chip } from "./chip.tsx";
import type { Entry } from "./entries.ts";
import type { Cell } from "./grid-rows.ts";

interface GridCellProps {
  readonly cell: Cell;
  readonly entries: readonly Entry[];
  readonly isToday: boolean;
  readonly isOutside: boolean;
  /** Something would be put down there. */
  readonly isTarget: boolean;
  readonly isCursor: boolean;
  readonly isCompact: boolean;
  readonly isExpanded: boolean;
  /** The run that is being moved. */
  readonly movedRun: string | undefined;
  readonly whereOf: (entry: Entry) => string;
  readonly canMove: (entry: Entry) => boolean;
  readonly onFocus: () => void;
  readonly onExpand: (isExpanded: boolean) => void;
  readonly onPress: (event: PointerEvent, entry: Entry, from: Cell) => void;
  readonly onMove: (entry: Entry) => void;
}

/** In a month, a day shows so many; the others on demand. One more takes no more room than saying so. */
const SHOWN = 4;

/** One day, of all or of a room or an instructor. */
export function GridCell(props: GridCellProps) {
  const { cell, entries, isToday, isCursor, isCompact, isExpanded, onPress, onMove } = props;
  const t = useTranslations("officeSchedule");
  const { day, row } = cell;
  const isCut = isCompact && entries.length > SHOWN + 1;
  const shown = isCut && !isExpanded ? entries.slice(0, SHOWN) : entries;
  return (
    <div
      role="gridcell"
      className="grid-cell"
      tabIndex={isCursor ? 0 : -1}
      aria-current={isToday ? "date" : undefined}
      data-day={day}
      data-row={row ?? undefined}
      data-outside={props.isOutside}
      data-target={props.isTarget}
      onFocus={() => {
        if (!isCursor) props.onFocus();
      }}
    >
      <span className="visually-hidden">
        {t("day", {
          day: formatLongDay(day),
          today: isToday ? "yes" : "no",
          count: entries.length,
        })}
      </span>
      {isCompact ? (
        <span className="grid-date figures" aria-hidden="true">
          {Number(day.slice(8))}
        </span>
      ) : null}
      <div className="grid-chips">
        {shown.map((entry) => (
          <Chip
            key={entry.key}
            entry={entry}
            where={props.whereOf(entry)}
            isCompact={isCompact}
            isReachable={isCursor}
            isLifted={entry.run.id === props.movedRun}
            {...(props.canMove(entry) && {
              onMove: () => onMove(entry),
              onPointerDown: (event: PointerEvent) => onPress(event, entry, cell),
            })}
          />
        ))}
      </div>
      {isCut ? (
        <button
          type="button"
          className="grid-more"
          tabIndex={isCursor ? 0 : -1}
          aria-expanded={isExpanded}
          onClick={() => props.onExpand(!isExpanded)}
        >
          {isExpanded ? t("fewer") : t("more", { count: entries.length - SHOWN })}
        </button>
      ) : null}
    </div>
  );
}
