import { Id, Instant } from "@lectern/contract/primitives";
import type {
  RunsTeachingInput,
  RunsTeachingOutput,
  TaughtRun,
} from "@lectern/contract/run-office";
import { bool, int4, int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, room, session, venue } from "@lectern/database/schema/scheduling";
import { eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { wallClockFromRow } from "../../shared/zoned-time.ts";

/**
 * The runs that a person teaches, by the sittings that are theirs: when the first of these begins, and when the last ends. A run
 * that was cancelled has none any more.
 */
const taught = prepared(
  "runs.teaching",
  {
    personId: uuid,
    isAhead: bool,
    afterTime: nullable(timestamptz),
    afterId: nullable(uuid),
    limit: int8,
  },
  (_, $) =>
    rows(
      { runId: uuid, sortsBy: timestamptz, sessions: int4, nextSessionId: nullable(uuid) },
      sql`WITH own AS MATERIALIZED (
          SELECT s.run_id, min(s.starts_at) FILTER (WHERE s.ends_at > now()) AS next_at,
            max(s.ends_at) AS ends_at, count(*)::int AS sessions,
            (array_agg(s.id ORDER BY s.starts_at) FILTER (WHERE s.ends_at > now()))[1] AS next_session_id
          FROM instructor i
            JOIN session_instructor t ON t.instructor_id = i.id AND t.is_active
            JOIN session s ON s.id = t.session_id
          WHERE i.person_id = ${$.personId}
          GROUP BY s.run_id
        ), listed AS (
          SELECT run_id, sessions, next_session_id,
            CASE WHEN ${$.isAhead} THEN next_at ELSE ends_at END AS sorts_by
          FROM own WHERE (next_at IS NOT NULL) = ${$.isAhead}
        )
        SELECT run_id, sorts_by, sessions, next_session_id FROM listed
        WHERE ${$.afterId} IS NULL
          OR (${$.isAhead} AND (sorts_by, run_id) > (${$.afterTime}, ${$.afterId}))
          OR (NOT ${$.isAhead} AND (sorts_by, run_id) < (${$.afterTime}, ${$.afterId}))
        ORDER BY CASE WHEN ${$.isAhead} THEN sorts_by END, CASE WHEN ${$.isAhead} THEN run_id END,
          sorts_by DESC, run_id DESC
        LIMIT ${$.limit}`,
    ),
);

const countTaught = prepared("runs.teaching.count", { personId: uuid, isAhead: bool }, (_, $) =>
  rows(
    { total: int8 },
    sql`SELECT count(*) AS total FROM (
        SELECT s.run_id FROM instructor i
          JOIN session_instructor t ON t.instructor_id = i.id AND t.is_active
          JOIN session s ON s.id = t.session_id
        WHERE i.person_id = ${$.personId}
        GROUP BY s.run_id HAVING bool_or(s.ends_at > now()) = ${$.isAhead}
      ) AS theirs`,
  ),
);

/** When it is next taught, or was last, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/**
 * What a person teaches: what is not over yet, the next first, or what is behind them, the last first.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listTeaching(
  db: Database,
  personId: string,
  { when, cursor, limit }: z.infer<typeof RunsTeachingInput>,
): Promise<z.infer<typeof RunsTeachingOutput>> {
  const after = decodeCursor(cursor, CursorKey);
  const isAhead = when === "ahead";
  const [found, counted] = await Promise.all([
    taught.execute(db, {
      personId,
      isAhead,
      afterTime: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    countTaught.first(db, { personId, isAhead }),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: await describe(db, page),
    nextCursor: last === undefined ? null : encodeCursor([last.sortsBy.toISOString(), last.runId]),
    total: counted?.total ?? 0,
  };
}

type Found = Awaited<ReturnType<typeof taught.execute>>[number];

async function describe(db: Database, page: readonly Found[]): Promise<TaughtRun[]> {
  if (page.length === 0) return [];
  const sessionIds = page.map(({ nextSessionId }) => nextSessionId).filter((id) => id !== null);
  const [runs, next] = await Promise.all([
    db
      .select({
        run: runSummaryColumns,
        comes: sql`(
          SELECT count(*) FROM booking b JOIN registration r ON r.booking_id = b.id
          WHERE b.run_id = course_run.id AND r.status IN ('reserved', 'confirmed', 'completed', 'no_show')
            AND b.status IN ('awaiting_payment', 'awaiting_approval', 'confirmed')
        )::int`
          .mapWith(Number)
          .as("comes"),
      })
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        inArray(
          courseRun.id,
          page.map(({ runId }) => runId),
        ),
      ),
    db
      .select({ session, roomId: room.id, roomName: room.name, roomKind: room.kind })
      .from(session)
      .leftJoin(room, eq(room.id, session.roomId))
      .where(inArray(session.id, sessionIds)),
  ]);
  const nextById = new Map(next.map((row) => [row.session.id, toNext(row)]));
  return page.flatMap(({ runId, sessions, nextSessionId }) => {
    const row = runs.find(({ run }) => run.id === runId);
    if (row === undefined) return [];
    return [
      {
        run: toRunSummary(row.run),
        sessions,
        next: (nextSessionId === null ? undefined : nextById.get(nextSessionId)) ?? null,
        comes: row.comes,
      },
    ];
  });
}

interface NextRow {
  readonly session: typeof session.$inferSelect;
  readonly roomId: string | null;
  readonly roomName: string | null;
  readonly roomKind: (typeof room.$inferSelect)["kind"] | null;
}

function toNext({ session: row, roomId, roomName, roomKind }: NextRow): TaughtRun["next"] {
  return {
    id: row.id,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    localStart: wallClockFromRow(row.localStart),
    localEnd: wallClockFromRow(row.localEnd),
    room:
      roomId === null || roomName === null || roomKind === null
        ? null
        : { id: roomId, name: roomName, kind: roomKind },
  };
}
