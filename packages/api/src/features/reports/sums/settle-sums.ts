import { academyFact } from "@lectern/database/schema/operations";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { type SQL, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { readCalendar } from "../academy-calendar.ts";
import { BOOKING_SUM } from "./booking-sum.ts";
import { CANCELLATION_SUM } from "./cancellation-sum.ts";
import { type DailySum, DIMENSIONS, anew, columns, spanColumns, sums } from "./daily-sum.ts";
import { REPORTS_FACT } from "./read-sums.ts";
import { RUN_SUM } from "./run-sum.ts";

export const DAILY_SUMS: readonly DailySum[] = [BOOKING_SUM, CANCELLATION_SUM, RUN_SUM];

/** Any number that no other advisory lock of Lectern has: one settles at a time. */
const SETTLING_LOCK = sql`7310593858020254353`;

/** All of a large academy's takes a minute. */
const LONG = { timeoutMs: 30 * 60_000, statementTimeoutMs: 30 * 60_000 } as const;

const Locked = z.array(z.object({ isMine: z.boolean() }));
const Stale = z.array(z.object({ kind: z.string(), day: z.string() }));
const KeptFor = z.object({ timeZone: z.string() });

export interface Settled {
  /** How many days were computed anew, of all kinds; `all` where nothing was kept, or for another zone's days. */
  readonly days: number | "all";
}

/**
 * Computes the sums of all days anew that have gone stale, or all of them where there are none for the academy's calendar
 * yet. What is reported is the same before and after: this only makes it quick.
 *
 * Rows that say that a day is stale are taken away first, and the day is computed by a later statement, which sees all
 * that those who wrote these rows have changed. Whoever commits later has written a row that was not seen here, and stays.
 *
 * @returns what was done; nothing while somebody else is at it
 */
export async function settleSums(
  db: Database,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Settled> {
  const options = { idempotent: true, ...LONG, ...(signal !== undefined && { signal }) };
  return transaction(db, options, async (tx): Promise<Settled> => {
    const lock = await tx.execute(
      sql`SELECT pg_try_advisory_xact_lock(${SETTLING_LOCK}) AS "isMine"`,
    );
    if (Locked.parse(lock.rows)[0]?.isMine !== true) return { days: 0 };
    const { timeZone } = await readCalendar(tx);
    const [fact] = await tx
      .select({ value: academyFact.value })
      .from(academyFact)
      .where(eq(academyFact.name, REPORTS_FACT));
    const keptFor = KeptFor.safeParse(fact?.value).data;
    const zone = sql`${timeZone}::text`;
    return keptFor?.timeZone === timeZone ? settleStale(tx, zone) : settleAll(tx, zone, timeZone);
  });
}

async function settleStale(tx: Transaction, zone: SQL): Promise<Settled> {
  const { rows } = await tx.execute(sql`
    WITH gone AS (DELETE FROM report_stale RETURNING kind, at)
    SELECT DISTINCT kind, (at AT TIME ZONE ${zone})::date::text AS day FROM gone`);
  const stale = Stale.parse(rows);
  for (const sum of DAILY_SUMS) {
    const days = stale.filter(({ kind }) => kind === sum.kind).map(({ day }) => day);
    if (days.length === 0) continue;
    const list = sql`${sql.param(`{${days.join(",")}}`)}::date[]`;
    const wanted = sql`SELECT unnest(${list}) AS day`;
    await tx.execute(sql`DELETE FROM ${sum.table} WHERE grain = 'day' AND day = ANY(${list})`);
    await keepDays(tx, sum, sql`SELECT day AS first, day AS last FROM (${wanted}) AS stale`, zone);
    await keepLonger(tx, sum, wanted);
  }
  return { days: stale.length };
}

async function settleAll(tx: Transaction, zone: SQL, timeZone: string): Promise<Settled> {
  await tx.execute(sql`DELETE FROM report_stale`);
  for (const sum of DAILY_SUMS) {
    await tx.execute(sql`DELETE FROM ${sum.table}`);
    await keepDays(tx, sum, allMonths(sum, zone), zone);
    await keepLonger(tx, sum, sql`SELECT DISTINCT day FROM ${sum.table}`);
    await tx.execute(sql`ANALYZE ${sum.table}`);
  }
  await tx.execute(sql`ANALYZE report_slice`);
  await tx
    .insert(academyFact)
    .values({ name: REPORTS_FACT, value: { timeZone } })
    .onConflictDoUpdate({ target: academyFact.name, set: { value: { timeZone } } });
  return { days: "all" };
}

/** @returns the months in which anything happened, each with its first and last day */
export function allMonths({ moments }: DailySum, zone: SQL): SQL {
  return sql`SELECT month::date AS first, (month + interval '1 month')::date - 1 AS last FROM (
      SELECT DISTINCT date_trunc('month', happened.at AT TIME ZONE ${zone}) AS month FROM (${moments}) AS happened
    ) AS months`;
}

async function keepDays(tx: Transaction, sum: DailySum, spans: SQL, zone: SQL): Promise<void> {
  const own = columns([...sum.keys, ...sum.measures]);
  await tx.execute(sql`
    WITH spans AS MATERIALIZED (
      SELECT 0 AS number, ${spanColumns(sql`span.first`, sql`span.last`, zone)} FROM (${spans}) AS span
    )
    INSERT INTO ${sum.table} (grain, day, slice_id, ${own})
    SELECT 'day', day, lectern_report_slice(${columns(DIMENSIONS)}), ${own}
    FROM (${anew(sum, sql`spans`, zone, "day")}) AS fresh`);
}

const LENGTH = { week: sql`interval '1 week'`, month: sql`interval '1 month'` } as const;

/** Adds the weeks and months of these days up from their days. */
async function keepLonger(tx: Transaction, sum: DailySum, days: SQL): Promise<void> {
  for (const grain of ["week", "month"] as const) {
    const firsts = sql`SELECT DISTINCT ${firstOf(grain, sql`wanted.day`)} AS first FROM (${days}) AS wanted`;
    await tx.execute(sql`
      DELETE FROM ${sum.table} WHERE grain = ${grain}::text AND day IN (${firsts})`);
    await tx.execute(sql`
      INSERT INTO ${sum.table} (grain, day, slice_id, ${columns([...sum.keys, ...sum.measures])})
      ${longer(
        sum,
        grain,
        sql`SELECT ${columns(["day", "slice_id", ...sum.keys, ...sum.measures], "kept")}
        FROM (${firsts}) AS span JOIN ${sum.table} AS kept ON kept.grain = 'day'
          AND kept.day >= span.first AND kept.day < span.first + ${LENGTH[grain]}`,
      )}`);
  }
}

/** @returns the sums of weeks or months, from days with a slice */
export function longer(sum: DailySum, grain: "week" | "month", days: SQL): SQL {
  return sql`SELECT ${grain}::text, ${firstOf(grain, sql`day`)}, ${columns(["slice_id", ...sum.keys])}, ${sums(sum.measures)}
    FROM (${days}) AS of_days GROUP BY 1, 2, ${columns(["slice_id", ...sum.keys])}`;
}

function firstOf(grain: "week" | "month", day: SQL): SQL {
  return sql`date_trunc(${grain}::text, ${day}::timestamp)::date`;
}
