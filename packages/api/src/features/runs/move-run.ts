import type { RunRescheduleInput } from "@lectern/contract/runs";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Queryable } from "@lectern/database/queryable";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid } from "../../domain-error.ts";
import { reachFor } from "../../shared/reach.ts";
import type { ZonedStretch } from "../../shared/zoned-time.ts";
import { lockCounter } from "../bookings/places/counter.ts";
import { type MoveEffects, afterMove, datesBefore } from "./after-move.ts";
import { checkTeaching } from "./check-teaching.ts";
import { type RunRow, requireRunVersion } from "./run-changed.ts";
import { requireLasting, sessionsOf } from "./session-pattern.ts";
import { shiftSittings } from "./shift-sessions.ts";
import { type Teaching, currentTeaching, writeSessions } from "./write-sessions.ts";

/** To what a run is moved. */
export type MoveWish = Omit<z.infer<typeof RunRescheduleInput>, "reason" | "idempotencyKey">;

export interface RunMoved {
  /** As it was. */
  readonly run: RunRow;
  readonly after: {
    readonly localStart: string;
    readonly localEnd: string;
    readonly timeZone: string;
    readonly venueId: string | null;
  };
  readonly effects: MoveEffects;
}

const CAN_BE_MOVED: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

/**
 * Moves a run, with all that follows from it: rescheduling does this and commits, its preview does this
 * and takes it back, so that one can't say what the other does not do.
 *
 * @throws NotFound; Invalid; Forbidden for leaving every venue by staff of some countries; Conflict
 *   `changed_meanwhile`, and `wrong_state` for a run that has begun, ended or been cancelled; a violation
 *   of `session_room_free` or `session_instructor_free`: see `scheduleConflict`
 */
export async function moveRun(tx: Transaction, call: Call, wish: MoveWish): Promise<RunMoved> {
  const run = await requireRunVersion(tx, wish.id, wish.version);
  requireMovable(run);
  const { capacity } = await lockCounter(tx, run.id);
  const { sittings, all } = await wantedTimes(tx, run, wish);
  const teaching = wantedTeaching(await currentTeaching(tx, run.id), run, wish);
  const venueId = await checkTeaching(tx, reachFor(call, "runs.write"), {
    ...teaching,
    deliveryMode: run.deliveryMode,
    venueId: wantedVenue(run, wish),
    capacity,
  });
  const { localStart, localEnd, timeZone, startsAt, endsAt } = all;
  await tx
    .update(courseRun)
    .set({
      venueId,
      timeZone,
      localStart,
      localEnd,
      startsAt,
      endsAt,
      ...datesBefore(startsAt, run),
      calendarSequence: sql`${courseRun.calendarSequence} + 1`,
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, run.id));
  await writeSessions(tx, run.id, sittings, teaching);
  const effects = await afterMove(tx, call, run.id);
  return { run, after: { localStart, localEnd, timeZone, venueId }, effects };
}

/** @throws Conflict `wrong_state` for a run that has begun, ended or been cancelled */
export function requireMovable({ status }: Pick<RunRow, "status">): void {
  if (CAN_BE_MOVED.includes(status)) return;
  throw conflict("run", "wrong_state", `A date that is ${status} can't be moved.`, status);
}

/** When a run would be taught. */
export interface WantedTimes {
  readonly sittings: readonly ZonedStretch[];
  /** From the first sitting to the last; a run whose sessions nobody knows is moved as a whole. */
  readonly all: ZonedStretch;
}

/** @throws Invalid */
export async function wantedTimes(
  db: Queryable,
  run: RunRow,
  { pattern, shift, timeZone: wantedZone }: MoveWish,
): Promise<WantedTimes> {
  const timeZone = wantedZone ?? run.timeZone;
  if (pattern && shift) throw invalid("shift", "Give a pattern or a shift, and not both.");
  if (pattern) return wholeOf(await sessionsOf(pattern, timeZone));
  if (!shift) throw invalid("pattern", "Give a pattern of sessions, or by how much to shift them.");
  const known = await db
    .select({ localStart: session.localStart, localEnd: session.localEnd })
    .from(session)
    .where(eq(session.runId, run.id))
    .orderBy(asc(session.position));
  if (known.length > 0) return wholeOf(shiftSittings(known, shift, timeZone).map(requireLasting));
  const [all] = shiftSittings([run], shift, timeZone);
  if (all === undefined) throw new Error("A run that was shifted has no times");
  return { sittings: [], all };
}

function wholeOf(sittings: readonly ZonedStretch[]): WantedTimes {
  const [first, last] = [sittings[0], sittings.at(-1)];
  if (first === undefined || last === undefined) {
    throw invalid("pattern", "The run has no sessions.");
  }
  return { sittings, all: { ...first, localEnd: last.localEnd, endsAt: last.endsAt } };
}

/** Another room may be in another venue. */
export function wantedVenue(run: RunRow, { venueId, roomId }: MoveWish): string | null {
  return venueId ?? (roomId ? null : run.venueId);
}

/** What was asked for, and what the run has where nothing was. A new venue without a room has none. */
export function wantedTeaching(current: Teaching, run: RunRow, wish: MoveWish): Teaching {
  const isMovingOut = wish.venueId != null && wish.venueId !== run.venueId;
  return {
    roomId: wish.roomId ?? (isMovingOut ? null : current.roomId),
    instructorIds: wish.instructorIds ?? current.instructorIds,
  };
}
