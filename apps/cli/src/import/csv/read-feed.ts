import { CourseRecord } from "@lectern/contract/courses";
import { RunRecord } from "@lectern/contract/runs";
import {
  CSV_COLUMNS,
  type CsvColumn,
  type CsvRow,
  courseFromCsv,
  isExactRow,
  runFromCsv,
} from "../../exchange/csv.ts";
import { isAbsoluteIri } from "../../exchange/json-node.ts";
import { courseIdOf, readTitle } from "../build-course.ts";
import { runIdOf } from "../build-run.ts";
import type { RecordFindings } from "../findings.ts";
import { quoted } from "../findings.ts";
import { derivedCourseId } from "../identifiers.ts";
import { REPLACEMENT } from "../input/decode-text.ts";
import { withSafeText } from "../jsonld/read-feed.ts";
import type { CourseLink, Reading } from "../reading.ts";
import { refuseInvalid } from "../validate.ts";
import { type ColumnMeaning, meaningOf } from "./columns.ts";
import { type CsvItem, findingsAt } from "./read-rows.ts";
import { Row, courseFactsOfRow, runFactsOfRow } from "./row-facts.ts";

/** From the rows of a CSV to its records. */

/** Which column stands where. */
interface Header {
  readonly meanings: readonly (ColumnMeaning | undefined)[];
  readonly names: ReadonlyMap<ColumnMeaning, string>;
}

function readHeader(cells: readonly string[]): Header {
  const meanings = cells.map((name) => meaningOf(name));
  const names = new Map<ColumnMeaning, string>();
  for (const [position, meaning] of meanings.entries()) {
    if (meaning !== undefined) names.set(meaning, cells[position]?.trim() ?? meaning);
  }
  return { meanings, names };
}

const OWN: ReadonlySet<string> = new Set(CSV_COLUMNS);

function isOwn(column: ColumnMeaning): column is CsvColumn {
  return OWN.has(column);
}

function cellsByMeaning(header: Header, cells: readonly string[]): Map<ColumnMeaning, string> {
  const found = new Map<ColumnMeaning, string>();
  for (const [position, meaning] of header.meanings.entries()) {
    const cell = cells[position];
    if (meaning !== undefined && cell !== undefined && cell !== "") found.set(meaning, cell);
  }
  return found;
}

function readExact(cells: CsvRow, findings: RecordFindings): Reading {
  if (cells.record === "course") {
    const record = refuseInvalid(CourseRecord, courseFromCsv(cells), findings);
    if (record === undefined) return { kind: "trouble", findings };
    findings.name(record.title);
    return { kind: "course", findings, record: withSafeText(record, findings) };
  }
  findings.name(cells.id ?? "");
  const record = refuseInvalid(RunRecord, runFromCsv(cells), findings);
  return record === undefined ? { kind: "trouble", findings } : { kind: "run", findings, record };
}

/** The course of a run's row: named in `course`, by its identifier or its name, else by the row's title. */
function courseOfRow(row: Row, title: string, findings: RecordFindings): CourseLink {
  const facts = courseFactsOfRow(row, findings, false);
  const named = row.text("course");
  if (named !== undefined && isAbsoluteIri(named)) return { externalId: named };
  const name = named ?? title;
  return { externalId: derivedCourseId(name, facts.provider), title: name, facts };
}

function readRow(
  cells: ReadonlyMap<ColumnMeaning, string>,
  header: Header,
  findings: RecordFindings,
): Reading {
  const row = new Row(cells, header.names, findings);
  const kind = row.text("record")?.toLowerCase();
  const title = readTitle(row.fact("title"), findings);
  if (title !== "") findings.name(title);
  if (kind !== undefined && kind !== "course" && kind !== "run") {
    findings.refuse(
      "not_a_record",
      `${quoted(kind)} is neither course nor run`,
      header.names.get("record"),
    );
    return { kind: "trouble", findings };
  }
  const isCourse =
    kind === "course" || (kind === undefined && !cells.has("start") && !cells.has("sessions"));
  if (isCourse && kind === undefined && header.names.has("start")) {
    // A table of runs: a row without a start is one that was left empty.
    findings.refuse("no_dates", "has no start", header.names.get("start"));
    return { kind: "trouble", findings };
  }
  if (title === "" && (isCourse || row.text("course") === undefined)) {
    findings.refuse("no_title", "has no name", header.names.get("title"));
    return { kind: "trouble", findings };
  }
  if (isCourse) {
    const facts = courseFactsOfRow(row, findings, true);
    return { kind: "course", findings, facts, externalId: courseIdOf(facts, title), title };
  }
  const facts = runFactsOfRow(row, findings);
  const course = courseOfRow(row, title, findings);
  const externalId = runIdOf(facts, course, findings);
  return {
    kind: "run",
    findings,
    facts,
    externalId,
    title: title === "" ? undefined : title,
    course,
  };
}

/** @returns the records of a CSV, one for each row */
export async function* readCsvFeed(
  items: AsyncIterable<CsvItem>,
): AsyncGenerator<Reading, void, undefined> {
  let header: Header | undefined;
  for await (const item of items) {
    const findings = findingsAt(item.line);
    if ("broken" in item) {
      findings.refuse("not_readable", `can't be read as CSV: ${item.broken}`);
      yield { kind: "trouble", findings };
      continue;
    }
    if (header === undefined) {
      header = readHeader(item.cells);
      for (const [position, name] of item.cells.entries()) {
        if (header.meanings[position] === undefined && name.trim() !== "") {
          findings.note(
            "unknown_column",
            `the column ${quoted(name)} is not known and is left out`,
          );
        }
      }
      if (!header.names.has("title") && !header.names.has("course")) {
        findings.refuse(
          "not_readable",
          "the first line names no column “title”: see docs/importing.md",
        );
      }
      if (findings.all.length > 0) yield { kind: "trouble", findings };
      if (findings.isRefused) return;
      continue;
    }
    const cells = cellsByMeaning(header, item.cells);
    if (cells.size === 0) continue;
    if (item.cells.some((cell) => cell.includes(REPLACEMENT))) {
      findings.refuse(
        "wrong_encoding",
        "is not in the encoding that the input is read in (save it as UTF-8, or give --encoding)",
      );
      yield { kind: "trouble", findings };
      continue;
    }
    const own: CsvRow = Object.fromEntries([...cells].filter(([column]) => isOwn(column)));
    yield isExactRow(own) ? readExact(own, findings) : readRow(cells, header, findings);
  }
}
