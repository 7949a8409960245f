import type { Money } from "@lectern/contract/primitives";
import type { QuoteItem, QuoteObstacle } from "@lectern/contract/quotes";
import type { QuoteStatus } from "@lectern/contract/vocabulary";
import { quote } from "@lectern/database/schema/quotes";
import { getTableColumns, sql } from "drizzle-orm";
import { type DomainError, conflict } from "../../domain-error.ts";
import {
  type RunSummaryRow,
  placesLeft,
  runSummaryColumns,
  toRunSummary,
} from "../../shared/run-summary.ts";

export type QuoteRow = typeof quote.$inferSelect;

/** The moment by which a quote is looked at: the database's, for all instances. */
const now = sql`now()`.mapWith(quote.createdAt).as("now");

/** What every query of quotes selects: it joins the run as `runSummaryColumns` says. */
export const quoteColumns = { quote: getTableColumns(quote), run: runSummaryColumns, now };

/** A row of such a query. */
export interface QuoteWithRun {
  readonly quote: QuoteRow;
  readonly run: RunSummaryRow;
  readonly now: Date;
}

/** @returns what people call it by */
export function numberOf({ number }: Pick<QuoteRow, "number">): string {
  return `Q-${number}`;
}

/** @returns the state at a moment: who is past its day is expired, whether or not the job has seen it */
export function statusAt({ status, goodUntil }: QuoteRow, at: Date): QuoteStatus {
  return status === "sent" && goodUntil <= at ? "expired" : status;
}

/** @returns when it was over, by the same */
function endedAt({ status, goodUntil, endedAt: ended }: QuoteRow, at: Date): string | null {
  const over = status === "sent" && goodUntil <= at ? goodUntil : ended;
  return over?.toISOString() ?? null;
}

/** @returns what all of its places cost */
export function totalOf({ unitAmount, places, currency }: QuoteRow): Money {
  return { amount: unitAmount * places, currency };
}

/** What of a run stands against taking its places, whoever asks; its window of booking does not count here. */
export type RunObstacle = Exclude<QuoteObstacle, "too_few_places">;

/** @returns why nobody can take places of the run any more, or yet */
export function runObstacle(
  run: Pick<RunSummaryRow, "status" | "courseStatus" | "isStarted">,
): RunObstacle | null {
  if (run.status === "cancelled") return "cancelled";
  if (run.status === "draft" || run.courseStatus !== "published") return "not_published";
  const isOver = run.status === "in_progress" || run.status === "completed";
  return run.isStarted || isOver ? "started" : null;
}

/** @returns why an open quote can't be accepted at the moment; `null` as well for one that is not open */
export function obstacleOf({ quote: found, run, now: at }: QuoteWithRun): QuoteObstacle | null {
  const status = statusAt(found, at);
  if (status !== "draft" && status !== "sent") return null;
  return runObstacle(run) ?? (placesLeft(run) < found.places ? "too_few_places" : null);
}

/** @returns a quote in a list, as the contract describes it */
export function toQuoteItem({ quote: found, run, now: at }: QuoteWithRun): QuoteItem {
  return {
    id: found.id,
    number: numberOf(found),
    status: statusAt(found, at),
    isWithdrawn: found.isWithdrawn,
    enquiryId: found.enquiryId,
    run: toRunSummary(run),
    places: found.places,
    unitPrice: { amount: found.unitAmount, currency: found.currency },
    total: totalOf(found),
    recipient: {
      name: found.recipientName,
      email: found.recipientEmail,
      company: found.recipientCompany,
    },
    lastDay: found.lastDay,
    goodUntil: found.goodUntil.toISOString(),
    createdAt: found.createdAt.toISOString(),
    sentAt: found.sentAt?.toISOString() ?? null,
    endedAt: endedAt(found, at),
    version: found.version,
  };
}

const WHY_NOT: Readonly<Record<QuoteStatus, string>> = {
  draft: "This quote has not been sent yet.",
  sent: "This quote was sent already.",
  accepted: "This quote was accepted already.",
  declined: "This quote was declined.",
  expired: "This quote is not good any more.",
};

/** What the state of a quote does not allow. */
export function quoteInWrongState(status: QuoteStatus): DomainError {
  return conflict("quote", "wrong_state", WHY_NOT[status], status);
}
