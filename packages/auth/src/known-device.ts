import type { Queryable } from "@lectern/database/queryable";
import { knownDevice } from "@lectern/database/schema/people";
import { and, eq, sql } from "drizzle-orm";
import {
  formatSplitToken,
  hashOfSecret,
  isSecretOf,
  newSplitToken,
  parseSplitToken,
} from "./split-token.ts";

/**
 * Browsers from which somebody has signed in before. Whoever guesses a password from elsewhere is slowed
 * down; its owner, on a device of theirs, is not.
 */

/** @returns whether the device that shows this token is one of the person's */
export async function isKnownDevice(
  db: Queryable,
  token: string | undefined,
  personId: string,
): Promise<boolean> {
  const halves = token === undefined ? undefined : parseSplitToken(token);
  if (halves === undefined) return false;
  const [found] = await db
    .select({ secretHash: knownDevice.secretHash })
    .from(knownDevice)
    .where(and(eq(knownDevice.id, halves.id), eq(knownDevice.personId, personId)));
  return found !== undefined && isSecretOf(found.secretHash, halves.secret);
}

/**
 * Remembers the device of somebody who has just signed in.
 *
 * @param token of the device, if it has one already: a browser has one for all who sign in with it
 * @returns its token, to be kept by the browser, and whether the person has used it before
 */
export async function rememberDevice(
  db: Queryable,
  token: string | undefined,
  personId: string,
): Promise<{ readonly token: string; readonly wasKnown: boolean }> {
  const wasKnown = await isKnownDevice(db, token, personId);
  const given = token === undefined ? undefined : parseSplitToken(token);
  // A token that nobody knows may have been put there by somebody else.
  const device =
    given !== undefined && (wasKnown || (await isAnybodys(db, given))) ? given : newSplitToken();
  await db
    .insert(knownDevice)
    .values({ id: device.id, personId, secretHash: hashOfSecret(device.secret) })
    .onConflictDoUpdate({
      target: [knownDevice.id, knownDevice.personId],
      set: { lastUsedAt: sql`clock_timestamp()` },
    });
  return { token: formatSplitToken(device), wasKnown };
}

async function isAnybodys(
  db: Queryable,
  { id, secret }: { readonly id: string; readonly secret: string },
): Promise<boolean> {
  const found = await db
    .select({ secretHash: knownDevice.secretHash })
    .from(knownDevice)
    .where(eq(knownDevice.id, id))
    .limit(1);
  return found.some(({ secretHash }) => isSecretOf(secretHash, secret));
}
