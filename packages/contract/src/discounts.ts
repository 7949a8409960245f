import { z } from "zod";
import { BasisPoints } from "./prices.ts";
import {
  CurrencyCode,
  Id,
  IdempotencyKey,
  Instant,
  PageInput,
  Price,
  multiline,
  page,
} from "./primitives.ts";
import { DiscountKind } from "./vocabulary.ts";

/** What somebody types to get a discount. Lectern keeps it in capital letters, and takes any case. */
export const DiscountCodeText = z
  .string()
  .min(3)
  .max(40)
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/u, "use letters, digits and hyphens");

const Uses = z.int().min(0).max(1_000_000_000);

/** What a code takes off: a percentage of each place's price, or an amount off the whole booking. */
export const DiscountValue = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("percent"), basisPoints: BasisPoints }),
  z.object({
    kind: z.literal("amount"),
    amount: Price.shape.amount.min(1),
    currency: CurrencyCode,
  }),
]);
export type DiscountValue = z.infer<typeof DiscountValue>;

export const DiscountDetail = z.object({
  id: Id,
  code: DiscountCodeText,
  description: multiline(500),
  value: DiscountValue,
  /** `null`: as often as anybody likes. */
  maxUses: Uses.nullable(),
  /** By bookings that are alive: an expired or cancelled one gives its use back. */
  used: Uses,
  /** From that moment on, and until that moment; `null`: always. */
  validFrom: Instant.nullable(),
  validUntil: Instant.nullable(),
  /** `null`: good for all courses. */
  courseId: Id.nullable(),
  isActive: z.boolean(),
  createdAt: Instant,
});
export type DiscountDetail = z.infer<typeof DiscountDetail>;

export const DiscountCreateInput = z.object({
  code: DiscountCodeText,
  description: multiline(500).default(""),
  value: DiscountValue,
  maxUses: Uses.nullish(),
  validFrom: Instant.nullish(),
  validUntil: Instant.nullish(),
  courseId: Id.nullish(),
  idempotencyKey: IdempotencyKey,
});

/**
 * What is left out stays; `null` takes a limit away. What a code takes off and which course it is for
 * never changes: bookings refer to it by its name. Make another one.
 */
export const DiscountChangeInput = z.object({
  id: Id,
  description: multiline(500).optional(),
  maxUses: Uses.nullish(),
  validFrom: Instant.nullish(),
  validUntil: Instant.nullish(),
  /** A code that was deactivated can be used again. */
  isActive: z.boolean().optional(),
  idempotencyKey: IdempotencyKey,
});

export const DiscountDeactivateInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });

export const DiscountsListInput = PageInput.extend({
  kind: DiscountKind.nullish(),
  isActive: z.boolean().nullish(),
  courseId: Id.nullish(),
});
export const DiscountsListOutput = page(DiscountDetail);
