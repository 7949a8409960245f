import { Readable, Writable } from "node:stream";
import type { Config } from "../../src/config.ts";
import type { ExitCode } from "../../src/exit-codes.ts";
import { runCli } from "../../src/run-cli.ts";

/** What a command line said, and how it ended. */
export interface Said {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json(): unknown;
}

class Collector extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Nobody listens there. */
const NOWHERE: Config = {
  url: "http://127.0.0.1:9",
  token: undefined,
  dataDirectory: "/nonexistent",
  databaseUrl: undefined,
  configDirectory: "/nonexistent",
};

/** Runs the command line in this process. */
export async function lectern(
  words: readonly string[],
  { config = NOWHERE, stdin = "" }: { readonly config?: Config; readonly stdin?: string } = {},
): Promise<Said> {
  const stdout = new Collector();
  const stderr = new Collector();
  const exitCode = await runCli(words, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    config,
    signal: new AbortController().signal,
  });
  return {
    exitCode,
    stdout: stdout.text,
    stderr: stderr.text,
    json: () => JSON.parse(stdout.text) as unknown,
  };
}
