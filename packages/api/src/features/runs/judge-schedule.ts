import type { Reach } from "@lectern/auth/actor";
import type { SessionPattern } from "@lectern/contract/runs";
import type { ScheduleCheck, ScheduleFinding } from "@lectern/contract/scheduling";
import type { Queryable } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { eq } from "drizzle-orm";
import { DomainError, notFound } from "../../domain-error.ts";
import type { ZonedStretch } from "../../shared/zoned-time.ts";
import { type JudgedTeaching, type WantedTeaching, judgeTeaching } from "./check-teaching.ts";
import {
  type Clash,
  type InstructorClash,
  findInstructorClashes,
  findNewToCourse,
  findRoomClashes,
} from "./find-clashes.ts";
import { judgeTimes } from "./judge-times.ts";
import { knownHolidaysIn } from "./public-holidays.ts";

const FINDINGS_MAX = 200;

/** What is wanted, whatever the times. */
export interface WantedRun extends WantedTeaching {
  /** The run that these are new times of; `null` for a new one. */
  readonly runId: string | null;
  readonly courseId: string | null;
  readonly skipHolidaysOf: SessionPattern["skipHolidaysOf"];
}

/** The times of one run, or why its pattern makes none. */
export type WantedSittings = readonly ZonedStretch[] | DomainError;

/** Where whoever asks may schedule, and of which runs they may know. */
export interface Reaches {
  readonly write: Reach;
  readonly read: Reach;
}

export interface JudgedSchedule {
  readonly teaching: JudgedTeaching;
  /** In the order of the times that were asked about. */
  readonly checks: readonly ScheduleCheck[];
}

/**
 * Looks for what stands against runs, and what should be known about them. Nothing is written, and no
 * more questions are asked for many runs than for one. What it finds blocking is what scheduling refuses.
 *
 * @param times of each run
 * @throws NotFound for course, venue, room or instructor
 */
export async function judgeSchedule(
  db: Queryable,
  reaches: Reaches,
  wanted: WantedRun,
  times: readonly WantedSittings[],
): Promise<JudgedSchedule> {
  const { courseId, roomId, instructorIds, runId } = wanted;
  const [teaching, isRetired] = await Promise.all([
    judgeTeaching(db, reaches.write, wanted),
    courseId === null ? false : isCourseRetired(db, courseId),
  ]);
  const laidOut = times.map((sittings) => (sittings instanceof DomainError ? [] : sittings));
  const question = {
    sittings: laidOut.flatMap((sittings, run) => sittings.map((sitting) => ({ sitting, run }))),
    runId,
    reach: reaches.read,
  };
  const { city = null, country = null } = teaching.venue ?? {};
  const { skipHolidaysOf: skipped } = wanted;
  // Of the region that a pattern names, where it is of the same country.
  const place = skipped?.country === country ? skipped : country === null ? null : { country };
  const holidayOn = await knownHolidaysIn(place ?? null);
  const [roomClashes, instructorClashes, newcomers] = await Promise.all([
    roomId === null ? [] : findRoomClashes(db, question, roomId),
    findInstructorClashes(db, question, instructorIds, city),
    courseId === null ? new Set<string>() : findNewToCourse(db, courseId, instructorIds),
  ]);
  const always: ScheduleFinding[] = teaching.problems.map((problem) => ({
    isBlocking: true,
    ...problem,
  }));
  if (isRetired) always.push({ kind: "course_retired", isBlocking: true });
  for (const instructor of teaching.instructors) {
    if (!newcomers.has(instructor.id)) continue;
    always.push({ kind: "new_to_course", isBlocking: false, instructor });
  }
  const byRoom = Map.groupBy(roomClashes, ({ run }) => run);
  const byInstructor = Map.groupBy(instructorClashes, ({ run }) => run);
  const isShared = roomId !== null || instructorIds.length > 0;
  const checks: ScheduleCheck[] = [];
  for (const [run, sittings] of laidOut.entries()) {
    const asked = times[run];
    checks.push(
      checkOf(sittings, [
        ...(asked instanceof DomainError ? patternFindings(asked) : []),
        ...always,
        ...taken(teaching, byRoom.get(run) ?? [], byInstructor.get(run) ?? []),
        ...(isShared ? withinSeries(laidOut.slice(0, run), sittings) : []),
        ...judgeTimes(sittings, country, holidayOn),
      ]),
    );
  }
  return { teaching, checks };
}

async function isCourseRetired(db: Queryable, courseId: string): Promise<boolean> {
  const [found] = await db
    .select({ status: course.status })
    .from(course)
    .where(eq(course.id, courseId));
  if (found === undefined) throw notFound("course", courseId);
  return found.status === "retired";
}

function checkOf(sittings: readonly ZonedStretch[], findings: ScheduleFinding[]): ScheduleCheck {
  const blocking = findings.filter(({ isBlocking }) => isBlocking);
  const others = findings.filter(({ isBlocking }) => !isBlocking);
  return {
    sessions: sittings.map(proposed),
    findings: [...blocking, ...others].slice(0, FINDINGS_MAX),
    isPossible: blocking.length === 0,
  };
}

/** @returns a sitting as answers tell it */
export function proposed({ localStart, localEnd, startsAt, endsAt }: ZonedStretch) {
  return { localStart, localEnd, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

/** @throws the error that it is not about a pattern */
function patternFindings(error: DomainError): ScheduleFinding[] {
  const { body } = error;
  if (body.code !== "Invalid") throw error;
  return body.data.issues.map(({ path, message }) => ({
    kind: "pattern",
    isBlocking: true,
    path: path.slice(0, 100),
    message,
  }));
}

function taken(
  { room, instructors }: JudgedTeaching,
  roomClashes: readonly Clash[],
  instructorClashes: readonly InstructorClash[],
): ScheduleFinding[] {
  const findings: ScheduleFinding[] = [];
  for (const { at, by } of roomClashes) {
    if (room === null) continue;
    const { id, name } = room;
    findings.push({ kind: "room_taken", isBlocking: true, at, room: { id, name }, by });
  }
  for (const { at, by, resourceId, isThen, city } of instructorClashes) {
    const instructor = instructors.find(({ id }) => id === resourceId);
    if (instructor === undefined) continue;
    if (isThen) {
      findings.push({ kind: "instructor_taken", isBlocking: true, at, instructor, by });
    } else if (city !== null) {
      findings.push({ kind: "other_city", isBlocking: false, at, instructor, city, by });
    }
  }
  return findings;
}

/** The runs before it in its series have the same room and instructors. */
function withinSeries(
  earlier: readonly (readonly ZonedStretch[])[],
  sittings: readonly ZonedStretch[],
): ScheduleFinding[] {
  return sittings.flatMap((sitting): ScheduleFinding[] => {
    const other = earlier.find((run) =>
      run.some((one) => one.startsAt < sitting.endsAt && sitting.startsAt < one.endsAt),
    );
    const start = other?.[0]?.localStart.slice(0, 10);
    if (start === undefined) return [];
    return [{ kind: "same_series", isBlocking: true, at: sitting.localStart, start }];
  });
}
