import type { FieldPlace } from "@lectern/auth/encryption/field-cipher";
import { arrayOf, bool, int4, int8, nullable, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { type StoreSql, storesInSql } from "./stores-in-sql.ts";

/** A part of what is encrypted with the academy's keys, as a rotation goes through it. */
export interface EncryptedStore {
  /** `table.column`, and what of it. */
  readonly name: string;
  /** @returns where the value of a row stands */
  placeOf(rowId: string): FieldPlace;
  /**
   * Reads a stretch of the table, in the order of its key.
   *
   * @param after the last row of the stretch before
   * @returns each of its rows; `stored` is `null` where there is nothing to be encrypted anew
   */
  read(
    db: Queryable,
    stretch: { readonly after: string | undefined; readonly limit: number; readonly keyId: number },
  ): Promise<readonly { readonly rowId: string; readonly stored: string | null }[]>;
  /**
   * Replaces values that are what they were, and leaves alone what somebody else has locked: they may be
   * about to write another.
   *
   * @returns how many were replaced
   */
  replace(tx: Transaction, values: readonly Replacement[]): Promise<number>;
  /** @returns how many values there are of each key */
  count(db: Queryable): Promise<readonly CountOfKey[]>;
}

export interface Replacement {
  readonly rowId: string;
  readonly was: string;
  readonly becomes: string;
}

export interface CountOfKey {
  /** `null` for values that do not have the form of encrypted ones. */
  readonly keyId: number | null;
  /** Of an earlier release, which did not encrypt. */
  readonly isPlain: boolean;
  readonly values: number;
}

export const encryptedStores: readonly EncryptedStore[] = storesInSql.map(storeOf);

function storeOf(parts: StoreSql): EncryptedStore {
  const { name, table, column, rowId, key, order, keyOf, value, written, start, placeOf } = parts;
  const from = sql.identifier(table);

  const read = prepared(`keys.read.${name}`, { after: text, limit: int4, prefix: text }, (_, $) =>
    rows(
      { rowId: text, stored: nullable(text) },
      sql`SELECT ${rowId} AS row_id,
            CASE WHEN NOT starts_with(${value}, ${$.prefix}) THEN ${value} END AS stored
          FROM ${from} t WHERE ${key} > ${keyOf($.after)} ORDER BY ${order} LIMIT ${$.limit}`,
    ),
  );
  const replace = prepared(
    `keys.replace.${name}`,
    { rowIds: arrayOf(text), was: arrayOf(text), becomes: arrayOf(text) },
    (_, $) => sql`
      WITH wanted AS (
        SELECT * FROM unnest(${$.rowIds}, ${$.was}, ${$.becomes}) AS w (row_id, was, becomes)
      ), locked AS MATERIALIZED (
        SELECT w.row_id, w.becomes FROM wanted w JOIN ${from} t ON ${key} = ${keyOf(sql`w.row_id`)}
        WHERE ${value} = w.was
        FOR NO KEY UPDATE OF t SKIP LOCKED
      )
      UPDATE ${from} t SET ${sql.identifier(column)} = ${written(sql`locked.becomes`)}
      FROM locked WHERE ${key} = ${keyOf(sql`locked.row_id`)}`,
  );
  const count = prepared(`keys.count.${name}`, {}, () =>
    rows(
      { keyId: nullable(int4), isPlain: bool, values: int8 },
      sql`SELECT substring(${value} FROM '^e1:([1-9][0-9]{0,8}):')::integer AS key_id,
          NOT starts_with(${value}, 'e1:') AS is_plain, count(*) AS values
        FROM ${from} t WHERE ${value} IS NOT NULL GROUP BY 1, 2`,
    ),
  );
  return {
    name,
    placeOf,
    read: (db, { after = start, limit, keyId }) =>
      read.execute(db, { after, limit, prefix: `e1:${keyId}:` }),
    async replace(tx, values) {
      if (values.length === 0) return 0;
      const replaced = await replace.execute(tx, {
        rowIds: values.map((item) => item.rowId),
        was: values.map((item) => item.was),
        becomes: values.map((item) => item.becomes),
      });
      return replaced.count;
    },
    count: (db) => count.execute(db, {}),
  };
}
