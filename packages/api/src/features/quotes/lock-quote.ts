import type { QuoteStatus } from "@lectern/contract/vocabulary";
import { timestamptz } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { quote } from "@lectern/database/schema/quotes";
import type { Transaction } from "@lectern/database/transaction";
import { eq, getTableColumns, sql } from "drizzle-orm";
import { conflict, notFound } from "../../domain-error.ts";
import { type QuoteRow, quoteInWrongState, statusAt } from "./quote-row.ts";

const clock = prepared("quotes.clock", {}, () =>
  rows({ at: timestamptz }, sql`SELECT clock_timestamp() AS at`),
);

/** A quote that nobody else can change until the transaction ends. */
export interface LockedQuote {
  readonly quote: QuoteRow;
  /** At the moment when it was locked. */
  readonly status: QuoteStatus;
  readonly at: Date;
}

/**
 * Locks a quote. Whoever takes places for it has locked the run's counter before; the enquiry is locked
 * after it.
 *
 * @throws NotFound
 */
export async function lockQuote(tx: Transaction, id: string): Promise<LockedQuote> {
  const [row] = await tx
    .select({ quote: getTableColumns(quote) })
    .from(quote)
    .where(eq(quote.id, id))
    .for("update");
  if (row === undefined) throw notFound("quote", id);
  // Read after the wait for the lock, in which its day may have ended.
  const at = await readClock(tx);
  return { quote: row.quote, status: statusAt(row.quote, at), at };
}

/**
 * The same for staff, who say which version they have seen.
 *
 * @param from the states in which it can be done; `undefined`: any
 * @throws NotFound; Conflict `changed_meanwhile` and `wrong_state`
 */
export async function lockSeenQuote(
  tx: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  from?: QuoteStatus,
): Promise<LockedQuote> {
  const locked = await lockQuote(tx, id);
  if (locked.quote.version !== version) {
    throw conflict(
      "quote",
      "changed_meanwhile",
      "Somebody changed this quote since you read it: read it again.",
      locked.status,
    );
  }
  if (from !== undefined && locked.status !== from) throw quoteInWrongState(locked.status);
  return locked;
}

async function readClock(tx: Transaction): Promise<Date> {
  const row = await clock.first(tx, {});
  if (row === undefined) throw new Error("The database has no clock");
  return row.at;
}
