import type { QuoteCreateInput, QuoteDetail } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/connect";
import { quote } from "@lectern/database/schema/quotes";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../call.ts";
import { acceptQuote } from "../features/quotes/accept-quote.ts";
import { createQuote } from "../features/quotes/create-quote.ts";
import { declineQuote } from "../features/quotes/decline-quote.ts";
import { findQuoteForCustomer } from "../features/quotes/find-quote-for-customer.ts";
import { sendQuote } from "../features/quotes/send-quote.ts";
import { OPERATOR_CALL, newKey, testCall } from "./factories.ts";
import { createEnquiry } from "./personal-rows.ts";

/** What tests of quotes begin with. */

/** @returns a day so many days from now, in UTC, in which test academies count */
export function dayIn(days: number): string {
  return Temporal.Now.plainDateISO("UTC").add({ days }).toString();
}

type CreateInput = z.input<typeof QuoteCreateInput>;

/** @returns a draft of three places, for an enquiry of its own unless one is given */
export async function createDraft(
  db: Database,
  runId: string,
  values: Partial<CreateInput> = {},
): Promise<QuoteDetail> {
  return createQuote(db, OPERATOR_CALL, {
    enquiryId: values.enquiryId ?? (await createEnquiry(db, { company: "Fjord Analytics AS" })),
    runId,
    places: 3,
    unitPrice: { amount: 9_000_00, currency: "NOK" },
    lastDay: dayIn(10),
    idempotencyKey: newKey(),
    ...values,
    message: values.message ?? "We look forward to it.",
    note: values.note ?? "",
  });
}

/** @returns the same, sent */
export async function createSentQuote(
  db: Database,
  runId: string,
  values: Partial<CreateInput> = {},
): Promise<QuoteDetail> {
  const { id, version } = await createDraft(db, runId, values);
  return sendQuote(db, OPERATOR_CALL, { id, version, idempotencyKey: newKey() });
}

/** What the customer can do who has the link of a quote. */
export function customerOf(db: Database, { id }: { readonly id: string }, call: Call = testCall()) {
  const proof = { quoteId: id, accessKey: call.accessKeys.keyFor("quote", id) };
  return {
    proof,
    see: () => findQuoteForCustomer(db, call, proof),
    accept: (idempotencyKey = newKey()) => acceptQuote(db, call, { ...proof, idempotencyKey }),
    decline: (reason?: string) =>
      declineQuote(db, call, { ...proof, reason: reason ?? null, idempotencyKey: newKey() }),
  };
}

/** Lets the day of a quote end, though no job has seen it yet. */
export async function letQuoteEnd(db: Database, id: string): Promise<void> {
  const goodUntil = new Date(Date.now() - 1000);
  await db.update(quote).set({ goodUntil }).where(eq(quote.id, id));
}
