import { execFile, spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { benchRunIdInSql } from "../academy/bench-runs.ts";
import { plainEnvironment, searchPath } from "../config.ts";
import { type Processors, onServerProcessor } from "../machine/processors.ts";
import { PUBLIC_SCOPE, claimText } from "./claim.ts";

/** PostgreSQL's own load generator, where the machine has it: the plain statement without any JavaScript. */
export interface Pgbench {
  readonly path: string;
  /** As it says itself. */
  readonly version: string;
}

/** @returns undefined where there is none: the embedded PostgreSQL does not bring it along */
export function findPgbench(): Pgbench | undefined {
  const installed = globSync("/usr/lib/postgresql/*/bin/pgbench").toSorted().reverse();
  for (const path of [...searchPath().map((folder) => join(folder, "pgbench")), ...installed]) {
    if (!existsSync(path)) continue;
    const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
    if (status === 0) return { path, version: stdout.trim() };
  }
  return undefined;
}

/** Each client counts its own transactions, and makes what must be unique of both numbers. */
const UNIQUE = "lpad(to_hex(:client_id::int * 67108864::bigint + :n::int), 8, '0')";
const UNIQUE_ID = `('0199' || lpad(to_hex(:n::int), 8, '0') || '70008000' || lpad(to_hex(:client_id::int), 12, '0'))::uuid`;

/** The benchmark's hold as a script for pgbench. It takes the number of runs as `runs`, and 0 as `n`. */
export const PGBENCH_SCRIPT = `\\set n :n + 1
\\set run random(0, :runs - 1)
${claimText({
  runId: benchRunIdInSql(":run::int"),
  places: "1",
  holdMinutes: "15",
  bookingId: UNIQUE_ID,
  reference: `'LC-' || upper(left(${UNIQUE}, 4)) || '-' || upper(right(${UNIQUE}, 4))`,
  allocationId: UNIQUE_ID,
  outboxId: UNIQUE_ID,
  registrationIds: `ARRAY[${UNIQUE_ID}]`,
  requestId: `'request-' || ${UNIQUE}`,
  scope: `'${PUBLIC_SCOPE}'`,
  key: `'pgbench-key-' || ${UNIQUE}`,
  requestHash: `sha256(${UNIQUE}::bytea)`,
})};
`;

export interface PgbenchOptions {
  readonly pgbench: Pgbench;
  readonly databaseUrl: string;
  readonly folder: string;
  readonly processors: Processors | undefined;
  readonly runs: number;
  readonly clients: number;
  /** Either so many seconds, or so many transactions a client. */
  readonly length: { readonly seconds: number } | { readonly transactions: number };
}

export interface PgbenchResult {
  readonly perSecond: number;
  readonly transactions: number;
}

/**
 * Runs the plain statement by pgbench, in the place of the server.
 *
 * @throws Error with what pgbench said when a statement failed
 */
export async function runPgbench(options: PgbenchOptions): Promise<PgbenchResult> {
  const script = join(options.folder, "claim.pgbench");
  await writeFile(script, PGBENCH_SCRIPT);
  const { length } = options;
  const [program, ...args] = onServerProcessor(options.processors, [
    options.pgbench.path,
    "--no-vacuum",
    "--protocol=prepared",
    `--file=${script}`,
    `--client=${options.clients}`,
    "--define=n=0",
    `--define=runs=${options.runs}`,
    "seconds" in length ? `--time=${length.seconds}` : `--transactions=${length.transactions}`,
    options.databaseUrl,
  ]);
  const { stdout } = await promisify(execFile)(program, args, {
    env: { ...plainEnvironment(), PGOPTIONS: "-c plan_cache_mode=force_generic_plan" },
  });
  return readPgbenchOutput(stdout);
}

/** @throws Error for output that does not say how much was done, or says that something failed */
export function readPgbenchOutput(output: string): PgbenchResult {
  const perSecond = Number(/^tps = ([\d.]+)/mu.exec(output)?.[1]);
  const transactions = Number(
    /^number of transactions actually processed: (\d+)/mu.exec(output)?.[1],
  );
  const failed = Number(/^number of failed transactions: (\d+)/mu.exec(output)?.[1] ?? 0);
  if (Number.isNaN(perSecond) || Number.isNaN(transactions) || failed > 0)
    throw new Error(`pgbench did not do its work:\n${output}`);
  return { perSecond, transactions };
}
