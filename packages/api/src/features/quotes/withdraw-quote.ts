import { QuoteDetail, type QuoteWithdrawInput } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { tell } from "../notifications/tell.ts";
import { lockSeenQuote } from "./lock-quote.ts";
import { readQuote } from "./read-quote.ts";

/**
 * Ends a quote that was sent, before its day: from then on it can't be accepted. Its recipient is told, if
 * staff want that.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state` where it is answered or over already;
 *   IdempotencyMismatch
 */
export async function withdrawQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteWithdrawInput>,
): Promise<QuoteDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.withdraw", input, QuoteDetail, async () => {
      await lockSeenQuote(tx, input, "sent");
      const reason = input.reason ?? null;
      await tx
        .update(quote)
        .set({
          status: "expired",
          isWithdrawn: true,
          withdrawnReason: reason,
          endedAt: sql`clock_timestamp()`,
          version: sql`${quote.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(quote.id, input.id));
      await recordAudit(tx, call, {
        action: "quote.withdraw",
        entity: "quote",
        entityId: input.id,
        before: { status: "sent" },
        // What it says may be about somebody: that stays where it can be erased.
        after: { status: "expired", hasReason: reason !== null, isTold: input.tell },
      });
      if (input.tell) await tell(tx, "quote_withdrawn", input.id);
      return readQuote(tx, call, input.id);
    }),
  );
}
