/** What the client takes from the environment where the program does not say: in Node alone. */
export interface EnvironmentDefaults {
  readonly url: string | undefined;
  readonly token: string | undefined;
}

/** @returns `LECTERN_URL` and `LECTERN_TOKEN` in Node, nothing elsewhere */
export function environmentDefaults(): EnvironmentDefaults {
  // Bundlers give browsers a `process` of their own, but not Node's versions with it.
  const env = globalThis.process?.versions?.node === undefined ? undefined : globalThis.process.env;
  return { url: env?.["LECTERN_URL"] || undefined, token: env?.["LECTERN_TOKEN"] || undefined };
}
