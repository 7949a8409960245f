import { isLecternError, newIdempotencyKey } from "@lectern/client";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";

export interface LogoutCommandOptions {
  /** Forget the token, and leave it as good as it is. */
  readonly keepToken?: boolean;
}

/**
 * `lectern logout`: makes the token worthless that `lectern login` kept, and forgets it. An academy that
 * can't be reached is told so: the token is not forgotten while somebody could still use it.
 */
export async function logoutCommand(
  { client, credentials, terminal, url, signal }: Context,
  { keepToken = false }: LogoutCommandOptions,
): Promise<ExitCode> {
  const signIn = await credentials.find(url);
  if (signIn === undefined) {
    terminal.json({ url, wasSignedIn: false, revoked: false });
    terminal.print(`Nobody is signed in to ${url}.`);
    return EXIT.ok;
  }
  if (!keepToken) {
    try {
      await client
        .withOptions({ token: signIn.token })
        .tokens.revokeSelf.mutate({ idempotencyKey: newIdempotencyKey() }, { signal });
    } catch (error) {
      // It is worthless already.
      if (!isLecternError(error, "Unauthenticated")) throw error;
    }
  }
  await credentials.forget(url);
  terminal.json({ url, wasSignedIn: true, revoked: !keepToken });
  terminal.print(
    keepToken
      ? `Signed out of ${url}. The token is as good as it was.`
      : `Signed out of ${url}. The token is worthless now.`,
  );
  return EXIT.ok;
}
