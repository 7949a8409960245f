import { findConstraintViolation, findDatabaseError } from "@lectern/database/errors";
import type { Queryable } from "@lectern/database/queryable";
import { session, sessionInstructor } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain-error.ts";
import type { ZonedStretch } from "../../shared/zoned-time.ts";

/** Where and by whom the sessions of a run are taught. */
export interface Teaching {
  readonly roomId: string | null;
  readonly instructorIds: readonly string[];
}

/** @returns the room of a run's first session, and all who teach in it */
export async function currentTeaching(db: Queryable, runId: string): Promise<Teaching> {
  const [first] = await db
    .select({ roomId: session.roomId })
    .from(session)
    .where(eq(session.runId, runId))
    .orderBy(asc(session.position))
    .limit(1);
  const teachers = await db
    .selectDistinct({ id: sessionInstructor.instructorId })
    .from(sessionInstructor)
    .innerJoin(session, eq(session.id, sessionInstructor.sessionId))
    .where(eq(session.runId, runId));
  return { roomId: first?.roomId ?? null, instructorIds: teachers.map(({ id }) => id) };
}

/** A run that is new, and when it is taught. */
interface NewSittings {
  readonly runId: string;
  readonly sittings: readonly ZonedStretch[];
}

/** So many rows go in one statement: PostgreSQL takes 65,535 parameters. */
const BATCH = 5000;

/**
 * Gives new runs their sittings, all taught by the same people in the same room.
 *
 * @throws a violation of `session_room_free` or `session_instructor_free`: see `scheduleConflict`
 */
export async function insertSessions(
  tx: Transaction,
  runs: readonly NewSittings[],
  { roomId, instructorIds }: Teaching,
): Promise<void> {
  const sessions = runs.flatMap(({ runId, sittings }) =>
    sittings.map((sitting, index) => sessionOf(uuidv7(), runId, index, sitting, roomId)),
  );
  for (const batch of batches(sessions)) await tx.insert(session).values(batch);
  for (const batch of batches(taughtBy(sessions, instructorIds))) {
    await tx.insert(sessionInstructor).values(batch);
  }
}

function sessionOf(
  id: string,
  runId: string,
  index: number,
  { localStart, localEnd, timeZone, startsAt, endsAt }: ZonedStretch,
  roomId: string | null,
) {
  return {
    id,
    runId,
    position: index + 1,
    roomId,
    timeZone,
    localStart,
    localEnd,
    startsAt,
    endsAt,
  };
}

function* batches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH);
}

/**
 * Gives a run these sittings. Those that it has keep their ids, from the first on; what is too many
 * goes, what is missing comes.
 *
 * Whether rooms and instructors are free is checked by the database when the transaction ends this
 * step, so that a run may move into its own old times.
 *
 * @throws a violation of `session_room_free` or `session_instructor_free`: see `scheduleConflict`
 */
export async function writeSessions(
  tx: Transaction,
  runId: string,
  sittings: readonly ZonedStretch[],
  teaching: Teaching,
): Promise<void> {
  await tx.execute(sql`SET CONSTRAINTS session_room_free, session_instructor_free DEFERRED`);
  const existing = await tx
    .select({ id: session.id })
    .from(session)
    .where(eq(session.runId, runId))
    .orderBy(asc(session.position));
  await tx
    .delete(session)
    .where(and(eq(session.runId, runId), gt(session.position, sittings.length)));

  const values = sittings.map((sitting, index) =>
    sessionOf(existing[index]?.id ?? uuidv7(), runId, index, sitting, teaching.roomId),
  );
  if (values.length > 0) {
    await tx
      .insert(session)
      .values(values)
      .onConflictDoUpdate({
        target: session.id,
        set: {
          roomId: sql`excluded.room_id`,
          timeZone: sql`excluded.time_zone`,
          localStart: sql`excluded.local_start`,
          localEnd: sql`excluded.local_end`,
          startsAt: sql`excluded.starts_at`,
          endsAt: sql`excluded.ends_at`,
        },
      });
  }
  await writeInstructors(tx, values, teaching.instructorIds);
  await tx.execute(sql`SET CONSTRAINTS session_room_free, session_instructor_free IMMEDIATE`);
}

async function writeInstructors(
  tx: Transaction,
  sessions: readonly { id: string; startsAt: Date; endsAt: Date }[],
  instructorIds: readonly string[],
): Promise<void> {
  const ids = sessions.map(({ id }) => id);
  await tx.delete(sessionInstructor).where(inArray(sessionInstructor.sessionId, ids));
  const teaching = taughtBy(sessions, instructorIds);
  if (teaching.length > 0) await tx.insert(sessionInstructor).values(teaching);
}

function taughtBy(
  sessions: readonly { id: string; startsAt: Date; endsAt: Date }[],
  instructorIds: readonly string[],
) {
  const teachers = [...new Set(instructorIds)];
  return sessions.flatMap(({ id, startsAt, endsAt }) =>
    teachers.map((instructorId) => ({
      sessionId: id,
      instructorId,
      startsAt,
      endsAt,
      isActive: true,
    })),
  );
}

/** `Key (room_id, tstzrange(…))=(…, ["2027-03-01 08:00:00+00","2027-03-01 16:00:00+00")) conflicts with …` */
const CLASHING_RANGE = /\["([^"]+)","([^"]+)"\)/u;

/**
 * @param error whatever was thrown
 * @returns what staff are told when a room or an instructor is taken, or `undefined` for other errors
 */
export function scheduleConflict(error: unknown): DomainError | undefined {
  const constraint = findConstraintViolation(error)?.constraint;
  const kind = constraint === undefined ? undefined : KINDS[constraint];
  if (kind === undefined) return undefined;
  const detail = findDatabaseError(error)?.detail ?? "";
  const [, from, to] = CLASHING_RANGE.exec(detail) ?? [];
  return new DomainError(
    {
      code: "ScheduleConflict",
      data: { kind, startsAt: instantOrNull(from), endsAt: instantOrNull(to) },
    },
    kind === "room"
      ? "The room is taken by another session at that time."
      : "An instructor teaches another session at that time.",
  );
}

const KINDS: Readonly<Record<string, "room" | "instructor">> = {
  session_room_free: "room",
  session_instructor_free: "instructor",
};

function instantOrNull(text: string | undefined): string | null {
  if (text === undefined) return null;
  const instant = new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/u, "$1:00"));
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
