import { RunChanged, type RunRescheduleInput } from "@lectern/contract/runs";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor, requireRunWithin } from "../../shared/reach.ts";
import { wallClockFromRow } from "../../shared/zoned-time.ts";
import { lockCounter } from "../bookings/places/counter.ts";
import { afterMove, datesBefore } from "./after-move.ts";
import { checkTeaching } from "./check-teaching.ts";
import { type RunRow, readRunChanged, requireRunVersion } from "./run-changed.ts";
import { sessionsOf } from "./session-pattern.ts";
import {
  type Teaching,
  currentTeaching,
  scheduleConflict,
  writeSessions,
} from "./write-sessions.ts";

type RescheduleInput = z.infer<typeof RunRescheduleInput>;

const CAN_BE_MOVED: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

/**
 * Moves a run to other times, with its bookings; room and instructors stay unless others are given.
 * An event in the run's history, and not a state. Everybody with a place is asked whether the new times
 * suit; dates such as the end of booking, and what is set aside, end with the new start at the latest.
 *
 * @throws NotFound; Invalid; Forbidden for leaving every venue by staff of some countries; Conflict `changed_meanwhile`, and `wrong_state` for a run that has begun,
 *   ended or been cancelled; ScheduleConflict when the room or an instructor is taken;
 *   IdempotencyMismatch
 */
export async function rescheduleRun(
  db: Database,
  call: Call,
  input: RescheduleInput,
): Promise<RunChanged> {
  await requireRunWithin(db, call, "runs.write", input.id);
  try {
    const moved = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "runs.reschedule", input, RunChanged, () => reschedule(tx, call, input)),
    );
    call.changed(input.id);
    return moved;
  } catch (error) {
    throw scheduleConflict(error) ?? error;
  }
}

async function reschedule(
  tx: Transaction,
  call: Call,
  input: RescheduleInput,
): Promise<RunChanged> {
  const run = await requireRunVersion(tx, input.id, input.version);
  if (!CAN_BE_MOVED.includes(run.status)) {
    throw conflict(
      "run",
      "wrong_state",
      `A date that is ${run.status} can't be moved.`,
      run.status,
    );
  }
  const { capacity } = await lockCounter(tx, run.id);
  const timeZone = input.timeZone ?? run.timeZone;
  const sittings = await sessionsOf(input.pattern, timeZone);
  const [first, last] = [sittings[0], sittings.at(-1)];
  if (first === undefined || last === undefined)
    throw invalid("pattern", "The run has no sessions.");
  const teaching = await wantedTeaching(tx, run, input);
  const venueId = await checkTeaching(tx, reachFor(call, "runs.write"), {
    ...teaching,
    deliveryMode: run.deliveryMode,
    // Another room may be in another venue.
    venueId: input.venueId ?? (input.roomId ? null : run.venueId),
    capacity,
  });
  await tx
    .update(courseRun)
    .set({
      venueId,
      timeZone,
      localStart: first.localStart,
      localEnd: last.localEnd,
      startsAt: first.startsAt,
      endsAt: last.endsAt,
      ...datesBefore(first.startsAt, run),
      calendarSequence: sql`${courseRun.calendarSequence} + 1`,
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, run.id));
  await writeSessions(tx, run.id, sittings, teaching);
  await afterMove(tx, call, run.id);
  await recordAudit(tx, call, {
    action: "run.reschedule",
    entity: "run",
    entityId: run.id,
    before: {
      localStart: wallClockFromRow(run.localStart),
      localEnd: wallClockFromRow(run.localEnd),
      timeZone: run.timeZone,
      venueId: run.venueId,
    },
    after: {
      localStart: first.localStart,
      localEnd: last.localEnd,
      timeZone,
      venueId,
      reason: input.reason,
    },
  });
  return readRunChanged(tx, run.id);
}

/** What was asked for, and what the run has where nothing was. A new venue without a room has none. */
async function wantedTeaching(
  tx: Transaction,
  run: RunRow,
  input: RescheduleInput,
): Promise<Teaching> {
  const current = await currentTeaching(tx, run.id);
  const isMovingOut =
    input.venueId !== null && input.venueId !== undefined && input.venueId !== run.venueId;
  return {
    roomId: input.roomId ?? (isMovingOut ? null : current.roomId),
    instructorIds: input.instructorIds ?? current.instructorIds,
  };
}
