import type { Academy, Code, Minutes, Run } from "./academy.ts";
import { currencyOf } from "./prices.ts";
import { Refusal } from "./refusal.ts";

/** Discount codes: their uses are counted as strictly as places are. */

export function usesOf(academy: Academy, code: Code): number {
  return [...academy.bookings.values()].filter(
    (booking) => booking.code?.isActive === true && booking.code.name === code.name,
  ).length;
}

/** What a code is asked for. */
export interface Purpose {
  readonly course: string;
  /** Of the price; `null`: on request. */
  readonly currency: string | null;
  /** The moment for which the booking is priced. */
  readonly at: Minutes;
}

/**
 * Looks whether a code can be used once more.
 *
 * @param name as it was asked for: there may be no such code
 * @throws Refusal DiscountNotUsable
 */
export function requireUsable(academy: Academy, name: string, purpose: Purpose): Code {
  const code = academy.codes.get(name);
  const reason = code === undefined ? "unknown" : whyNotUsable(academy, code, purpose);
  if (code !== undefined && reason === null) return code;
  throw new Refusal("DiscountNotUsable", { code: name, reason });
}

/**
 * Looks whether a code can be used for what is booked now.
 *
 * @throws Refusal DiscountNotUsable
 */
export function codeFor(
  academy: Academy,
  name: string,
  { run, region }: { readonly run: Run; readonly region: string | null },
): Code {
  const currency = currencyOf(run.prices, region);
  return requireUsable(academy, name, { course: run.course, currency, at: academy.now });
}

function whyNotUsable(academy: Academy, code: Code, purpose: Purpose): string | null {
  const { value, course, validFrom, validUntil, maxUses } = code;
  const { currency, at } = purpose;
  if (!code.isActive) return "inactive";
  if (validFrom !== null && validFrom > at) return "not_yet";
  if (validUntil !== null && validUntil <= at) return "over";
  if (course !== null && course !== purpose.course) return "other_course";
  if (value.kind === "amount" && value.currency !== currency) return "other_currency";
  if (maxUses !== null && usesOf(academy, code) >= maxUses) return "used_up";
  return null;
}
