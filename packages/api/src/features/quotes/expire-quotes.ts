import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { transaction } from "@lectern/database/transaction";
import { inArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";

/** So many are ended in one transaction. */
const BATCH = 200;

/**
 * Ends the quotes whose day is over. They could not be accepted any more before that: this makes it a fact
 * of theirs, and writes it down. One that is being answered right now is left to the next time.
 *
 * @returns how many
 */
export async function expireQuotes(db: Database, call: Call): Promise<number> {
  let expired = 0;
  for (;;) {
    const ended = await transaction(db, { idempotent: true }, async (tx) => {
      const due = tx
        .select({ id: quote.id })
        .from(quote)
        .where(sql`${quote.status} = 'sent' AND ${quote.goodUntil} <= now()`)
        .orderBy(quote.goodUntil)
        .limit(BATCH)
        .for("update", { skipLocked: true });
      const rows = await tx
        .update(quote)
        .set({
          status: "expired",
          endedAt: sql`${quote.goodUntil}`,
          version: sql`${quote.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(inArray(quote.id, due))
        .returning({ id: quote.id });
      await recordAudit(
        tx,
        call,
        rows.map(({ id }) => ({
          action: "quote.expire",
          entity: "quote",
          entityId: id,
          before: { status: "sent" },
          after: { status: "expired" },
        })),
      );
      return rows.length;
    });
    expired += ended;
    if (ended < BATCH) return expired;
  }
}
