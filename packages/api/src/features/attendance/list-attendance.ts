import type { AttendanceByRun, AttendanceByRunInput } from "@lectern/contract/attendance";
import { Id } from "@lectern/contract/primitives";
import { int8, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { attendance } from "@lectern/database/schema/attendance";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { requireRunWithin } from "../../shared/reach.ts";

const RUN = { runId: uuid, sessionId: nullable(uuid) };

/** The sessions that are asked about, as an array that a statement makes once. */
function sessions(runId: SQL, sessionId: SQL): SQL {
  return sql`ARRAY(SELECT s.id FROM session s
    WHERE s.run_id = ${runId} AND (${sessionId} IS NULL OR s.id = ${sessionId}))`;
}

/** Rows are never taken away, and each change adds one to a version: the sum counts all changes. */
const revision = prepared("attendance.revision", RUN, (_, $) =>
  rows(
    { revision: int8 },
    sql`SELECT coalesce(sum(a.version), 0)::bigint AS revision FROM attendance a
      WHERE a.session_id = ANY(${sessions(sql`${$.runId}`, sql`${$.sessionId}`)})`,
  ),
);

const marks = prepared(
  "attendance.byRun",
  { ...RUN, afterSession: nullable(uuid), afterRegistration: nullable(uuid), limit: int8 },
  (_, $) =>
    rows(
      {
        registrationId: attendance.registrationId,
        sessionId: attendance.sessionId,
        mark: nullable(attendance.mark),
        minutes: nullable(attendance.minutes),
        markedAt: attendance.markedAt,
        markedBy: nullable(text),
        version: attendance.version,
      },
      sql`SELECT a.registration_id, a.session_id, a.mark, a.minutes, a.marked_at,
          p.name AS marked_by, a.version
        FROM attendance a LEFT JOIN person p ON p.id = a.marked_by
        WHERE a.session_id = ANY(${sessions(sql`${$.runId}`, sql`${$.sessionId}`)})
          AND (${$.afterSession} IS NULL
            OR (a.session_id, a.registration_id) > (${$.afterSession}, ${$.afterRegistration}))
        ORDER BY a.session_id, a.registration_id
        LIMIT ${$.limit}`,
    ),
);

/** Session and registration of the last mark of the page before. */
const CursorKey = z.tuple([Id, Id]);

/**
 * Who was there, for those who teach a run and for staff: all marks of it or of one session, a page at a time. Whoever asks
 * again and again tells the revision that they know, and is sent nothing while it is the same.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listAttendance(
  db: Database,
  call: Call,
  input: z.infer<typeof AttendanceByRunInput>,
): Promise<AttendanceByRun> {
  const { runId, limit } = input;
  await requireRunWithin(db, call, "runs.roster", runId);
  const after = decodeCursor(input.cursor, CursorKey);
  const of = { runId, sessionId: input.sessionId ?? null };
  // Read before the marks: what is marked in between makes the revision older than they are, and is asked for again.
  const known = (await revision.first(db, of))?.revision ?? 0;
  if (input.knownRevision === known) {
    return { runId, revision: known, isUnchanged: true, items: [], nextCursor: null };
  }
  const found = await marks.execute(db, {
    ...of,
    afterSession: after?.[0] ?? null,
    afterRegistration: after?.[1] ?? null,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    runId,
    revision: known,
    isUnchanged: false,
    items: page.map(({ markedAt, ...row }) => ({ ...row, markedAt: markedAt.toISOString() })),
    nextCursor: last === undefined ? null : encodeCursor([last.sessionId, last.registrationId]),
  };
}
