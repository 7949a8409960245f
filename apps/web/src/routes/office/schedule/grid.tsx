import { useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Entry } from "./entries.ts";
import { GridCell } from "./grid-cell.tsx";
import { type Cell, type GridRow, isSameCell } from "./grid-rows.ts";
import { useDrag } from "./use-drag.ts";
import { type GridKeys, useGridKeys } from "./use-grid-keys.ts";
import "./grid.css";

interface GridProps extends Omit<GridKeys, "grid" | "onMove"> {
  readonly label: string;
  /** What stands above the columns, from Monday on. */
  readonly heads: readonly { readonly day: string; readonly words: string }[];
  /** What the rows are of, where they have names. */
  readonly cornerWords?: string;
  readonly today: string;
  /** Days of this month are as they are, others fainter. */
  readonly month?: string;
  readonly isCompact: boolean;
  readonly whereOf: (entry: Entry) => string;
  /** @param to where it was let go; `null`: that is yet to be chosen */
  readonly onMove: (entry: Entry, from: Cell, to: Cell | null) => void;
}

/** The calendar as a grid that pointer and keyboard use alike. */
export function Grid(props: GridProps) {
  const { label, rows, heads, cornerWords, cursor, today, month, isCompact, onMove } = props;
  const t = useTranslations("officeSchedule");
  const help = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<string>();
  const { lifted, said, onKeyDown } = useGridKeys({ ...props, grid });
  const { dragged, press } = useDrag(onMove);
  const target = lifted?.to ?? dragged?.over ?? null;
  const moved = (lifted?.entry ?? dragged?.item)?.run.id;
  const hasNames = cornerWords !== undefined;
  return (
    <>
      <div
        ref={grid}
        className="grid-frame"
        role="grid"
        aria-label={label}
        aria-describedby={help}
        data-names={hasNames}
        data-dragging={dragged !== null}
        onKeyDown={onKeyDown}
      >
        <div role="row" className="grid-row grid-head">
          {hasNames ? <span role="columnheader">{cornerWords}</span> : null}
          {heads.map(({ day, words }) => (
            <span key={day} role="columnheader" data-today={day === today && month === undefined}>
              {words}
            </span>
          ))}
        </div>
        {rows.map((row: GridRow) => (
          <div key={row.key ?? row.days[0]} role="row" className="grid-row">
            {hasNames ? (
              <span role="rowheader" className="grid-name">
                {row.head}
              </span>
            ) : null}
            {row.days.map((day) => {
              const cell = { day, row: row.key };
              return (
                <GridCell
                  key={day}
                  cell={cell}
                  entries={row.entries.filter((entry) => entry.day === day)}
                  isToday={day === today}
                  isOutside={month !== undefined && !day.startsWith(month)}
                  isTarget={isSameCell(target, cell)}
                  isCursor={isSameCell(cursor, cell)}
                  isCompact={isCompact}
                  isExpanded={expanded === day}
                  movedRun={moved}
                  whereOf={props.whereOf}
                  canMove={props.canMove}
                  onFocus={() => props.onCursor(cell)}
                  onExpand={(isExpanded) => setExpanded(isExpanded ? day : undefined)}
                  onPress={press}
                  onMove={(entry) => onMove(entry, cell, null)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p id={help} className="grid-help">
        {t("gridHelp")}
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}
