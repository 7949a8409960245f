import { nullable, timestamptz } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type DiscountPurpose, discountNotUsable, whyNotUsable } from "./discount-not-usable.ts";
import type { Discount } from "./quote-places.ts";

/**
 * Uses of discount codes. `discount_code.used` is the number of active rows in `discount_use`, as a
 * run's `taken` is the sum of its active allocations; the CHECK `discount_code_not_overused` stands
 * behind the guard.
 */

/** The value of a code, from columns that its CHECK keeps whole. */
interface StoredValue {
  readonly code: string;
  readonly kind: "percent" | "amount";
  readonly basisPoints: number | null;
  readonly amount: number | null;
  readonly currency: string | null;
}

/** @throws Error for a row whose columns do not fit its kind, which a CHECK refuses */
export function toDiscount({ code, kind, basisPoints, amount, currency }: StoredValue): Discount {
  if (kind === "percent" && basisPoints !== null) return { code, kind, basisPoints };
  if (kind === "amount" && amount !== null && currency !== null) {
    return { code, kind, amount, currency };
  }
  throw new Error(`The discount code ${code} has no value`);
}

const discountByCode = prepared("billing.discountByCode", { code: discountCode.code }, (q, $) =>
  q.select().from(discountCode).where(eq(discountCode.code, $.code)),
);

/** Counts a use and writes it down, if the code can be used: one statement, so that the row is locked once. */
const takeStatement = prepared(
  "billing.takeDiscount",
  {
    useId: discountUse.id,
    bookingId: booking.id,
    code: discountCode.code,
    courseId: discountCode.courseId,
    currency: nullable(discountCode.currency),
    at: timestamptz,
  },
  (_, $) =>
    rows(
      {
        code: discountCode.code,
        kind: discountCode.kind,
        basisPoints: discountCode.basisPoints,
        amount: discountCode.amount,
        currency: discountCode.currency,
      },
      sql`
    WITH taken AS (
      UPDATE discount_code SET used = used + 1
      WHERE code = ${$.code} AND is_active
        AND (valid_from IS NULL OR valid_from <= ${$.at})
        AND (valid_until IS NULL OR valid_until > ${$.at})
        AND (course_id IS NULL OR course_id = ${$.courseId})
        AND (currency IS NULL OR currency = ${$.currency})
        AND (max_uses IS NULL OR used < max_uses)
      RETURNING id, code, kind, basis_points, amount, currency
    ), new_use AS (
      INSERT INTO discount_use (id, discount_code_id, booking_id)
      SELECT ${$.useId}, id, ${$.bookingId} FROM taken
    )
    SELECT code, kind, basis_points, amount, currency FROM taken`,
    ),
);

/** Codes are kept in capital letters. */
export function toStoredCode(code: string): string {
  return code.toUpperCase();
}

/**
 * Uses a discount code for a booking that the transaction has written. Racing bookings wait for the
 * code's row, and PostgreSQL checks again after the wait whether uses are left.
 *
 * @param use.at the moment for which the booking is priced
 * @returns what the code takes off
 * @throws DiscountNotUsable; a violation of `discount_use_booking_active_key` for a booking that uses
 *   a code already
 */
export async function takeDiscount(
  tx: Transaction,
  use: DiscountPurpose & { readonly code: string; readonly bookingId: string },
): Promise<Discount> {
  const taken = await takeStatement.first(tx, {
    useId: uuidv7(),
    bookingId: use.bookingId,
    code: toStoredCode(use.code),
    courseId: use.courseId,
    currency: use.currency,
    at: use.at,
  });
  if (taken !== undefined) return toDiscount(taken);
  const terms = await discountByCode.first(tx, { code: toStoredCode(use.code) });
  // A use may have been given back since: when this one was asked for, there was none.
  throw discountNotUsable(use.code, whyNotUsable(terms, use) ?? "used_up");
}

/**
 * What a code would take off now, for a preview: it uses nothing, and promises nothing.
 *
 * @throws DiscountNotUsable
 */
export async function findDiscount(
  db: Queryable,
  wanted: DiscountPurpose & { readonly code: string },
): Promise<Discount> {
  const found = await discountByCode.first(db, { code: toStoredCode(wanted.code) });
  const reason = whyNotUsable(found, wanted);
  if (found === undefined || reason !== undefined) {
    throw discountNotUsable(wanted.code, reason ?? "unknown");
  }
  return toDiscount(found);
}

/**
 * Gives back the uses of bookings that are no longer, whose rows the transaction has locked. Giving
 * them back again changes nothing.
 *
 * The codes are locked in the order of their ids, which everybody keeps: call it once for all
 * bookings of a transaction, and before it takes a code.
 */
export async function releaseDiscounts(
  tx: Transaction,
  bookingIds: readonly string[],
): Promise<void> {
  if (bookingIds.length === 0) return;
  const released = await tx
    .update(discountUse)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(and(inArray(discountUse.bookingId, [...bookingIds]), eq(discountUse.state, "active")))
    .returning({ codeId: discountUse.discountCodeId });
  const uses = new Map<string, number>();
  for (const { codeId } of released) uses.set(codeId, (uses.get(codeId) ?? 0) + 1);
  for (const [codeId, count] of [...uses].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await tx
      .update(discountCode)
      .set({ used: sql`${discountCode.used} - ${count}` })
      .where(eq(discountCode.id, codeId));
  }
}
