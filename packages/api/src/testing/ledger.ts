import type { Database } from "@lectern/database/connect";
import { sql } from "drizzle-orm";
import { z } from "zod";

const Row = z.object({ taken: z.number(), allocated: z.number() });

/**
 * The invariant of the ledger on one run.
 *
 * @returns the counter, and the sum of active allocations, which must be the same number
 */
export async function ledgerOf(
  db: Database,
  runId: string,
): Promise<{ taken: number; allocated: number }> {
  const { rows } = await db.execute(sql`
    SELECT c.taken, coalesce((
      SELECT sum(quantity) FROM seat_allocation a WHERE a.run_id = c.run_id AND a.state = 'active'
    ), 0)::int AS allocated
    FROM run_capacity c WHERE c.run_id = ${runId}::uuid`);
  return Row.parse(rows[0]);
}
