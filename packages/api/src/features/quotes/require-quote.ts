import type { QuoteProof } from "@lectern/contract/quotes";
import type { Queryable } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { type FoundQuote, findQuoteRow } from "./read-quote.ts";

/**
 * Finds a quote for whoever has its link.
 *
 * @throws NotFound for one that does not exist, for a wrong key, and for a draft alike, so that none can be
 *   told from the other
 */
export async function requireQuote(
  db: Queryable,
  call: Call,
  { quoteId, accessKey }: z.infer<typeof QuoteProof>,
): Promise<FoundQuote> {
  const isTheirs = call.accessKeys.isKeyFor("quote", quoteId, accessKey);
  const found = isTheirs ? await findQuoteRow(db, quoteId) : undefined;
  if (found === undefined || found.quote.status === "draft") throw notFound("quote", quoteId);
  return found;
}
