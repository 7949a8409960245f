import { linkHash, NO_LINK, readChainedEntry } from "../audit/chain.ts";
import { administer } from "../driver/administer.ts";
import type { Queryable } from "../queryable.ts";
import { auditEntry, auditSeal } from "../schema/operations.ts";
import type { TestDatabase } from "./database.ts";

/** Audit logs for tests, and what somebody does to them who holds the whole database. */

/** Of the booking that all these entries are about. */
export const AUDITED_ID = "0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f";

export function newAuditEntry(after: Record<string, unknown> = { places: 1 }) {
  return {
    actorKind: "operator" as const,
    actorId: "token-1",
    action: "booking.hold",
    entity: "booking",
    entityId: AUDITED_ID,
    after,
    requestId: "request",
    address: "192.0.2.7",
    client: "test",
  };
}

/** @returns the ids of so many new entries */
export async function writeAuditEntries(db: Queryable, count: number): Promise<number[]> {
  const values = Array.from({ length: count }, (_, places) => newAuditEntry({ places }));
  const written = await db.insert(auditEntry).values(values).returning({ id: auditEntry.id });
  return written.map(({ id }) => id);
}

export interface TestLink {
  readonly position: number;
  readonly entryId: number;
  readonly hash: Uint8Array;
}

/** @returns the chain as it is stored */
export async function auditLinks(db: Queryable): Promise<TestLink[]> {
  return await db
    .select({ position: auditSeal.position, entryId: auditSeal.entryId, hash: auditSeal.hash })
    .from(auditSeal)
    .orderBy(auditSeal.position);
}

/** Runs statements that no trigger, foreign key or missing right refuses. */
export async function attack(
  { adminUrl }: Pick<TestDatabase, "adminUrl">,
  ...statements: string[]
): Promise<void> {
  await using admin = administer(adminUrl);
  await admin.run("set session_replication_role = replica");
  for (const statement of statements) await admin.run(statement);
}

/** Makes the links at these positions anew, so that they fit what the log says now. */
export async function forgeLinks(test: TestDatabase, from: number, to: number): Promise<void> {
  const chain = await auditLinks(test.db);
  let hash: Uint8Array = chain[from - 2]?.hash ?? NO_LINK;
  for (const { position, entryId } of chain.slice(from - 1, to)) {
    const entry = await readChainedEntry.first(test.db, { id: entryId });
    if (entry === undefined) throw new Error(`There is no entry ${entryId}`);
    hash = linkHash(hash, position, entry);
    const hex = Buffer.from(hash).toString("hex");
    await attack(test, `update audit_seal set hash = '\\x${hex}' where position = ${position}`);
  }
}
