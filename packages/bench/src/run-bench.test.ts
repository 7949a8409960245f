import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { plainEnvironment } from "./config.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
/** Servers and databases are started and stopped several times. */
const PATIENCE_MS = 300_000;

interface Ending {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the benchmark as its user does, with a folder for temporary files of its own. */
async function bench(folder: string, ...args: string[]): Promise<Ending> {
  const env = { ...plainEnvironment(), TMPDIR: folder };
  try {
    const printed = await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
    return { code: 0, ...printed };
  } catch (error) {
    return z.object({ code: z.unknown(), stdout: z.string(), stderr: z.string() }).parse(error);
  }
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "bench-test-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const Written = z.object({
  failures: z.array(z.unknown()),
  rows: z.array(
    z.object({
      name: z.string(),
      contenders: z.array(
        z.object({ name: z.string(), samples: z.array(z.object({ value: z.number() })) }),
      ),
      comparisons: z.array(
        z.object({ of: z.string(), to: z.string(), ratios: z.array(z.number()) }),
      ),
    }),
  ),
});

test(
  "the other contenders still do what Lectern does, and nothing is left of a run",
  async () => {
    await using folder = await temporaryFolder();
    await using results = await temporaryFolder();
    const json = join(results.path, "bench.json");
    const rows = "one-row,list,signed-in,sign-in-storm,hot-run";
    const ending = await bench(
      folder.path,
      "--quick",
      "--rounds=1",
      `--rows=${rows}`,
      `--json=${json}`,
    );
    expect(ending.stderr).not.toContain("failed");
    expect(ending.code).toBe(0);
    expect(await readdir(folder.path)).toEqual([]);

    const written = Written.parse(JSON.parse(await readFile(json, "utf8")));
    expect(written.rows.map(({ name }) => name).join(",")).toBe(rows);
    for (const row of written.rows) {
      expect(row.contenders.length).toBeGreaterThan(1);
      for (const { samples } of row.contenders) {
        expect(samples).toHaveLength(1);
        expect(samples[0]?.value).toBeGreaterThan(0);
      }
      expect(row.comparisons.every(({ ratios }) => ratios.length === 1)).toBe(true);
    }
    expect(ending.stdout).toContain("lectern ÷ bare");
    expect(ending.stdout).toContain("lectern's use case ÷ the plain statement");
  },
  PATIENCE_MS,
);

test(
  "a command line that is not right ends with 2, before anything is started",
  async () => {
    await using folder = await temporaryFolder();
    const ending = await bench(folder.path, "--rows=nothing");
    expect(ending).toMatchObject({ code: 2, stdout: "" });
    expect(ending.stderr).toContain("not nothing");
  },
  PATIENCE_MS,
);

test(
  "help is a result, and lists the rows",
  async () => {
    await using folder = await temporaryFolder();
    const ending = await bench(folder.path, "--help");
    expect(ending).toMatchObject({ code: 0, stderr: "" });
    expect(ending.stdout).toContain("hot-run-http");
  },
  PATIENCE_MS,
);
