import type { Reach } from "@lectern/auth/actor";
import { Id, Instant } from "@lectern/contract/primitives";
import type { WaitlistOffersInput, WaitlistOffersOutput } from "@lectern/contract/today";
import { int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { REACH, asStaff, runIsWithin } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";

/** When the last offer of the page before lapses, and its entry. */
const CursorKey = z.tuple([Instant, Id]);

/** An offer whose time is over is none, whether or not that was written down. */
const isOpen = sql`waitlist_entry.status = 'offered' AND waitlist_entry.offer_expires_at > now()`;

const offers = prepared(
  "waitlist.offers",
  { ...REACH, afterTime: nullable(timestamptz), afterId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        entryId: waitlistEntry.id,
        run: runSummaryColumns,
        name: waitlistEntry.name,
        email: waitlistEntry.email,
        company: waitlistEntry.company,
        quantity: waitlistEntry.offeredQuantity,
        offeredAt: waitlistEntry.offeredAt,
        expiresAt: waitlistEntry.offerExpiresAt,
      })
      .from(waitlistEntry)
      .innerJoin(courseRun, eq(courseRun.id, waitlistEntry.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          isOpen,
          runIsWithin($, sql`course_run.id`),
          sql`(${$.afterId} IS NULL
            OR (waitlist_entry.offer_expires_at, waitlist_entry.id) > (${$.afterTime}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(waitlistEntry.offerExpiresAt), asc(waitlistEntry.id))
      .limit($.limit),
);

const count = prepared("waitlist.offers.count", REACH, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM waitlist_entry
      WHERE ${isOpen} AND ${runIsWithin($, sql`waitlist_entry.run_id`)}`,
  ),
);

/**
 * Offers to the waiting lists of runs within reach that stand, the first to lapse first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listOpenOffers(
  db: Database,
  within: Reach,
  { cursor, limit }: z.infer<typeof WaitlistOffersInput>,
): Promise<z.infer<typeof WaitlistOffersOutput>> {
  const reach = asStaff(within);
  const after = decodeCursor(cursor, CursorKey);
  const [rows, counted] = await Promise.all([
    offers.execute(db, {
      ...reach,
      afterTime: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    count.first(db, reach),
  ]);
  const items = rows.slice(0, limit).flatMap((row) => {
    const { run, quantity, offeredAt, expiresAt, ...party } = row;
    // The table says that an offer has these.
    if (quantity === null || offeredAt === null || expiresAt === null) return [];
    const offer = {
      quantity,
      offeredAt: offeredAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    };
    return [{ ...party, ...offer, run: toRunSummary(run) }];
  });
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last === undefined ? null : encodeCursor([last.expiresAt, last.entryId]),
    total: counted?.total ?? 0,
  };
}
