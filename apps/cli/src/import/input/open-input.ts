import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Where an import comes from: a file, an address of the web, or standard input. */

/** The input can't be had; the message says why, and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
}

export interface InputLimits {
  /** Of what comes from the web or standard input, in bytes. Files may be of any size. */
  readonly maxBytes: number;
  /** For all of a download, in milliseconds. */
  readonly timeoutMs: number;
}

export interface Input {
  /** As messages name it. */
  readonly name: string;
  /** `.csv`, `.json` …, from the name or the content type; empty where neither tells. */
  readonly extension: string;
  /** The bytes, from the beginning, as often as asked. */
  open(): AsyncIterable<Uint8Array>;
  [Symbol.asyncDispose](): Promise<void>;
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["text/csv", ".csv"],
  ["text/tab-separated-values", ".csv"],
  ["application/json", ".json"],
  ["application/ld+json", ".json"],
  ["application/x-ndjson", ".ndjson"],
  ["text/html", ".html"],
]);

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
  { maxBytes }: InputLimits,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new InputError(
        `${name} is larger than ${inMegabytes(maxBytes)}: raise --max-size, or save it to a file first.`,
      );
    }
    yield chunk;
  }
}

/** Keeps what can be read only once in a file, so that it can be read twice without memory. */
async function spool(
  source: AsyncIterable<Uint8Array>,
  about: Pick<Input, "name" | "extension">,
  limits: InputLimits,
): Promise<Input> {
  const folder = await mkdtemp(join(tmpdir(), "lectern-import-"));
  const path = join(folder, "input");
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(limited(source, limits, about.name), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { ...about, open: () => createReadStream(path), [Symbol.asyncDispose]: dispose };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}

async function download(url: URL, limits: InputLimits, signal: AbortSignal): Promise<Input> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: "application/ld+json, application/json, text/csv;q=0.9, */*;q=0.1" },
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok || response.body === null) {
      throw new InputError(`${url.href} answered ${response.status} ${response.statusText}.`);
    }
    const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
    const extension = EXTENSIONS.get(type) ?? extname(url.pathname).toLowerCase();
    return await spool(response.body, { name: url.href, extension }, limits);
  } catch (error) {
    if (error instanceof InputError || signal.aborted) throw error;
    if (timeout.aborted) {
      throw new InputError(
        `${url.href} did not arrive within ${limits.timeoutMs / 1000} s: raise --timeout, or save it to a file first.`,
      );
    }
    throw new InputError(`${url.href} can't be reached: ${reasonOf(error)}.`, { cause: error });
  }
}

async function openFile(path: string): Promise<Input> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new InputError(`${path} is a folder, not a file.`);
    const isOnceOnly = !status.isFile();
    if (isOnceOnly) {
      const limits = { maxBytes: Number.POSITIVE_INFINITY, timeoutMs: 0 };
      return await spool(createReadStream(path), { name: basename(path), extension: "" }, limits);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path} can't be read: ${reasonOf(error)}.`, { cause: error });
  }
  return {
    name: basename(path),
    extension: extname(path).toLowerCase(),
    open: () => createReadStream(path),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * @param source a path, an `http` or `https` address, or `-` for standard input
 * @throws InputError when it can't be had, is too large, or takes too long
 */
export async function openInput(
  source: string,
  stdin: AsyncIterable<Uint8Array>,
  limits: InputLimits,
  signal: AbortSignal,
): Promise<Input> {
  if (source === "-") {
    return spool(Readable.from(stdin), { name: "standard input", extension: "" }, limits);
  }
  if (/^https?:\/\//iu.test(source)) {
    const url = URL.parse(source);
    if (url === null) throw new InputError(`${source} is not an address.`);
    return download(url, limits, signal);
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//iu.test(source)) {
    throw new InputError(`${source}: only files, http and https addresses can be imported.`);
  }
  return openFile(source);
}
