import type {
  DiscountByIdInput,
  DiscountListItem,
  DiscountState,
  DiscountsListInput,
  DiscountsListOutput,
} from "@lectern/contract/discounts";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { discountCode } from "@lectern/database/schema/prices";
import { and, desc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { partOf } from "../../shared/part-of.ts";
import { toDiscountDetail } from "./discount-detail.ts";

const CursorKey = z.tuple([Instant, Id]);

/** How a code stands at this moment, by the database's clock: in the order in which it is refused. */
const stateNow = sql<DiscountState>`CASE
  WHEN NOT ${discountCode.isActive} THEN 'inactive'
  WHEN ${discountCode.validFrom} > now() THEN 'not_yet'
  WHEN ${discountCode.validUntil} <= now() THEN 'over'
  WHEN ${discountCode.used} >= ${discountCode.maxUses} THEN 'used_up'
  ELSE 'usable' END`;

const itemColumns = {
  row: getTableColumns(discountCode),
  state: stateNow,
  courseCode: course.code,
  courseTitle: course.title,
};

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
  const pattern = input.query == null ? null : partOf(input.query.trim());
  const isWanted = and(
    isGiven(input.kind) ? eq(discountCode.kind, input.kind) : undefined,
    isGiven(input.isActive) ? eq(discountCode.isActive, input.isActive) : undefined,
    isGiven(input.courseId) ? eq(discountCode.courseId, input.courseId) : undefined,
    isGiven(input.states) && input.states.length > 0 ? inArray(stateNow, input.states) : undefined,
    pattern === null
      ? undefined
      : sql`(lower(${discountCode.code}) LIKE ${pattern} OR lower(${discountCode.description}) LIKE ${pattern})`,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${discountCode.createdAt}, ${discountCode.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;

  const [rows, total] = await Promise.all([
    db
      .select(itemColumns)
      .from(discountCode)
      .leftJoin(course, eq(course.id, discountCode.courseId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(discountCode.createdAt), desc(discountCode.id))
      .limit(input.limit + 1),
    db.$count(discountCode, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1)?.row : undefined;
  return {
    items: page.map(toItem),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

/**
 * One code, for staff.
 *
 * @throws NotFound
 */
export async function findDiscountForStaff(
  db: Database,
  { id }: z.infer<typeof DiscountByIdInput>,
): Promise<DiscountListItem> {
  const [row] = await db
    .select(itemColumns)
    .from(discountCode)
    .leftJoin(course, eq(course.id, discountCode.courseId))
    .where(eq(discountCode.id, id));
  if (row === undefined) throw notFound("discount_code", id);
  return toItem(row);
}

interface ItemRow {
  readonly row: typeof discountCode.$inferSelect;
  readonly state: DiscountState;
  readonly courseCode: string | null;
  readonly courseTitle: string | null;
}

function toItem({ row, state, courseCode, courseTitle }: ItemRow): DiscountListItem {
  return {
    ...toDiscountDetail(row),
    state,
    course:
      row.courseId === null || courseCode === null || courseTitle === null
        ? null
        : { id: row.courseId, code: courseCode, title: courseTitle },
  };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
