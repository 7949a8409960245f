import type { Actor } from "@lectern/auth/actor";
import { auditEntry } from "@lectern/database/schema/operations";
import type { Transaction } from "@lectern/database/transaction";
import type { Call } from "../call.ts";

export interface AuditedChange {
  /** `<entity>.<verb>`, such as `run.reschedule`. */
  readonly action: `${string}.${string}`;
  readonly entity: string;
  readonly entityId: string;
  /** The fields that changed, as they were and as they are; `null` where there was or is nothing. */
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** @returns what names an actor in the audit log; `null` for the public */
export function auditIdOf(actor: Actor): string | null {
  return actor.kind === "public" ? null : actor.id;
}

/**
 * Writes down who changed what, in the transaction that changes it. No personal data belongs in
 * `before` and `after`: the log outlives what it speaks of.
 */
export async function recordAudit(
  tx: Transaction,
  call: Call,
  changes: AuditedChange | readonly AuditedChange[],
): Promise<void> {
  const list = Array.isArray(changes) ? changes : [changes];
  if (list.length === 0) return;
  await tx.insert(auditEntry).values(
    list.map((change: AuditedChange) => ({
      actorKind: call.actor.kind,
      actorId: auditIdOf(call.actor),
      requestId: call.requestId,
      address: call.origin.address,
      client: call.origin.client,
      action: change.action,
      entity: change.entity,
      entityId: change.entityId,
      before: change.before,
      after: change.after,
    })),
  );
}
