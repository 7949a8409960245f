import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { buildSite } from "./build-site.ts";
import { readConfig } from "./config.ts";
import type { StartStep } from "./run-lectern.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { operatorTokenPath } from "./secrets.ts";
import { explainStartFailure } from "./start-failure.ts";

/** `npm start`: from a clone to a running academy, with what happens said in plain words. */

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

async function start(): Promise<void> {
  const config = readConfig(process.env, process.cwd());
  mkdirSync(config.dataDirectory, { recursive: true });
  const logFile = join(config.dataDirectory, "server.log");
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: logFile, sync: false }));
  await runUntilStopped({
    config,
    logger,
    site: buildSite(say),
    endWithParent: true,
    onStep: sayStep,
    onReady: ({ url }) => {
      say(`Lectern is ready at ${url}`);
      say(
        `  Look around: ${url}/courses · staff calls take the operator token in ${operatorTokenPath(config.dataDirectory)}`,
      );
      say(`  Command line: npm run lectern -- --help · log: ${logFile} · stop with Ctrl-C`);
    },
  });
  say("Lectern has stopped.");
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exitCode = 1;
}
