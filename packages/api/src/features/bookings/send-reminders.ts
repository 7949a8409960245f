import { int4, uuid, timestamptz } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { defineQueue } from "@lectern/jobs/queue";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { tell } from "../notifications/tell.ts";

export const sendRemindersQueue = defineQueue("bookings.remind", z.object({}), {
  policy: "stately",
});

/** So many days before a run begins its learners are reminded, at this hour of theirs. */
const DAYS_BEFORE = 2;
const HOUR = 9;

const BATCH = 200;

/**
 * Registrations whose reminder is due and was not sent: it is two days before the day on which the run
 * begins, nine o'clock where the learner is: where nobody told, and in classrooms, that is where the run
 * is. Who books within the last two days is reminded at once, unless the run begins within the day.
 * Writes down that they are reminded, so that two workers don't do it twice.
 */
const takeDue = prepared(
  "bookings.takeDueReminders",
  { daysBefore: int4, hour: int4, limit: int4 },
  (_, $) =>
    rows(
      { registrationId: uuid, startsAt: timestamptz },
      sql`
    INSERT INTO reminder (registration_id, starts_at)
    SELECT due.id, due.starts_at FROM (
      SELECT g.id, r.starts_at
      FROM course_run AS r JOIN booking AS b ON b.run_id = r.id
        JOIN registration AS g ON g.booking_id = b.id,
        LATERAL (SELECT CASE WHEN r.delivery_mode IN ('virtual', 'self_paced')
          THEN coalesce(g.time_zone, b.time_zone, r.time_zone) ELSE r.time_zone END AS time_zone) AS local
      WHERE r.status IN ('tentative', 'confirmed')
        -- \`now()\` does not change while this runs: so an index finds the few days that it is about.
        AND r.starts_at > now() + interval '1 day'
        AND r.starts_at < now() + make_interval(days => ${$.daysBefore} + 2)
        AND g.status = 'confirmed'
        AND (date_trunc('day', r.starts_at AT TIME ZONE local.time_zone)
          - make_interval(days => ${$.daysBefore}) + make_interval(hours => ${$.hour}))
          AT TIME ZONE local.time_zone <= clock_timestamp()
        AND NOT EXISTS (
          SELECT FROM reminder AS m WHERE m.registration_id = g.id AND m.starts_at = r.starts_at
        )
      ORDER BY r.starts_at, g.id
      LIMIT ${$.limit}
    ) AS due
    ON CONFLICT DO NOTHING
    RETURNING registration_id, starts_at`,
    ),
);

/**
 * Reminds learners of runs that are about to begin, each once for each time at which the run begins.
 *
 * @returns how many are to be reminded
 */
export async function sendReminders(db: Database): Promise<number> {
  let reminded = 0;
  for (;;) {
    const due = await transaction(db, { idempotent: true }, async (tx) => {
      const taken = await takeDue.execute(tx, {
        daysBefore: DAYS_BEFORE,
        hour: HOUR,
        limit: BATCH,
      });
      for (const { registrationId } of taken) await tell(tx, "reminder", registrationId);
      return taken.length;
    });
    reminded += due;
    if (due === 0) return reminded;
  }
}
