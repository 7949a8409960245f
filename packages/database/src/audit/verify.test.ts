import { describe, expect, it } from "vitest";
import {
  AUDITED_ID,
  attack,
  auditLinks,
  forgeLinks,
  writeAuditEntries,
} from "../testing/audit-log.ts";
import { createTestDatabase } from "../testing/database.ts";
import { sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

describe("verifying", () => {
  /** A log of 20 entries, sealed, and what an attack makes verification say. */
  async function after(
    how: (ids: readonly number[]) => readonly string[],
    options: Parameters<typeof verifyAudit>[1] = {},
  ) {
    await using test = await createTestDatabase();
    const ids = await writeAuditEntries(test.db, 20);
    await sealAudit(test.db);
    const { head } = await verifyAudit(test.db);
    await attack(test, ...how(ids));
    const report = await verifyAudit(test.db, options);
    return { ids, head, report, fault: report.firstFault };
  }

  it("finds nothing where nothing was done, and says how far it is", async () => {
    await using test = await createTestDatabase();
    await writeAuditEntries(test.db, 20);
    await sealAudit(test.db);
    await writeAuditEntries(test.db, 2);
    const progress: number[][] = [];

    const report = await verifyAudit(test.db, {
      onProgress: (done, total) => progress.push([done, total]),
    });
    const [last] = (await auditLinks(test.db)).slice(-1);

    expect(report).toMatchObject({
      entries: 22,
      sealed: 20,
      unsealed: 2,
      checked: 20,
      head: { position: 20, hash: last?.hash },
      firstFault: null,
      misdated: { count: 0, first: null },
    });
    expect(progress).toEqual([[20, 20]]);
  });

  it.each([
    ["after", `after = '{"places": 99}'`],
    ["at", "at = at + interval '1 millisecond'"],
    ["actor", "actor_id = 'token-2'"],
    ["kind of actor", "actor_kind = 'system', actor_id = actor_id"],
    ["address", "address = null"],
    ["client", "client = ''"],
    ["entity", "entity_id = '0192f0c1-2b7e-7cc3-98c4-dc0c0c073990'"],
  ])("names an entry that was altered: %s", async (_what, change) => {
    const { fault, ids } = await after(([, , , , , sixth]) => [
      `update audit_entry set ${change} where id = ${sixth}`,
    ]);

    expect(fault).toMatchObject({ kind: "altered", position: 6, entryId: ids[5] });
  });

  it("names the first of several", async () => {
    const { fault, ids } = await after((all) => [
      `update audit_entry set action = 'booking.cancel' where id in (${all[12]}, ${all[7]}, ${all[19]})`,
    ]);

    expect(fault).toMatchObject({ kind: "altered", position: 8, entryId: ids[7] });
  });

  it("names the newest entry, when that was altered", async () => {
    const { fault, ids } = await after((all) => [
      `update audit_entry set action = 'booking.cancel' where id = ${all[19]}`,
    ]);

    expect(fault).toMatchObject({ kind: "altered", position: 20, entryId: ids[19] });
  });

  it("names an entry that was removed", async () => {
    const { fault, ids, report } = await after((all) => [
      `delete from audit_entry where id in (${all[14]}, ${all[3]})`,
    ]);

    expect(fault).toMatchObject({ kind: "removed", position: 4, entryId: ids[3] });
    expect(report).toMatchObject({ entries: 18, sealed: 20, checked: 3 });
  });

  it("names an entry that was removed with its seal, and where the seals were numbered anew", async () => {
    const both = await after((all) => [
      `delete from audit_entry where id = ${all[3]}`,
      "delete from audit_seal where position = 4",
    ]);
    const closed = await after((all) => [
      `delete from audit_entry where id in (${all[3]}, ${all[4]})`,
      "delete from audit_seal where position in (4, 5)",
      "update audit_seal set position = position + 1000000 where position > 5",
      "update audit_seal set position = position - 1000002 where position > 1000000",
    ]);

    expect(both.fault).toMatchObject({ kind: "removed", position: 4, entryId: null });
    expect(closed.fault).toMatchObject({ kind: "removed", position: 4, entryId: closed.ids[5] });
    expect(closed.fault?.detail).toContain("2 entries");
  });

  it("names entries that have changed their contents with one another", async () => {
    const { fault, ids } = await after((all) => [
      `update audit_entry e set after = o.after, at = o.at from audit_entry o
        where (e.id, o.id) in ((${all[6]}, ${all[15]}), (${all[15]}, ${all[6]}))`,
    ]);

    expect(fault).toMatchObject({ kind: "reordered", position: 7, entryId: ids[6] });
    expect(fault?.detail).toContain(`entry ${ids[15]}`);
  });

  it("names seals that have changed places", async () => {
    const swap = (column: string) => (all: readonly number[]) => [
      "alter table audit_seal drop constraint audit_seal_entry_key",
      `update audit_seal s set entry_id = o.entry_id${column} from audit_seal o
        where (s.entry_id, o.entry_id) in ((${all[6]}, ${all[7]}), (${all[7]}, ${all[6]}))`,
    ];
    const whole = await after(swap(", hash = o.hash"));
    const names = await after(swap(""));

    expect(whole.fault).toMatchObject({ kind: "reordered", position: 7, entryId: whole.ids[7] });
    expect(names.fault).toMatchObject({ kind: "reordered", position: 7, entryId: names.ids[7] });
  });

  it("names a seal that was altered, and one that was removed", async () => {
    const altered = await after(() => [
      "update audit_seal set hash = sha256('x') where position = 11",
    ]);
    const removed = await after(() => ["delete from audit_seal where position = 11"]);
    const some = await after(() => ["delete from audit_seal where position in (11, 12, 13)"]);

    expect(altered.fault).toMatchObject({
      kind: "seal_altered",
      position: 11,
      entryId: altered.ids[10],
    });
    expect(removed.fault).toMatchObject({
      kind: "seal_altered",
      position: 11,
      entryId: removed.ids[10],
    });
    expect(some.fault).toMatchObject({ kind: "seal_altered", position: 11 });
  });

  it("shows an altered entry with a seal made to fit, at the next one", async () => {
    await using test = await createTestDatabase();
    const ids = await writeAuditEntries(test.db, 20);
    await sealAudit(test.db);
    await attack(test, `update audit_entry set client = 'other' where id = ${ids[9]}`);
    await forgeLinks(test, 10, 10);

    expect((await verifyAudit(test.db)).firstFault).toMatchObject({
      kind: "altered",
      position: 11,
    });
  });

  it("names an entry that was put in among those that are sealed", async () => {
    await using test = await createTestDatabase();
    const ids = await writeAuditEntries(test.db, 5);
    await sealAudit(test.db);
    await attack(
      test,
      // Time passes, and the sealer goes on.
      "update audit_seal set sealed_at = sealed_at - interval '2 hours'",
      "select setval('audit_entry_id_seq', 1000)",
    );
    await writeAuditEntries(test.db, 5);
    await sealAudit(test.db);
    await attack(
      test,
      `insert into audit_entry (id, actor_kind, action, entity, entity_id) overriding system value
        values (-4, 'operator', 'booking.cancel', 'booking', '${AUDITED_ID}')`,
    );
    await sealAudit(test.db);

    const report = await verifyAudit(test.db);

    expect(ids[0]).toBe(1);
    expect(report).toMatchObject({ entries: 11, sealed: 10, unsealed: 1 });
    expect(report.firstFault).toMatchObject({
      kind: "unsealed_too_old",
      position: null,
      entryId: -4,
    });
    expect(report.firstFault?.detail).toContain("put in afterwards");
  });

  it("names an entry of long ago that waits for a sealer which does not run", async () => {
    const { fault, report } = await after(() => [
      `insert into audit_entry (at, actor_kind, action, entity, entity_id)
        values (now() - interval '2 hours', 'operator', 'booking.cancel', 'booking', '${AUDITED_ID}')`,
    ]);

    expect(fault).toMatchObject({ kind: "unsealed_too_old", position: null, entryId: 21 });
    expect(report.unsealedSince).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/u);
  });

  it("tells of sealed entries whose time does not go with their place", async () => {
    await using test = await createTestDatabase();
    await writeAuditEntries(test.db, 5);
    await attack(
      test,
      `insert into audit_entry (at, actor_kind, action, entity, entity_id) values
        (now() - interval '1 year', 'operator', 'booking.cancel', 'booking', '${AUDITED_ID}'),
        ('infinity', 'operator', 'booking.cancel', 'booking', '${AUDITED_ID}')`,
    );
    await writeAuditEntries(test.db, 5);
    await sealAudit(test.db);

    const { firstFault, misdated, sealed } = await verifyAudit(test.db);

    expect(sealed).toBe(12);
    expect(firstFault).toBeNull();
    expect(misdated).toEqual({ count: 2, first: { position: 6, entryId: 6 } });
  });

  it("looks at the newest links alone, if that is asked for", async () => {
    const old = await after((all) => [`delete from audit_entry where id = ${all[9]}`], {
      newest: 10,
    });
    const recent = await after((all) => [`delete from audit_entry where id = ${all[10]}`], {
      newest: 10,
    });
    const before = await after(() => ["delete from audit_seal where position = 10"], {
      newest: 10,
    });

    expect(old).toMatchObject({ fault: null, report: { checked: 10 } });
    expect(recent.fault).toMatchObject({ kind: "removed", position: 11 });
    expect(before.fault).toMatchObject({ kind: "seal_altered", position: 10 });
  });
});

describe("a head that was noted", () => {
  async function noted() {
    const test = await createTestDatabase();
    const ids = await writeAuditEntries(test.db, 20);
    await sealAudit(test.db);
    const { head } = await verifyAudit(test.db);
    if (head === null) throw new Error("Nothing was sealed");
    return { test, ids, expected: head };
  }

  it("is still there after more was sealed", async () => {
    const { test, expected } = await noted();
    await writeAuditEntries(test.db, 5);
    await sealAudit(test.db);

    const report = await verifyAudit(test.db, { expected });
    await test.drop();

    expect(report).toMatchObject({ sealed: 25, firstFault: null });
  });

  it("shows that the newest entries were removed with their seals, which nothing else does", async () => {
    const { test, ids, expected } = await noted();
    await attack(
      test,
      `delete from audit_entry where id > ${ids[14]}`,
      "delete from audit_seal where position > 15",
    );

    const without = await verifyAudit(test.db);
    const report = await verifyAudit(test.db, { expected });
    await test.drop();

    expect(without.firstFault).toBeNull();
    expect(report.firstFault).toMatchObject({ kind: "head_differs", position: 20, entryId: null });
  });

  it("shows that the chain was made anew, which nothing else does", async () => {
    const { test, ids, expected } = await noted();
    await attack(test, `update audit_entry set client = 'other' where id = ${ids[9]}`);
    await forgeLinks(test, 10, 20);

    const without = await verifyAudit(test.db);
    const report = await verifyAudit(test.db, { expected });
    await test.drop();

    expect(without.firstFault).toBeNull();
    expect(report.firstFault).toMatchObject({
      kind: "head_differs",
      position: 20,
      entryId: ids[19],
    });
  });

  it("shows that log and chain were emptied", async () => {
    const { test, expected } = await noted();
    await attack(test, "truncate audit_entry, audit_seal");

    const report = await verifyAudit(test.db, { expected });
    await test.drop();

    expect(report).toMatchObject({ entries: 0, sealed: 0, head: null });
    expect(report.firstFault).toMatchObject({ kind: "head_differs", position: 20 });
  });
});
