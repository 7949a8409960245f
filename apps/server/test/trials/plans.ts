import { loadBigDemo } from "@lectern/demo/load-big-demo";
import { loadDemo } from "@lectern/demo/load-demo";
import { checkPlans } from "../plans/check-plans.ts";
import { countStatements } from "../plans/count.ts";
import { addCrowd } from "../plans/crowd.ts";
import { measureGrowth } from "../plans/growth.ts";
import { LARGE_ROWS, largeRelations } from "../plans/plan.ts";
import { today } from "../support/serve.ts";
import { type TrialDatabase, startTrialServer } from "./support/trial-database.ts";
import { TrialFailed, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:plans`: what the database does for each query of an academy with a million runs, by EXPLAIN under the plan that
 * all values get; how many statements each procedure sends, in a small academy and in one that has more of everything;
 * and how much longer what visitors ask takes there than in an academy with a thousand runs. `--runs` makes another size.
 */
const { runs } = numbersFrom({ runs: 1_000_000 });

/** The exceptions are for an academy of at least this size. */
const WHOLE = 1_000_000;
const SMALL = 1000;

async function fill({ db }: TrialDatabase, size: number): Promise<void> {
  await loadDemo(db, { today: today() });
  await loadBigDemo(db, { runs: size, today: today() });
  await addCrowd(db, Math.max(1, Math.floor(size / 10)));
}

await runTrial("plans", async () => {
  await using postgres = await startTrialServer();

  report("Counting the statements of every procedure …");
  await using counted = await postgres.createDatabase();
  const { counts, faults: countFaults } = await countStatements(counted.db);
  const statements = counts.map(({ many }) => many.statements.length);

  report(`Loading an academy of ${SMALL} runs, and one of ${runs} …`);
  await using small = await postgres.createDatabase();
  await fill(small, SMALL);
  await using large = await postgres.createDatabase();
  await fill(large, runs);
  const { tables } = await largeRelations(large.db);
  report(`Large tables, of more than ${LARGE_ROWS} rows: ${namesOf(tables)}`);

  const plans = await checkPlans(large.db, counts, runs >= WHOLE);
  report(`${plans.queries} plans; comparing ${SMALL} and ${runs} runs …`);
  const growth = await measureGrowth(small.db, large.db);
  for (const [question, { smallMs, largeMs, ratio }] of Object.entries(growth))
    report(`${question}: ${smallMs} ms, ${largeMs} ms: ${ratio}`);

  const faults = [...countFaults, ...plans.faults];
  for (const fault of faults) report(fault);
  const figures = {
    runs,
    queries: plans.queries,
    largeTables: Object.fromEntries(tables),
    exceptions: plans.explained,
    procedures: new Set(counts.map(({ name }) => name.split(" ", 1)[0])).size,
    calls: counts.length,
    mostStatements: Math.max(...statements),
    growth,
    ratios: Object.fromEntries(Object.entries(growth).map(([name, { ratio }]) => [name, ratio])),
    faults: faults.length,
  };
  if (faults.length > 0) throw new TrialFailed(`${faults.length} faults`, figures);
  return figures;
});

function namesOf(tables: ReadonlyMap<string, number>): string {
  return [...tables].map(([name, rows]) => `${name} (${rows})`).join(", ");
}
