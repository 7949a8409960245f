import { quote } from "@lectern/database/schema/quotes";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, gt, or, sql } from "drizzle-orm";

/**
 * Lets open quotes end with their last day in the zone that the academy has now. Where that would be sooner, one that was sent keeps
 * the moment that its recipient was told.
 */
export async function followTimeZone(tx: Transaction, timeZone: string): Promise<void> {
  const end = sql`(${quote.lastDay} + 1)::timestamp AT TIME ZONE ${timeZone}::text`;
  await tx
    .update(quote)
    .set({
      goodUntil: sql`CASE WHEN ${quote.status} = 'sent' THEN greatest(${quote.goodUntil}, ${end}) ELSE ${end} END`,
    })
    .where(
      or(
        eq(quote.status, "draft"),
        // What is over stays so, though no job has seen it yet.
        and(eq(quote.status, "sent"), gt(quote.goodUntil, sql`now()`)),
      ),
    );
}
