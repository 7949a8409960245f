import type { Input } from "./open-input.ts";
import { decodeText } from "./decode-text.ts";

export const INPUT_FORMATS = ["jsonld", "ndjson", "csv"] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

const HEAD_MAX = 65_536;

/** @returns the beginning of the text, enough to see what it is */
async function headOf(input: Input, encoding: string | undefined): Promise<string> {
  let head = "";
  for await (const text of decodeText(input.open(), encoding)) {
    head += text;
    if (head.length >= HEAD_MAX) break;
  }
  return head;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is one object a line: the first line is whole, and another begins like it. */
function isLines(head: string): boolean {
  const [first = "", ...rest] = head.trimStart().split(/\r?\n/u);
  return isJson(first) && rest.some((line) => line.trimStart().startsWith("{"));
}

/**
 * Tells the format by what the input looks like, and by its name where it could be either.
 *
 * @returns `undefined` for what is neither JSON nor CSV, such as a web page
 */
export async function detectFormat(
  input: Input,
  encoding: string | undefined,
): Promise<InputFormat | undefined> {
  const head = (await headOf(input, encoding)).trimStart();
  if (head.startsWith("<")) return undefined;
  if (head.startsWith("{")) return isLines(head) ? "ndjson" : "jsonld";
  if (head.startsWith("[")) return "jsonld";
  const [firstLine = ""] = head.split(/\r?\n/u);
  if (input.extension === ".csv" || input.extension === ".tsv") return "csv";
  if (input.extension === ".ndjson" || input.extension === ".jsonl") return "ndjson";
  if (input.extension === ".json" || input.extension === ".jsonld") return "jsonld";
  return /[,;\t]/u.test(firstLine) ? "csv" : undefined;
}
