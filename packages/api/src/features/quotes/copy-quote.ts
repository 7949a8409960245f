import { type QuoteCopyInput, QuoteDetail } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { termInDays, termOf } from "./quote-terms.ts";
import { readQuote } from "./read-quote.ts";

/** So long the copy is good, unless staff say otherwise. */
const COPY_DAYS = 14;

/**
 * Begins a draft that says the same as another quote, whatever became of that one.
 *
 * @throws NotFound; Invalid for a last day that is over or too far away; IdempotencyMismatch
 */
export async function copyQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteCopyInput>,
): Promise<QuoteDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.copy", input, QuoteDetail, async () => {
      const [origin] = await tx.select().from(quote).where(eq(quote.id, input.id));
      if (origin === undefined) throw notFound("quote", input.id);
      const { enquiryId, runId, places, unitAmount, currency, taxCategory } = origin;
      const { message, note, recipientName, recipientEmail, recipientCompany, language } = origin;
      const id = uuidv7();
      await tx.insert(quote).values({
        id,
        copiedFromId: origin.id,
        enquiryId,
        runId,
        places,
        unitAmount,
        currency,
        taxCategory,
        message,
        note,
        recipientName,
        recipientEmail,
        recipientCompany,
        language,
        ...(input.lastDay == null
          ? await termInDays(tx, COPY_DAYS)
          : await termOf(tx, input.lastDay)),
      });
      await recordAudit(tx, call, {
        action: "quote.copy",
        entity: "quote",
        entityId: id,
        before: null,
        after: { copiedFrom: origin.id, enquiryId, runId, places },
      });
      return readQuote(tx, call, id);
    }),
  );
}
