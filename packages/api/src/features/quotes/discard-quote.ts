import { type QuoteDiscardInput, QuoteDiscarded } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { lockSeenQuote } from "./lock-quote.ts";

/**
 * Deletes a draft: nobody outside has seen it.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state` for what was sent; IdempotencyMismatch
 */
export async function discardQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteDiscardInput>,
): Promise<z.infer<typeof QuoteDiscarded>> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.discard", input, QuoteDiscarded, async () => {
      const { quote: found } = await lockSeenQuote(tx, input, "draft");
      await tx.delete(quote).where(eq(quote.id, found.id));
      await recordAudit(tx, call, {
        action: "quote.discard",
        entity: "quote",
        entityId: found.id,
        before: { status: "draft", enquiryId: found.enquiryId },
        after: null,
      });
      return { id: found.id };
    }),
  );
}
