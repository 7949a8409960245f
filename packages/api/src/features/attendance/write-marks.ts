import type {
  AttendanceMarked,
  AttendanceRecord,
  AttendanceRefusal,
} from "@lectern/contract/attendance";
import type { AttendanceMark, RegistrationStatus } from "@lectern/contract/vocabulary";
import type { Database, Queryable } from "@lectern/database/queryable";
import { attendance } from "@lectern/database/schema/attendance";
import { booking, registration } from "@lectern/database/schema/bookings";
import { person } from "@lectern/database/schema/people";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { reachFor, reachesRun, asStaff } from "../../shared/reach.ts";
import { markingWindow, marksAsStaff } from "./attendance-window.ts";
import { settleRegistrations } from "./settle-registrations.ts";

type Refusal = z.infer<typeof AttendanceRefusal>;

/** What is to stand for a registration; `null`: nothing any more. */
export interface WantedMark {
  readonly registrationId: string;
  readonly mark: AttendanceMark | null;
  readonly minutes: number | null;
  /** Of the record that the caller has seen; 0 for none. */
  readonly version: number;
}

/** @returns the run of a session whose attendance the caller may write. @throws NotFound */
export async function runOfSession(
  db: Database,
  call: Call,
  sessionId: string,
): Promise<{ runId: string; isStaff: boolean }> {
  const [found] = await db
    .select({ runId: session.runId })
    .from(session)
    .where(eq(session.id, sessionId));
  const reach = asStaff(reachFor(call, "attendance.write"));
  if (found === undefined || !(await reachesRun(db, reach, found.runId))) {
    throw notFound("session", sessionId);
  }
  return { runId: found.runId, isStaff: await marksAsStaff(db, call, found.runId) };
}

/**
 * Writes marks of one session. Of several, each is made or refused by itself: two who mark at two doors lose nothing but
 * what both have marked, and see that.
 *
 * @throws NotFound; Conflict `wrong_state` for a session that can't be marked yet, or not any more by who teaches it
 *   (`not_yet`, `over`), and for a run that does not take place
 */
export async function writeMarks(
  tx: Transaction,
  call: Call,
  action: "attendance.mark" | "attendance.clear",
  sitting: { readonly sessionId: string; readonly runId: string; readonly isStaff: boolean },
  wanted: readonly WantedMark[],
): Promise<AttendanceMarked> {
  const { sessionId, runId } = sitting;
  const run = await requireOpen(tx, sitting);
  const ids = [...new Set(wanted.map(({ registrationId }) => registrationId))];
  const coming = await lockRegistrations(tx, runId, ids);
  const before = await readRecords(tx, sessionId, ids);

  const refused: Refusal[] = [];
  const made: WantedMark[] = [];
  const seen = new Set<string>();
  for (const one of wanted) {
    const { registrationId } = one;
    // Of the same place twice in one request, the first counts.
    if (seen.has(registrationId)) continue;
    seen.add(registrationId);
    const current = before.get(registrationId) ?? null;
    const reason = refusalOf(one, coming.get(registrationId), current);
    if (reason === "none") made.push(one);
    else if (reason !== "as_it_is") refused.push({ registrationId, reason, current });
  }

  if (made.length > 0) {
    await upsert(tx, call, sessionId, made);
    await recordAudit(tx, call, {
      action,
      entity: "run",
      entityId: runId,
      before: { marks: made.map(({ registrationId }) => told(registrationId, before)) },
      after: {
        sessionId,
        marks: made.map(({ registrationId, mark, minutes }) => ({ registrationId, mark, minutes })),
      },
    });
    if (run.status === "completed") {
      await settleRegistrations(tx, call, {
        runIds: [runId],
        registrationIds: made.map(({ registrationId }) => registrationId),
      });
    }
  }
  const after = await readRecords(tx, sessionId, ids);
  const isRefused = new Set(refused.map(({ registrationId }) => registrationId));
  return {
    runId,
    sessionId,
    records: [...after.values()].filter((one) => !isRefused.has(one.registrationId)),
    refused,
  };
}

function told(registrationId: string, before: ReadonlyMap<string, AttendanceRecord>) {
  const { mark = null, minutes = null } = before.get(registrationId) ?? {};
  return { registrationId, mark, minutes };
}

/** The run stays as it is until the marks are there: what moves it on settles its registrations by them. */
async function requireOpen(
  tx: Transaction,
  { sessionId, runId, isStaff }: { sessionId: string; runId: string; isStaff: boolean },
) {
  const [run] = await tx
    .select({ status: courseRun.status })
    .from(courseRun)
    .where(eq(courseRun.id, runId))
    .for("share");
  const [sitting] = await tx
    .select({
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      now: sql`clock_timestamp()`.mapWith(session.startsAt),
    })
    .from(session)
    .where(eq(session.id, sessionId));
  if (run === undefined || sitting === undefined) throw notFound("session", sessionId);
  if (run.status === "draft" || run.status === "cancelled") {
    throw conflict(
      "run",
      "wrong_state",
      `Nobody comes to a date that is ${run.status}.`,
      run.status,
    );
  }
  const { opensAt, closesAt } = markingWindow(sitting, isStaff);
  if (sitting.now < opensAt) {
    throw conflict(
      "session",
      "wrong_state",
      "It is too early: people are marked from two hours before the session begins.",
      "not_yet",
    );
  }
  if (closesAt !== null && sitting.now > closesAt) {
    throw conflict(
      "session",
      "wrong_state",
      "The time to mark this session is over. Staff can still change it.",
      "over",
    );
  }
  return run;
}

/** @returns whether each of these registrations of the run has a place that somebody comes to */
async function lockRegistrations(
  tx: Transaction,
  runId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await tx
    .select({ id: registration.id, status: registration.status, booking: booking.status })
    .from(registration)
    .innerJoin(booking, eq(booking.id, registration.bookingId))
    .where(and(inArray(registration.id, [...ids]), eq(registration.runId, runId)))
    .orderBy(asc(registration.id))
    .for("no key update", { of: registration });
  return new Map(rows.map((row) => [row.id, isComing(row.status, row.booking)]));
}

function isComing(
  status: RegistrationStatus,
  bookingStatus: (typeof booking.$inferSelect)["status"],
): boolean {
  return (
    status !== "cancelled" &&
    status !== "transferred" &&
    ["awaiting_payment", "awaiting_approval", "confirmed"].includes(bookingStatus)
  );
}

function refusalOf(
  { mark, minutes, version }: WantedMark,
  isHere: boolean | undefined,
  current: AttendanceRecord | null,
): Refusal["reason"] | "none" | "as_it_is" {
  if (isHere === undefined) return "unknown";
  if (!isHere) return "not_coming";
  const isSame = (current?.mark ?? null) === mark && (current?.minutes ?? null) === minutes;
  if (isSame) return "as_it_is";
  return (current?.version ?? 0) === version ? "none" : "changed_meanwhile";
}

async function upsert(
  tx: Transaction,
  { actor }: Call,
  sessionId: string,
  made: readonly WantedMark[],
): Promise<void> {
  await tx
    .insert(attendance)
    .values(
      made.map(({ registrationId, mark, minutes }) => ({
        sessionId,
        registrationId,
        mark,
        minutes,
        markedBy: actor.kind === "person" ? actor.id : null,
        markedAt: sql`clock_timestamp()`,
      })),
    )
    .onConflictDoUpdate({
      target: [attendance.sessionId, attendance.registrationId],
      set: {
        mark: sql`excluded.mark`,
        minutes: sql`excluded.minutes`,
        markedBy: sql`excluded.marked_by`,
        markedAt: sql`excluded.marked_at`,
        version: sql`${attendance.version} + 1`,
      },
    });
}

async function readRecords(
  db: Queryable,
  sessionId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AttendanceRecord>> {
  const rows = await db
    .select({
      registrationId: attendance.registrationId,
      sessionId: attendance.sessionId,
      mark: attendance.mark,
      minutes: attendance.minutes,
      markedAt: attendance.markedAt,
      markedBy: person.name,
      version: attendance.version,
    })
    .from(attendance)
    .leftJoin(person, eq(person.id, attendance.markedBy))
    .where(and(eq(attendance.sessionId, sessionId), inArray(attendance.registrationId, [...ids])))
    .orderBy(asc(attendance.registrationId));
  return new Map(
    rows.map(({ markedAt, ...row }) => [
      row.registrationId,
      { ...row, markedAt: markedAt.toISOString() },
    ]),
  );
}
