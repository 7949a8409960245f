import type { Queryable } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

const Counted = z.array(z.object({ id: z.string(), runs: z.int() }));

/** @returns the condition that a run `r` goes on or is still to come, drafts among them: it needs a place to be taught at */
export function isUpcoming(): SQL {
  return sql`(r.status IN ('draft', 'tentative', 'confirmed', 'in_progress') AND r.ends_at > now())`;
}

/** @returns by room, how many dates have a session in it that is not over */
export async function countRunsInRooms(
  db: Queryable,
  roomIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.execute(sql`
    SELECT asked.id, count(DISTINCT s.run_id)::int AS runs
    FROM unnest(${sql.param([...roomIds])}::uuid[]) AS asked (id)
      JOIN session AS s ON s.room_id = asked.id AND s.is_active AND s.ends_at > now()
      JOIN course_run AS r ON r.id = s.run_id
    WHERE ${isUpcoming()}
    GROUP BY asked.id`);
  return new Map(Counted.parse(rows).map(({ id, runs }) => [id, runs]));
}

/** @returns how many dates at a venue, or in a room of it, are not over */
export async function countRunsAt(db: Queryable, venueId: string): Promise<number> {
  const { rows } = await db.execute(sql`
    SELECT ${venueId}::uuid AS id, count(*)::int AS runs FROM (
      SELECT r.id FROM course_run AS r WHERE r.venue_id = ${venueId}::uuid AND ${isUpcoming()}
      UNION
      SELECT r.id FROM room JOIN session AS s ON s.room_id = room.id AND s.is_active AND s.ends_at > now()
        JOIN course_run AS r ON r.id = s.run_id
      WHERE room.venue_id = ${venueId}::uuid AND ${isUpcoming()}
    ) AS runs`);
  return Counted.parse(rows)[0]?.runs ?? 0;
}
