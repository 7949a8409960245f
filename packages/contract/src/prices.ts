import { z } from "zod";
import { Instant } from "./primitives.ts";

/** What a price is made of. A leaf among the shapes: runs and bookings alike refer to it. */

/** Hundredths of a per cent, of which a whole has 10,000. */
export const BasisPoints = z.int().min(1).max(10_000);

/** What makes a place cheaper than the base price. Of each list the best that applies counts. */
export const PriceRules = z.object({
  /** Taken off what is priced before that moment. */
  earlyBird: z.array(z.object({ until: Instant, basisPoints: BasisPoints })).max(10),
  /** Taken off each place of a booking of so many places or more. */
  volume: z
    .array(z.object({ fromPlaces: z.int().min(2).max(1000), basisPoints: BasisPoints }))
    .max(10),
});
export type PriceRules = z.infer<typeof PriceRules>;

export const PRICE_STEP_KINDS = [
  "base",
  "early_bird",
  "volume",
  "discount_code",
  "transfer",
  "waiver",
  /** In place of the base price: what a quote says. */
  "quote",
] as const;

/** One step of a price: what it did to the amount, and why. The steps of a price add up to it. */
export const PriceStep = z.object({
  kind: z.enum(PRICE_STEP_KINDS),
  /** In minor units: below zero for what makes the place cheaper. */
  amount: z.int().min(-100_000_000_00).max(100_000_000_00),
  basisPoints: z.int().min(0).max(10_000).nullable(),
  /** Until when the early bird counts, from how many places the volume price, which code it was, or the quote's number. */
  detail: z.string().max(200).nullable(),
});
export type PriceStep = z.infer<typeof PriceStep>;
