import { z } from "zod";
import { AccessKey, BOOKING_PLACES_MAX } from "./bookings.ts";
import { DiscountCodeText, DiscountValue } from "./discounts.ts";
import { PriceRules, PriceStep } from "./prices.ts";
import {
  CountryCode,
  CurrencyCode,
  Id,
  IdempotencyKey,
  Instant,
  Money,
  Price,
  Version,
} from "./primitives.ts";
import { TaxCategory } from "./vocabulary.ts";

/** What places of a run cost now, for whoever asks; and staff's price list of a run. */

export const PriceQuoteInput = z.object({
  runId: Id,
  places: z.int().min(1).max(BOOKING_PLACES_MAX),
  /** The country that the price is asked for; left out, or without a price of its own: the base price. */
  region: CountryCode.nullish(),
  discountCode: DiscountCodeText.nullish(),
  /** Of a private run. */
  invitationKey: AccessKey.nullish(),
});

export const PriceQuote = z.object({
  runId: Id,
  /** `null`: on request. */
  total: Money.nullable(),
  taxCategory: TaxCategory,
  /** One element a place, in order; they add up to the total. */
  places: z
    .array(
      z.object({
        price: Money.nullable(),
        explanation: z.array(PriceStep).max(10),
      }),
    )
    .max(BOOKING_PLACES_MAX),
  /** When the early bird that counts ends; `null` when none counts. */
  validUntil: Instant.nullable(),
  serverTime: Instant,
});
export type PriceQuote = z.infer<typeof PriceQuote>;

/** What a place costs in one country, in place of the base price. */
export const RegionPrice = z.object({
  region: CountryCode,
  amount: Price.shape.amount,
  currency: CurrencyCode,
  taxCategory: TaxCategory,
});

const PriceList = z.object({
  /** For one place; `null`: on request. */
  price: Price.nullable(),
  taxCategory: TaxCategory,
  rules: PriceRules,
  /** One a country. */
  regions: z.array(RegionPrice).max(250),
});

export const RunPrices = PriceList.extend({
  runId: Id,
  /** Of the run: `prices.set` wants the one that was read. */
  version: Version,
});
export type RunPrices = z.infer<typeof RunPrices>;

export const PricesByRunInput = z.object({ runId: Id });

/** The whole price list: regions that are not in it have the base price from now on. */
export const PricesSetInput = PriceList.extend({
  runId: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** What a discount would do to the price of a run, before there is a code for it. */
export const DiscountPreviewInput = z.object({
  value: DiscountValue,
  /** What the code is to be for; `null` or left out: all courses. */
  courseId: Id.nullish(),
  runId: Id,
  places: z.int().min(1).max(BOOKING_PLACES_MAX),
  region: CountryCode.nullish(),
});

export const DiscountPreview = z.object({
  without: PriceQuote,
  /** `null` where the code could not be used for this run. */
  with: PriceQuote.nullable(),
  obstacle: z.enum(["other_course", "other_currency"]).nullable(),
});
export type DiscountPreview = z.infer<typeof DiscountPreview>;
