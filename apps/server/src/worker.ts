#!/usr/bin/env node
import { pino } from "pino";
import { readConfig } from "./config.ts";
import { explainStartFailure } from "./start-failure.ts";
import { runWorkerUntilStopped } from "./worker/run-worker-until-stopped.ts";

/** `lectern-worker`: runs jobs in a process of its own; JSON lines to standard output. */

try {
  const config = readConfig(process.env, process.cwd());
  await runWorkerUntilStopped({ config, logger: pino({ level: config.logLevel }) });
} catch (error) {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exitCode = 1;
}
