import type { OwnBookings } from "@lectern/contract/bookings";
import { Id, type PageInput } from "@lectern/contract/primitives";
import { int8, nullable, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { withRunsInLanguage } from "../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { bookingItemColumns, toBookingItem } from "./booking-item.ts";

const ownBookings = prepared(
  "bookings.mine",
  { bookerId: uuid, beforeId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({ item: bookingItemColumns, run: runSummaryColumns })
      .from(booking)
      .innerJoin(courseRun, eq(courseRun.id, booking.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          eq(booking.bookerId, $.bookerId),
          sql`(${$.beforeId} IS NULL OR "booking"."id" < ${$.beforeId})`,
        ),
      )
      // Ids are made in the order of time (UUIDv7).
      .orderBy(desc(booking.id))
      .limit($.limit),
);

const countOwn = prepared("bookings.mine.count", { bookerId: uuid }, (q, $) =>
  q
    .select({ total: sql`count(*)`.mapWith(int8) })
    .from(booking)
    .where(eq(booking.bookerId, $.bookerId)),
);

const Before = z.tuple([Id]);

/**
 * The bookings of a person, the newest first.
 *
 * @param language that they read, for what courses are called
 * @throws Invalid for a cursor that is not of this list
 */
export async function listOwnBookings(
  db: Database,
  personId: string,
  language: string | null,
  input: z.infer<typeof PageInput>,
): Promise<z.infer<typeof OwnBookings>> {
  const before = decodeCursor(input.cursor, Before);
  const [found, counted] = await Promise.all([
    ownBookings.execute(db, {
      bookerId: personId,
      beforeId: before?.[0] ?? null,
      limit: input.limit + 1,
    }),
    countOwn.first(db, { bookerId: personId }),
  ]);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1)?.item : undefined;
  return {
    items: await withRunsInLanguage(
      db,
      language,
      page.map(({ item, run }) => ({ ...toBookingItem(item), run: toRunSummary(run) })),
    ),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total: counted?.total ?? 0,
  };
}
