import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { TransactionSql } from "postgres";
import { StatementAborted, StatementFailed } from "../errors.ts";
import type { WireValue } from "./values.ts";

/** What goes over the socket at once: large enough to spare system calls, small enough to hold back a producer that is too fast. */
const chunkLength = 64 * 1024;

/**
 * Feeds `COPY … FROM STDIN` (text format).
 * @returns how many rows were copied
 * @param running where whoever ends the transaction finds a way to end the copy
 * @throws StatementFailed with the driver's error as its cause; StatementAborted; what the rows' iterator throws
 */
export async function copyIn(
  client: TransactionSql,
  text: string,
  rows: AsyncIterable<readonly WireValue[]> | Iterable<readonly WireValue[]>,
  signal: AbortSignal | undefined,
  running: Set<(reason: Error) => void>,
): Promise<number> {
  let count = 0;
  let producerError: { readonly error: unknown } | undefined;

  async function* chunks(): AsyncGenerator<string> {
    let chunk = "";
    // What is thrown into this generator while it waits at a yield is the stream's error, not the rows'.
    let isTakingRows = true;
    try {
      for await (const row of rows) {
        chunk += copyLine(row);
        count++;
        if (chunk.length < chunkLength) continue;
        isTakingRows = false;
        yield chunk;
        isTakingRows = true;
        chunk = "";
      }
    } catch (error) {
      if (isTakingRows) producerError = { error };
      throw error;
    }
    if (chunk !== "") yield chunk;
  }

  try {
    const target: Writable = await client.unsafe(text).writable();
    const source = Readable.from(chunks(), { objectMode: false });
    const giveUp = (reason: Error) => void source.destroy(reason);
    running.add(giveUp);
    try {
      await pipeline(source, target, { signal });
    } finally {
      running.delete(giveUp);
    }
    return count;
  } catch (error) {
    if (producerError) throw producerError.error;
    if (signal?.aborted) throw new StatementAborted(signal.reason);
    throw new StatementFailed(text, error);
  }
}

/** A row of COPY's text format (PostgreSQL manual, COPY, "Text Format"). */
function copyLine(row: readonly WireValue[]): string {
  let line = "";
  for (let index = 0; index < row.length; index++) {
    const value = row[index] ?? null;
    if (index > 0) line += "\t";
    line += value === null ? "\\N" : escapeText(value);
  }
  return `${line}\n`;
}

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

function escapeText(value: string): string {
  // Most values hold nothing special: looking is cheaper than replacing.
  return special.test(value)
    ? value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
    : value;
}
