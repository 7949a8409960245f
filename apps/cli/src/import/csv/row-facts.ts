import type { CourseFacts, Fact, RunFacts } from "../facts.ts";
import type { RecordFindings } from "../findings.ts";
import { quoted } from "../findings.ts";
import { cellToList } from "../../exchange/csv-cells.ts";
import { unquote } from "../values/text.ts";
import { readYesNo } from "../values/vocabulary.ts";
import type { ColumnMeaning } from "./columns.ts";

/** From a row of another system's CSV to what it says of a course or a run. */

/** Cells by meaning, and the columns that they are in. */
export class Row {
  readonly #cells: ReadonlyMap<ColumnMeaning, string>;
  readonly #names: ReadonlyMap<ColumnMeaning, string>;
  readonly #findings: RecordFindings;

  constructor(
    cells: ReadonlyMap<ColumnMeaning, string>,
    names: ReadonlyMap<ColumnMeaning, string>,
    findings: RecordFindings,
  ) {
    this.#cells = cells;
    this.#names = names;
    this.#findings = findings;
  }

  /** @returns a cell without spaces and needless quotation marks around it */
  fact(column: ColumnMeaning): Fact | undefined {
    const cell = this.#cells.get(column)?.trim() ?? "";
    if (cell === "") return undefined;
    const field = this.#names.get(column) ?? column;
    // Straight quotes at both ends are left from quoting twice.
    if (!/^".*"$/su.test(cell)) return { value: cell, field };
    const { value } = unquote(cell);
    this.#findings.note("odd_quotes", "has quotation marks of its own around it: left out", field);
    return value === "" ? undefined : { value, field };
  }

  /** @returns the entries of a cell that holds a list, parted by `;` or, failing that, by `,` */
  list(column: ColumnMeaning): Fact[] {
    const whole = this.fact(column);
    if (whole === undefined) return [];
    const entries = whole.value.includes(";")
      ? cellToList(whole.value)
      : whole.value.split(/,|\s{2,}|\n/u).map((entry) => entry.trim());
    return entries.filter((value) => value !== "").map((value) => ({ value, field: whole.field }));
  }

  /** @returns the points of a cell that holds prose or a list with `;` */
  points(column: ColumnMeaning): Fact[] {
    const whole = this.fact(column);
    if (whole === undefined) return [];
    // A `;` within HTML ends a character reference as often as a point.
    if (/[<&]/u.test(whole.value)) return [whole];
    return cellToList(whole.value).map((value) => ({ value, field: whole.field }));
  }

  text(column: ColumnMeaning): string | undefined {
    return this.fact(column)?.value;
  }
}

/** Topics are written `slug=name` by Lectern, and by their names by everybody else. */
function topics(row: Row): Fact[] {
  return row.list("topics").map(({ value, field }) => ({
    value: value.replace(/^[a-z0-9-]+=/u, ""),
    field,
  }));
}

function syllabus(row: Row, findings: RecordFindings): CourseFacts["syllabus"] {
  const fact = row.fact("syllabus");
  if (fact === undefined) return [];
  return fact.value
    .split(/\n+/u)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [title = "", ...rest] = line.split(":");
      if (line.startsWith("[")) {
        findings.note("value_ignored", `${quoted(line)} is not one module a line`, fact.field);
      }
      return {
        title: { value: title, field: fact.field },
        topics: cellToList(rest.join(":")).map((value) => ({ value, field: fact.field })),
      };
    });
}

/** @returns what a row says of a course, whether the row is one or stands for a run of it */
export function courseFactsOfRow(
  row: Row,
  findings: RecordFindings,
  isCourse: boolean,
): CourseFacts {
  return {
    id: isCourse ? row.text("id") : undefined,
    url: isCourse ? row.fact("url") : undefined,
    title: row.fact("title"),
    code: row.fact("code"),
    slug: isCourse ? row.fact("slug") : undefined,
    summary: row.fact("summary"),
    description: row.fact("description"),
    contentLanguage: row.fact("content_language") ?? row.fact("language"),
    level: row.fact("level"),
    duration: row.fact("duration_days"),
    prerequisites: row.points("prerequisites"),
    outcomes: row.points("outcomes"),
    syllabus: syllabus(row, findings),
    keywords: row.list("keywords"),
    topics: topics(row),
    modes: isCourse ? row.list("delivery_modes") : [],
    languages: isCourse ? row.list("languages") : [],
    related: row.list("related"),
    status: isCourse ? row.fact("status") : undefined,
    provider: row.text("provider"),
  };
}

function sessions(row: Row): RunFacts["sessions"] {
  return row.list("sessions").map(({ value, field }) => {
    const [start = "", end] = value.split("/");
    return {
      start: { value: start, field },
      end: end === undefined ? undefined : { value: end, field },
      duration: undefined,
    };
  });
}

/** @returns what a row says of a run */
export function runFactsOfRow(row: Row, findings: RecordFindings): RunFacts {
  const onlineCell = row.fact("online");
  const isOnline = onlineCell === undefined ? undefined : readYesNo(onlineCell.value);
  const hasPlace = row.fact("venue") !== undefined || row.fact("city") !== undefined;
  const modes = row.list("delivery_mode");
  if (onlineCell !== undefined && isOnline === undefined) modes.push(onlineCell);
  if (onlineCell !== undefined && isOnline !== undefined && modes.length === 0) {
    modes.push({ value: isOnline ? "online" : "onsite", field: onlineCell.field });
    if (isOnline && hasPlace) {
      modes.push({ value: "onsite", field: onlineCell.field });
      findings.note(
        "delivery_mode",
        "is online and has a place: taken as blended",
        onlineCell.field,
      );
    }
  }
  const place = row.fact("venue") ?? row.fact("city");
  return {
    id: row.text("id"),
    url: row.fact("url"),
    title: row.fact("title"),
    modes,
    hasPlace,
    hasVirtualLocation: false,
    language: row.fact("language"),
    timeZone: row.fact("time_zone"),
    start: row.fact("start"),
    end: row.fact("end"),
    duration: row.fact("duration"),
    sessions: sessions(row),
    schedule: undefined,
    venue:
      place === undefined
        ? undefined
        : {
            field: place.field,
            name: row.text("venue"),
            street: row.text("street"),
            postcode: row.text("postcode"),
            city: row.text("city"),
            country: row.text("country"),
          },
    locationText: undefined,
    capacity: row.fact("capacity"),
    isCapacityText: false,
    minPlaces: row.fact("min_places"),
    price: row.fact("price"),
    currency: row.fact("currency"),
    isFree: row.text("cost_basis")?.toLowerCase() === "free",
    status: row.fact("status"),
    visibility: row.fact("visibility"),
    bookingOpens: row.fact("booking_opens"),
    bookingCloses: row.fact("booking_closes"),
  };
}
