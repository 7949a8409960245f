import { Readable } from "node:stream";
import { CsvError, type Options, parse } from "csv-parse";
import { RecordFindings } from "../findings.ts";

/** Reading CSV as a stream of rows, each with the line that it begins on. */

export type CsvItem =
  | { readonly line: number; readonly cells: readonly string[] }
  /** A place that can't be read as CSV. */
  | { readonly line: number; readonly broken: string };

const DELIMITERS = [",", ";", "\t"] as const;
const ROW_MAX = 8_000_000;

/** @returns the delimiter that the header line has most of */
function delimiterOf(headerLine: string): string {
  const counts = DELIMITERS.map((delimiter) => headerLine.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

async function* beginning(
  first: string,
  rest: AsyncIterator<string>,
): AsyncGenerator<string, void, undefined> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function newlinesIn(text: string): number {
  return text.replace(/\r?\n$/u, "").split(/\r\n|\n|\r/u).length - 1;
}

/** @returns the rows of a CSV in pieces, the header among them; empty lines are passed over */
export async function* csvRows(
  texts: AsyncIterable<string>,
): AsyncGenerator<CsvItem, void, undefined> {
  const iterator = texts[Symbol.asyncIterator]();
  let head = "";
  while (!head.includes("\n") && head.length < ROW_MAX) {
    const next = await iterator.next();
    if (next.done === true) break;
    head += next.value;
  }
  const options: Options = {
    delimiter: delimiterOf(head.split(/\r?\n/u, 1)[0] ?? ""),
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: ROW_MAX,
  };
  const parser = Readable.from(beginning(head, iterator)).compose(parse(options));
  let line = 1;
  try {
    for await (const parsed of parser as AsyncIterable<ParsedRow>) {
      line = parsed.info.lines;
      yield { line: Math.max(1, line - newlinesIn(parsed.raw)), cells: parsed.record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield {
      line: typeof error["lines"] === "number" ? error["lines"] : line,
      broken: error.message,
    };
  }
}

/** @returns the findings of a row, placed by its line and column */
export function findingsAt(line: number): RecordFindings {
  return new RecordFindings((field) =>
    field === undefined ? `line ${line}` : `line ${line}, ${field}`,
  );
}
