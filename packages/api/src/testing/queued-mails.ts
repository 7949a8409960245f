import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { z } from "zod";

const Row = z.object({ kind: z.string() });

/** @returns the kinds of the mails about something that are to be written, in the order in which they were asked for */
export async function queuedMails(db: Database, aboutId: string): Promise<string[]> {
  const { rows } = await db.execute(sql`
    SELECT data ->> 'kind' AS kind FROM pgboss.job
    WHERE name = 'mail.compose' AND data ->> 'aboutId' = ${aboutId}::text
    ORDER BY created_on, id`);
  return rows.map((row) => Row.parse(row).kind);
}
