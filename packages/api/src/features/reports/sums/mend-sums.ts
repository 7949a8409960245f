import { academyFact } from "@lectern/database/schema/operations";
import type { Database } from "@lectern/database/queryable";
import { eq } from "drizzle-orm";
import { checkSums } from "./check-sums.ts";
import { REPORTS_FACT } from "./read-sums.ts";

const NAMED = 5;

/**
 * Compares all that is kept with what it comes to. What is wrong is not used any more: reports are computed from the rows
 * until everything is kept anew.
 *
 * @throws Error that names what was wrong, for whoever looks at failed jobs: this must never happen
 */
export async function mendSums(db: Database): Promise<void> {
  const wrong = await checkSums(db);
  if (wrong.length === 0) return;
  await db.delete(academyFact).where(eq(academyFact.name, REPORTS_FACT));
  const named = wrong.slice(0, NAMED).map(({ kind, day }) => `${kind} of ${day}`);
  throw new Error(
    `${wrong.length} sums of reports were wrong, and are computed anew: ${named.join(", ")}`,
  );
}
