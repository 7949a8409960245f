import { createHash } from "node:crypto";
import { bytea, float8, int4 } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

/** How often something may be tried. */
export interface Rate {
  /** So many at once. */
  readonly burst: number;
  /** After that, one in so many seconds. */
  readonly everySeconds: number;
}

/** What is counted, and for whom. */
export interface Throttled {
  /** Such as `sign_in.address`. */
  readonly name: string;
  /** Such as an address; kept as a hash alone. */
  readonly subject: string;
  readonly rate: Rate;
}

/**
 * Counts one attempt, unless there were too many: the generic cell rate algorithm in one statement, so that any
 * number of instances count together. `wait` is how long to wait before the next, in seconds; 0 means that
 * this one was counted.
 */
const attempt = prepared("throttle.attempt", { key: bytea, burst: int4, every: float8 }, (_, $) =>
  rows(
    { wait: float8 },
    sql`
    WITH counted AS (
      INSERT INTO throttle AS t (key, arrives_at)
      VALUES (${$.key}, clock_timestamp() + make_interval(secs => ${$.every}))
      ON CONFLICT (key) DO UPDATE
        SET arrives_at = greatest(t.arrives_at, clock_timestamp()) + make_interval(secs => ${$.every})
        WHERE t.arrives_at <= clock_timestamp() + make_interval(secs => ${$.every} * (${$.burst} - 1))
      RETURNING key
    )
    SELECT CASE WHEN EXISTS (SELECT FROM counted) THEN 0 ELSE greatest(0.001, coalesce((
      SELECT extract(epoch FROM t.arrives_at - clock_timestamp())::float8 - ${$.every} * (${$.burst} - 1)
      FROM throttle t WHERE t.key = ${$.key}
    ), 0.001)) END AS wait`,
  ),
);

const look = prepared("throttle.look", { key: bytea, burst: int4, every: float8 }, (_, $) =>
  rows(
    { wait: float8 },
    sql`SELECT greatest(0, extract(epoch FROM arrives_at - clock_timestamp())::float8 - ${$.every} * (${$.burst} - 1)) AS wait
      FROM throttle WHERE key = ${$.key}`,
  ),
);

const takeBack = prepared("throttle.takeBack", { key: bytea, every: float8 }, (_, $) =>
  rows(
    { key: bytea },
    sql`UPDATE throttle SET arrives_at = arrives_at - make_interval(secs => ${$.every})
      WHERE key = ${$.key} RETURNING key`,
  ),
);

function valuesOf({ name, subject, rate }: Throttled) {
  const key = createHash("sha256").update(`${name}|${subject}`).digest();
  return { key, burst: rate.burst, every: rate.everySeconds };
}

/**
 * Counts an attempt, unless there were too many.
 *
 * @returns how many seconds to wait before the next; 0 when this one was counted and may go on
 */
export async function countAttempt(db: Queryable, throttled: Throttled): Promise<number> {
  const found = await attempt.first(db, valuesOf(throttled));
  return Math.ceil(found?.wait ?? 0);
}

/** Takes back an attempt that was counted: it turned out to be none of those that are to be slowed down. */
export async function takeBackAttempt(db: Queryable, throttled: Throttled): Promise<void> {
  const { key, every } = valuesOf(throttled);
  await takeBack.execute(db, { key, every });
}

/** @returns how many seconds to wait before the next attempt, without counting one; 0 for not at all */
export async function lookAtThrottle(db: Queryable, throttled: Throttled): Promise<number> {
  const found = await look.first(db, valuesOf(throttled));
  return Math.ceil(found?.wait ?? 0);
}

/**
 * @returns what stands for an address when attempts are counted: of IPv6 the network, as whoever has one
 *   address there has 2^64 of them
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.split("::");
  const first = head.split(":").filter((part) => part !== "");
  const rest = (tail ?? "").split(":").filter((part) => part !== "");
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - rest.length) }, () => "0");
  const groups = tail === undefined ? first : [...first, ...zeros, ...rest];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
