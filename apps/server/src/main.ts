import { pino } from "pino";
import { readConfig } from "./config.ts";
import { openLog } from "./open-log.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { loadSite } from "./site/load-site.ts";
import { explainStartFailure } from "./start-failure.ts";

/** The server as a service: configuration → build → listen → graceful stop; JSON lines to standard output. */

try {
  const config = readConfig(process.env, process.cwd());
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
