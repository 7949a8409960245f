import type { AccessKeys } from "@lectern/auth/access-key";
import type { FastifyRequest } from "fastify";
import { singleCookie } from "../cookies.ts";

/** Who may look into the mailbox: whoever has its key, which is derived like those of bookings. */

const COOKIE = "lectern_mailbox";
/** An address, and not a person: a mailbox has one key. */
const MAILBOX = "mailbox";
const KEY = /^[A-Za-z0-9_-]{43}$/u;

export function mailboxKey(accessKeys: AccessKeys): string {
  return accessKeys.keyFor("mailbox", MAILBOX);
}

export function isMailboxKey(accessKeys: AccessKeys, key: string): boolean {
  return KEY.test(key) && accessKeys.isKeyFor("mailbox", MAILBOX, key);
}

/**
 * @returns a `Set-Cookie` that no script reads and no other site has sent; it ends with the browser's
 *   session
 */
export function sessionCookie(key: string, overHttps: boolean): string {
  return `${COOKIE}=${key}; Path=/mailbox; HttpOnly; SameSite=Strict${overHttps ? "; Secure" : ""}`;
}

export function isSignedIn(accessKeys: AccessKeys, request: FastifyRequest): boolean {
  const key = singleCookie(request.headers.cookie, COOKIE);
  return key !== undefined && isMailboxKey(accessKeys, key);
}
