import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { QUICK_START } from "@lectern/database/testing/quick-start";
import { z } from "zod";

const CLI = fileURLToPath(new URL("../../../../cli/src/main.ts", import.meta.url));

const Diagnosis = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), status: z.string(), detail: z.string() })),
});

/** What `lectern doctor` says of a database. */
export interface Verdict {
  readonly isWell: boolean;
  /** What is wrong, one line each. */
  readonly troubles: readonly string[];
}

/** Has the doctor look at the database that a trial leaves behind. */
export async function askDoctor(databaseUrl: string): Promise<Verdict> {
  const output = await outputOf(["doctor", "--json"], {
    DATABASE_URL: databaseUrl,
    // Of no academy: what is told of one is of no interest here.
    LECTERN_DATA: join(tmpdir(), "lectern-trial-without-academy"),
    LECTERN_URL: "http://127.0.0.1:9",
  });
  const { ok, checks } = Diagnosis.parse(JSON.parse(output));
  const troubles = checks.filter(({ status }) => status === "trouble");
  return { isWell: ok, troubles: troubles.map(({ name, detail }) => `${name}: ${detail}`) };
}

/** @returns what the command line says, whatever it ends with */
function outputOf(args: readonly string[], environment: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [CLI, ...args],
      { env: { ...process.env, ...QUICK_START, ...environment }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (stdout === "" && error !== null)
          reject(new Error(`The doctor failed: ${stderr}`, { cause: error }));
        else resolve(stdout);
      },
    );
  });
}
