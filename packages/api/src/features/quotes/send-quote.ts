import { QuoteDetail, type QuoteSendInput } from "@lectern/contract/quotes";
import type { Database } from "@lectern/database/queryable";
import { quote } from "@lectern/database/schema/quotes";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, invalid, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { findRunSummaryRow } from "../bookings/find-run-summary-row.ts";
import { moveOnToQuoted } from "../enquiries/move-on.ts";
import { tell } from "../notifications/tell.ts";
import { lockSeenQuote } from "./lock-quote.ts";
import { runObstacle } from "./quote-row.ts";
import { readQuote } from "./read-quote.ts";

/**
 * Sends a draft to its recipient, with a link by which they accept or decline it. The enquiry becomes
 * `quoted` where it can. Nothing is set aside: a quote of more places than are left can be sent, in the hope
 * of some that become free.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state`; NotBookable for a run that is cancelled, has
 *   begun, or that nobody can see yet; Invalid for a last day that is over; IdempotencyMismatch
 */
export async function sendQuote(
  db: Database,
  call: Call,
  input: z.infer<typeof QuoteSendInput>,
): Promise<QuoteDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "quotes.send", input, QuoteDetail, async () => {
      const { quote: found, at } = await lockSeenQuote(tx, input, "draft");
      if (found.goodUntil <= at) {
        throw invalid("lastDay", "Its last day is over: choose another one.");
      }
      await requireOpenRun(tx, found.runId);
      await tx
        .update(quote)
        .set({
          status: "sent",
          sentAt: sql`clock_timestamp()`,
          version: sql`${quote.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(quote.id, found.id));
      await moveOnToQuoted(tx, call, found.enquiryId, found.id);
      await recordAudit(tx, call, {
        action: "quote.send",
        entity: "quote",
        entityId: found.id,
        before: { status: "draft" },
        after: { status: "sent", lastDay: found.lastDay },
      });
      await tell(tx, "quote", found.id);
      return readQuote(tx, call, found.id);
    }),
  );
}

/** @throws NotBookable for a run of which nobody can take places */
export async function requireOpenRun(tx: Transaction, runId: string): Promise<void> {
  const run = await findRunSummaryRow(tx, runId);
  if (run === undefined) throw notFound("run", runId);
  const reason = runObstacle(run);
  if (reason === null) return;
  throw new DomainError(
    { code: "NotBookable", data: { runId, reason } },
    "Places of this date can't be had: it is cancelled, has begun, or is not published.",
  );
}
