import type { CourseRecord } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import { cellToList, guardCell, listToCell, unguardCell } from "./csv-cells.ts";
import { EXACT_FORMAT } from "./format.ts";
import { fromDecimal, toDecimal } from "./money.ts";

/** Records as rows of one CSV, courses and runs below each other, and back without loss. */

/** The columns, in the order in which they are written. docs/importing.md explains each. */
export const CSV_COLUMNS = [
  "format",
  "record",
  "id",
  "course",
  "url",
  "status",
  "title",
  "summary",
  "description",
  "code",
  "slug",
  "content_language",
  "level",
  "duration_days",
  "prerequisites",
  "outcomes",
  "syllabus",
  "keywords",
  "topics",
  "delivery_modes",
  "languages",
  "related",
  "translations",
  "start",
  "end",
  "time_zone",
  "delivery_mode",
  "language",
  "venue",
  "street",
  "city",
  "country",
  "capacity",
  "min_places",
  "price",
  "currency",
  "visibility",
  "booking_opens",
  "booking_closes",
  "sessions",
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** The cells of one row that are not empty, by column. */
export type CsvRow = Readonly<Partial<Record<CsvColumn, string>>>;

type Cells = Partial<Record<CsvColumn, string | number | null | undefined>>;

function row(cells: Cells): string[] {
  return CSV_COLUMNS.map((column) => guardCell(String(cells[column] ?? "")));
}

function jsonCell(value: readonly unknown[]): string {
  return value.length === 0 ? "" : JSON.stringify(value);
}

/** @returns the cells of a course, in the order of `CSV_COLUMNS` */
export function courseToCsv(course: CourseRecord): string[] {
  return row({
    format: EXACT_FORMAT,
    record: "course",
    id: course.externalId,
    url: course.sourceUrl,
    status: course.status,
    title: course.title,
    summary: course.summary,
    description: course.body,
    code: course.code,
    slug: course.slug,
    content_language: course.contentLanguage,
    level: course.level,
    duration_days: course.durationDays,
    prerequisites: listToCell(course.prerequisites),
    outcomes: listToCell(course.outcomes),
    syllabus: jsonCell(course.syllabus),
    keywords: listToCell(course.keywords),
    topics: listToCell(course.topics.map(({ slug, name }) => `${slug}=${name}`)),
    delivery_modes: listToCell(course.deliveryModes),
    languages: listToCell(course.languages),
    related: listToCell(course.related),
    translations: jsonCell(course.translations),
  });
}

/** @returns the cells of a run, in the order of `CSV_COLUMNS` */
export function runToCsv(run: RunRecord): string[] {
  return row({
    format: EXACT_FORMAT,
    record: "run",
    id: run.externalId,
    course: run.courseExternalId,
    url: run.sourceUrl,
    status: run.status,
    start: run.localStart,
    end: run.localEnd,
    time_zone: run.timeZone,
    delivery_mode: run.deliveryMode,
    language: run.language,
    venue: run.venue?.name,
    street: run.venue?.street,
    city: run.venue?.city,
    country: run.venue?.country,
    capacity: run.capacity,
    min_places: run.minPlaces,
    price: run.price === null ? null : toDecimal(run.price),
    currency: run.price?.currency,
    visibility: run.visibility,
    booking_opens: run.bookingOpensAt,
    booking_closes: run.bookingClosesAt,
    sessions: listToCell(
      run.sessions.map(({ localStart, localEnd }) => `${localStart}/${localEnd}`),
    ),
  });
}

/** @returns whether Lectern wrote the row */
export function isExactRow(cells: CsvRow): boolean {
  return cells.format === EXACT_FORMAT;
}

function fromJson(text: string): unknown {
  if (text === "") return [];
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reader(cells: CsvRow) {
  const text = (column: CsvColumn) => unguardCell(cells[column] ?? "");
  return {
    text,
    orNull: (column: CsvColumn) => (text(column) === "" ? null : text(column)),
    number: (column: CsvColumn) => (text(column) === "" ? null : Number(text(column))),
    list: (column: CsvColumn) => cellToList(text(column)),
    json: (column: CsvColumn) => fromJson(text(column)),
  };
}

/** @returns what `courseToCsv` made the row from; the contract has yet to be held against it */
export function courseFromCsv(cells: CsvRow): unknown {
  const { text, orNull, number, list, json } = reader(cells);
  return {
    externalId: text("id"),
    sourceUrl: orNull("url"),
    code: orNull("code"),
    slug: orNull("slug"),
    title: text("title"),
    summary: text("summary"),
    body: text("description"),
    contentLanguage: text("content_language"),
    level: orNull("level"),
    durationDays: number("duration_days"),
    prerequisites: list("prerequisites"),
    outcomes: list("outcomes"),
    syllabus: json("syllabus"),
    keywords: list("keywords"),
    deliveryModes: list("delivery_modes"),
    languages: list("languages"),
    topics: list("topics").map((entry) => {
      const [slug = "", ...name] = entry.split("=");
      return { slug, name: name.join("=") };
    }),
    related: list("related"),
    translations: json("translations"),
    status: text("status"),
  };
}

function price(decimal: string, currency: string): unknown {
  if (decimal === "") return null;
  return {
    amount: /^[A-Z]{3}$/u.test(currency) ? fromDecimal(decimal, currency) : undefined,
    currency,
  };
}

/** @returns what `runToCsv` made the row from; the contract has yet to be held against it */
export function runFromCsv(cells: CsvRow): unknown {
  const { text, orNull, number, list } = reader(cells);
  return {
    externalId: text("id"),
    courseExternalId: text("course"),
    sourceUrl: orNull("url"),
    status: text("status"),
    deliveryMode: text("delivery_mode"),
    language: text("language"),
    timeZone: text("time_zone"),
    localStart: text("start"),
    localEnd: text("end"),
    venue:
      text("venue") === ""
        ? null
        : {
            name: text("venue"),
            street: orNull("street"),
            city: text("city"),
            country: text("country"),
          },
    capacity: number("capacity"),
    minPlaces: number("min_places"),
    price: price(text("price"), text("currency")),
    visibility: text("visibility"),
    bookingOpensAt: orNull("booking_opens"),
    bookingClosesAt: orNull("booking_closes"),
    sessions: list("sessions").map((entry) => {
      const [localStart, localEnd] = entry.split("/");
      return { localStart, localEnd };
    }),
  };
}
