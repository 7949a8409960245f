import type { PricesByRunInput, RunPrices } from "@lectern/contract/price-lists";
import type { Database, Queryable } from "@lectern/database/queryable";
import { runPrice } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { moneyOrNull } from "../../shared/money.ts";
import { requireRunWithin } from "../../shared/reach.ts";

/**
 * The price list of a run, for staff.
 *
 * @throws NotFound
 */
export async function findPrices(
  db: Database,
  call: Call,
  { runId }: z.infer<typeof PricesByRunInput>,
): Promise<RunPrices> {
  await requireRunWithin(db, call, "runs.read", runId);
  return readPrices(db, runId);
}

/** @returns the price list, the regions by their codes */
export async function readPrices(db: Queryable, runId: string): Promise<RunPrices> {
  const [run] = await db
    .select({
      version: courseRun.version,
      amount: courseRun.priceAmount,
      currency: courseRun.priceCurrency,
      taxCategory: courseRun.taxCategory,
      rules: courseRun.priceRules,
    })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (run === undefined) throw notFound("run", runId);
  const regions = await db
    .select({
      region: runPrice.region,
      amount: runPrice.amount,
      currency: runPrice.currency,
      taxCategory: runPrice.taxCategory,
    })
    .from(runPrice)
    .where(eq(runPrice.runId, runId))
    .orderBy(asc(runPrice.region));
  return {
    runId,
    version: run.version,
    price: moneyOrNull(run.amount, run.currency),
    taxCategory: run.taxCategory,
    rules: run.rules,
    regions,
  };
}
