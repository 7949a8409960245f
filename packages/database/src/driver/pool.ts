import postgres, { type Options, type Sql } from "postgres";
import { parseArray } from "./values.ts";

export interface PoolSettings {
  readonly url: string;
  readonly size: number;
  readonly applicationName: string;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly transactionTimeoutMs: number;
  /** Whether statements may be prepared by name: not behind PgBouncer before 1.21 in transaction mode. */
  readonly prepare: boolean;
  /** Whether settings go along with the start-up message: PgBouncer refuses the ones it does not know. */
  readonly sendSettings: boolean;
  readonly onNotice: ((message: string) => void) | undefined;
}

/** Types that PostgreSQL's catalogue fixes, whose arrays are read as arrays of what the element is read as. */
const arrays: readonly { readonly array: number; readonly parse: (text: string) => unknown }[] = [
  { array: 1000, parse: (text) => text === "t" }, // bool
  ...[1005, 1007, 1021, 1022].map((array) => ({ array, parse: Number })), // int2, int4, float4, float8
  ...[199, 3807].map((array) => ({ array, parse: parseJson })), // json, jsonb
  // text, varchar, bpchar, name, uuid, int8, numeric, date, time, timestamp, timestamptz, interval
  ...[1009, 1015, 1014, 1003, 2951, 1016, 1231, 1182, 1183, 1115, 1185, 1187].map((array) => ({
    array,
    parse: (text: string) => text,
  })),
];

/** Opens nothing yet: the driver connects with the first statement. */
export function createPool(settings: PoolSettings): Sql {
  const options: Options<Record<string, never>> = {
    max: settings.size,
    connect_timeout: settings.connectTimeoutMs / 1000,
    keep_alive: 10,
    // The driver's own back-off grows to 20 s, far beyond the time a restarted server needs.
    backoff: (retries) =>
      Math.min(0.5, 0.02 * 2 ** Math.min(retries, 10)) * (0.5 + Math.random() / 2),
    prepare: settings.prepare,
    // One statement at a time on a connection: a slow one holds nobody up, and a cancellation can't hit another.
    max_pipeline: 0,
    // Spares a statement a connection; the array types that matter are known below.
    fetch_types: false,
    onnotice: (notice) => settings.onNotice?.(notice["message"] ?? ""),
    connection: {
      application_name: settings.applicationName,
      // These PgBouncer knows, and keeps for each client.
      TimeZone: "UTC",
      DateStyle: "ISO, YMD",
      ...(settings.sendSettings && {
        // The driver sends whatever it finds here as a start-up parameter.
        plan_cache_mode: "force_generic_plan",
        statement_timeout: settings.statementTimeoutMs,
        // A transaction whose process has gone, or can't be reached, must not hold its locks for long.
        idle_in_transaction_session_timeout: settings.transactionTimeoutMs,
        tcp_keepalives_idle: 10,
        tcp_keepalives_interval: 5,
        tcp_keepalives_count: 3,
        IntervalStyle: "iso_8601",
      }),
    },
  };
  const pool = postgres(settings.url, options);
  readAsText(pool);
  return pool;
}

/** Parameters arrive as text (values.ts); times stay text for the column that reads them; arrays become arrays. */
function readAsText(pool: Sql) {
  const { parsers, serializers } = pool.options;
  for (const type of Object.keys(serializers))
    serializers[Number(type)] = (value: unknown) => value;
  for (const type of [1082, 1114, 1184]) delete parsers[type];
  for (const { array, parse } of arrays)
    parsers[array] = (literal: string) => parseArray(literal, parse);
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}
