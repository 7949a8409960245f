import { uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { tell } from "../notifications/tell.ts";
import { bookedPlaces, confirmAtMinimum } from "./confirm-run.ts";

/** So many days before its date staff are warned of a decision. */
export const WARNING_DAYS = 3;

/** When somebody has to decide about a run: where nobody set a date, before it begins. An index serves it. */
export const decideBy = sql`coalesce(course_run.decision_at, course_run.starts_at)`;

const isBelowMinimum = sql`(course_run.min_places = 0 OR ${bookedPlaces} < course_run.min_places)`;

const toBeConfirmed = prepared("runs.toBeConfirmed", {}, () =>
  rows(
    { id: uuid },
    sql`
    SELECT course_run.id FROM course_run
    WHERE course_run.status = 'tentative' AND course_run.starts_at > clock_timestamp()
      AND NOT ${isBelowMinimum}
    ORDER BY course_run.id`,
  ),
);

const toBeWarnedOf = prepared("runs.toBeWarnedOf", {}, () =>
  rows(
    { id: uuid },
    sql`
    SELECT course_run.id FROM course_run
    WHERE course_run.status = 'tentative' AND course_run.decision_warned_at IS NULL
      AND course_run.decision_at IS NOT NULL
      AND ${decideBy} <= now() + make_interval(days => ${WARNING_DAYS}::int)
      AND course_run.starts_at > now() AND ${isBelowMinimum}
    ORDER BY ${decideBy}, course_run.id`,
  ),
);

/**
 * Confirms all tentative runs that have their minimum: a booking asks for that by itself, so there is
 * seldom one.
 *
 * @returns how many
 */
export async function confirmAllAtMinimum(db: Database, call: Call): Promise<number> {
  let confirmed = 0;
  for (const { id } of await toBeConfirmed.execute(db, {})) {
    if (await confirmAtMinimum(db, call, id)) confirmed += 1;
  }
  return confirmed;
}

/**
 * Warns staff, once for each, of tentative runs below their minimum whose date of decision is near.
 *
 * @returns how many
 */
export async function warnOfUndecided(db: Database, call: Call): Promise<number> {
  let warned = 0;
  for (const { id } of await toBeWarnedOf.execute(db, {})) {
    if (await warnOf(db, call, id)) warned += 1;
  }
  return warned;
}

async function warnOf(db: Database, call: Call, runId: string): Promise<boolean> {
  return transaction(db, { idempotent: true }, async (tx) => {
    const [warned] = await tx
      .update(courseRun)
      .set({ decisionWarnedAt: sql`clock_timestamp()` })
      .where(
        and(
          eq(courseRun.id, runId),
          eq(courseRun.status, "tentative"),
          isNull(courseRun.decisionWarnedAt),
        ),
      )
      .returning({ minPlaces: courseRun.minPlaces, decisionAt: courseRun.decisionAt });
    if (warned === undefined) return false;
    await recordAudit(tx, call, {
      action: "run.warn",
      entity: "run",
      entityId: runId,
      before: null,
      after: { minPlaces: warned.minPlaces, decisionAt: warned.decisionAt?.toISOString() ?? null },
    });
    await tell(tx, "run_undecided", runId);
    return true;
  });
}
