import type { Database } from "@lectern/database/queryable";
import { type CheckResult, ok, someOf, trouble, warning } from "./check.ts";
import { numberIn, rowsOf, textIn } from "./rows.ts";

/** Whether database and runtime agree on what time it is, and on the rules of time zones. */

const SKEW_WARNING_MS = 2000;
const SKEW_TROUBLE_MS = 30_000;

/** @returns whether the clocks agree; the database's is the one that decides */
export async function checkClock(db: Database): Promise<CheckResult> {
  const name = "Clock";
  const before = Date.now();
  const [row] = await rowsOf(db, "select extract(epoch from clock_timestamp()) * 1000 as now");
  const middle = (before + Date.now()) / 2;
  const skew = Math.abs(numberIn(row, "now") - middle);
  const detail = `database and this machine are ${(skew / 1000).toFixed(1)} s apart`;
  const advice = "Keep both clocks by NTP; holds and booking windows go by the database's.";
  if (skew > SKEW_TROUBLE_MS) return trouble(name, detail, advice);
  return skew > SKEW_WARNING_MS ? warning(name, detail, advice) : ok(name, detail);
}

const ZONES_IN_USE = `
  select time_zone from course_run union select time_zone from session union select time_zone from venue`;
const MONTHS_AHEAD = 36;

/** The offsets of the zones in use at the begin of each month, as PostgreSQL's rules have them. */
const OFFSETS = `
  select zone, month, extract(epoch from (month at time zone zone) - (month at time zone 'UTC')) as seconds
  from (${ZONES_IN_USE}) used(zone)
  join pg_timezone_names known on known.name = used.zone
  cross join generate_series(
    date_trunc('month', now(), 'UTC'), now() + interval '${MONTHS_AHEAD} months', interval '1 month'
  ) as month`;

/** @returns whether the time-zone data of database and runtime say the same for all zones in use */
export async function checkTimeZones(db: Database): Promise<CheckResult> {
  const name = "Time zones";
  const used = (await rowsOf(db, ZONES_IN_USE)).map((row) => textIn(row, "time_zone"));
  const rows = await rowsOf(db, OFFSETS);
  const known = new Set(rows.map((row) => textIn(row, "zone")));
  const unknown = used.filter((zone) => !known.has(zone));
  if (unknown.length > 0) {
    return trouble(
      name,
      `the database does not know ${someOf(unknown)}`,
      "Update the database's time-zone data (tzdata).",
    );
  }
  const different = new Set<string>();
  for (const row of rows) {
    const zone = textIn(row, "zone");
    const instant = Temporal.Instant.from(new Date(textIn(row, "month")).toISOString());
    const offset = instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000_000;
    if (offset !== numberIn(row, "seconds")) different.add(zone);
  }
  if (different.size > 0) {
    return trouble(
      name,
      `database and runtime have different rules for ${someOf([...different])} (runtime: tz ${process.versions["tz"] ?? "unknown"})`,
      "Update whichever is older: Node, or the database's tzdata.",
    );
  }
  return ok(
    name,
    `${used.length} in use, the same rules on both sides (runtime: tz ${process.versions["tz"] ?? "unknown"})`,
  );
}

const LOOKED_AT_MAX = 1000;

/** Stored instants whose wall clock is another one by the database's rules. */
const TURNED = `
  select id, local, instant, zone from (
    select r.id, r.local_start as local, r.starts_at as instant, r.time_zone as zone from course_run r
    union all select r.id, r.local_end, r.ends_at, r.time_zone from course_run r
    union all select s.run_id, s.local_start, s.starts_at, s.time_zone from session s
    union all select s.run_id, s.local_end, s.ends_at, s.time_zone from session s
  ) times
  where instant > now() and (instant at time zone zone) <> local
  limit ${LOOKED_AT_MAX}`;

/** A time in the hour that clocks skip has no wall clock; it was taken as RFC 5545 says. */
function isInGap(local: string, instant: string, zone: string): boolean {
  const meant = Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
  return meant.epochMilliseconds === new Date(instant).getTime();
}

/** @returns whether the instants of coming runs still are what their wall clocks mean */
export async function checkDerivedTimes(db: Database): Promise<CheckResult> {
  const name = "Times of runs";
  const rows = await rowsOf(db, TURNED);
  const stale = new Set(
    rows
      .filter((row) => !isInGap(textIn(row, "local"), textIn(row, "instant"), textIn(row, "zone")))
      .map((row) => textIn(row, "id")),
  );
  if (stale.size === 0) return ok(name, "wall clocks and instants of coming runs agree");
  return trouble(
    name,
    `the instants of ${stale.size} coming runs are not what their wall clocks mean: ${someOf([...stale], 3)}`,
    "The rules of a zone changed. Reschedule these runs to the same wall-clock times: their instants are then worked out anew.",
  );
}
