import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { buildSite } from "./build-site.ts";
import { type Config, readConfig } from "./config.ts";
import { openLog } from "./open-log.ts";
import type { StartStep } from "./run-lectern.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { operatorTokenPath } from "./secrets.ts";
import { explainStartFailure } from "./start-failure.ts";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sayStep(step: StartStep): void {
  switch (step.step) {
    case "database":
      if (step.detail === "initialising") say("Setting up a PostgreSQL database of its own …");
      if (step.detail === "ending an orphan")
        say("Ending a database that a killed start left behind …");
      return;
    case "migrated":
      if (step.applied > 0) say(`Applied ${step.applied} migrations.`);
      return;
    case "demo":
      say(step.detail);
  }
}

/**
 * From a clone to a running academy, with what happens said in plain words; returns when it has
 * stopped. What keeps it from starting is explained on standard error, and in the exit code.
 *
 * @param environment usually `process.env`
 * @param workingDirectory what relative paths start from
 */
export async function startForPeople(
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Promise<void> {
  try {
    await start(readConfig(environment, workingDirectory));
  } catch (error) {
    process.stderr.write(`${explainStartFailure(error)}\n`);
    process.exitCode = 1;
  }
}

async function start(config: Config): Promise<void> {
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o711 });
  const logFile = join(config.dataDirectory, "server.log");
  setLargeLogAside(logFile);
  const logger = pino({ level: config.logLevel }, openLog(logFile));
  await runUntilStopped({
    config,
    logger,
    site: buildSite(say),
    endWithParent: true,
    offersAdministratorLink: true,
    onStep: sayStep,
    onReady: ({ url, mailboxUrl, administratorUrl }) => {
      say(`Lectern is ready at ${url}`);
      say(
        `  Look around: ${url}/courses · staff calls take the operator token in ${operatorTokenPath(config.dataDirectory)}`,
      );
      if (administratorUrl !== undefined) {
        say(`  Become the first administrator (one day, once): ${administratorUrl}`);
      }
      if (mailboxUrl !== undefined) say(`  Mails are kept, not sent: read them at ${mailboxUrl}`);
      say(`  Command line: npm run lectern -- --help · log: ${logFile} · stop with Ctrl-C`);
    },
  });
  say("Lectern has stopped.");
}

const LARGEST_LOG_BYTES = 20_000_000;

/** Keeps one predecessor: a log that nobody looks at must not fill the disk. */
function setLargeLogAside(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
}
