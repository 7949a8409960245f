import { randomBytes } from "node:crypto";
import type { AccessKeys } from "@lectern/auth/access-key";
import type { FastifyRequest } from "fastify";
import { singleCookie } from "../cookies.ts";

/** Who may look into the mailbox: whoever has its key, which is derived like those of bookings. */

const COOKIE = "lectern_mailbox";
/** An address, and not a person: a mailbox has one key. */
const MAILBOX = "mailbox";
const KEY = /^[A-Za-z0-9_-]{43}$/u;
/** Until when, what makes it another one each time, and the key to both. */
const SESSION = /^(\d{13})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/u;
const SESSION_MS = 12 * 3_600_000;

export function mailboxKey(accessKeys: AccessKeys): string {
  return accessKeys.keyFor("mailbox", MAILBOX);
}

export function isMailboxKey(accessKeys: AccessKeys, key: string): boolean {
  return KEY.test(key) && accessKeys.isKeyFor("mailbox", MAILBOX, key);
}

/**
 * @returns a `Set-Cookie` that no script reads and no other site has sent. It holds another secret than the
 *   key, each time, and is good for twelve hours or until the browser is closed
 */
export function sessionCookie(accessKeys: AccessKeys, overHttps: boolean): string {
  const until = Date.now() + SESSION_MS;
  const nonce = randomBytes(16).toString("base64url");
  const value = `${until}.${nonce}.${accessKeys.keyFor("mailbox", `${until}.${nonce}`)}`;
  return `${nameOf(overHttps)}=${value}; Path=/; HttpOnly; SameSite=Strict${overHttps ? "; Secure" : ""}`;
}

/** Over https, one that no neighbouring host can have set: such a cookie has to be the whole site's. */
function nameOf(overHttps: boolean): string {
  return overHttps ? `__Host-${COOKIE}` : COOKIE;
}

export function isSignedIn(
  accessKeys: AccessKeys,
  request: FastifyRequest,
  overHttps: boolean,
): boolean {
  const value = singleCookie(request.headers.cookie, nameOf(overHttps));
  const [, until, nonce, key] = SESSION.exec(value ?? "") ?? [];
  if (until === undefined || nonce === undefined || key === undefined) return false;
  return Number(until) > Date.now() && accessKeys.isKeyFor("mailbox", `${until}.${nonce}`, key);
}
