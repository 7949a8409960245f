import type { PriceQuote, PriceQuoteInput } from "@lectern/contract/price-lists";
import { timestamptz } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { toPriceSteps } from "./price-steps.ts";
import { type Quote, quotePlaces } from "./quote-places.ts";
import { pricingOf } from "./read-pricing.ts";
import { findDiscount } from "./use-discount.ts";

/** Who may know of the run; and the database's clock, which decides on early birds for all instances. */
const quotedRun = prepared("billing.quotedRun", { id: courseRun.id }, (q, $) =>
  q
    .select({
      status: courseRun.status,
      visibility: courseRun.visibility,
      courseStatus: course.status,
      at: sql`clock_timestamp()`.mapWith(timestamptz).as("at"),
    })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .where(eq(courseRun.id, $.id)),
);

/**
 * What places of a run would cost if they were taken now, with the reasons. It sets nothing aside: a
 * discount code is looked at and not used.
 *
 * @throws NotFound for a run that the public can't see, and for a private one without its invitation
 *   key; DiscountNotUsable
 */
export async function quoteRun(
  db: Database,
  call: Call,
  input: z.infer<typeof PriceQuoteInput>,
): Promise<PriceQuote> {
  const { runId } = input;
  const [run, priced] = await Promise.all([
    quotedRun.first(db, { id: runId }),
    pricingOf(db, runId, input.region ?? null),
  ]);
  if (run === undefined || priced === undefined || !mayKnow(call, input, run)) {
    throw notFound("run", runId);
  }
  const { at } = run;
  const { pricing, courseId } = priced;
  const code = input.discountCode ?? null;
  const discount =
    code === null
      ? null
      : await findDiscount(db, { code, courseId, currency: pricing.currency, at });
  return toPriceQuote(runId, at, quotePlaces(pricing, { places: input.places, at, discount }));
}

/** @returns a quote as the contract describes it */
export function toPriceQuote(runId: string, at: Date, quote: Quote): PriceQuote {
  return {
    runId,
    total: moneyOrNull(quote.total, quote.currency),
    taxCategory: quote.taxCategory,
    places: quote.places.map(({ amount, explanation }) => ({
      price: moneyOrNull(amount, quote.currency),
      explanation: toPriceSteps(explanation),
    })),
    validUntil: quote.validUntil?.toISOString() ?? null,
    serverTime: at.toISOString(),
  };
}

function mayKnow(
  call: Call,
  { runId, invitationKey }: z.infer<typeof PriceQuoteInput>,
  run: { status: string; visibility: string; courseStatus: string },
): boolean {
  if (run.status === "draft" || run.courseStatus !== "published") return false;
  if (run.visibility === "public") return true;
  return (
    invitationKey !== null &&
    invitationKey !== undefined &&
    call.accessKeys.isKeyFor("invitation", runId, invitationKey)
  );
}
