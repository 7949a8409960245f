import { csvRows } from "./csv/read-rows.ts";
import { readCsvFeed } from "./csv/read-feed.ts";
import { RecordFindings } from "./findings.ts";
import { decodeText } from "./input/decode-text.ts";
import type { InputFormat } from "./input/detect-format.ts";
import { type JsonItem, jsonLines, jsonValues } from "./input/json-values.ts";
import type { Input } from "./input/open-input.ts";
import { type DocumentIndex, indexDocument } from "./jsonld/document-index.ts";
import { readNode } from "./jsonld/read-feed.ts";
import type { Reading } from "./reading.ts";

/** An input as records, to be gone through as often as needed. */
export interface Feed {
  readonly name: string;
  readonly format: InputFormat;
  readings(): AsyncIterable<Reading>;
}

function* brokenAt(
  item: Extract<JsonItem, { readonly broken: string }>,
): Generator<Reading, void, undefined> {
  const findings = new RecordFindings(() => item.path);
  findings.refuse("not_readable", item.broken);
  yield { kind: "trouble", findings };
}

/** @param encoding of the text; without it, UTF-8 or UTF-16 by the look of it */
export function openFeed(input: Input, format: InputFormat, encoding: string | undefined): Feed {
  const texts = () => decodeText(input.open(), encoding);
  if (format === "csv") {
    return { name: input.name, format, readings: () => readCsvFeed(csvRows(texts())) };
  }
  const values = () => (format === "ndjson" ? jsonLines(texts()) : jsonValues(texts()));
  let document: DocumentIndex | undefined;
  return {
    name: input.name,
    format,
    async *readings() {
      document ??= await indexDocument(values());
      for await (const item of values()) {
        if ("broken" in item) yield* brokenAt(item);
        else yield* readNode(item.value, item.path, document);
      }
    },
  };
}
