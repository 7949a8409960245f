import type { Database } from "@lectern/database/queryable";
import { academyFact } from "@lectern/database/schema/operations";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import type { RetentionRule } from "./retention-rule.ts";
import { RETENTION_RULES } from "./retention-rules.ts";

/** Rows of one transaction. */
const BATCH = 2000;

/** Of one kind, in one night: the rest is for the next. */
const BATCHES = 500;

/** What scans of large tables may take. */
const LONG = { timeoutMs: 120_000, statementTimeoutMs: 60_000 } as const;

/** Where it is written down when each kind was seen to. */
export const RETENTION_FACT = "retention";

/**
 * Erases what has been kept for as long as its kind is kept, in small batches; doing it again erases nothing
 * further. What goes wrong with one kind keeps none of the others from being seen to.
 *
 * @returns how many rows of each kind
 * @throws AggregateError once all have been seen to; whatever the signal was aborted with
 */
export async function keepRetention(
  db: Database,
  options: { readonly signal?: AbortSignal; readonly rules?: readonly RetentionRule[] } = {},
): Promise<Readonly<Record<string, number>>> {
  const { signal, rules = RETENTION_RULES } = options;
  const erased: Record<string, number> = {};
  const errors: unknown[] = [];
  for (const rule of rules) {
    signal?.throwIfAborted();
    try {
      erased[rule.kind] = await keepRule(db, rule, signal);
    } catch (error) {
      signal?.throwIfAborted();
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "Not all that is too old was erased");
  return erased;
}

async function keepRule(
  db: Database,
  { kind, days, erase }: RetentionRule,
  signal: AbortSignal | undefined,
): Promise<number> {
  let rows = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    signal?.throwIfAborted();
    const count = await transaction(db, { idempotent: true, ...LONG }, (tx) =>
      erase(tx, days, BATCH),
    );
    rows += count;
    if (count < BATCH) break;
  }
  await note(db, kind, rows);
  return rows;
}

async function note(db: Database, kind: string, rows: number): Promise<void> {
  const value = { [kind]: { at: new Date().toISOString(), rows } };
  await db
    .insert(academyFact)
    .values({ name: RETENTION_FACT, value })
    .onConflictDoUpdate({
      target: academyFact.name,
      set: { value: sql`${academyFact.value} || excluded.value` },
    });
}
