import type { ErasureReason } from "@lectern/contract/privacy";
import { person } from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import type { Transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { lockAddress } from "../../../bookings/accounts-of-addresses.ts";
import { tell } from "../../../notifications/tell.ts";
import { isAdministrator, lockAdministrators } from "../../staff/roles.ts";
import { forgetTracesQueue } from "../privacy-queues.ts";
import { type Subject, findSubject } from "../subject.ts";
import { type Erased, eraseData } from "./erase-data.ts";
import { hashOfAddress } from "./hash-of-address.ts";
import { type Obstacle, findObstacle } from "./obstacles.ts";

/** As long as what was under way at that moment may take. */
const TRACES_AFTER_MS = 10 * 60_000;

export type ErasureOutcome =
  | ({ readonly outcome: "erased" } & Erased)
  | { readonly outcome: "hindered"; readonly obstacle: Obstacle }
  /** Erased before, or merged into another account. */
  | { readonly outcome: "gone" };

/**
 * Erases somebody for a request that waits, unless something is in the way; the last that they hear of it is
 * a mail. What was on its way meanwhile is forgotten a little later.
 *
 * @param request that is locked, and done with this
 * @param reason why staff do it; `null` for who asked themselves
 */
export async function erasePerson(
  tx: Transaction,
  call: Call,
  request: { readonly id: string; readonly personId: string },
  reason: ErasureReason | null,
): Promise<ErasureOutcome> {
  const subject = await lockSubject(tx, request.personId);
  if (subject === undefined) return { outcome: "gone" };
  const obstacle = await findObstacle(tx, subject);
  if (obstacle !== undefined) return { outcome: "hindered", obstacle };
  const erased = await eraseData(tx, call, subject);
  await tx
    .update(privacyRequest)
    .set({ state: "done", doneAt: sql`clock_timestamp()`, report: erased.report })
    .where(eq(privacyRequest.id, request.id));
  await recordAudit(tx, call, {
    action: "person.erase",
    entity: "person",
    entityId: request.personId,
    before: null,
    after: { requestId: request.id, reason, accounts: subject.personIds.length },
  });
  if (subject.isVerified) {
    const { name, email } = subject;
    await tell(tx, "erasure_done", request.id, { to: { name, email } });
  }
  await enqueue(
    tx,
    forgetTracesQueue,
    {
      requestId: request.id,
      personIds: [...subject.personIds],
      addressHashes: subject.emails.map(hashOfAddress),
      round: 0,
    },
    { startAfter: new Date(Date.now() + TRACES_AFTER_MS) },
  );
  return { outcome: "erased", ...erased };
}

/**
 * Nobody writes their address down, or refers to their accounts, until this is over, and of administrators
 * one goes after the other: in the order in which everybody locks these.
 */
async function lockSubject(tx: Transaction, personId: string): Promise<Subject | undefined> {
  const found = await findSubject(tx, personId);
  if (await isAdministrator(tx, personId)) await lockAdministrators(tx);
  for (const email of found?.emails.toSorted() ?? []) await lockAddress(tx, email);
  await tx
    .select({ id: person.id })
    .from(person)
    .where(inArray(person.id, [...(found?.personIds ?? [personId])]))
    .orderBy(asc(person.id))
    .for("update");
  return findSubject(tx, personId);
}
