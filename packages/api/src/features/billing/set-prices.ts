import { type PricesSetInput, RunPrices } from "@lectern/contract/price-lists";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { runPrice } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, notInArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { requireRunVersion } from "../runs/run-changed.ts";
import { readPrices } from "./read-prices.ts";

type SetInput = z.infer<typeof PricesSetInput>;

const CAN_BE_PRICED: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

/**
 * Replaces the price list of a run. Places that are taken keep the price that was frozen with them.
 *
 * @throws NotFound; Invalid; Conflict `changed_meanwhile`, and `wrong_state` for a run that has begun,
 *   ended or been cancelled; IdempotencyMismatch
 */
export async function setPrices(db: Database, call: Call, input: SetInput): Promise<RunPrices> {
  const { runId } = input;
  await requireRunWithin(db, call, "runs.write", runId);
  if (new Set(input.regions.map(({ region }) => region)).size < input.regions.length) {
    throw invalid("regions", "A country has two prices.");
  }
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "prices.set", input, RunPrices, async () => {
      const run = await requireRunVersion(tx, runId, input.version);
      if (!CAN_BE_PRICED.includes(run.status)) {
        throw conflict(
          "run",
          "wrong_state",
          `The prices of a date that is ${run.status} stay as they are.`,
          run.status,
        );
      }
      const before = await readPrices(tx, runId);
      await tx
        .update(courseRun)
        .set({
          priceAmount: input.price?.amount ?? null,
          priceCurrency: input.price?.currency ?? null,
          taxCategory: input.taxCategory,
          priceRules: input.rules,
          version: sql`${courseRun.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(courseRun.id, runId));
      await writeRegions(tx, runId, input.regions);
      const after = await readPrices(tx, runId);
      await recordAudit(tx, call, {
        action: "run.set_prices",
        entity: "run",
        entityId: runId,
        before: audited(before),
        after: audited(after),
      });
      return after;
    }),
  );
}

/** Writes only what differs: each row that is written is counted as a change of the run's pricing. */
async function writeRegions(
  tx: Transaction,
  runId: string,
  regions: SetInput["regions"],
): Promise<void> {
  await tx.delete(runPrice).where(
    and(
      eq(runPrice.runId, runId),
      notInArray(
        runPrice.region,
        regions.map(({ region }) => region),
      ),
    ),
  );
  if (regions.length === 0) return;
  await tx
    .insert(runPrice)
    .values(
      regions.map(({ region, amount, currency, taxCategory }) => ({
        runId,
        region,
        amount,
        currency,
        taxCategory,
      })),
    )
    .onConflictDoUpdate({
      target: [runPrice.runId, runPrice.region],
      set: {
        amount: sql`excluded.amount`,
        currency: sql`excluded.currency`,
        taxCategory: sql`excluded.tax_category`,
      },
      setWhere: sql`(${runPrice.amount}, ${runPrice.currency}, ${runPrice.taxCategory}) IS DISTINCT FROM (excluded.amount, excluded.currency, excluded.tax_category)`,
    });
}

function audited({ price, taxCategory, rules, regions }: RunPrices): Record<string, unknown> {
  return { price, taxCategory, rules, regions };
}
