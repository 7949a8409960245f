import { pino } from "pino";
import { readConfig } from "./config.ts";
import { openLog } from "./open-log.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { loadSite } from "./site/load-site.ts";
import { explainStartFailure } from "./start-failure.ts";

/**
 * The server as a service: configuration → build → listen → graceful stop; JSON lines to standard output. Returns when it has stopped;
 * what keeps it from starting is explained on standard error, and in the exit code.
 *
 * @param environment usually `process.env`
 * @param workingDirectory what relative paths start from
 */
export async function serve(
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Promise<void> {
  try {
    const config = readConfig(environment, workingDirectory);
    const logger = pino({ level: config.logLevel }, openLog());
    await runUntilStopped({
      config,
      logger,
      site: loadSite(),
      onReady: ({ url }) => {
        logger.info({ url }, "ready");
      },
    });
  } catch (error) {
    process.stderr.write(`${explainStartFailure(error)}\n`);
    process.exitCode = 1;
  }
}
