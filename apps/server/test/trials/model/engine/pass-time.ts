import { arrayOf, int4, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import { sql } from "drizzle-orm";
import type { Minutes } from "../rules/academy.ts";
import type { World } from "./world.ts";

/** Moves every time that decides about something into the past, with wall clocks and instants alike. */
const moveTimes = prepared(
  "model.passTime",
  { runIds: arrayOf(uuid), codeIds: arrayOf(uuid), minutes: int4 },
  (_, $) => sql`
    WITH step AS (SELECT make_interval(mins => ${$.minutes}) AS by),
    moved_runs AS (
      UPDATE course_run AS r SET
        starts_at = starts_at - by, ends_at = ends_at - by,
        local_start = local_start - by, local_end = local_end - by,
        booking_opens_at = booking_opens_at - by, booking_closes_at = booking_closes_at - by,
        price_rules = jsonb_set(price_rules, '{earlyBird}', coalesce((
          SELECT jsonb_agg(jsonb_set(rule, '{until}', to_jsonb(to_char(
            ((rule ->> 'until')::timestamptz - by) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
          ))))
          FROM jsonb_array_elements(price_rules -> 'earlyBird') AS rule
        ), '[]'))
      FROM step WHERE r.id = ANY(${$.runIds})
    ), moved_sessions AS (
      UPDATE session AS s SET
        starts_at = starts_at - by, ends_at = ends_at - by,
        local_start = local_start - by, local_end = local_end - by
      FROM step WHERE s.run_id = ANY(${$.runIds})
    ), moved_bookings AS (
      UPDATE booking AS b SET expires_at = expires_at - by, created_at = created_at - by
      FROM step WHERE b.run_id = ANY(${$.runIds})
    ), moved_allocations AS (
      UPDATE seat_allocation AS a SET expires_at = expires_at - by
      FROM step WHERE a.run_id = ANY(${$.runIds}) AND a.expires_at IS NOT NULL AND a.state = 'active'
    ), moved_entries AS (
      UPDATE waitlist_entry AS e SET offer_expires_at = offer_expires_at - by
      FROM step WHERE e.run_id = ANY(${$.runIds}) AND e.offer_expires_at IS NOT NULL
    )
    UPDATE discount_code AS d SET valid_from = valid_from - by, valid_until = valid_until - by
    FROM step WHERE d.id = ANY(${$.codeIds}) AND (d.valid_from IS NOT NULL OR d.valid_until IS NOT NULL)`,
);

/** Lets time pass in a history, without anybody waiting for it. */
export async function passTime(world: World, minutes: Minutes): Promise<void> {
  const { db, clock, runIds, codeIds } = world;
  clock.pass(minutes);
  await moveTimes.execute(db, { runIds, codeIds, minutes });
}
