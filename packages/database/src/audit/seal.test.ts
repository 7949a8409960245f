import { describe, expect, it } from "vitest";
import { administer } from "../driver/administer.ts";
import { auditEntry } from "../schema/operations.ts";
import { attack, auditLinks, newAuditEntry, writeAuditEntries } from "../testing/audit-log.ts";
import { createTestDatabase } from "../testing/database.ts";
import { transaction } from "../transaction.ts";
import { sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

class TakenBack extends Error {}

function unlessTakenBack(error: unknown): void {
  if (!(error instanceof TakenBack)) throw error;
}

describe("sealing", () => {
  it("adds one link for each entry, in the order of ids, each on the hash before", async () => {
    await using test = await createTestDatabase();
    const ids = await writeAuditEntries(test.db, 25);

    const sealing = await sealAudit(test.db, { batchSize: 10 });
    const chain = await auditLinks(test.db);

    expect(sealing).toEqual({ sealed: 25, isDone: true });
    expect(chain.map(({ position }) => position)).toEqual(ids.map((_, place) => place + 1));
    expect(chain.map(({ entryId }) => entryId)).toEqual(ids);
    expect(new Set(chain.map(({ hash }) => Buffer.from(hash).toString("hex"))).size).toBe(25);
  });

  it("does nothing the second time", async () => {
    await using test = await createTestDatabase();
    await writeAuditEntries(test.db, 12);
    await sealAudit(test.db);
    const before = await auditLinks(test.db);

    const again = await sealAudit(test.db);

    expect(again).toEqual({ sealed: 0, isDone: true });
    expect(await auditLinks(test.db)).toEqual(before);
  });

  it("misses no entry whose transaction commits after others were sealed", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const [written, committing] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
    const late = transaction(db, {}, async (tx) => {
      const [entry] = await tx.insert(auditEntry).values(newAuditEntry()).returning();
      written.resolve(entry?.id ?? 0);
      await committing.promise;
    });
    const id = await written.promise;
    const others = await writeAuditEntries(db, 5);
    await sealAudit(db);
    const before = await auditLinks(db);
    // What is sealed meanwhile may have been sealed hours ago: a worker can be off for as long as it likes.
    await attack(test, "update audit_seal set sealed_at = sealed_at - interval '5 hours'");
    committing.resolve();
    await late;

    const sealing = await sealAudit(db);

    expect(before.map(({ entryId }) => entryId)).toEqual(others);
    expect(others.every((other) => other > id)).toBe(true);
    expect(sealing).toEqual({ sealed: 1, isDone: true });
    expect((await auditLinks(db)).at(-1)).toMatchObject({ position: 6, entryId: id });
    expect(await verifyAudit(db)).toMatchObject({ entries: 6, sealed: 6, firstFault: null });
  });

  it("does not look again at what lies an hour before the newest seal", async () => {
    await using test = await createTestDatabase();
    await writeAuditEntries(test.db, 3);
    await sealAudit(test.db);
    await attack(test, "update audit_seal set sealed_at = sealed_at - interval '2 hours'");
    await writeAuditEntries(test.db, 3);
    await sealAudit(test.db);
    await attack(test, "delete from audit_seal where position = 2");

    expect(await sealAudit(test.db)).toEqual({ sealed: 0, isDone: true });
  });

  it("is done by one at a time, and leaves writers alone", async () => {
    await using test = await createTestDatabase({ poolSize: 20 });
    const { db } = test;
    let isWriting = true;
    const sealers = Array.from({ length: 3 }, async () => {
      let sealed = 0;
      while (isWriting) sealed += (await sealAudit(db, { batchSize: 7 })).sealed;
      return sealed;
    });
    const writers = Array.from({ length: 50 }, async (_, writer) => {
      for (let round = 0; round < 10; round += 1) {
        await transaction(db, {}, async (tx) => {
          await tx.insert(auditEntry).values([newAuditEntry({ writer, round }), newAuditEntry()]);
          if (writer % 10 === 0) throw new TakenBack();
        }).catch(unlessTakenBack);
      }
    });
    await Promise.all(writers);
    isWriting = false;
    const counts = await Promise.all(sealers);
    const rest = await sealAudit(db);

    const sealed = counts.reduce((sum, count) => sum + count, rest.sealed);
    expect(sealed).toBe(45 * 10 * 2);
    expect(await verifyAudit(db)).toMatchObject({
      entries: sealed,
      sealed,
      unsealed: 0,
      firstFault: null,
      misdated: { count: 0 },
    });
  });

  it("makes no writer wait, even while it holds its turn", async () => {
    await using test = await createTestDatabase();
    await using admin = administer(test.adminUrl);
    await writeAuditEntries(test.db, 3);
    await admin.run("begin");
    await admin.run("select pg_advisory_xact_lock(7310593858020254337)");

    const sealing = await sealAudit(test.db);
    const ids = await writeAuditEntries(test.db, 3);
    await admin.run("rollback");

    expect(sealing).toEqual({ sealed: 0, isDone: false });
    expect(ids).toHaveLength(3);
    expect(await sealAudit(test.db)).toEqual({ sealed: 6, isDone: true });
  });

  it("stops with a whole batch when its time is over", async () => {
    await using test = await createTestDatabase();
    await writeAuditEntries(test.db, 10);

    expect(await sealAudit(test.db, { batchSize: 4, timeoutMs: 0 })).toEqual({
      sealed: 0,
      isDone: false,
    });
    expect(await verifyAudit(test.db)).toMatchObject({
      unsealed: 10,
      firstFault: null,
      head: null,
    });
  });
});
