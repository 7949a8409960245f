import { type LecternClient, items } from "@lectern/client";
import type { CourseRecord } from "@lectern/contract/courses";
import { PAGE_SIZE_MAX } from "@lectern/contract/primitives";
import type { RunRecord } from "@lectern/contract/runs";
import { stringify } from "csv-stringify/sync";
import { CSV_COLUMNS, courseToCsv, runToCsv } from "../exchange/csv.ts";
import { JSON_LD_CONTEXT, courseToJsonLd, orphanToJsonLd } from "../exchange/jsonld.ts";

/** The whole catalogue as text, piece by piece: a course at a time, with its runs. */

export const EXPORT_FORMATS = ["jsonld", "csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A course and its runs, or a run whose course was not in the export. */
export type CatalogueEntry =
  | { readonly course: CourseRecord; readonly runs: readonly RunRecord[] }
  | { readonly orphan: RunRecord };

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/**
 * Reads courses and runs side by side: both come in the order of the courses' identifiers.
 *
 * @returns each course with its runs. A run whose course vanished (or came) while the export went
 *   on stands by itself.
 */
export async function* readCatalogue(
  client: LecternClient,
  signal: AbortSignal,
): AsyncGenerator<CatalogueEntry, void, undefined> {
  const limit = PAGE_SIZE_MAX;
  const runs = items(client.runs.export, { limit }, { signal });
  let next = await runs.next();
  for await (const course of items(client.courses.export, { limit }, { signal })) {
    while (next.done !== true && byBytes(next.value.courseExternalId, course.externalId) < 0) {
      yield { orphan: next.value };
      next = await runs.next();
    }
    const own: RunRecord[] = [];
    while (next.done !== true && next.value.courseExternalId === course.externalId) {
      own.push(next.value);
      next = await runs.next();
    }
    yield { course, runs: own };
  }
  for (; next.done !== true; next = await runs.next()) yield { orphan: next.value };
}

async function* asJsonLd(
  entries: AsyncIterable<CatalogueEntry>,
): AsyncGenerator<string, void, undefined> {
  let separator = `{"@context":${JSON.stringify(JSON_LD_CONTEXT)},"@graph":[\n`;
  for await (const entry of entries) {
    const node =
      "orphan" in entry ? orphanToJsonLd(entry.orphan) : courseToJsonLd(entry.course, entry.runs);
    yield `${separator}${JSON.stringify(node)}`;
    separator = ",\n";
  }
  yield separator === ",\n" ? "\n]}\n" : `${separator}]}\n`;
}

function csvLine(cells: readonly string[]): string {
  return stringify([[...cells]], { record_delimiter: "\n", quoted_match: /[\r\n]/u });
}

async function* asCsv(
  entries: AsyncIterable<CatalogueEntry>,
): AsyncGenerator<string, void, undefined> {
  yield csvLine(CSV_COLUMNS);
  for await (const entry of entries) {
    if ("orphan" in entry) {
      yield csvLine(runToCsv(entry.orphan));
      continue;
    }
    yield (
      csvLine(courseToCsv(entry.course)) + entry.runs.map((run) => csvLine(runToCsv(run))).join("")
    );
  }
}

/** @returns the text of an export in pieces; the same catalogue gives the same bytes */
export function exportAs(
  format: ExportFormat,
  entries: AsyncIterable<CatalogueEntry>,
): AsyncGenerator<string, void, undefined> {
  return format === "csv" ? asCsv(entries) : asJsonLd(entries);
}
