import type { ReportPeriod } from "@lectern/contract/reports";
import type { Database } from "@lectern/database/connect";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
  runChoice,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { course, courseTopic, topic } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import type { ReportFilter } from "../sums/looked-at.ts";

/** The same reports, worked out from all rows with nothing but loops: what those of the database are held against. */

export type Rows = Awaited<ReturnType<typeof readRows>>;
type RunRow = typeof courseRun.$inferSelect;

export async function readRows(db: Database) {
  const [courses, topics, taught, venues, runs, capacities, bookings, registrations] =
    await Promise.all([
      db.select().from(course),
      db.select().from(topic),
      db.select().from(courseTopic),
      db.select().from(venue),
      db.select().from(courseRun),
      db.select().from(runCapacity),
      db.select().from(booking),
      db.select().from(registration),
    ]);
  const [changes, choices, entries, enquiries] = await Promise.all([
    db.select().from(registrationChange),
    db.select().from(runChoice),
    db.select().from(waitlistEntry),
    db.select().from(enquiry),
  ]);
  const of = { courses, topics, taught, venues, runs, capacities, bookings, registrations };
  return { ...of, changes, choices, entries, enquiries };
}

/** Something that happened: when, and where it is counted. */
export interface Event {
  readonly at: Date;
  readonly run: RunRow;
  readonly isCompany: boolean;
  readonly currency: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly cause?: string;
  readonly noticeFrom?: number;
  readonly isTentative?: boolean;
}

export type Counts = Record<string, number>;

/** Events with their step, of those that are looked at. */
export class Counted {
  readonly #rows: Rows;
  readonly #events: readonly { readonly event: Event; readonly number: number }[];

  constructor(rows: Rows, events: readonly Event[], period: ReportPeriod, filter: ReportFilter) {
    this.#rows = rows;
    this.#events = events
      .filter((event) => this.#isLookedAt(event, filter))
      .flatMap((event) => {
        const number = stepOf(event.at, period);
        return number === undefined ? [] : [{ event, number }];
      });
  }

  get(is: (event: Event, number: number) => boolean): Event[] {
    return this.#events.filter(({ event, number }) => is(event, number)).map(({ event }) => event);
  }

  topicsOf(run: RunRow): string[] {
    const ids = this.#rows.taught.filter(({ courseId }) => courseId === run.courseId);
    return this.#rows.topics
      .filter(({ id }) => ids.some(({ topicId }) => topicId === id))
      .map(({ slug }) => slug);
  }

  placeOf(run: RunRow): { city: string; country: string } {
    const at = this.#rows.venues.find(({ id }) => id === run.venueId);
    return { city: at?.city ?? "", country: at?.country ?? "" };
  }

  #isLookedAt({ run, isCompany }: Event, filter: ReportFilter): boolean {
    const { city, country } = this.placeOf(run);
    const among = <Item>(wanted: readonly Item[] | null | undefined, has: readonly Item[]) =>
      wanted == null || wanted.length === 0 || has.some((one) => wanted.includes(one));
    return (
      among(filter.topics, this.topicsOf(run)) &&
      among(filter.countries, [country]) &&
      among(filter.cities, [city]) &&
      among(filter.deliveryModes, [run.deliveryMode]) &&
      (filter.booker == null || (filter.booker === "company") === isCompany)
    );
  }
}

export function stepOf(at: Date, period: ReportPeriod): number | undefined {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
    period.timeZone,
  );
  const day = zoned.toPlainDate().toString();
  const find = (steps: ReportPeriod["steps"]) =>
    steps.findIndex(({ from, to }) => from <= day && day <= to);
  const now = find(period.steps);
  if (now >= 0) return now;
  const before = find(period.before.steps);
  return before >= 0 ? -1 - before : undefined;
}

export function sum(events: readonly Event[], name: string): number {
  return events.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
}

export function currenciesOf(events: readonly Event[]): string[] {
  const codes = events.map(({ currency }) => currency).filter((code) => code !== null);
  return [...new Set(codes)].toSorted();
}

/** Totals and series of a report, by what events come to. */
export function overTime<Figures>(
  counted: Counted,
  period: ReportPeriod,
  figures: (events: readonly Event[]) => Figures,
) {
  return {
    total: figures(counted.get((_, number) => number >= 0)),
    totalBefore: figures(counted.get((_, number) => number < 0)),
    series: period.steps.map((_, index) => figures(counted.get((_event, n) => n === index))),
    seriesBefore: period.before.steps.map((_, index) =>
      figures(counted.get((_event, number) => number === -1 - index)),
    ),
  };
}

/** Both halves of what some events come to. */
export function halves<Figures>(
  counted: Counted,
  is: (event: Event) => boolean,
  figures: (events: readonly Event[]) => Figures,
) {
  return {
    figures: figures(counted.get((event, number) => number >= 0 && is(event))),
    before: figures(counted.get((event, number) => number < 0 && is(event))),
  };
}

export function found<Item>(items: readonly Item[], is: (item: Item) => boolean): Item {
  const item = items.find((one) => is(one));
  if (item === undefined) throw new Error("A row refers to one that is not there");
  return item;
}

/** Rows in the order of their keys, as those of a report are compared. */
export function inOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => unknown): Row[] {
  return rows.toSorted((one, other) =>
    JSON.stringify(keyOf(one)) < JSON.stringify(keyOf(other)) ? -1 : 1,
  );
}
