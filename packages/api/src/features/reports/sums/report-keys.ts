import type { ReportKey } from "@lectern/contract/reports";
import { nullable, text } from "@lectern/database/codecs";
import { type SQL, sql } from "drizzle-orm";

/** Columns of a row that says what it is about. */
export const KEY_COLUMNS = {
  value: nullable(text),
  label: nullable(text),
  country: nullable(text),
};

interface KeyRow {
  readonly value: string | null;
  readonly label: string | null;
  readonly country: string | null;
}

/** What stands for the topics of a course that has none. */
const NO_TOPIC = sql`ARRAY['']`;

/** @returns what a slice counts as, by a dimension: once, but for each of its topics */
export function keysOf(slice: SQL, by: SQL | "topic"): SQL {
  if (by === "topic") {
    return sql`unnest(CASE WHEN cardinality(${slice}.topic_ids) = 0 THEN ${NO_TOPIC} ELSE ${slice}.topic_ids::text[] END)`;
  }
  return sql`unnest(CASE ${by}
    WHEN 'topic' THEN CASE WHEN cardinality(${slice}.topic_ids) = 0 THEN ${NO_TOPIC} ELSE ${slice}.topic_ids::text[] END
    WHEN 'country' THEN ARRAY[${slice}.country]
    WHEN 'city' THEN ARRAY[${slice}.city]
    WHEN 'delivery_mode' THEN ARRAY[${slice}.delivery_mode::text]
    ELSE ARRAY[CASE WHEN ${slice}.is_company THEN 'company' ELSE 'individual' END]
  END)`;
}

/** @returns the key that a row is about */
export function toKey({ value, label, country }: KeyRow): ReportKey {
  return { value: value ?? "", label: label ?? value ?? "", country: country || null };
}

/** @returns what tells a key apart from the others of its dimension */
export function idOf({ value, country }: ReportKey): string {
  return JSON.stringify([value, country]);
}

/** @returns the key that all of these rows are about */
export function keyOfAll(rows: readonly KeyRow[]): ReportKey {
  const [first] = rows;
  return toKey(first ?? { value: null, label: null, country: null });
}
