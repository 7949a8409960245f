import { timestamptz, nullable, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

/** The academy's calendar: the zone that its days are counted in, and which day it is there. */
export interface AcademyCalendar {
  readonly timeZone: string;
  readonly today: Temporal.PlainDate;
}

/** Of an academy that has said nothing about it. */
const DEFAULT_ZONE = "UTC";

const calendar = prepared("reports.calendar", {}, () =>
  rows(
    { timeZone: nullable(text), now: timestamptz },
    sql`SELECT (SELECT value #>> '{}' FROM academy_fact WHERE name = 'time_zone') AS time_zone, now() AS now`,
  ),
);

/** By the database's clock. */
export async function readCalendar(db: Queryable): Promise<AcademyCalendar> {
  const row = await calendar.first(db, {});
  const timeZone = row?.timeZone ?? DEFAULT_ZONE;
  const now = Temporal.Instant.fromEpochMilliseconds(row?.now.getTime() ?? Date.now());
  return { timeZone, today: now.toZonedDateTimeISO(timeZone).toPlainDate() };
}
