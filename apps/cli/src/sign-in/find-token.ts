import { type Config, isLoopback, readOperatorToken } from "../config.ts";
import type { Credentials } from "./credentials.ts";

/** Where a token comes from: the command line, the environment, `lectern login`, or the academy on this machine. */
export type TokenOrigin = "option" | "environment" | "login" | "operator";

export interface FoundToken {
  readonly token: string;
  readonly from: TokenOrigin;
}

export interface TokenPlaces {
  /** Address of the academy. */
  readonly url: string;
  /** What the command line says. */
  readonly given: string | undefined;
  readonly config: Config;
  readonly credentials: Credentials;
}

/**
 * @returns the token to show to this academy: the command line's, else the environment's, else what
 *   `lectern login` kept for it, else the operator token of the academy on this machine, which goes
 *   nowhere else
 * @throws UsageError where credentials are kept that can't be used
 */
export async function findToken(places: TokenPlaces): Promise<FoundToken | undefined> {
  const { url, given, config, credentials } = places;
  if (given !== undefined) return { token: given, from: "option" };
  if (config.token !== undefined) return { token: config.token, from: "environment" };
  const signIn = await credentials.find(url);
  if (signIn !== undefined) return { token: signIn.token, from: "login" };
  const local = isLoopback(url) ? await readOperatorToken(config.dataDirectory) : undefined;
  return local === undefined ? undefined : { token: local, from: "operator" };
}
