import type { RunByIdInput, RunDetail, SessionDetail } from "@lectern/contract/runs";
import { prepared } from "@lectern/database/prepared";
import type { Database, Queryable } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import {
  courseRun,
  instructor,
  room,
  session,
  sessionInstructor,
  venue,
} from "@lectern/database/schema/scheduling";
import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { runsInLanguage } from "../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { wallClockFromRow } from "../../shared/zoned-time.ts";

const RUN = { id: courseRun.id };

const publicRun = prepared("runs.byId", RUN, (q, $) =>
  q
    .select({
      summary: runSummaryColumns,
      visibility: courseRun.visibility,
      minPlaces: courseRun.minPlaces,
      bookingOpensAt: courseRun.bookingOpensAt,
      bookingClosesAt: courseRun.bookingClosesAt,
      cancellationPolicy: courseRun.cancellationPolicy,
      sourceUrl: courseRun.sourceUrl,
      version: courseRun.version,
    })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .where(
      and(
        eq(courseRun.id, $.id),
        eq(courseRun.visibility, "public"),
        ne(courseRun.status, "draft"),
        eq(course.status, "published"),
      ),
    ),
);

const sessionsOfRun = prepared("runs.byId.sessions", RUN, (q, $) =>
  q
    .select({
      id: session.id,
      position: session.position,
      timeZone: session.timeZone,
      localStart: session.localStart,
      localEnd: session.localEnd,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      roomId: room.id,
      roomName: room.name,
      roomKind: room.kind,
      instructors: sql<{ id: string; name: string }[]>`(
        SELECT coalesce(json_agg(json_build_object('id', ${instructor.id}, 'name', ${instructor.name}) ORDER BY ${instructor.name}, ${instructor.id}), '[]')
        FROM ${sessionInstructor} JOIN ${instructor} ON ${instructor.id} = ${sessionInstructor.instructorId}
        WHERE ${sessionInstructor.sessionId} = ${session.id})`,
    })
    .from(session)
    .leftJoin(room, eq(room.id, session.roomId))
    .where(eq(session.runId, $.id))
    .orderBy(asc(session.position)),
);

/**
 * One run that the public may see, a cancelled one included, with its sessions and the places left.
 *
 * @throws NotFound for a run that is private, a draft, or of a course that is not published
 */
export async function findRun(
  db: Database,
  _call: Call,
  { id, language }: z.infer<typeof RunByIdInput>,
): Promise<RunDetail> {
  const [run, sessions] = await Promise.all([publicRun.first(db, { id }), readSessions(db, id)]);
  if (run === undefined) throw notFound("run", id);
  const summary = toRunSummary(run.summary);
  const [shown = summary] = await runsInLanguage(db, language, [summary]);
  return {
    ...shown,
    visibility: run.visibility,
    minPlaces: run.minPlaces,
    bookingOpensAt: run.bookingOpensAt?.toISOString() ?? null,
    bookingClosesAt: run.bookingClosesAt?.toISOString() ?? null,
    cancellationPolicy: run.cancellationPolicy,
    sourceUrl: run.sourceUrl,
    version: run.version,
    sessions,
  };
}

/** @returns the sessions of a run in their order, with rooms and instructors */
export async function readSessions(
  db: Queryable,
  id: string,
): Promise<z.infer<typeof SessionDetail>[]> {
  const found = await sessionsOfRun.execute(db, { id });
  return found.map((row) => ({
    id: row.id,
    position: row.position,
    timeZone: row.timeZone,
    localStart: wallClockFromRow(row.localStart),
    localEnd: wallClockFromRow(row.localEnd),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    room:
      row.roomId === null || row.roomName === null || row.roomKind === null
        ? null
        : { id: row.roomId, name: row.roomName, kind: row.roomKind },
    instructors: row.instructors,
  }));
}
