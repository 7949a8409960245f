import { CLIENT_VERSION, type LecternClient, createClient } from "@lectern/client";
import { type Config, DEFAULT_URL } from "./config.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./output/terminal.ts";
import type { Credentials } from "./sign-in/credentials.ts";
import { type FoundToken, findToken } from "./sign-in/find-token.ts";
import type { Input } from "./sign-in/read-secret.ts";

/** What every command gets. */
export interface Context {
  readonly terminal: Terminal;
  readonly config: Config;
  /** Address of the academy. */
  readonly url: string;
  readonly client: LecternClient;
  /** What `lectern login` keeps. */
  readonly credentials: Credentials;
  /** The token that the client shows. */
  readonly findToken: FindToken;
  readonly stdin: Input;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a command does; the exit code says how it went. */
export type Action<Options> = (context: Context, options: Options) => Promise<ExitCode>;

/** Looks for the token once, when it is asked for. */
export type FindToken = () => Promise<FoundToken | undefined>;

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

/** @returns what finds the token to show to the academy, as `findToken` says */
export function tokenFinder(
  options: GlobalOptions,
  config: Config,
  credentials: Credentials,
): FindToken {
  let found: Promise<FoundToken | undefined> | undefined;
  const url = academyUrl(options, config);
  return () => (found ??= findToken({ url, given: options.token, config, credentials }));
}

/** @returns a client of the academy at this address, which shows what is found */
export function clientFor(url: string, find: FindToken): LecternClient {
  return createClient({
    url,
    token: async () => (await find())?.token,
    timeoutMs: TIMEOUT_MS,
    clientName: `lectern-cli/${CLIENT_VERSION}`,
  });
}
