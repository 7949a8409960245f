import type { DiscountsListInput, DiscountsListOutput } from "@lectern/contract/discounts";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { discountCode } from "@lectern/database/schema/prices";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { toDiscountDetail } from "./discount-detail.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * Discount codes for staff, newest first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listDiscounts(
  db: Database,
  _call: Call,
  input: z.infer<typeof DiscountsListInput>,
): Promise<z.infer<typeof DiscountsListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    isGiven(input.kind) ? eq(discountCode.kind, input.kind) : undefined,
    isGiven(input.isActive) ? eq(discountCode.isActive, input.isActive) : undefined,
    isGiven(input.courseId) ? eq(discountCode.courseId, input.courseId) : undefined,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${discountCode.createdAt}, ${discountCode.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;

  const [rows, total] = await Promise.all([
    db
      .select()
      .from(discountCode)
      .where(and(isWanted, isAfter))
      .orderBy(desc(discountCode.createdAt), desc(discountCode.id))
      .limit(input.limit + 1),
    db.$count(discountCode, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toDiscountDetail),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
