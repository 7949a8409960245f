import type { Database } from "@lectern/database/queryable";
import { registration } from "@lectern/database/schema/bookings";
import { idempotencyKey } from "@lectern/database/schema/operations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import { idempotencyMismatch } from "../../../shared/once-only.ts";
import { quotePlaces } from "../../billing/quote-places.ts";
import { type RunPricing, pricingOf } from "../../billing/read-pricing.ts";
import { takeDiscount } from "../../billing/use-discount.ts";
import { checkBookerLimit, lockBooker } from "../booker-limit.ts";
import { lockSettled } from "../places/settle-places.ts";
import { type Claim, type Outcome, claimPlaces, outcomesOf, priceOf } from "./claim.ts";
import { isOvertaken, storedAnswers } from "./claim-slowly.ts";
import type { StoredHold } from "./claim-statement.ts";

const OVERTAKEN_ATTEMPTS = 5;

/**
 * Claims places for a booker who is known, or with a discount code: in a transaction of its own, as the
 * limit and the uses of the code have to be counted first.
 *
 * @returns the hold, or `undefined` when the run can't be booked or has too few places
 * @throws NotFound, TooManyPlaces, DiscountNotUsable, IdempotencyMismatch
 */
export async function claimWithTerms(
  db: Database,
  claim: Claim,
  discountCode: string | null,
): Promise<StoredHold | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const outcome = await transaction(db, { idempotent: true }, (tx) =>
        claimOnce(tx, claim, discountCode),
      );
      if (outcome === undefined) return undefined;
      if ("hold" in outcome) return outcome.hold;
      throw idempotencyMismatch();
    } catch (error) {
      if (!isOvertaken(error) || attempt >= OVERTAKEN_ATTEMPTS) throw error;
    }
  }
}

async function claimOnce(
  tx: Transaction,
  claim: Claim,
  discountCode: string | null,
): Promise<Outcome | undefined> {
  const { runId, call, places, region, bookerEmail } = claim;
  if (bookerEmail !== null) await lockBooker(tx, runId, bookerEmail);
  await lockSettled(tx, call, runId);
  const stored = outcomesOf([claim], await storedAnswers(tx, [claim])).get(claim);
  if (stored !== undefined) return stored;
  if (bookerEmail !== null) await checkBookerLimit(tx, { runId, email: bookerEmail, places });
  const pricing = await pricingOf(tx, runId, region);
  if (pricing === undefined) return undefined;
  const outcome = (await claimPlaces(tx, [claim], new Map([[region, pricing]]))).get(claim);
  if (outcome === undefined || !("hold" in outcome) || discountCode === null) return outcome;
  return { hold: await discount(tx, { claim, pricing, hold: outcome.hold, discountCode }) };
}

/** Takes the code, prices the registrations anew, and keeps the answer that says so. */
async function discount(
  tx: Transaction,
  order: { claim: Claim; pricing: RunPricing; hold: StoredHold; discountCode: string },
): Promise<StoredHold> {
  const { claim, pricing, hold, discountCode } = order;
  const at = new Date(hold.serverTime);
  const taken = await takeDiscount(tx, {
    code: discountCode,
    bookingId: hold.bookingId,
    courseId: pricing.courseId,
    currency: pricing.pricing.currency,
    at,
  });
  const quote = quotePlaces(pricing.pricing, { places: claim.places, at, discount: taken });
  for (const [index, place] of quote.places.entries()) {
    await tx
      .update(registration)
      .set({ priceAmount: place.amount, priceExplanation: place.explanation })
      .where(and(eq(registration.bookingId, hold.bookingId), eq(registration.position, index + 1)));
  }
  const answer = { ...hold, ...priceOf(quote) };
  const { scope, key } = claim.idempotency;
  await tx
    .update(idempotencyKey)
    .set({ answer })
    .where(and(eq(idempotencyKey.scope, scope), eq(idempotencyKey.key, key)));
  return answer;
}
