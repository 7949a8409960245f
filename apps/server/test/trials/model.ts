import { randomInt } from "node:crypto";
import { type Progress, letHistoriesHappen } from "./model/lanes.ts";
import type { Finding } from "./model/history.ts";
import { TrialFailed, numbersFrom, report, runTrial } from "./support/trial.ts";
import { startTrialServer } from "./support/trial-database.ts";

/**
 * `pnpm test:model`: the booking engine against a model of it. Histories at random – of everything that people
 * can ask of the engine, and that its worker does – happen by the rules and in the engine, and must look
 * alike after every step. The smallest history that shows a disagreement is told, with the seed that makes
 * it again: `pnpm test:model --seed S --steps 1`.
 *
 * `--parallel` says how many histories happen at a time; the same seeds make the same histories.
 */
const { steps, seed, parallel } = numbersFrom({
  steps: 20_000,
  seed: randomInt(1_000_000_000),
  parallel: 4,
});

const TOLD_EVERY_MS = 5000;

await runTrial("model", async () => {
  report(`${steps} steps, ${parallel} histories at a time, from seed ${seed} on …`);
  const begin = performance.now();
  await using server = await startTrialServer();
  const { finding, complaints, ...counted } = await letHistoriesHappen({
    server,
    steps,
    seed,
    parallel,
    onProgress: tellingFrom(begin),
  });
  const ms = Math.round(performance.now() - begin);
  const stepsPerSecond = Math.round((counted.steps / ms) * 1000);
  const figures = { seed, parallel, ...counted, stepsPerSecond, ms };
  if (finding !== undefined) {
    const { seed: failingSeed, history } = finding;
    const found = { disagreements: 1, failingSeed, history: history.toString().split("\n") };
    throw new TrialFailed(inWords(finding), { ...figures, ...found });
  }
  if (complaints.length > 0) {
    throw new TrialFailed(`The doctor complains: ${complaints.join("; ")}`, figures);
  }
  return { ...figures, disagreements: 0, doctor: "ok" };
});

/** Tells from time to time how far it is. */
function tellingFrom(begin: number): (progress: Progress) => void {
  let toldAt = begin;
  return (progress) => {
    const now = performance.now();
    if (now - toldAt < TOLD_EVERY_MS) return;
    toldAt = now;
    const rate = Math.round((progress.steps / (now - begin)) * 1000);
    report(`${progress.steps} steps in ${progress.histories} histories, ${rate} a second`);
  };
}

function inWords({ seed: failingSeed, history, disagreement }: Finding): string {
  return [
    "rules and engine disagree. The smallest history that shows it:",
    "",
    history.toString(),
    "",
    "After its last operation:",
    "",
    disagreement.message,
    ...(disagreement.cause instanceof Error ? [stackOf(disagreement.cause)] : []),
    "",
    `Again: pnpm test:model --seed ${failingSeed} --steps 1 --parallel 1`,
  ].join("\n");
}

/** Where it went wrong first. */
function stackOf(error: Error): string {
  return error.cause instanceof Error ? stackOf(error.cause) : (error.stack ?? error.message);
}
