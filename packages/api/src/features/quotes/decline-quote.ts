import { type QuoteDeclineInput, QuoteDeclined } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { tell } from "../notifications/tell.ts";
import { lockQuote } from "./lock-quote.ts";
import { quoteInWrongState } from "./quote-row.ts";
import { requireQuote } from "./require-quote.ts";

/**
 * Declines a quote, with a reason if the customer likes; staff are told. Declined once more, it stays as it
 * is. What becomes of the enquiry is for staff to say.
 *
 * @throws NotFound; Conflict `wrong_state` for one that was accepted, or is over; IdempotencyMismatch
 */
export async function declineQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteDeclineInput>,
): Promise<QuoteDeclined> {
  const { quote: found } = await requireQuote(db, call, input);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.decline", input, QuoteDeclined, () =>
      decline(tx, call, found.id, wordsOf(input.reason)),
    ),
  );
}

function wordsOf(reason: string | null | undefined): string | null {
  const words = reason?.trim() ?? "";
  return words === "" ? null : words;
}

async function decline(
  tx: Transaction,
  call: Call,
  quoteId: string,
  reason: string | null,
): Promise<QuoteDeclined> {
  const { quote: found, status, at } = await lockQuote(tx, quoteId);
  if (status === "declined") {
    return { quoteId, endedAt: (found.endedAt ?? at).toISOString() };
  }
  if (status !== "sent") throw quoteInWrongState(status);
  await tx
    .update(quote)
    .set({
      status: "declined",
      declinedReason: reason,
      endedAt: at,
      version: sql`${quote.version} + 1`,
      updatedAt: at,
    })
    .where(eq(quote.id, quoteId));
  await recordAudit(tx, call, {
    action: "quote.decline",
    entity: "quote",
    entityId: quoteId,
    before: { status },
    // What it says may be about somebody: that stays where it can be erased.
    after: { status: "declined", hasReason: reason !== null },
  });
  await tell(tx, "quote_answered", quoteId);
  return { quoteId, endedAt: at.toISOString() };
}
