import type { Database } from "@lectern/database/connect";
import { courseRun, session, sessionInstructor } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { createTestRun } from "./factories.ts";
import { createPersonalBooking } from "./personal-rows.ts";

/** What tests of attendance begin with: a run whose sessions are about now. */

const HOUR = 3_600_000;

export interface AttendedRun {
  readonly id: string;
  /** Of its two sessions; the first has begun an hour ago, the second begins tomorrow. */
  readonly sessionIds: readonly [string, string];
  /** Of its places: each of a booking of its own. */
  readonly places: readonly string[];
  /** Moves the run and its sessions so many hours into the past. */
  age(hours: number): Promise<void>;
}

/** @returns a run in progress with two sessions, and so many confirmed places */
export async function createAttendedRun(
  db: Database,
  places: number,
  options: {
    readonly instructorIds?: readonly string[];
    readonly values?: Partial<typeof courseRun.$inferInsert>;
  } = {},
): Promise<AttendedRun> {
  const now = Date.now();
  const times = [
    { startsAt: new Date(now - HOUR), endsAt: new Date(now + HOUR) },
    { startsAt: new Date(now + 23 * HOUR), endsAt: new Date(now + 25 * HOUR) },
  ];
  const startsAt = new Date(now - HOUR);
  const endsAt = new Date(now + 25 * HOUR);
  const { id, localStart, localEnd, timeZone } = await createTestRun(db, {
    capacity: 500,
    values: { startsAt, endsAt, status: "in_progress", ...options.values },
  });
  const [first, second] = [uuidv7(), uuidv7()];
  for (const [index, sitting] of times.entries()) {
    const sessionId = index === 0 ? first : second;
    await db.insert(session).values({
      id: sessionId,
      runId: id,
      position: index + 1,
      timeZone,
      localStart,
      localEnd,
      ...sitting,
    });
    for (const instructorId of options.instructorIds ?? []) {
      await db
        .insert(sessionInstructor)
        .values({ sessionId, instructorId, isActive: true, ...sitting });
    }
  }
  const registrationIds: string[] = [];
  for (let index = 0; index < places; index += 1) {
    const { registrationId } = await createPersonalBooking(db, id, {
      bookerName: `Learner ${index + 1}`,
    });
    registrationIds.push(registrationId);
  }
  return {
    id,
    sessionIds: [first, second],
    places: registrationIds,
    async age(hours) {
      const past = sql`make_interval(hours => ${hours}::int)`;
      await db
        .update(courseRun)
        .set({ startsAt: sql`starts_at - ${past}`, endsAt: sql`ends_at - ${past}` })
        .where(eq(courseRun.id, id));
      await db
        .update(session)
        .set({ startsAt: sql`starts_at - ${past}`, endsAt: sql`ends_at - ${past}` })
        .where(eq(session.runId, id));
    },
  };
}
