import { Money, type Price } from "@lectern/contract/primitives";
import { QUOTE_DAYS_MAX } from "@lectern/contract/quotes";
import type { TaxCategory } from "@lectern/contract/vocabulary";
import type { Queryable } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { invalid, notFound } from "../../domain-error.ts";
import { readCalendar } from "../reports/academy-calendar.ts";

/** What a quote asks for. */
export interface Priced {
  readonly runId: string;
  readonly places: number;
  readonly unitPrice: z.infer<typeof Price>;
}

const MOST = Money.shape.amount.maxValue ?? Number.MAX_SAFE_INTEGER;

/**
 * Checks what a quote asks for against its run: in the run's currency, where it has one.
 *
 * @returns the run's tax category, which is the quote's
 * @throws NotFound for a run that does not exist; Invalid
 */
export async function checkPrice(
  db: Queryable,
  { runId, places, unitPrice }: Priced,
): Promise<TaxCategory> {
  const [run] = await db
    .select({ currency: courseRun.priceCurrency, taxCategory: courseRun.taxCategory })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (run === undefined) throw notFound("run", runId);
  if (run.currency !== null && run.currency !== unitPrice.currency) {
    throw invalid("unitPrice.currency", `Prices of this date are in ${run.currency}.`);
  }
  if (unitPrice.amount * places > MOST) {
    throw invalid("unitPrice.amount", "So many places at that price are more than we can count.");
  }
  return run.taxCategory;
}

/** The last day of a quote, and the moment at which it is over. */
export interface Term {
  readonly lastDay: string;
  readonly goodUntil: Date;
}

/**
 * @param lastDay such as `2027-03-01`, in the academy's time zone
 * @returns with the end of that day there
 * @throws Invalid for a day that is over, too far away, or none
 */
export async function termOf(db: Queryable, lastDay: string): Promise<Term> {
  const { today, timeZone } = await readCalendar(db);
  const day = readDay(lastDay);
  if (Temporal.PlainDate.compare(day, today) < 0) {
    throw invalid("lastDay", "The last day is over already.");
  }
  if (Temporal.PlainDate.compare(day, today.add({ days: QUOTE_DAYS_MAX })) > 0) {
    throw invalid("lastDay", `A quote is good for ${QUOTE_DAYS_MAX} days at most.`);
  }
  return termUntil(day, timeZone);
}

function readDay(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    throw invalid("lastDay", `${text} is not a day of the calendar.`);
  }
}

/** @returns the same of a day so many days from now */
export async function termInDays(db: Queryable, days: number): Promise<Term> {
  const { today, timeZone } = await readCalendar(db);
  return termUntil(today.add({ days }), timeZone);
}

function termUntil(day: Temporal.PlainDate, timeZone: string): Term {
  const end = day.add({ days: 1 }).toZonedDateTime(timeZone);
  return { lastDay: day.toString(), goodUntil: new Date(end.epochMilliseconds) };
}
