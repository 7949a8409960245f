import { type QuoteCreateInput, QuoteDetail } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { enquiry } from "@lectern/database/schema/enquiries";
import { quote } from "@lectern/database/schema/quotes";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { checkPrice, termOf } from "./quote-terms.ts";
import { readQuote } from "./read-quote.ts";

/**
 * Begins the draft of a quote for an enquiry. Who it is for, and in which language, is taken from the
 * enquiry where it is left out.
 *
 * @throws NotFound for an enquiry or a run that does not exist; Conflict `wrong_state` for an enquiry that
 *   is spam; Invalid for another currency than the run's, and for a last day that is over or too far away;
 *   IdempotencyMismatch
 */
export async function createQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteCreateInput>,
): Promise<QuoteDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.create", input, QuoteDetail, async () => {
      const asked = await requireEnquiry(tx, input.enquiryId);
      const taxCategory = await checkPrice(tx, input);
      const recipient = input.recipient ?? asked;
      const { places, unitPrice, runId } = input;
      const id = uuidv7();
      await tx.insert(quote).values({
        id,
        enquiryId: input.enquiryId,
        runId,
        places,
        unitAmount: unitPrice.amount,
        currency: unitPrice.currency,
        taxCategory,
        message: input.message,
        note: input.note,
        recipientName: recipient.name,
        recipientEmail: recipient.email,
        recipientCompany: recipient.company,
        language: input.language ?? asked.language,
        ...(await termOf(tx, input.lastDay)),
      });
      await recordAudit(tx, call, {
        action: "quote.create",
        entity: "quote",
        entityId: id,
        before: null,
        after: { enquiryId: input.enquiryId, runId, places, unitPrice },
      });
      return readQuote(tx, call, id);
    }),
  );
}

async function requireEnquiry(tx: Transaction, enquiryId: string) {
  const [asked] = await tx
    .select({
      status: enquiry.status,
      name: enquiry.name,
      email: enquiry.email,
      company: enquiry.company,
      language: enquiry.language,
    })
    .from(enquiry)
    .where(eq(enquiry.id, enquiryId))
    .for("no key update");
  if (asked === undefined) throw notFound("enquiry", enquiryId);
  if (asked.status === "spam") {
    throw conflict("enquiry", "wrong_state", "Spam gets no quote.", asked.status);
  }
  return asked;
}
