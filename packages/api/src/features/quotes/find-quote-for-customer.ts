import { QUOTE_HOLD_HOURS, type QuoteForCustomer, type QuoteProof } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { withRunInLanguage } from "../../shared/in-language.ts";
import { readCalendar } from "../reports/academy-calendar.ts";
import { readSessions } from "../runs/find-run.ts";
import { obstacleOf, toQuoteItem } from "./quote-row.ts";
import { bookingMade } from "./read-quote.ts";
import { requireQuote } from "./require-quote.ts";

/**
 * A quote as the customer sees it, for whoever has its link: what is offered, how it stands, and the booking
 * that it became, with what opens that.
 *
 * @throws NotFound
 */
export async function findQuoteForCustomer(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteProof>,
): Promise<QuoteForCustomer> {
  const [row, { timeZone }] = await Promise.all([requireQuote(db, call, input), readCalendar(db)]);
  const sessions = await readSessions(db, row.quote.runId);
  const { quote: found, now } = row;
  const { id, number, status, isWithdrawn, run, places, unitPrice, total, ...item } =
    toQuoteItem(row);
  const { recipient, lastDay, goodUntil, sentAt, endedAt } = item;
  if (status === "draft" || sentAt === null) throw notFound("quote", id);
  const made = bookingMade(row);
  return withRunInLanguage(db, call.language, {
    id,
    number,
    status,
    isWithdrawn,
    places,
    unitPrice,
    total,
    run: { ...run, cancellationPolicy: row.cancellationPolicy, sessions },
    recipient,
    lastDay,
    goodUntil,
    sentAt,
    endedAt,
    timeZone,
    taxCategory: found.taxCategory,
    message: found.message,
    language: found.language,
    holdHours: QUOTE_HOLD_HOURS,
    obstacle: obstacleOf(row),
    booking:
      made === null
        ? null
        : {
            reference: made.reference,
            accessKey: call.accessKeys.keyFor("booking", made.id),
            status: made.status,
            expiresAt: made.expiresAt,
          },
    serverTime: now.toISOString(),
  });
}
