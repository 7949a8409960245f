import { createPasswords } from "@lectern/auth/passwords/passwords";
import { fuzz } from "../fuzz/fuzz.ts";
import { World } from "../fuzz/world.ts";
import { serve } from "../support/serve.ts";
import { startTrialServer } from "./support/trial-database.ts";
import { demand, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:fuzz`: valid, nearly valid and hostile inputs, made from the shapes of the contract, go to
 * every procedure over HTTP, as nobody, the operator, and people of several roles. Nothing answers with a
 * fault of ours, takes longer than a second, or tells what it should not.
 */
const { inputs, seed } = numbersFrom({ inputs: 20_000, seed: 1 });

const SHOWN = 20;

await runTrial("fuzz", async () => {
  await using server = await startTrialServer();
  await using database = await server.createDatabase();
  // How slow passwords are on purpose is not what is looked at.
  const passwords = await createPasswords({
    parameters: { memory: 64, passes: 1, parallelism: 1 },
  });
  const served = await serve(database.db, {
    auth: { passwords },
    callLimits: { perMinute: 0, effectsPerMinute: 0, streams: 0 },
  });
  try {
    const world = new World(served);
    await world.begin();
    report(`${inputs} inputs from seed ${seed} …`);
    const figures = await fuzz(served.url, world, {
      inputs,
      seed,
      onProgress: (done) => {
        if (done % 5000 === 0) report(`${done} sent`);
      },
    });
    for (const finding of figures.findings.slice(0, SHOWN)) report(JSON.stringify(finding));
    const { findings, ...counted } = figures;
    demand(findings.length === 0, `${findings.length} inputs did what none may do`);
    return { seed, ...counted, findings: findings.length };
  } finally {
    await served.stop();
  }
});
