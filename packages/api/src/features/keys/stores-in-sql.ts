import type { FieldPlace } from "@lectern/auth/encryption/field-cipher";
import { encryptedColumns } from "@lectern/database/schema/encrypted-columns";
import { type SQL, sql } from "drizzle-orm";
import { answerPlaceOf } from "../../shared/once-only.ts";
import { totpPlace } from "../people/factors/totp-place.ts";

/**
 * Everything that is encrypted with the academy's keys, in SQL that speaks of its table as `t`: each column
 * made by `encrypted`, and what holds an encrypted value inside of something else. What is not listed here
 * is lost with its key.
 */
export interface StoreSql {
  /** `table.column`, and what of it. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** Of a row, as text, and the other way round. */
  readonly rowId: SQL;
  readonly key: SQL;
  /** By that key: the index of the table is in this order, and not in that of a row of its columns. */
  readonly order: SQL;
  readonly keyOf: (rowId: SQL) => SQL;
  /** Before every row. */
  readonly start: string;
  readonly placeOf: (rowId: string) => FieldPlace;
  /** The encrypted text of a row; NULL where there is none. */
  readonly value: SQL;
  /** What the column becomes with another one. */
  readonly written: (value: SQL) => SQL;
}

const NIL_UUID = "00000000-0000-0000-0000-000000000000";

function byUuid(table: string, column: string, key = "id") {
  return {
    name: `${table}.${column}`,
    table,
    column,
    rowId: sql`t.${sql.identifier(key)}::text`,
    key: sql`t.${sql.identifier(key)}`,
    order: sql`t.${sql.identifier(key)}`,
    keyOf: (rowId: SQL) => sql`${rowId}::uuid`,
    start: NIL_UUID,
    placeOf: (id: string) => ({ table, column, id }),
  };
}

const columns = encryptedColumns().map(({ table, column, key, keyType }): StoreSql => {
  if (keyType !== "uuid") throw new TypeError(`${table}.${key} is no UUID`);
  return {
    ...byUuid(table, column, key),
    value: sql`t.${sql.identifier(column)}`,
    written: (value) => value,
  };
});

/** Answers to keyed requests: see `onceOnly`. */
const answers: StoreSql = {
  name: "idempotency_key.answer",
  table: "idempotency_key",
  column: "answer",
  rowId: sql`jsonb_build_array(t.scope, t.key)::text`,
  key: sql`(t.scope, t.key)`,
  order: sql`t.scope, t.key`,
  keyOf: (rowId) => sql`(${rowId}::jsonb ->> 0, ${rowId}::jsonb ->> 1)`,
  start: '["", ""]',
  placeOf: (rowId) => answerPlaceOf(...pairOf(rowId)),
  value: sql`(t.answer ->> 'e1')`,
  written: (value) => sql`jsonb_build_object('e1', ${value})`,
};

function pairOf(rowId: string): [string, string] {
  const parts: unknown = JSON.parse(rowId);
  const [first, second] = Array.isArray(parts) ? parts.map(String) : [];
  if (first === undefined || second === undefined) throw new TypeError(`No pair: ${rowId}`);
  return [first, second];
}

/** Of an archive: the key of its own, encrypted, behind two bytes that say how long that is. */
const headLength = sql`(get_byte(t.archive, 0) * 256 + get_byte(t.archive, 1))`;

const archives: StoreSql = {
  ...byUuid("privacy_request", "archive"),
  value: sql`(CASE WHEN substr(t.archive, 3, 3) = 'e1:'::bytea
    THEN encode(substr(t.archive, 3, ${headLength}), 'escape') END)`,
  written: (value) => sql`decode(lpad(to_hex(octet_length(${value})), 4, '0'), 'hex')
    || convert_to(${value}, 'UTF8') || substr(t.archive, 3 + ${headLength})`,
};

/** Of what is good once, as long as it is: the rest is never read again. */
const isGood = sql`t.used_at IS NULL AND t.expires_at > clock_timestamp()`;

/** The secret of an app that is being set up; it stands for the person whose it will be. */
const enrolments: StoreSql = {
  ...byUuid("one_time_token", "data"),
  name: "one_time_token.data.secret",
  rowId: sql`jsonb_build_array(t.id, t.person_id)::text`,
  keyOf: (rowId) => sql`(${rowId}::jsonb ->> 0)::uuid`,
  start: JSON.stringify([NIL_UUID, NIL_UUID]),
  placeOf: (rowId) => totpPlace(pairOf(rowId)[1]),
  value: sql`(CASE WHEN t.kind = 'totp_enrolment' AND ${isGood} THEN t.data ->> 'secret' END)`,
  written: (value) => sql`t.data || jsonb_build_object('secret', ${value})`,
};

/** What Lectern keeps while somebody is away to sign in at their provider. */
const attempts: StoreSql = {
  ...byUuid("one_time_token", "data"),
  name: "one_time_token.data.secrets",
  value: sql`(CASE WHEN t.kind = 'openid' AND ${isGood} THEN t.data ->> 'secrets' END)`,
  written: (value) => sql`t.data || jsonb_build_object('secrets', ${value})`,
};

export const storesInSql: readonly StoreSql[] = [
  ...columns,
  answers,
  archives,
  enrolments,
  attempts,
];
