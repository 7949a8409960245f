import type { DiscountPreview, DiscountPreviewInput } from "@lectern/contract/price-lists";
import { timestamptz } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../domain-error.ts";
import { type Discount, quotePlaces } from "./quote-places.ts";
import { toPriceQuote } from "./quote-run.ts";
import { pricingOf } from "./read-pricing.ts";

type PreviewInput = z.infer<typeof DiscountPreviewInput>;

/** The database's clock decides on early birds. */
const clock = prepared("billing.clock", {}, () =>
  rows({ at: timestamptz }, sql`SELECT clock_timestamp() AS at`),
);

/** What stands for the code in the reasons of a price, as there is none yet. */
const NO_CODE = "…";

/**
 * What a discount would do to the price of a run now, whatever the run's state: for staff who are about to make a code.
 *
 * @throws NotFound for a run that does not exist
 */
export async function previewDiscount(db: Database, input: PreviewInput): Promise<DiscountPreview> {
  const { runId, places, value } = input;
  const [priced, now] = await Promise.all([
    pricingOf(db, runId, input.region ?? null),
    clock.first(db, {}),
  ]);
  if (priced === undefined || now === undefined) throw notFound("run", runId);
  const { at } = now;
  const { pricing, courseId } = priced;
  const quote = (discount: Discount | null) =>
    toPriceQuote(runId, at, quotePlaces(pricing, { places, at, discount }));
  const obstacle = obstacleOf(input, courseId, pricing.currency);
  return {
    without: quote(null),
    with: obstacle === null ? quote({ code: NO_CODE, ...value }) : null,
    obstacle,
  };
}

function obstacleOf(
  input: PreviewInput,
  courseId: string,
  currency: string | null,
): DiscountPreview["obstacle"] {
  if (input.courseId != null && input.courseId !== courseId) return "other_course";
  const isOther = input.value.kind === "amount" && input.value.currency !== currency;
  return isOther ? "other_currency" : null;
}
