import type { Database } from "@lectern/database/queryable";

/** Reading rows that nobody described: doctor asks questions that no use case asks. */

export type DoctorRow = Readonly<Record<string, unknown>>;

/** @param question SQL without parameters */
export async function rowsOf(db: Database, question: string): Promise<readonly DoctorRow[]> {
  const { rows } = await db.execute(question);
  return rows;
}

export function textIn(row: DoctorRow | undefined, column: string): string {
  const value = row?.[column];
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}

/** @returns a number of PostgreSQL, whose 64-bit ones arrive as text */
export function numberIn(row: DoctorRow | undefined, column: string): number {
  return Number(textIn(row, column));
}
