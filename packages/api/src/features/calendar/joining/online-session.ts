import { JoinState, type OnlineSession } from "@lectern/contract/calendar";
import {
  type Codec,
  bool,
  int4,
  nullable,
  text,
  timestamptz,
  uuid,
} from "@lectern/database/codecs";
import { session } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { wallClockFromRow } from "../../../shared/zoned-time.ts";

/** A session that people come to online: which columns that takes, and how a row becomes the answer. */

const joinState: Codec<JoinState> = {
  ...text,
  mapFromDriverValue: (value) => JoinState.parse(value),
};

/** The columns of `ONLINE_SESSION_COLUMNS`. */
export const ONLINE_SESSION = {
  position: int4,
  startsAt: timestamptz,
  endsAt: timestamptz,
  timeZone: text,
  localStart: session.localStart,
  localEnd: session.localEnd,
  isOnline: bool,
  opensAt: timestamptz,
  state: joinState,
  linkId: nullable(uuid),
  now: timestamptz,
};

/** Of a run `r` and its session `s`; a run without sessions is one itself. */
const STARTS_AT = sql`coalesce(s.starts_at, r.starts_at)`;
const ENDS_AT = sql`coalesce(s.ends_at, r.ends_at)`;
/** As the contract's `JOIN_MINUTES` say. */
const OPENS_AT = sql`(${STARTS_AT} - interval '15 minutes')`;

/** The link of the session itself, else that of all. */
const LINK_ID = sql`(SELECT l.id FROM join_link l
  WHERE l.run_id = r.id AND (l.position = s.position OR l.position IS NULL)
  ORDER BY l.position NULLS LAST LIMIT 1)`;

/** The rest of them, but for `is_online`, by the clock of the database: all instances agree on who may come in. */
export const ONLINE_SESSION_COLUMNS = sql`coalesce(s.position, 0) AS position,
  ${STARTS_AT} AS starts_at, ${ENDS_AT} AS ends_at, coalesce(s.time_zone, r.time_zone) AS time_zone,
  coalesce(s.local_start, r.local_start) AS local_start, coalesce(s.local_end, r.local_end) AS local_end,
  ${OPENS_AT} AS opens_at, ${LINK_ID} AS link_id, clock_timestamp() AS now,
  CASE WHEN clock_timestamp() >= ${ENDS_AT} THEN 'over'
    WHEN clock_timestamp() >= ${OPENS_AT} THEN 'open' ELSE 'ahead' END AS state`;

interface OnlineSessionRow {
  readonly position: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly localStart: string;
  readonly localEnd: string;
  readonly opensAt: Date;
  readonly state: JoinState;
  readonly linkId: string | null;
}

/** @returns the session as the contract describes it */
export function toOnlineSession(row: OnlineSessionRow): OnlineSession {
  return {
    position: row.position,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    localStart: wallClockFromRow(row.localStart),
    localEnd: wallClockFromRow(row.localEnd),
    opensAt: row.opensAt.toISOString(),
    state: row.state,
    hasLink: row.linkId !== null,
  };
}
