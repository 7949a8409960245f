import { createPasswords } from "@lectern/auth/passwords/passwords";
import { type FuzzOptions, fuzz } from "../fuzz/fuzz.ts";
import { World } from "../fuzz/world.ts";
import { serve } from "../support/serve.ts";
import { startTrialServer } from "./support/trial-database.ts";
import { TrialFailed, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:fuzz`: valid, nearly valid and hostile inputs, made from the shapes of the contract, go to
 * every procedure over HTTP, as nobody, the operator, and people of several roles. Nothing answers with a
 * fault of ours, takes longer than a second, or tells what it should not. However many there are, none is
 * kept. Ctrl-C ends it with the figures until then; `--from` begins with an input that was found before.
 */
const { inputs, seed, from } = numbersFrom({ inputs: 20_000, seed: 1, from: 0 });

const SHOWN = 20;
const PROGRESS_EVERY_MS = 5000;

const stop = new AbortController();
process.once("SIGINT", () => {
  report("Stopping …");
  // What was sent until then held; all the same somebody stopped it.
  process.exitCode = 130;
  stop.abort();
});

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
    keepsLog: false,
  });
  try {
    const world = new World(served);
    await world.begin();
    report(`${inputs} inputs from seed ${seed} …`);
    let shown = 0;
    const figures = await fuzz(served.url, world, {
      inputs,
      seed,
      from,
      signal: stop.signal,
      onFinding: (finding) => {
        shown += 1;
        if (shown <= SHOWN) report(JSON.stringify(finding));
      },
      onProgress: tellProgress(inputs),
    });
    const all = { seed, ...figures, isWhole: figures.inputs === inputs };
    if (figures.findings > 0) {
      throw new TrialFailed(`${figures.findings} inputs did what none may do`, all);
    }
    return all;
  } finally {
    await served.stop();
  }
});

/** @returns what tells from time to time how far it is */
function tellProgress(total: number): NonNullable<FuzzOptions["onProgress"]> {
  const begin = performance.now();
  let toldAt = begin;
  return ({ done, findings }) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS && done < total) return;
    toldAt = now;
    const rate = Math.round((done * 1000) / (now - begin));
    report(`${done} of ${total} sent, ${rate} a second, ${findings} findings`);
  };
}
