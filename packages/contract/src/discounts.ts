import { z } from "zod";
import { BasisPoints } from "./prices.ts";
import {
  CurrencyCode,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  Money,
  PageInput,
  Price,
  line,
  multiline,
  page,
} from "./primitives.ts";
import { AllocationState, BookingStatus, DiscountKind } from "./vocabulary.ts";

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

/** What a code is for whoever types it in at this moment. */
export const DISCOUNT_STATES = ["usable", "not_yet", "over", "used_up", "inactive"] as const;
export const DiscountState = z.enum(DISCOUNT_STATES);
export type DiscountState = z.infer<typeof DiscountState>;

export const DiscountsListInput = PageInput.extend({
  /** A part of the code, or of its description. */
  query: line(200).nullish(),
  kind: DiscountKind.nullish(),
  states: z.array(DiscountState).max(DISCOUNT_STATES.length).nullish(),
  isActive: z.boolean().nullish(),
  courseId: Id.nullish(),
});

/** A code with what it is for, and how it stands. */
export const DiscountListItem = DiscountDetail.extend({
  state: DiscountState,
  course: z.object({ id: Id, code: z.string().max(32), title: z.string().max(300) }).nullable(),
});
export type DiscountListItem = z.infer<typeof DiscountListItem>;
export const DiscountsListOutput = page(DiscountListItem);

export const DiscountByIdInput = z.object({ id: Id });

/** Who used a code, the newest first: of the bookings that the caller may read. */
export const DiscountUsesInput = PageInput.extend({ id: Id });
export const DiscountUse = z.object({
  id: Id,
  reference: z.string().max(20),
  /** `released`: the booking is over, and gave its use back. */
  state: AllocationState,
  bookingStatus: BookingStatus,
  places: z.int().min(1),
  booker: z
    .object({ name: line(200), email: Email, company: z.string().max(200).nullable() })
    .nullable(),
  courseTitle: z.string().max(300),
  /** What it took off the places together; `null` where their price is on request. */
  saved: Money.nullable(),
  createdAt: Instant,
});
export type DiscountUse = z.infer<typeof DiscountUse>;
export const DiscountUses = page(DiscountUse);
