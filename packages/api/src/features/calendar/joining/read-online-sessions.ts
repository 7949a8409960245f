import { uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { IS_ONLINE } from "./is-online.ts";
import { ONLINE_SESSION, ONLINE_SESSION_COLUMNS } from "./online-session.ts";

const sessionsOf = prepared("calendar.sessions", { runId: uuid }, (_, $) =>
  rows(
    { ...ONLINE_SESSION, runStatus: courseRun.status },
    sql`SELECT ${ONLINE_SESSION_COLUMNS}, ${IS_ONLINE} AS is_online, r.status AS run_status
      FROM course_run r
        LEFT JOIN session s ON s.run_id = r.id
        LEFT JOIN room ON room.id = s.room_id
      WHERE r.id = ${$.runId}
      ORDER BY 1`,
  ),
);

/** @returns the sessions of a run that people come to online, in their order */
export async function readOnlineSessions(db: Queryable, runId: string) {
  const found = await sessionsOf.execute(db, { runId });
  return found.filter(({ isOnline }) => isOnline);
}
