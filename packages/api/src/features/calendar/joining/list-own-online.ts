import { ONLINE_SESSIONS_MAX, type OwnOnlineSessions } from "@lectern/contract/calendar";
import { bool, int4, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import type { PersonCall } from "../../people/accounts/person-call.ts";
import { IS_ONLINE } from "./is-online.ts";
import { ONLINE_SESSION, ONLINE_SESSION_COLUMNS, toOnlineSession } from "./online-session.ts";

/** Of a run `r`: it takes place, and is not over. */
const IS_ON = sql`r.status IN ('tentative', 'confirmed', 'in_progress') AND r.ends_at > now()`;

const ownSessions = prepared("calendar.online", { personId: uuid, limit: int4 }, (_, $) =>
  rows(
    {
      ...ONLINE_SESSION,
      runId: uuid,
      title: text,
      slug: text,
      sessions: int4,
      isTaught: bool,
    },
    sql`
    WITH coming AS (
      SELECT r.id AS run_id, NULL::uuid AS session_id, false AS is_taught
      FROM registration g JOIN course_run r ON r.id = g.run_id
      WHERE g.learner_id = ${$.personId} AND g.status = 'confirmed' AND ${IS_ON}
      UNION
      SELECT r.id, s.id, true
      FROM instructor i
        JOIN session_instructor t ON t.instructor_id = i.id AND t.ends_at > now()
        JOIN session s ON s.id = t.session_id
        JOIN course_run r ON r.id = s.run_id
      WHERE i.person_id = ${$.personId} AND ${IS_ON}
        AND EXISTS (SELECT FROM role_assignment a
          WHERE a.person_id = i.person_id AND a.role = 'instructor')
    )
    SELECT ${ONLINE_SESSION_COLUMNS}, true AS is_online, r.id AS run_id, c.title, c.slug,
      (SELECT count(*) FROM session every WHERE every.run_id = r.id) AS sessions, coming.is_taught
    FROM coming
      JOIN course_run r ON r.id = coming.run_id
      JOIN course c ON c.id = r.course_id
      LEFT JOIN session s ON s.run_id = r.id AND (coming.session_id IS NULL OR s.id = coming.session_id)
      LEFT JOIN room ON room.id = s.room_id
    WHERE ${IS_ONLINE} AND coalesce(s.ends_at, r.ends_at) > clock_timestamp()
      AND (s.id IS NOT NULL OR r.delivery_mode <> 'self_paced')
    ORDER BY starts_at, r.id, coming.is_taught
    LIMIT ${$.limit}`,
  ),
);

/** @returns the sessions that whoever is signed in comes to online next, as a learner or to teach, the soonest first */
export async function listOwnOnline(
  db: Database,
  { actor }: PersonCall,
): Promise<OwnOnlineSessions> {
  const found = await ownSessions.execute(db, { personId: actor.id, limit: ONLINE_SESSIONS_MAX });
  const now = found[0]?.now ?? new Date();
  return {
    items: found.map((row) => ({
      ...toOnlineSession(row),
      runId: row.runId,
      course: { title: row.title, slug: row.slug },
      sessions: row.sessions,
      part: row.isTaught ? "instructor" : "learner",
    })),
    serverTime: now.toISOString(),
  };
}
