import { CLIENT_VERSION, type LecternClient, createClient } from "@lectern/client";
import { type Config, DEFAULT_URL, isLoopback, readOperatorToken } from "./config.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./output/terminal.ts";

/** What every command gets. */
export interface Context {
  readonly terminal: Terminal;
  readonly config: Config;
  /** Address of the academy. */
  readonly url: string;
  readonly client: LecternClient;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a command does; the exit code says how it went. */
export type Action<Options> = (context: Context, options: Options) => Promise<ExitCode>;

/** A batch of an import takes longer than a click; the server gives up after a minute itself. */
const TIMEOUT_MS = 60_000;

export interface GlobalOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly token?: string;
}

/** @returns the academy to speak to: as asked for, else as the environment says, else this machine's */
export function academyUrl(options: GlobalOptions, config: Config): string {
  return options.url ?? config.url ?? DEFAULT_URL;
}

/**
 * @returns a client of the academy. Without a token from the command line or the environment, it
 *   shows the operator token of the local academy, and to an academy on this machine alone.
 */
export function clientFor(options: GlobalOptions, config: Config): LecternClient {
  const url = academyUrl(options, config);
  const given = options.token ?? config.token;
  const local = () => (isLoopback(url) ? readOperatorToken(config.dataDirectory) : undefined);
  return createClient({
    url,
    token: () => given ?? local(),
    timeoutMs: TIMEOUT_MS,
    clientName: `lectern-cli/${CLIENT_VERSION}`,
  });
}
