import type { Queryable } from "@lectern/database/queryable";
import { authSession } from "@lectern/database/schema/people";
import { and, eq, sql } from "drizzle-orm";
import { formatSplitToken, hashOfSecret, newSplitToken } from "../split-token.ts";
import type { GivenSession } from "./sessions.ts";

/** What changes of a session, beside its token. */
export interface Rotation {
  /** Its owner has just shown who they are. */
  readonly isConfirmed: boolean;
  /** They have just shown a second factor, or set one up. */
  readonly showsSecondFactor: boolean;
}

/**
 * Gives a session another token, in one statement: what was shown before is worth nothing from then on,
 * and of any number who try at once, one gets the new one. It stays the same session otherwise, and ends
 * when it would have ended.
 *
 * @returns the session as its browser gets it, or `undefined` for one that is over
 */
export async function rotateSession(
  db: Queryable,
  sessionId: string,
  { isConfirmed, showsSecondFactor }: Rotation,
): Promise<GivenSession | undefined> {
  const token = newSplitToken();
  const [row] = await db
    .update(authSession)
    .set({
      id: token.id,
      secretHash: hashOfSecret(token.secret),
      ...(isConfirmed && { confirmedAt: sql`clock_timestamp()` }),
      ...(showsSecondFactor && { secondFactorAt: sql`clock_timestamp()` }),
    })
    .where(
      and(
        eq(authSession.id, sessionId),
        sql`${authSession.expiresAt} > clock_timestamp() AND ${authSession.endsAt} > clock_timestamp()`,
      ),
    )
    .returning({ endsAt: authSession.endsAt });
  if (row === undefined) return undefined;
  return { token: formatSplitToken(token), id: token.id, endsAt: row.endsAt };
}
