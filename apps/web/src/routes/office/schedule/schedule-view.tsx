import { useTranslations } from "use-intl";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Agenda } from "./agenda.tsx";
import type { Entry } from "./entries.ts";
import { type ScheduleFilters, type View, turned } from "./filters.ts";
import { formatWeekday, formatWeekdayDate } from "./formats.ts";
import { Grid } from "./grid.tsx";
import { Ongoing } from "./ongoing.tsx";
import { type SchedulingOptions, peopleRows, roomRows } from "./resource-rows.tsx";
import { periodOf } from "./schedule-head.tsx";
import type { ShownCalendar } from "./use-calendar.ts";
import type { Cell, GridRow } from "./grid-rows.ts";
import { useIsNarrow } from "./use-is-narrow.ts";

interface ScheduleViewProps {
  readonly view: View;
  readonly weeks: readonly (readonly string[])[];
  readonly today: string;
  readonly shown: ShownCalendar;
  readonly options: SchedulingOptions | undefined;
  readonly filters: ScheduleFilters;
  /** Of other days than are asked for. */
  readonly isStale: boolean;
  readonly cursor: Cell;
  readonly onCursor: (cell: Cell) => void;
  readonly onShow: (changes: { date?: string }) => void;
  readonly onOpen: (entry: Entry) => void;
  readonly canMove: (entry: Entry) => boolean;
  readonly onMove: (entry: Entry, from: Cell, to: Cell | null) => void;
}

/** The calendar in one of its views; a list of days where there is no room for a grid. */
export function ScheduleView(props: ScheduleViewProps) {
  const { view, weeks, today, shown, cursor, onCursor, onShow, onOpen, canMove, onMove } = props;
  const t = useTranslations("officeSchedule");
  const isNarrow = useIsNarrow();
  const days = weeks.flat();
  const date = props.filters.date ?? today;
  const whereOf = useWhere(shown, view);
  const rows = useRows(props);
  const row = rows.some(({ key }) => key === cursor.row) ? cursor.row : (rows[0]?.key ?? null);
  const isShown = days.includes(cursor.day);
  const shownCursor = {
    day: isShown ? cursor.day : days.includes(date) ? date : (days[0] ?? date),
    row,
  };

  function leave(cell: Cell): void {
    onShow({ date: cell.day });
    onCursor(cell);
  }
  const isEmpty = shown.entries.length === 0 && shown.ongoing.length === 0;
  return (
    <div className="schedule-view" data-stale={props.isStale} aria-busy={props.isStale}>
      {isEmpty && !props.isStale ? (
        <EmptyState title={t("nothingTitle")} words={t("nothingWords")} />
      ) : null}
      {shown.ongoing.length === 0 ? null : <Ongoing runs={shown.ongoing} />}
      {isNarrow ? (
        <Agenda
          entries={shown.entries}
          whereOf={whereOf}
          canMove={canMove}
          onMove={(entry) => onMove(entry, { day: entry.day, row: null }, null)}
        />
      ) : (
        <Grid
          label={t("grid", { period: periodOf(view, date, days) })}
          rows={rows}
          heads={(weeks[0] ?? []).map((day) => ({
            day,
            words: view === "month" ? formatWeekday(day) : formatWeekdayDate(day),
          }))}
          {...(view === "rooms" && { cornerWords: t("room") })}
          {...(view === "people" && { cornerWords: t("instructor") })}
          {...(view === "month" && { month: date.slice(0, 7) })}
          today={today}
          isCompact={view === "month"}
          whereOf={whereOf}
          cursor={shownCursor}
          onCursor={onCursor}
          onLeave={leave}
          onTurn={(by) => leave({ ...shownCursor, day: turned(view, shownCursor.day, by) })}
          onOpen={onOpen}
          canMove={canMove}
          onMove={onMove}
        />
      )}
    </div>
  );
}

function useRows({ view, weeks, shown, options, filters }: ScheduleViewProps): GridRow[] {
  const t = useTranslations("officeSchedule");
  const days = weeks[0] ?? [];
  switch (view) {
    case "rooms":
      return roomRows({ shown, options, days, chosen: filters.venue, noneWords: t("noRoom") });
    case "people":
      return peopleRows({
        shown,
        options,
        days,
        chosen: filters.instructor,
        noneWords: t("nobody"),
      });
    default:
      return weeks.map((week) => ({
        key: null,
        days: week,
        entries: shown.entries.filter(({ day }) => week.includes(day)),
      }));
  }
}

/** @returns a function that says where a session is, and who teaches it, as far as its row does not */
function useWhere({ rooms, instructors }: ShownCalendar, view: View): (entry: Entry) => string {
  const t = useTranslations("officeSchedule");
  const roomNames = new Map(rooms.map(({ id, name }) => [id, name]));
  const instructorNames = new Map(instructors.map(({ id, name }) => [id, name]));
  return ({ run, roomId, instructorIds }) => {
    const city = run.venue === null ? t("online") : run.venue.city;
    const place = [city, roomId === null ? undefined : roomNames.get(roomId)];
    const people = instructorIds.map((id) => instructorNames.get(id));
    return [...(view === "rooms" ? [] : place), ...(view === "people" ? [] : people)]
      .filter((words) => words !== undefined)
      .join(" · ");
  };
}
