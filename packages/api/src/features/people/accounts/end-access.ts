import {
  apiToken,
  authSession,
  calendarFeed,
  deviceGrant,
  knownDevice,
  oneTimeToken,
} from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, isNull, ne, sql } from "drizzle-orm";

export interface EndAccessOptions {
  /** The session that goes on: of who asks for it. */
  readonly keepsSession?: string;
  /** Whether programs go on that they gave tokens to, or the address of their calendar. */
  readonly keepsTokens?: boolean;
}

/**
 * Ends all that somebody is signed in with, or that somebody else got hold of in their place: browsers,
 * devices that are known, tokens of programs, the address of their calendar, and whatever was begun and not finished, such as a change of
 * the address.
 */
export async function endAccess(
  tx: Transaction,
  personId: string,
  { keepsSession, keepsTokens = false }: EndAccessOptions = {},
): Promise<void> {
  await tx
    .delete(authSession)
    .where(
      and(
        eq(authSession.personId, personId),
        keepsSession === undefined ? undefined : ne(authSession.id, keepsSession),
      ),
    );
  await tx.delete(knownDevice).where(eq(knownDevice.personId, personId));
  await tx.delete(deviceGrant).where(eq(deviceGrant.personId, personId));
  await tx
    .update(oneTimeToken)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(and(eq(oneTimeToken.personId, personId), isNull(oneTimeToken.usedAt)));
  if (keepsTokens) return;
  await tx.delete(calendarFeed).where(eq(calendarFeed.personId, personId));
  await tx
    .update(apiToken)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(and(eq(apiToken.personId, personId), isNull(apiToken.revokedAt)));
}
