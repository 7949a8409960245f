import { nullable } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { runPrice } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { and, eq } from "drizzle-orm";
import type { Pricing } from "./quote-places.ts";

const pricingByRun = prepared(
  "billing.pricing",
  { runId: courseRun.id, region: nullable(runPrice.region) },
  (q, $) =>
    q
      .select({
        courseId: courseRun.courseId,
        version: courseRun.pricingVersion,
        rules: courseRun.priceRules,
        base: {
          amount: courseRun.priceAmount,
          currency: courseRun.priceCurrency,
          taxCategory: courseRun.taxCategory,
        },
        region: {
          amount: runPrice.amount,
          currency: runPrice.currency,
          taxCategory: runPrice.taxCategory,
        },
      })
      .from(courseRun)
      .leftJoin(runPrice, and(eq(runPrice.runId, courseRun.id), eq(runPrice.region, $.region)))
      .where(eq(courseRun.id, $.runId)),
);

export interface RunPricing {
  readonly pricing: Pricing;
  /** Rises with each change of what the price depends on: whoever takes a place later compares it. */
  readonly version: number;
  readonly courseId: string;
}

/**
 * What places of a run are priced from: the price for the country that is asked for, or the base
 * price where there is none for it. The run's rules count for both.
 *
 * @param region ISO 3166-1 alpha-2, or `null` for the base price
 * @returns `undefined` for a run that does not exist
 */
export async function pricingOf(
  db: Queryable,
  runId: string,
  region: string | null,
): Promise<RunPricing | undefined> {
  const row = await pricingByRun.first(db, { runId, region });
  if (row === undefined) return undefined;
  const { courseId, version, rules, base } = row;
  return { pricing: { ...(row.region ?? base), rules }, version, courseId };
}
