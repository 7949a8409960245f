import {
  type DiscountChangeInput,
  type DiscountDeactivateInput,
  DiscountDetail,
} from "@lectern/contract/discounts";
import type { Database } from "@lectern/database/queryable";
import { discountCode } from "@lectern/database/schema/prices";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireWindow, toDiscountDetail } from "./discount-detail.ts";

type ChangeInput = z.infer<typeof DiscountChangeInput>;

/**
 * Changes what is given of a discount code. Bookings that use it keep their prices.
 *
 * @throws NotFound; Invalid; Conflict `below_used`, with the number of uses, for fewer uses than
 *   there are; IdempotencyMismatch
 */
export async function changeDiscount(
  db: Database,
  call: Call,
  input: ChangeInput,
): Promise<DiscountDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "discounts.change", input, DiscountDetail, () =>
      change(tx, call, "discount.change", input),
    ),
  );
}

/**
 * Takes a discount code out of use. Bookings that use it keep their prices.
 *
 * @throws NotFound; IdempotencyMismatch
 */
export async function deactivateDiscount(
  db: Database,
  call: Call,
  input: z.infer<typeof DiscountDeactivateInput>,
): Promise<DiscountDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "discounts.deactivate", input, DiscountDetail, () =>
      change(tx, call, "discount.deactivate", { id: input.id, isActive: false }),
    ),
  );
}

async function change(
  tx: Transaction,
  call: Call,
  action: "discount.change" | "discount.deactivate",
  input: Omit<ChangeInput, "idempotencyKey">,
): Promise<DiscountDetail> {
  const [found] = await tx
    .select()
    .from(discountCode)
    .where(eq(discountCode.id, input.id))
    // Whoever takes a use waits, so that the number of uses is the last one.
    .for("no key update");
  if (found === undefined) throw notFound("discount_code", input.id);
  const wanted = {
    description: input.description ?? found.description,
    maxUses: input.maxUses === undefined ? found.maxUses : input.maxUses,
    validFrom: given(input.validFrom, found.validFrom),
    validUntil: given(input.validUntil, found.validUntil),
    isActive: input.isActive ?? found.isActive,
  };
  requireWindow(wanted.validFrom, wanted.validUntil);
  if (wanted.maxUses !== null && wanted.maxUses < found.used) {
    throw conflict(
      "discount_code",
      "below_used",
      `The code was used ${found.used} times already: it can't be fewer.`,
      String(found.used),
    );
  }
  const [changed] = await tx
    .update(discountCode)
    .set({ ...wanted, updatedAt: sql`clock_timestamp()` })
    .where(eq(discountCode.id, input.id))
    .returning();
  if (changed === undefined) throw notFound("discount_code", input.id);
  await recordAudit(tx, call, {
    action,
    entity: "discount_code",
    entityId: input.id,
    before: audited(found),
    after: audited(changed),
  });
  return toDiscountDetail(changed);
}

/** What can be changed. */
function audited(row: typeof discountCode.$inferSelect): Record<string, unknown> {
  const { description, maxUses, validFrom, validUntil, isActive } = toDiscountDetail(row);
  return { description, maxUses, validFrom, validUntil, isActive };
}

/** @returns the moment that is asked for, none for `null`, and the one that is there for nothing */
function given(instant: string | null | undefined, found: Date | null): Date | null {
  if (instant === undefined) return found;
  return instant === null ? null : new Date(instant);
}
