import { createPasswords } from "@lectern/auth/passwords/passwords";
import { QUESTIONS, SIGNIFICANT, compareTimes } from "../attacks/timing.ts";
import { temporaryFolder } from "../support/lectern-process.ts";
import { type Served, serve } from "../support/serve.ts";
import { runOwnTests } from "./attacks/own-tests.ts";
import { type Target, type Verdict, isSqlmapThere, trySqlmap } from "./attacks/sqlmap.ts";
import { startCareless, startCursors, targetsOf, waysIn } from "./attacks/targets.ts";
import { type TrialDatabase, startTrialServer } from "./support/trial-database.ts";
import { demand, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:attacks`: the tests of `test/attacks`; then whether there is an account is looked for in the
 * time that answers take, with many more samples than the tests take; then sqlmap looks for a way into the
 * database, where it is installed. A control must be found, or this trial could not fail. `--tests 0`,
 * `--samples 0` and `--sqlmap 0` leave a part out.
 */
const { tests, samples, sqlmap } = numbersFrom({ tests: 1, samples: 2000, sqlmap: 1 });

const SQLMAP_MS = 300_000;

await runTrial("attacks", async () => {
  const ownTests = tests === 0 ? "left out" : await ownTestsHold();
  await using postgres = await startTrialServer();
  await using database = await postgres.createDatabase();
  const served = await serve(database.db, {
    // Passwords that are worked out soon let through what else differs.
    auth: {
      passwords: await createPasswords({ parameters: { memory: 64, passes: 1, parallelism: 1 } }),
    },
    trustedProxies: ["127.0.0.1"],
    callLimits: { perMinute: 0, effectsPerMinute: 0, streams: 0 },
  });
  try {
    const timing = samples === 0 ? "left out" : await nobodyIsFoundByTime(served);
    const injection = sqlmap === 0 ? "left out" : await nothingIsInjectable(served, database);
    return { tests: ownTests, samples, timing, sqlmap: injection };
  } finally {
    await served.stop();
  }
});

async function ownTestsHold() {
  report("The tests of attacks …");
  const { failures, ...counted } = await runOwnTests();
  for (const failure of failures) report(failure);
  demand(counted.failed === 0, `${counted.failed} tests of attacks fail`);
  return counted;
}

async function nobodyIsFoundByTime(served: Served) {
  const compared: Record<string, { known: number; unknown: number; z: number }> = {};
  for (const name of Object.keys(QUESTIONS)) {
    report(`${name}: ${samples} addresses with an account, and as many without …`);
    const { known, unknown, z } = await compareTimes(served, name, samples);
    compared[name] = { known: rounded(known), unknown: rounded(unknown), z: rounded(z) };
    report(JSON.stringify(compared[name]));
  }
  const told = Object.entries(compared).filter(([, { z }]) => Math.abs(z) >= SIGNIFICANT);
  demand(told.length === 0, `It shows in the time: ${told.map(([name]) => name).join(", ")}`);
  return compared;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

async function nothingIsInjectable(served: Served, database: TrialDatabase) {
  if (!(await isSqlmapThere())) return "not installed";
  await using folder = await temporaryFolder();
  await using careless = await startCareless(database);
  const ways = waysIn(careless.url);
  for (const way of ways) {
    const verdict = await trySqlmap(way, folder.path, SQLMAP_MS);
    tell(way, verdict);
    demand(verdict.outcome === "injectable", "sqlmap does not find a way that is there on purpose");
  }

  await using cursors = await startCursors(served);
  const outcomes: Record<string, number> = {};
  const before = served.log().length;
  for (const target of await targetsOf(served, cursors)) {
    const verdict = await trySqlmap(target, folder.path, SQLMAP_MS);
    tell(target, verdict);
    outcomes[verdict.outcome] = (outcomes[verdict.outcome] ?? 0) + 1;
  }
  const log = served.log().slice(before);
  const countOf = (status: RegExp) => log.match(status)?.length ?? 0;
  const requests = countOf(/"msg":"request(?: failed)?"/gu);
  const faults = countOf(/"status":5\d\d/gu);
  demand(outcomes["injectable"] === undefined, "sqlmap finds a way in");
  demand(outcomes["unclear"] === undefined, "sqlmap could not do its work");
  demand(faults === 0, `${faults} of its requests were faults of ours`);
  return {
    controls: ways.length,
    outcomes,
    requests,
    // The others were refused by the shape of what they asked.
    answered: countOf(/"status":200/gu),
    faults,
  };
}

function tell({ name }: Target, verdict: Verdict): void {
  report(`${name}: ${verdict.outcome}`);
  if (verdict.outcome === "unclear") report(verdict.output.slice(-2000));
}
