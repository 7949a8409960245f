import type { Database } from "@lectern/database/connect";
import { sql } from "drizzle-orm";
import { z } from "zod";

const Names = z.array(z.object({ schema: z.string(), name: z.string() }));
const Lines = z.array(z.object({ line: z.string() }));

/**
 * All that a stolen copy of the database would hold, as text: every row of every table of every schema of
 * ours, the job queue's included, bytes as hexadecimal digits.
 */
export async function dumpOf(db: Database): Promise<string> {
  const tables = await db.execute(sql`
    SELECT schemaname AS schema, tablename AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`);
  const lines: string[] = [];
  for (const { schema, name } of Names.parse(tables.rows)) {
    const { rows } = await db.execute(
      sql`SELECT row_to_json(t)::text AS line FROM ${sql.identifier(schema)}.${sql.identifier(name)} t`,
    );
    lines.push(...Lines.parse(rows).map(({ line }) => `${schema}.${name} ${line}`));
  }
  return lines.join("\n");
}

/** @returns how a secret could be written down: as it is, and as a database writes bytes */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const decoded = Buffer.from(secret, "base64url");
  return [
    secret,
    bytes.toString("hex"),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    ...(decoded.length >= 16 ? [decoded.toString("hex")] : []),
  ];
}
