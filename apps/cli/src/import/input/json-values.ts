import { Assembler } from "stream-json/core/assembler.js";
import { type Token, jsonParser } from "stream-json/core/parser.js";

/** Reading JSON as a stream: one record in memory at a time, however large the document. */

export type JsonItem =
  | { readonly path: string; readonly value: unknown }
  /** Here the document stops being JSON; nothing comes after. */
  | { readonly path: string; readonly broken: string };

/** Where a document keeps its records when it is one object. */
const GRAPH = "@graph";

/** Puts tokens together to records: the members of the array or graph, else the whole object. */
class RecordAssembler {
  #within: "nothing" | "array" | "object" | "graph" | "done" = "nothing";
  #record: Assembler | undefined;
  #position = 0;
  #key: string | undefined;
  #hadGraph = false;
  readonly #head: [string, unknown][] = [];

  /** The record that is next, or that was begun. */
  get path(): string {
    if (this.#within === "graph") return `$["${GRAPH}"][${this.#position}]`;
    return this.#within === "array" ? `$[${this.#position}]` : "$";
  }

  get isComplete(): boolean {
    return this.#within === "done";
  }

  /** @returns the record that ends with this token, if one does */
  take(token: Token): JsonItem | undefined {
    if (this.#record !== undefined) return this.#assemble(this.#record, token);
    switch (token.name) {
      case "endArray":
        this.#within = this.#within === "graph" ? "object" : "done";
        return undefined;
      case "endObject":
        this.#within = "done";
        return this.#hadGraph ? undefined : { path: "$", value: Object.fromEntries(this.#head) };
      case "keyValue":
        this.#key = token.value;
        return undefined;
      case "startArray":
        if (this.#within === "nothing") {
          this.#within = "array";
          return undefined;
        }
        if (this.#within === "object" && this.#key === GRAPH) {
          this.#within = "graph";
          this.#hadGraph = true;
          return undefined;
        }
        return this.#begin(token);
      case "startObject":
        if (this.#within === "nothing") {
          this.#within = "object";
          return undefined;
        }
        return this.#begin(token);
      default:
        return this.#begin(token);
    }
  }

  #begin(token: Token): JsonItem | undefined {
    this.#record = new Assembler();
    return this.#assemble(this.#record, token);
  }

  #assemble(record: Assembler, token: Token): JsonItem | undefined {
    record.consume(token);
    if (!record.done) return undefined;
    this.#record = undefined;
    const value = record.current;
    const { path } = this;
    if (this.#within === "object") {
      this.#head.push([this.#key ?? "", value]);
      return undefined;
    }
    if (this.#within === "nothing") this.#within = "done";
    this.#position += 1;
    return { path, value };
  }
}

/** Pieces that end where lines do, so that an error can be placed. */
function* byLine(text: string): Generator<string, void, undefined> {
  let from = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
    yield text.slice(from, at + 1);
    from = at + 1;
  }
  if (from < text.length) yield text.slice(from);
}

/**
 * @param texts a JSON document in pieces
 * @returns the members of its array or `@graph`, or the one object that it is; where it stops being
 *   JSON, what came before, and where that is
 */
export async function* jsonValues(
  texts: AsyncIterable<string>,
): AsyncGenerator<JsonItem, void, undefined> {
  const parse = jsonParser({ streamValues: false });
  const records = new RecordAssembler();
  let line = 1;
  for await (const text of texts) {
    for (const piece of byLine(text)) {
      let tokens: readonly Token[];
      try {
        const parsed = parse(piece);
        tokens = typeof parsed === "symbol" ? [] : parsed.values;
      } catch (error) {
        const reason = error instanceof Error ? error.message.replace(/^.*: /u, "") : String(error);
        yield { path: records.path, broken: `line ${line} is not JSON (${reason})` };
        return;
      }
      for (const token of tokens) {
        const item = records.take(token);
        if (item !== undefined) yield item;
      }
      if (piece.endsWith("\n")) line += 1;
    }
  }
  if (!records.isComplete) {
    yield { path: records.path, broken: `the document ends in the middle (line ${line})` };
  }
}

/**
 * @param texts one JSON value a line, in pieces
 * @returns each value; a line that is not JSON is told and passed over
 */
export async function* jsonLines(
  texts: AsyncIterable<string>,
): AsyncGenerator<JsonItem, void, undefined> {
  let rest = "";
  let line = 0;
  function parsed(text: string): JsonItem | undefined {
    line += 1;
    if (text.trim() === "") return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return { path: `line ${line}`, value };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { path: `line ${line}`, broken: `is not JSON (${reason})` };
    }
  }
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const each of lines) {
      const item = parsed(each);
      if (item !== undefined) yield item;
    }
  }
  const last = parsed(rest);
  if (last !== undefined) yield last;
}
