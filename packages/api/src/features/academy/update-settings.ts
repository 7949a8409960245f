import { AcademySettings, type AcademyUpdateInput } from "@lectern/contract/academy";
import type { Database } from "@lectern/database/queryable";
import { academyFact } from "@lectern/database/schema/operations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireTimeZone } from "../../shared/zoned-time.ts";
import { followTimeZone } from "../quotes/follow-time-zone.ts";
import { settleQueue } from "../reports/reports-jobs.ts";
import { type StartedWith, TIME_ZONE_FACT, readSettings } from "./read-settings.ts";

/** There is one academy, and entries of the audit log are about an id. */
const ACADEMY_ID = "00000000-0000-0000-0000-000000000000";

const Known = z.array(z.object({ name: z.string() }));

/**
 * Changes the zone that the academy counts its days in. Reports are right at once, and quick again once their sums are
 * those of the new zone's days: a job sees to that. Open quotes are good until their last day is over there.
 *
 * @throws Invalid for a zone that is not known; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function updateSettings(
  db: Database,
  call: Call,
  startedWith: StartedWith,
  input: z.infer<typeof AcademyUpdateInput>,
): Promise<AcademySettings> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "academy.update", input, AcademySettings, async () => {
      const timeZone = await knownZone(tx, input.timeZone);
      const before = await writeTimeZone(tx, timeZone, input.version);
      await followTimeZone(tx, timeZone);
      await enqueue(tx, settleQueue, {});
      await recordAudit(tx, call, {
        action: "academy.update",
        entity: "academy",
        entityId: ACADEMY_ID,
        before: { timeZone: before },
        after: { timeZone },
      });
      return readSettings(tx, startedWith);
    }),
  );
}

/** @returns the zone as PostgreSQL, which cuts time into days, calls it. @throws Invalid */
async function knownZone(tx: Transaction, timeZone: string): Promise<string> {
  requireTimeZone(timeZone, "timeZone");
  const { rows } = await tx.execute(
    sql`SELECT name FROM pg_timezone_names WHERE lower(name) = lower(${timeZone}::text)`,
  );
  const [known] = Known.parse(rows);
  if (known !== undefined) return known.name;
  throw invalid("timeZone", `${timeZone} is not a time zone that the database knows.`);
}

/** @returns what was chosen before; `null` for nothing. @throws Conflict */
async function writeTimeZone(tx: Transaction, value: string, version: number): Promise<unknown> {
  const [found] = await tx
    .select()
    .from(academyFact)
    .where(eq(academyFact.name, TIME_ZONE_FACT))
    .for("no key update");
  if ((found?.version ?? 0) !== version) throw changedMeanwhile(found?.version);
  if (found !== undefined) {
    await tx
      .update(academyFact)
      .set({ value, version: found.version + 1, updatedAt: sql`clock_timestamp()` })
      .where(eq(academyFact.name, TIME_ZONE_FACT));
    return found.value;
  }
  const written = await tx
    .insert(academyFact)
    .values({ name: TIME_ZONE_FACT, value })
    .onConflictDoNothing()
    .returning({ version: academyFact.version });
  if (written.length === 0) throw changedMeanwhile(1);
  return null;
}

function changedMeanwhile(version = 0) {
  return conflict(
    "academy",
    "changed_meanwhile",
    "Somebody changed the academy's settings since you read them: read them again.",
    `version ${version}`,
  );
}
