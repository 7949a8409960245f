import { z } from "zod";
import { Email, Id, IdempotencyKey, Instant, Money, line, multiline } from "./primitives.ts";
import { RunSummary } from "./runs.ts";
import { BookingStatus, PaymentState, RegistrationStatus } from "./vocabulary.ts";

/** Most places that one booking may hold; larger groups are an enquiry. */
export const BOOKING_PLACES_MAX = 20;

/** How long places are set aside before the booking is confirmed. */
export const HOLD_MINUTES = 15;

/**
 * A booking's human reference: `LC-` and twice four characters of Crockford's Base32, the last of
 * which is a check character. Accepted in any letter case, with O for 0 and I or L for 1.
 */
export const BookingReference = z
  .string()
  .min(8)
  .max(16)
  .regex(/^[A-Za-z0-9 -]+$/u, "use a reference such as LC-7K3F-92QD");

/**
 * Proof that the caller may see and change a booking: given once with the hold, to be kept like a
 * password and sent in the body, never in an address.
 */
export const AccessKey = z
  .string()
  .max(43)
  .regex(/^[A-Za-z0-9_-]{43}$/u, "is not a booking key");

export const Booker = z.object({
  name: line(200),
  email: Email,
  company: line(200).nullish(),
  phone: line(40).nullish(),
});

/** A learner of one place; a place may stay unnamed until later. */
export const LearnerInput = z.object({ name: line(200), email: Email });

export const BookingHoldInput = z.object({
  runId: Id,
  places: z.int().min(1).max(BOOKING_PLACES_MAX),
  idempotencyKey: IdempotencyKey,
});

export const BookingHeld = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
  runId: Id,
  places: z.int().min(1),
  expiresAt: Instant,
  /** The server's clock when it answered, so that a countdown does not trust the reader's. */
  serverTime: Instant,
  /** For one place; `null` when the price is on request. */
  unitPrice: Money.nullable(),
  total: Money.nullable(),
});
export type BookingHeld = z.infer<typeof BookingHeld>;

export const BookingConfirmInput = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
  booker: Booker,
  /** At most as many as places; the rest are named later. */
  learners: z.array(LearnerInput).max(BOOKING_PLACES_MAX).default([]),
  note: multiline(2000).nullish(),
  acceptsTerms: z.literal(true),
  idempotencyKey: IdempotencyKey,
});

export const BookingCancelInput = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
  reason: line(500).nullish(),
  idempotencyKey: IdempotencyKey,
});

export const BookingByReferenceInput = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
});

export const RegistrationDetail = z.object({
  id: Id,
  position: z.int().min(1),
  status: RegistrationStatus,
  learner: z.object({ name: line(200), email: Email }).nullable(),
  price: Money.nullable(),
});

export const BookingDetail = z.object({
  reference: BookingReference,
  status: BookingStatus,
  paymentState: PaymentState,
  run: RunSummary,
  places: z.int().min(1),
  total: Money.nullable(),
  booker: z
    .object({
      name: line(200),
      email: Email,
      company: z.string().max(200).nullable(),
      phone: z.string().max(40).nullable(),
    })
    .nullable(),
  registrations: z.array(RegistrationDetail).max(BOOKING_PLACES_MAX),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  serverTime: Instant,
});
export type BookingDetail = z.infer<typeof BookingDetail>;
