import { uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { tell } from "../../../notifications/tell.ts";
import { erasePerson } from "./erase-person.ts";
import { LONG } from "./forget-traces.ts";
import type { Obstacle } from "./obstacles.ts";

const dueRequests = prepared("privacy.dueErasures", {}, () =>
  rows(
    { id: uuid },
    sql`SELECT id FROM privacy_request
      WHERE kind = 'erasure' AND state = 'waiting' AND due_at <= clock_timestamp()
      ORDER BY due_at, id LIMIT 100`,
  ),
);

/**
 * Erases everybody whose time to think about it is over. Who has booked again meanwhile is erased after
 * that, and told so.
 *
 * @returns how many were erased
 * @throws AggregateError of what went wrong with some, once the others are done
 */
export async function eraseDue(db: Database, call: Call): Promise<number> {
  let erased = 0;
  const errors: unknown[] = [];
  for (const { id } of await dueRequests.execute(db, {})) {
    try {
      if (await eraseFor(db, call, id)) erased += 1;
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "Some people were not erased");
  return erased;
}

async function eraseFor(db: Database, call: Call, requestId: string): Promise<boolean> {
  const runIds = await transaction(db, { idempotent: true, ...LONG }, async (tx) => {
    const [request] = await tx
      .select({ id: privacyRequest.id, personId: privacyRequest.personId })
      .from(privacyRequest)
      .where(
        and(
          eq(privacyRequest.id, requestId),
          eq(privacyRequest.state, "waiting"),
          sql`${privacyRequest.dueAt} <= clock_timestamp()`,
        ),
      )
      .for("update", { skipLocked: true });
    if (request === undefined) return undefined;
    const outcome = await erasePerson(tx, call, request, null);
    switch (outcome.outcome) {
      case "erased":
        return outcome.runIds;
      case "hindered":
        await putOff(tx, call, request.id, outcome.obstacle);
        return undefined;
      case "gone":
        await tx
          .update(privacyRequest)
          .set({ state: "withdrawn", doneAt: sql`clock_timestamp()` })
          .where(eq(privacyRequest.id, request.id));
        return undefined;
    }
  });
  for (const runId of runIds ?? []) call.changed(runId);
  return runIds !== undefined;
}

/** To the day after nothing is in the way any more. */
async function putOff(
  tx: Transaction,
  call: Call,
  requestId: string,
  { until, error }: Obstacle,
): Promise<void> {
  await tx
    .update(privacyRequest)
    .set({ dueAt: sql`${until.toISOString()}::timestamptz + interval '1 day'` })
    .where(eq(privacyRequest.id, requestId));
  await recordAudit(tx, call, {
    action: "privacy_request.put_off",
    entity: "privacy_request",
    entityId: requestId,
    before: null,
    after: { until: until.toISOString(), because: error.code },
  });
  await tell(tx, "erasure_asked", requestId);
}
