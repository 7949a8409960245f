import { pino } from "pino";
import { readConfig } from "../config.ts";
import { explainStartFailure } from "../start-failure.ts";
import { runWorkerUntilStopped } from "./run-worker-until-stopped.ts";

/**
 * Runs jobs in a process of its own; JSON lines to standard output. Returns when it has stopped; what keeps it from starting is
 * explained on standard error, and in the exit code.
 *
 * @param environment usually `process.env`
 * @param workingDirectory what relative paths start from
 */
export async function work(
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Promise<void> {
  try {
    const config = readConfig(environment, workingDirectory);
    await runWorkerUntilStopped({ config, logger: pino({ level: config.logLevel }) });
  } catch (error) {
    process.stderr.write(`${explainStartFailure(error)}\n`);
    process.exitCode = 1;
  }
}
