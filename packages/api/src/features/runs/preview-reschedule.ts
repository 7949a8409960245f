import type {
  RescheduleEffects,
  ReschedulePreview,
  RunPreviewRescheduleInput,
} from "@lectern/contract/scheduling";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import {
  instructor,
  room,
  session,
  venue as venueTable,
} from "@lectern/database/schema/scheduling";
import { transaction } from "@lectern/database/transaction";
import { asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { type ZonedStretch, wallClockFromRow } from "../../shared/zoned-time.ts";
import { reachesOf } from "./check-schedule.ts";
import { judgeSchedule, proposed } from "./judge-schedule.ts";
import {
  type MoveWish,
  moveRun,
  requireMovable,
  wantedTeaching,
  wantedTimes,
  wantedVenue,
} from "./move-run.ts";
import { readEffects } from "./reschedule-effects.ts";
import { type RunRow, findRunVersion } from "./run-changed.ts";
import { type Teaching, currentTeaching, scheduleConflict } from "./write-sessions.ts";

/**
 * Shows whom moving a run concerns, and what follows from it. The run is moved as `rescheduleRun` moves
 * it, and before that is committed it is taken back: a list of what would happen can't differ from it.
 * For as long, bookings of the run wait.
 *
 * @throws as `rescheduleRun`; what stands against it otherwise is told in `findings`
 */
export async function previewReschedule(
  db: Database,
  call: Call,
  wish: z.infer<typeof RunPreviewRescheduleInput>,
): Promise<ReschedulePreview> {
  await requireRunWithin(db, call, "runs.write", wish.id);
  const run = await findRunVersion(db, wish.id, wish.version);
  requireMovable(run);
  const [{ sittings, all }, current, [places]] = await Promise.all([
    wantedTimes(db, run, wish),
    currentTeaching(db, run.id),
    db
      .select({ capacity: runCapacity.capacity })
      .from(runCapacity)
      .where(eq(runCapacity.runId, run.id)),
  ]);
  const teaching = wantedTeaching(current, run, wish);
  const { teaching: judged, checks } = await judgeSchedule(
    db,
    reachesOf(call),
    {
      ...teaching,
      runId: run.id,
      // A course that was retired goes on with the runs that it has.
      courseId: null,
      deliveryMode: run.deliveryMode,
      venueId: wantedVenue(run, wish),
      capacity: places?.capacity ?? 0,
      skipHolidaysOf: wish.pattern?.skipHolidaysOf,
    },
    [sittings],
  );
  const findings = checks.flatMap((check) => check.findings);
  const isPossible = checks.every((check) => check.isPossible);
  const [before, venue] = await Promise.all([
    taughtBefore(db, run, current),
    findVenue(db, judged.venue?.id ?? null),
  ]);
  return {
    before,
    after: {
      ...timesOf(all),
      venue,
      room: judged.room,
      instructors: [...judged.instructors],
      sessions: sittings.map(proposed),
    },
    findings,
    effects: isPossible ? await tryOut(db, call, wish) : null,
  };
}

/** Takes a move back, and keeps what was learned from it. */
class TakenBack extends Error {
  override readonly name = "TakenBack";
  readonly effects: RescheduleEffects;

  constructor(effects: RescheduleEffects) {
    super("The move was a preview");
    this.effects = effects;
  }
}

async function tryOut(db: Database, call: Call, wish: MoveWish): Promise<RescheduleEffects> {
  try {
    return await transaction(db, { idempotent: true }, async (tx) => {
      throw new TakenBack(await readEffects(tx, await moveRun(tx, call, wish)));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.effects;
    throw scheduleConflict(error) ?? error;
  }
}

function timesOf({ localStart, localEnd, timeZone, startsAt, endsAt }: ZonedStretch) {
  return {
    localStart,
    localEnd,
    timeZone,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}

async function taughtBefore(
  db: Database,
  run: RunRow,
  { roomId, instructorIds }: Teaching,
): Promise<ReschedulePreview["before"]> {
  const [sessions, [usual = null], instructors, at] = await Promise.all([
    db.select().from(session).where(eq(session.runId, run.id)).orderBy(asc(session.position)),
    roomId === null
      ? []
      : db.select({ id: room.id, name: room.name }).from(room).where(eq(room.id, roomId)),
    db
      .select({ id: instructor.id, name: instructor.name })
      .from(instructor)
      .where(inArray(instructor.id, [...instructorIds]))
      .orderBy(asc(instructor.name), asc(instructor.id)),
    findVenue(db, run.venueId),
  ]);
  return {
    ...timesOf(withWallClock(run)),
    venue: at,
    room: usual,
    instructors,
    sessions: sessions.map((row) => proposed(withWallClock(row))),
  };
}

function withWallClock<Row extends ZonedStretch>(row: Row): Row {
  const { localStart, localEnd } = row;
  return {
    ...row,
    localStart: wallClockFromRow(localStart),
    localEnd: wallClockFromRow(localEnd),
  };
}

async function findVenue(
  db: Database,
  id: string | null,
): Promise<ReschedulePreview["before"]["venue"]> {
  if (id === null) return null;
  const [found = null] = await db
    .select({
      id: venueTable.id,
      name: venueTable.name,
      street: venueTable.street,
      city: venueTable.city,
      country: venueTable.country,
    })
    .from(venueTable)
    .where(eq(venueTable.id, id));
  return found;
}
