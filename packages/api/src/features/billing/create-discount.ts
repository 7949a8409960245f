import { type DiscountCreateInput, DiscountDetail } from "@lectern/contract/discounts";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { discountCode } from "@lectern/database/schema/prices";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireWindow, toDiscountDetail } from "./discount-detail.ts";
import { toStoredCode } from "./use-discount.ts";

type CreateInput = z.infer<typeof DiscountCreateInput>;

/**
 * Makes a discount code that can be used at once, or from its time on.
 *
 * @throws NotFound for a course that is not there; Conflict `already_exists` for a code that is
 *   taken, in whatever case; Invalid; IdempotencyMismatch
 */
export async function createDiscount(
  db: Database,
  call: Call,
  input: CreateInput,
): Promise<DiscountDetail> {
  const validFrom = dateOrNull(input.validFrom);
  const validUntil = dateOrNull(input.validUntil);
  requireWindow(validFrom, validUntil);
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "discounts.create", input, DiscountDetail, async () => {
        const courseId = input.courseId ?? null;
        if (courseId !== null) await requireCourse(tx, courseId);
        const { value } = input;
        const [created] = await tx
          .insert(discountCode)
          .values({
            id: uuidv7(),
            code: toStoredCode(input.code),
            description: input.description,
            kind: value.kind,
            basisPoints: value.kind === "percent" ? value.basisPoints : null,
            amount: value.kind === "amount" ? value.amount : null,
            currency: value.kind === "amount" ? value.currency : null,
            maxUses: input.maxUses ?? null,
            validFrom,
            validUntil,
            courseId,
          })
          .returning();
        if (created === undefined) throw new Error("The discount code was not inserted");
        const { id, used: _used, createdAt: _createdAt, ...after } = toDiscountDetail(created);
        await recordAudit(tx, call, {
          action: "discount.create",
          entity: "discount_code",
          entityId: id,
          before: null,
          after,
        });
        return toDiscountDetail(created);
      }),
    );
  } catch (error) {
    if (!violates(error, "discount_code_key")) throw error;
    throw conflict("discount_code", "already_exists", "There is such a code already.", "code");
  }
}

async function requireCourse(tx: Transaction, id: string): Promise<void> {
  const [found] = await tx.select({ id: course.id }).from(course).where(eq(course.id, id));
  if (found === undefined) throw notFound("course", id);
}

function dateOrNull(instant: string | null | undefined): Date | null {
  return instant === null || instant === undefined ? null : new Date(instant);
}
