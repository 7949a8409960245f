import type { OpenIdAttempt } from "@lectern/auth/openid/openid-providers";
import { consumeOneTime, findOneTime, issueOneTime, oneTimeKey } from "@lectern/auth/one-time";
import { hashOfSecret, isSecretOf } from "@lectern/auth/split-token";
import { Id } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { linkNotUsable } from "../accounts/complete-sign-in.ts";

/**
 * What is kept of somebody who is on their way to a provider and back. Its key goes along as `state`; the
 * browser that began holds a token of its own besides, so that nobody can send their own way back to
 * somebody else, who would be signed in as them.
 */

/** As long as somebody has to sign in at a provider. */
export const ATTEMPT_SECONDS = 600;

const Secrets = z.object({ verifier: z.string(), nonce: z.string() });

const AttemptData = z.object({
  providerId: Id,
  /** SHA-256 of the browser's token. */
  browser: z.base64url(),
  returnTo: z.string(),
  /** Encrypted: whoever has them could use a code that they got hold of. */
  secrets: z.string(),
});

const STATE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/u;

function placeOf(id: string) {
  return { table: "one_time_token", column: "data", id };
}

/** @returns `state` of the attempt with this id */
export function stateOf(call: Call, id: string): string {
  return `${id}.${oneTimeKey(call.accessKeys, id)}`;
}

export interface NewAttempt {
  readonly id: string;
  readonly providerId: string;
  readonly browserToken: string;
  readonly returnTo: string;
  readonly secrets: OpenIdAttempt;
}

/** Keeps what is needed on the way back. */
export async function keepAttempt(db: Database, call: Call, wanted: NewAttempt): Promise<void> {
  const { id, providerId, browserToken, returnTo } = wanted;
  const { verifier, nonce } = wanted.secrets;
  const secrets = await call.fields.encrypt(placeOf(id), JSON.stringify({ verifier, nonce }));
  const browser = Buffer.from(hashOfSecret(browserToken)).toString("base64url");
  const data: z.infer<typeof AttemptData> = { providerId, browser, returnTo, secrets };
  await issueOneTime(db, { id, kind: "openid", data, lifetimeSeconds: ATTEMPT_SECONDS });
}

export interface TakenAttempt {
  readonly providerId: string;
  readonly returnTo: string;
  readonly secrets: OpenIdAttempt;
}

/**
 * Uses an attempt up: of any number who come back with it at once, one gets it. One that another browser
 * began stays good for that one.
 *
 * @throws LinkNotUsable for one that is unknown, used, too old, or another browser's
 */
export async function takeAttempt(
  db: Database,
  call: Call,
  browserToken: string | undefined,
  state: string,
): Promise<TakenAttempt> {
  const [, id, key] = STATE.exec(state) ?? [];
  if (id === undefined || key === undefined || browserToken === undefined) throw linkNotUsable();
  const found = await findOneTime(db, call.accessKeys, "openid", { id, key });
  const data = AttemptData.safeParse(found?.data);
  if (!data.success) throw linkNotUsable();
  const { providerId, browser, returnTo, secrets } = data.data;
  if (!isSecretOf(Buffer.from(browser, "base64url"), browserToken)) throw linkNotUsable();
  const taken = await consumeOneTime(db, call.accessKeys, "openid", { id, key });
  if (taken === undefined) throw linkNotUsable();
  const opened: unknown = JSON.parse(await call.fields.decrypt(placeOf(id), secrets));
  return { providerId, returnTo, secrets: Secrets.parse(opened) };
}
