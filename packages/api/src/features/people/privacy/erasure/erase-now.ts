import { type EraseInput, Erased } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { person } from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { notFound } from "../../../../domain-error.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { makeRequest } from "../make-request.ts";
import { erasePerson } from "./erase-person.ts";
import { LONG } from "./forget-traces.ts";

/**
 * Erases somebody at once, by staff, for one of a few reasons: nobody has to wait whom the law gives a right.
 *
 * @throws NotFound for nobody, and for who was erased or merged into another account; Conflict as
 *   `requestErasure`; IdempotencyMismatch
 */
export async function eraseNow(
  db: Database,
  call: Call,
  input: z.infer<typeof EraseInput>,
): Promise<Erased> {
  const { personId, reason } = input;
  let runIds: readonly string[] = [];
  const answer = await transaction(db, { idempotent: true, ...LONG }, (tx) =>
    onceOnly(tx, call, "privacy.erase", input, Erased, async () => {
      const requestId = await lockedRequest(tx, personId);
      const outcome = await erasePerson(tx, call, { id: requestId, personId }, reason);
      switch (outcome.outcome) {
        case "gone":
          throw notFound("person", personId);
        case "hindered":
          throw outcome.obstacle.error;
        case "erased":
          ({ runIds } = outcome);
          return { requestId, personId, report: outcome.report };
      }
    }),
  );
  for (const runId of runIds) call.changed(runId);
  return answer;
}

/** The request that waits already, or one that is made for this. */
async function lockedRequest(tx: Transaction, personId: string): Promise<string> {
  const [waiting] = await tx
    .select({ id: privacyRequest.id })
    .from(privacyRequest)
    .where(
      and(
        eq(privacyRequest.personId, personId),
        eq(privacyRequest.kind, "erasure"),
        eq(privacyRequest.state, "waiting"),
      ),
    )
    .for("update");
  if (waiting !== undefined) return waiting.id;
  const [found] = await tx.select({ id: person.id }).from(person).where(eq(person.id, personId));
  if (found === undefined) throw notFound("person", personId);
  return makeRequest(tx, "erasure", personId, 0);
}
