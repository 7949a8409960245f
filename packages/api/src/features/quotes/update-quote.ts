import { QuoteDetail, type QuoteUpdateInput } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { lockSeenQuote } from "./lock-quote.ts";
import { type QuoteRow, quoteInWrongState } from "./quote-row.ts";
import { checkPrice, termOf } from "./quote-terms.ts";
import { readQuote } from "./read-quote.ts";

type UpdateInput = z.infer<typeof QuoteUpdateInput>;

/**
 * Changes a draft; of a quote that was sent, staff's own note alone.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state`; Invalid as `createQuote`;
 *   IdempotencyMismatch
 */
export async function updateQuote(
  db: Database,
  call: Call,
  input: UpdateInput,
): Promise<QuoteDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.update", input, QuoteDetail, async () => {
      const { quote: found, status } = await lockSeenQuote(tx, input);
      if (status !== "draft" && !changesTheNoteAlone(input)) throw quoteInWrongState(status);
      const changed = { ...(await termsAfter(tx, found, input)), ...wordsAfter(input) };
      await tx
        .update(quote)
        .set({
          ...changed,
          version: sql`${quote.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(quote.id, input.id));
      await recordAudit(tx, call, {
        action: "quote.update",
        entity: "quote",
        entityId: input.id,
        before: priceOf(found),
        // What it says, and to whom, is told of people: of these it is only said that they changed.
        after: { ...priceOf({ ...found, ...changed }), changed: Object.keys(changed).toSorted() },
      });
      return readQuote(tx, call, input.id);
    }),
  );
}

function changesTheNoteAlone(input: UpdateInput): boolean {
  const { id: _, version: _version, idempotencyKey: _key, note: _note, ...terms } = input;
  return Object.values(terms).every((value) => value === undefined);
}

type Changed = Partial<typeof quote.$inferInsert>;

async function termsAfter(tx: Transaction, found: QuoteRow, input: UpdateInput): Promise<Changed> {
  const { runId, places, unitPrice, lastDay } = input;
  const term = lastDay === undefined ? {} : await termOf(tx, lastDay);
  if (runId === undefined && places === undefined && unitPrice === undefined) return term;
  const priced = {
    runId: runId ?? found.runId,
    places: places ?? found.places,
    unitPrice: unitPrice ?? { amount: found.unitAmount, currency: found.currency },
  };
  const taxCategory = await checkPrice(tx, priced);
  return {
    ...term,
    runId: priced.runId,
    places: priced.places,
    unitAmount: priced.unitPrice.amount,
    currency: priced.unitPrice.currency,
    taxCategory,
  };
}

function wordsAfter({ message, note, recipient, language }: UpdateInput): Changed {
  return {
    ...(message !== undefined && { message }),
    ...(note !== undefined && { note }),
    ...(language !== undefined && { language }),
    ...(recipient !== undefined && {
      recipientName: recipient.name,
      recipientEmail: recipient.email,
      recipientCompany: recipient.company,
    }),
  };
}

function priceOf(row: Pick<QuoteRow, "runId" | "places" | "unitAmount" | "currency" | "lastDay">) {
  const { runId, places, unitAmount: amount, currency, lastDay } = row;
  return { runId, places, unitPrice: { amount, currency }, lastDay };
}
