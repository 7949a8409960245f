import { findConstraintViolation, findDatabaseError } from "@lectern/database/errors";
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
export async function currentTeaching(tx: Transaction, runId: string): Promise<Teaching> {
  const [first] = await tx
    .select({ roomId: session.roomId })
    .from(session)
    .where(eq(session.runId, runId))
    .orderBy(asc(session.position))
    .limit(1);
  const teachers = await tx
    .selectDistinct({ id: sessionInstructor.instructorId })
    .from(sessionInstructor)
    .innerJoin(session, eq(session.id, sessionInstructor.sessionId))
    .where(eq(session.runId, runId));
  return { roomId: first?.roomId ?? null, instructorIds: teachers.map(({ id }) => id) };
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

  const values = sittings.map(({ localStart, localEnd, timeZone, startsAt, endsAt }, index) => ({
    id: existing[index]?.id ?? uuidv7(),
    runId,
    position: index + 1,
    roomId: teaching.roomId,
    timeZone,
    localStart,
    localEnd,
    startsAt,
    endsAt,
  }));
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
  const teaching = sessions.flatMap(({ id, startsAt, endsAt }) =>
    instructorIds.map((instructorId) => ({
      sessionId: id,
      instructorId,
      startsAt,
      endsAt,
      isActive: true,
    })),
  );
  if (teaching.length > 0) await tx.insert(sessionInstructor).values(teaching);
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
