import type { PriceStep } from "@lectern/contract/prices";
import type { StoredPriceStep } from "@lectern/database/schema/bookings";

/** @returns the steps of a price as the contract describes them: what a row leaves out is `null` */
export function toPriceSteps(stored: readonly StoredPriceStep[]): PriceStep[] {
  return stored.map(({ kind, amount, basisPoints, detail }) => ({
    kind,
    amount,
    basisPoints: basisPoints ?? null,
    detail: detail ?? null,
  }));
}
