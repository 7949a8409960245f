import {
  arrayOf,
  bool,
  int4,
  int8,
  nullable,
  text,
  timestamptz,
  uuid,
} from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { type DomainError, conflict } from "../../../../domain-error.ts";
import type { Subject } from "../subject.ts";

/** What keeps somebody from being erased, and when that is over. */
export interface Obstacle {
  readonly error: DomainError;
  readonly until: Date;
}

/** So many references are named. */
const NAMED = 20;

const LIVE = { personIds: arrayOf(uuid), named: int4 };

/** Bookings that somebody counts on: for runs that are not over yet, and not given up. */
const liveBookings = prepared("privacy.liveBookings", LIVE, (_, $) =>
  rows(
    { count: int8, references: nullable(text), until: nullable(timestamptz) },
    sql`SELECT count(*) AS count, max(live.ends_at) AS until,
        string_agg(live.reference, ', ' ORDER BY live.ends_at, live.reference) FILTER (WHERE live.number <= ${$.named}) AS references
      FROM (
        SELECT b.reference, r.ends_at, row_number() OVER (ORDER BY r.ends_at, b.reference) AS number
        FROM booking b JOIN course_run r ON r.id = b.run_id
        WHERE b.booker_id = ANY(${$.personIds}) AND r.ends_at > clock_timestamp() AND r.status <> 'cancelled'
          AND (b.status = 'confirmed'
            OR (b.status IN ('awaiting_payment', 'awaiting_approval') AND b.expires_at > clock_timestamp()))
      ) AS live`,
  ),
);

const teaching = prepared("privacy.teaching", { personIds: arrayOf(uuid) }, (_, $) =>
  rows(
    { until: nullable(timestamptz) },
    sql`SELECT max(t.ends_at) AS until
      FROM instructor i JOIN session_instructor t ON t.instructor_id = i.id
      WHERE i.person_id = ANY(${$.personIds}) AND t.is_active AND t.ends_at > clock_timestamp()`,
  ),
);

/** Whether theirs is the only account that can give anybody a role. */
const onlyAdministrator = prepared(
  "privacy.onlyAdministrator",
  { personIds: arrayOf(uuid) },
  (_, $) =>
    rows(
      { isOnly: bool },
      sql`SELECT bool_or(a.person_id = ANY(${$.personIds})) AND NOT bool_or(
          a.person_id <> ALL(${$.personIds})
          AND p.suspended_at IS NULL AND p.erased_at IS NULL AND p.merged_into_id IS NULL
        ) AS is_only
      FROM role_assignment a JOIN person p ON p.id = a.person_id
      WHERE a.role = 'administrator' HAVING count(*) > 0`,
    ),
);

/** The academy is without another administrator for so long, until it is asked about again. */
const ASKED_AGAIN_MS = 7 * 86_400_000;

/**
 * @returns why somebody can't be erased now: they have booked what is still to come, they teach it, or
 *   nobody else could give anybody a role
 */
export async function findObstacle(
  db: Queryable,
  { personIds }: Subject,
): Promise<Obstacle | undefined> {
  return (
    (await findLiveBookings(db, personIds)) ??
    (await findTeaching(db, personIds)) ??
    (await findLastAdministrator(db, personIds))
  );
}

async function findLiveBookings(
  db: Queryable,
  personIds: readonly string[],
): Promise<Obstacle | undefined> {
  const found = await liveBookings.first(db, { personIds, named: NAMED });
  if (found === undefined || found.until === null) return undefined;
  const { count, references, until } = found;
  const which = count > NAMED ? `${references}, and ${count - NAMED} more` : (references ?? "");
  return {
    until,
    error: conflict(
      "booking",
      "wrong_state",
      `There are bookings for dates that are still to come. Cancel them first: ${which}.`,
      which,
    ),
  };
}

async function findTeaching(
  db: Queryable,
  personIds: readonly string[],
): Promise<Obstacle | undefined> {
  const found = await teaching.first(db, { personIds });
  if (found === undefined || found.until === null) return undefined;
  return {
    until: found.until,
    error: conflict(
      "instructor",
      "wrong_state",
      "They teach sessions that are still to come: somebody else has to be put in charge of them first.",
      found.until.toISOString(),
    ),
  };
}

async function findLastAdministrator(
  db: Queryable,
  personIds: readonly string[],
): Promise<Obstacle | undefined> {
  const found = await onlyAdministrator.first(db, { personIds });
  if (found?.isOnly !== true) return undefined;
  return {
    until: new Date(Date.now() + ASKED_AGAIN_MS),
    error: conflict(
      "role_assignment",
      "last_one",
      "This is the last administrator: make somebody else one first.",
      "administrator",
    ),
  };
}
