import { handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { startWorker } from "@lectern/jobs/worker";
import { pino } from "pino";
import { z } from "zod";
import { readConfig } from "../../src/config.ts";
import { runWorkerUntilStopped } from "../../src/worker/run-worker-until-stopped.ts";

/** A worker process as Lectern's, with a job of the tests': with `TEST_WORKER=stuck` it never comes to an end. */

export const testQueue = defineQueue("test.count", z.object({ name: z.string() }));

if (import.meta.main) {
  const isStuck = process.env["TEST_WORKER"] === "stuck";
  const config = readConfig(process.env, process.cwd());
  await runWorkerUntilStopped({
    config,
    logger: pino({ level: config.logLevel }),
    run: ({ db, logger }) =>
      startWorker({
        db,
        logger,
        handlers: [
          handle(testQueue, async ({ name }, { attempt }) => {
            logger.info({ name, attempt }, "counting");
            if (isStuck) await new Promise(() => {});
          }),
        ],
      }),
  });
}
