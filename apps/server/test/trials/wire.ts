import { compareWires } from "../wire/suite.ts";
import { startTrialServer } from "./support/trial-database.ts";
import { TrialFailed, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:wire`: the same requests, byte for byte, go to a server with our own handler for tRPC's protocol and to one with
 * the stock adapter alone. What both answer, and do, must be the same. `--seed` and `--generated` make other requests.
 */
const { seed, generated } = numbersFrom({ seed: 1, generated: 1000 });

const SHOWN = 40;

await runTrial("wire", async () => {
  await using postgres = await startTrialServer();
  await using database = await postgres.createDatabase();
  const { figures, differences, unserved } = await compareWires({
    db: database.db,
    seed,
    generated,
  });
  for (const difference of differences.slice(0, SHOWN)) report(JSON.stringify(difference));
  for (const name of unserved.slice(0, SHOWN)) report(`Left to the stock adapter: ${name}`);
  const all = { ...figures, differences: differences.length };
  if (differences.length > 0) throw new TrialFailed(`${differences.length} differences`, all);
  if (unserved.length > 0) throw new TrialFailed(`${unserved.length} were not served`, all);
  return all;
});
