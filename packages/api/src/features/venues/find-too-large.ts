import type { Reach } from "@lectern/auth/actor";
import { type RoomTooLarge, type RoomTooLargeInput, TOO_LARGE_MAX } from "@lectern/contract/venues";
import { int4, int8, uuid } from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, room, venue } from "@lectern/database/schema/scheduling";
import { asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../domain-error.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { isUpcoming } from "./upcoming-runs.ts";
import { isWithin } from "./venue-detail.ts";

const ASKED = { roomId: uuid, capacity: int4 };

/** Runs with a session in the room that is not over, and more places than it would have. */
function tooLarge($: Slots<typeof ASKED>) {
  return sql`SELECT DISTINCT r.id FROM session AS s
      JOIN course_run AS r ON r.id = s.run_id
      JOIN run_capacity AS c ON c.run_id = r.id
    WHERE s.room_id = ${$.roomId} AND s.is_active AND s.ends_at > now() AND ${isUpcoming()}
      AND c.capacity > ${$.capacity}`;
}

const first = prepared("venues.tooLarge", { ...ASKED, limit: int8 }, (q, $) =>
  q
    .select({ run: runSummaryColumns })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(sql`course_run.id IN (${tooLarge($)})`)
    .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
    .limit($.limit),
);

const count = prepared("venues.tooLarge.count", ASKED, (_, $) =>
  rows({ total: int8 }, sql`SELECT count(*) AS total FROM (${tooLarge($)}) AS runs`),
);

/**
 * Looks which dates would have more places than a room, before it is said to be smaller. They are not changed with it.
 *
 * @throws NotFound for one out of reach, as for one that does not exist
 */
export async function findTooLarge(
  db: Database,
  reach: Reach,
  { id, capacity }: z.infer<typeof RoomTooLargeInput>,
): Promise<RoomTooLarge> {
  const asked = { roomId: id, capacity };
  const [[found], runs, counted] = await Promise.all([
    db
      .select({ country: venue.country })
      .from(room)
      .leftJoin(venue, eq(venue.id, room.venueId))
      .where(eq(room.id, id)),
    first.execute(db, { ...asked, limit: TOO_LARGE_MAX }),
    count.first(db, asked),
  ]);
  if (found === undefined || !isWithin(reach, found.country)) throw notFound("room", id);
  return {
    items: runs.map(({ run }) => ({ ...toRunSummary(run), taken: run.taken })),
    total: counted?.total ?? 0,
  };
}
