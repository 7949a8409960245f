import { type FileHandle, open } from "node:fs/promises";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { openFeed } from "../import/feed.ts";
import type { Finding } from "../import/findings.ts";
import { importFeed } from "../import/import-feed.ts";
import { type InputFormat, detectFormat } from "../import/input/detect-format.ts";
import { type Input, InputError, openInput } from "../import/input/open-input.ts";
import { hasRefusals } from "../import/summary.ts";
import { readTimeZone } from "../import/values/time-zone.ts";
import { Progress } from "../output/progress.ts";
import { printSummary } from "../output/import-summary.ts";
import { UsageError } from "../usage-error.ts";

export interface ImportCommandOptions {
  readonly source: string;
  readonly dryRun?: boolean;
  readonly format?: InputFormat;
  readonly encoding?: string;
  readonly timeZone?: string;
  readonly deliveryMode?: DeliveryMode;
  readonly language?: string;
  readonly currency?: string;
  readonly draft?: boolean;
  readonly merge?: readonly string[];
  readonly report?: string;
  /** Megabytes. */
  readonly maxSize: number;
  /** Seconds. */
  readonly timeout: number;
}

function timeZoneOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const reading = readTimeZone(text);
  if (reading.zone === undefined || reading.isGuess) {
    throw new UsageError(`--time-zone: ${text} is not a time zone (write Europe/Oslo).`);
  }
  return reading.zone;
}

function languageOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    throw new UsageError(`--language: ${text} is not a language tag (write en or nb-NO).`);
  }
}

function currencyOf(text: string | undefined): string | undefined {
  const code = text?.toUpperCase();
  if (code !== undefined && !Intl.supportedValuesOf("currency").includes(code)) {
    throw new UsageError(`--currency: ${text} is not a currency (write EUR).`);
  }
  return code;
}

async function formatOf(input: Input, options: ImportCommandOptions): Promise<InputFormat> {
  const format = options.format ?? (await detectFormat(input, options.encoding));
  if (format !== undefined) return format;
  throw new InputError(
    `${input.name} is neither JSON-LD nor CSV by the look of it. If it is, say which: --format jsonld or --format csv.`,
  );
}

/** Writes every finding to a file as it comes, one JSON object a line. */
class Report implements AsyncDisposable {
  readonly #file: FileHandle | undefined;
  #lines: string[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  constructor(file: FileHandle | undefined) {
    this.#file = file;
  }

  add(finding: Finding): void {
    if (this.#file === undefined) return;
    this.#lines.push(`${JSON.stringify(finding)}\n`);
    if (this.#lines.length >= 1000) this.#write();
  }

  #write(): void {
    const text = this.#lines.join("");
    this.#lines = [];
    this.#writing = this.#writing.then(() => this.#file?.write(text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#write();
    await this.#writing;
    await this.#file?.close();
  }
}

async function openReport(path: string | undefined): Promise<Report> {
  try {
    return new Report(path === undefined ? undefined : await open(path, "w"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--report: ${path} can't be written: ${reason}.`);
  }
}

/** `lectern import`: takes courses and runs in from a file, an address, or standard input. */
export async function importCommand(
  { terminal, client, signal, stdin }: Context,
  options: ImportCommandOptions,
): Promise<ExitCode> {
  const defaults = {
    timeZone: timeZoneOf(options.timeZone),
    deliveryMode: options.deliveryMode,
    language: languageOf(options.language),
    currency: currencyOf(options.currency),
    courseStatus: options.draft === true ? ("draft" as const) : ("published" as const),
  };
  const limits = { maxBytes: options.maxSize * 1_000_000, timeoutMs: options.timeout * 1000 };
  await using input = await openInput(options.source, stdin, limits, signal);
  const feed = openFeed(input, await formatOf(input, options), options.encoding);
  await using report = await openReport(options.report);
  using progress = new Progress(terminal);
  const summary = await importFeed(feed, {
    client,
    defaults,
    dryRun: options.dryRun === true,
    merges: options.merge ?? [],
    signal,
    onFinding: (finding) => report.add(finding),
    onProgress: (step, done, total) => progress.show(step, done, total),
  });
  progress[Symbol.dispose]();
  terminal.json(summary);
  printSummary(terminal, summary);
  return hasRefusals(summary) ? EXIT.trouble : EXIT.ok;
}
