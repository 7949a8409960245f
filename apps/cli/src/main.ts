#!/usr/bin/env node
import { ownConfig } from "./config.ts";
import { EXIT } from "./exit-codes.ts";
import { runCli } from "./run-cli.ts";

/** The `lectern` command: this process, handed to `runCli`. */

const interruption = new AbortController();
process.on("SIGINT", () => {
  // Who presses twice means now.
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort();
});
process.on("SIGTERM", () => interruption.abort());

// Who reads through `head` stops reading early; that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.ok);
    throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  config: ownConfig(),
  signal: interruption.signal,
});
