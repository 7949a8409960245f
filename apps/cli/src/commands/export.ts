import { open, rename, rm } from "node:fs/promises";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import {
  type CatalogueEntry,
  type ExportFormat,
  exportAs,
  readCatalogue,
} from "../export/export-catalogue.ts";
import { counted } from "../output/format.ts";
import { Progress } from "../output/progress.ts";
import { UsageError } from "../usage-error.ts";

export interface ExportCommandOptions {
  readonly format?: ExportFormat;
  readonly output?: string;
}

interface Tally {
  courses: number;
  runs: number;
}

async function* tallied(
  entries: AsyncIterable<CatalogueEntry>,
  tally: Tally,
  onEntry: () => void,
): AsyncGenerator<CatalogueEntry, void, undefined> {
  for await (const entry of entries) {
    if ("course" in entry) tally.courses += 1;
    tally.runs += "course" in entry ? entry.runs.length : 1;
    onEntry();
    yield entry;
  }
}

/** Writes a file that is either whole or not there: under another name until it is done. */
async function writeWhole(path: string, texts: AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = await open(unfinished, "w");
    try {
      for await (const text of texts) await file.write(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof Error && "syscall" in error) {
      throw new UsageError(`--output: ${path} can't be written: ${error.message}.`);
    }
    throw error;
  }
}

/** `lectern export`: writes the whole catalogue as JSON-LD or CSV. */
export async function exportCommand(
  { terminal, client, signal }: Context,
  options: ExportCommandOptions,
): Promise<ExitCode> {
  const format = options.format ?? (/\.csv$/iu.test(options.output ?? "") ? "csv" : "jsonld");
  const { total } = await client.courses.export.query({ limit: 1 }, { signal });
  const tally = { courses: 0, runs: 0 };
  using progress = new Progress(terminal);
  const entries = tallied(readCatalogue(client, signal), tally, () => {
    progress.show("courses", tally.courses, total);
  });
  const texts = exportAs(format, entries);
  if (options.output === undefined) {
    // The export itself is what programs get, with or without --json.
    for await (const text of texts) await terminal.write(text);
    return EXIT.ok;
  }
  await writeWhole(options.output, texts);
  progress[Symbol.dispose]();
  terminal.json({ output: options.output, format, ...tally });
  terminal.print(
    `${counted(tally.courses, "course")} and ${counted(tally.runs, "run")} written to ${options.output}`,
  );
  return EXIT.ok;
}
