import { LRUCache } from "lru-cache";
import type { Queryable } from "@lectern/database/queryable";
import { type RunPricing, pricingOf } from "../../billing/read-pricing.ts";
import type { Claim } from "./claim.ts";
import type { Pricings } from "./claim-prices.ts";

/** So many runs' prices are kept: far more than are sold at a time. */
const RUNS_MAX = 10_000;

/**
 * What runs cost, as it was read last. Never trusted: the claim itself compares the version, and finds
 * nothing when a price has changed, so that whoever uses an outdated one only loses time.
 */
export class PricingCache {
  readonly #kept = new LRUCache<string, RunPricing>({ max: RUNS_MAX });

  /** @returns the pricings of all these claims of one run; `undefined` when the run does not exist */
  async forClaims(db: Queryable, claims: readonly Claim[]): Promise<Pricings | undefined> {
    const pricings = new Map<string | null, RunPricing>();
    for (const { runId, region } of claims) {
      if (pricings.has(region)) continue;
      const key = `${runId} ${region ?? ""}`;
      const pricing = this.#kept.get(key) ?? (await pricingOf(db, runId, region));
      if (pricing === undefined) return undefined;
      this.#kept.set(key, pricing);
      pricings.set(region, pricing);
    }
    return pricings;
  }

  /** Reads the prices of these claims of one run anew. */
  async refresh(db: Queryable, claims: readonly Claim[]): Promise<Pricings | undefined> {
    for (const { runId, region } of claims) this.#kept.delete(`${runId} ${region ?? ""}`);
    return this.forClaims(db, claims);
  }
}
