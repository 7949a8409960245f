import type { DiscountDetail } from "@lectern/contract/discounts";
import type { discountCode } from "@lectern/database/schema/prices";
import { invalid } from "../../domain-error.ts";
import { toDiscount } from "./use-discount.ts";

type DiscountRow = typeof discountCode.$inferSelect;

/** @returns a discount code as staff see it */
export function toDiscountDetail(row: DiscountRow): DiscountDetail {
  const { code, ...value } = toDiscount(row);
  return {
    id: row.id,
    code,
    description: row.description,
    value,
    maxUses: row.maxUses,
    used: row.used,
    validFrom: row.validFrom?.toISOString() ?? null,
    validUntil: row.validUntil?.toISOString() ?? null,
    courseId: row.courseId,
    isActive: row.isActive,
    createdAt: row.createdAt.toISOString(),
  };
}

/** @throws Invalid for a time that ends before it begins */
export function requireWindow(validFrom: Date | null, validUntil: Date | null): void {
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) {
    throw invalid("validUntil", "The code's time has to end after it begins.");
  }
}
