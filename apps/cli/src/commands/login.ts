import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CLIENT_VERSION,
  type LecternClient,
  type RouterOutputs,
  isLecternError,
  newIdempotencyKey,
} from "@lectern/client";
import { isLoopback } from "../config.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { printPairs } from "../output/table.ts";
import { withoutControls } from "../output/terminal.ts";
import type { SignIn } from "../sign-in/credentials.ts";
import { pollDevice } from "../sign-in/poll-device.ts";
import { Interrupted, readSecret } from "../sign-in/read-secret.ts";
import { UsageError } from "../usage-error.ts";

export interface LoginCommandOptions {
  /** Take a token from standard input, instead of asking the academy for one. */
  readonly tokenStdin?: boolean;
  /** What the token is to be allowed. */
  readonly permission?: readonly string[];
  /** Whether a token stood on the command line. */
  readonly hasTokenArgument: boolean;
}

/** What the commands of this program need. */
const OWN_PERMISSIONS = ["catalogue.import", "catalogue.export"];

/** A token that the academy takes, and what it says of it. */
interface NewSignIn extends SignIn {
  readonly about: Pick<
    Extract<RouterOutputs["tokens"]["self"], { kind: "token" }>,
    "name" | "permissions" | "expiresAt" | "owner"
  >;
}

/** `lectern login`: keeps a token for all later commands, once the academy has said that it is good. */
export async function loginCommand(
  context: Context,
  options: LoginCommandOptions,
): Promise<ExitCode> {
  if (options.hasTokenArgument) {
    throw new UsageError(
      "A token on the command line can be seen by everybody on this machine: pipe it to lectern login --token-stdin.",
    );
  }
  if (options.tokenStdin === true && options.permission !== undefined) {
    throw new UsageError("--permission is for a new token; the one that you give has its own.");
  }
  const { terminal, signal, url } = context;
  if (new URL(url).protocol === "http:" && !isLoopback(url)) {
    terminal.note(
      `The connection to ${url} is not encrypted: others may read the token on its way.`,
    );
  }
  try {
    const signIn =
      options.tokenStdin === true ? await givenToken(context) : await newToken(context, options);
    return signIn === undefined ? EXIT.refused : await keep(context, signIn);
  } catch (error) {
    if (!signal.aborted && !(error instanceof Interrupted)) throw error;
    const message = "Stopped. Nobody was signed in.";
    terminal.error(message, { name: "Interrupted", message });
    return EXIT.interrupted;
  }
}

/** @throws UsageError for what is no token of somebody's */
async function givenToken({ client, stdin, terminal, signal }: Context): Promise<NewSignIn> {
  const ask = (text: string) => terminal.ask(text);
  const token = await readSecret(stdin, "Token: ", { ask, signal });
  const about = await readSelf(client.withOptions({ token }), signal);
  if (about.kind === "token") return { token, isOfThisMachine: false, about };
  throw new UsageError(
    "This is the operator token: it never ends, and stays where the academy keeps it. Give an API token.",
  );
}

async function readSelf(client: LecternClient, signal: AbortSignal) {
  try {
    return await client.tokens.self.query(undefined, { signal });
  } catch (error) {
    if (!isLecternError(error, "Unauthenticated")) throw error;
    throw new UsageError(
      "The academy does not take this token: it is unknown, expired or revoked. Nobody was signed in.",
    );
  }
}

/** The device flow (RFC 8628). @returns nothing when it was denied, or took too long */
async function newToken(
  context: Context,
  { permission }: LoginCommandOptions,
): Promise<NewSignIn | undefined> {
  const { terminal, signal } = context;
  const client = context.client.withOptions({ token: () => null });
  const begun = await client.devices.begin.mutate(
    {
      client: `lectern-cli/${CLIENT_VERSION} on ${hostname()}`.slice(0, 100),
      permissions: [...(permission ?? OWN_PERMISSIONS)],
      idempotencyKey: newIdempotencyKey(),
    },
    { signal },
  );
  const { userCode, verificationUrl, expiresInSeconds } = begun;
  terminal.announce(
    withoutControls(
      `To sign in, open ${verificationUrl}\nand type the code   ${userCode}\n\nWaiting for you to approve it (${Math.ceil(expiresInSeconds / 60)} minutes at most) …`,
    ),
    { verificationUrl, userCode, expiresInSeconds },
  );
  const decided = await pollDevice(client, begun, {
    signal,
    wait: (ms, stop) => sleep(ms, undefined, { signal: stop }),
    now: () => performance.now(),
  });
  if (decided.state === "granted") {
    return { token: decided.token, isOfThisMachine: true, about: decided.about };
  }
  const message =
    decided.state === "denied"
      ? "The request was denied. Nobody was signed in."
      : "Nobody approved the request in time. To try again: lectern login";
  terminal.error(message, { name: "LoginFailed", state: decided.state, message });
  return undefined;
}

async function keep(context: Context, { about, ...signIn }: NewSignIn): Promise<ExitCode> {
  const { client, credentials, config, terminal, url } = context;
  let before: SignIn | undefined;
  try {
    before = await credentials.find(url);
    await credentials.keep(url, signIn);
  } catch (error) {
    if (signIn.isOfThisMachine) await revokeQuietly(client, signIn.token);
    throw error;
  }
  if (before?.isOfThisMachine === true && before.token !== signIn.token) {
    await revokeQuietly(client, before.token);
  }
  const { name, permissions, expiresAt, owner } = about;
  terminal.json({ url, name, permissions, expiresAt, owner, credentials: credentials.path });
  terminal.print(terminal.style("bold", withoutControls(`Signed in to ${url} as ${owner.name}`)));
  printPairs(terminal, [
    ["Token", name],
    ["May", permissions.length === 0 ? "nothing" : permissions.join(", ")],
    ["Until", expiresAt],
    ["Kept in", credentials.path],
  ]);
  if (config.token !== undefined) {
    terminal.note("LECTERN_TOKEN is set, and goes before it.");
  }
  return EXIT.ok;
}

/** Nobody has it any more; where the academy does not hear of that now, it ends by itself. */
async function revokeQuietly(client: LecternClient, token: string): Promise<void> {
  await client
    .withOptions({ token })
    .tokens.revokeSelf.mutate({ idempotencyKey: newIdempotencyKey() })
    .catch(() => {});
}
