import { sealAudit } from "@lectern/database/audit/seal";
import { attack, auditLinks, writeAuditEntries } from "@lectern/database/testing/audit-log";
import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import { lectern } from "./support/lectern.ts";

interface Figures {
  readonly ok: boolean;
  readonly head: string;
  readonly position: number;
}

async function createLog(): Promise<TestDatabase> {
  const test = await createTestDatabase();
  await writeAuditEntries(test.db, 8);
  await sealAudit(test.db);
  return test;
}

/** What `lectern audit verify` says: its last line as JSON, and all that stands before. */
async function verify({ url }: TestDatabase, ...words: string[]) {
  const config = {
    url: undefined,
    token: undefined,
    dataDirectory: "/nonexistent",
    databaseUrl: url,
    configDirectory: "/nonexistent",
  };
  const said = await lectern(["audit", "verify", ...words], { config });
  const lines = said.stdout.trimEnd().split("\n");
  return {
    ...said,
    text: lines.slice(0, -1).join("\n"),
    figures: JSON.parse(lines.at(-1) ?? "") as Figures,
  };
}

describe("audit verify", () => {
  it("says that the chain holds, and how to hold on to it", async () => {
    await using test = await createLog();
    await writeAuditEntries(test.db, 2);
    const last = (await auditLinks(test.db)).at(-1);
    const head = Buffer.from(last?.hash ?? []).toString("hex");

    const { exitCode, text, figures } = await verify(test);

    expect(exitCode).toBe(0);
    expect(text).toContain("10 entries: 8 sealed, 2 waiting for their seal");
    expect(text).toContain("The chain holds");
    expect(text).toContain(`lectern audit verify --expect-head ${head} --at 8`);
    expect(figures).toEqual({
      ok: true,
      entries: 10,
      sealed: 8,
      unsealed: 2,
      unsealedSince: expect.any(String) as string,
      position: 8,
      head,
      firstFault: null,
      misdated: { count: 0, first: null },
      seconds: expect.any(Number) as number,
    });
  });

  it("prints one line of JSON and nothing else for programs", async () => {
    await using test = await createLog();

    const { text, figures } = await verify(test, "--json");

    expect(text).toBe("");
    expect(figures).toMatchObject({ ok: true, sealed: 8 });
  });

  it("names the first row that was tampered with, and ends with 1", async () => {
    await using test = await createLog();
    await attack(
      test,
      "update audit_entry set actor_id = 'somebody else' where id = 3",
      "delete from audit_entry where id = 6",
    );

    const { exitCode, text, figures } = await verify(test);

    expect(exitCode).toBe(1);
    expect(text).toContain("entry 3, sealed at position 3, was changed");
    expect(text).not.toContain("--expect-head");
    expect(figures).toMatchObject({
      ok: false,
      firstFault: { kind: "altered", position: 3, entryId: 3 },
    });
  });

  it("sees by a head that was kept that the newest entries are gone", async () => {
    await using test = await createLog();
    const { figures } = await verify(test);
    const expected = [
      "--expect-head",
      figures.head.toUpperCase(),
      "--at",
      String(figures.position),
    ];
    const before = await verify(test, ...expected);
    await attack(
      test,
      "delete from audit_seal where position > 6",
      "delete from audit_entry where id > 6",
    );

    const without = await verify(test);
    const after = await verify(test, ...expected);

    expect(before.exitCode).toBe(0);
    expect(before.text).toContain("the one whose hash was noted at position 8");
    expect(without.exitCode).toBe(0);
    expect(after.exitCode).toBe(1);
    expect(after.figures).toMatchObject({ firstFault: { kind: "head_differs", position: 8 } });
  });

  it("tells of entries whose time does not go with their place", async () => {
    await using test = await createLog();
    await attack(
      test,
      `insert into audit_entry (at, actor_kind, action, entity, entity_id)
        values ('2001-01-01', 'operator', 'run.cancel', 'run', gen_random_uuid())`,
    );
    await sealAudit(test.db);

    const { exitCode, text, figures } = await verify(test);

    expect(exitCode).toBe(0);
    expect(text).toContain("that of entry 9 at position 9");
    expect(figures).toMatchObject({ misdated: { count: 1, first: { position: 9, entryId: 9 } } });
  });

  it.each([
    ["a hash without its place", ["--expect-head", "a".repeat(64)]],
    ["a place without its hash", ["--at", "3"]],
    ["what is no hash", ["--expect-head", "abc", "--at", "3"]],
    ["what is no place", ["--expect-head", "a".repeat(64), "--at", "0"]],
    ["another word", ["everything"]],
  ])("refuses %s", async (_what, words) => {
    await using test = await createTestDatabase();
    const config = {
      url: undefined,
      token: undefined,
      dataDirectory: "/nonexistent",
      databaseUrl: test.url,
      configDirectory: "/nonexistent",
    };
    const { exitCode, stdout, stderr } = await lectern(["audit", "verify", ...words], { config });

    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toBe("");
  });

  it("says what to do where there is no database, or an old one", async () => {
    await using test = await createTestDatabase();
    await test.db.execute(
      "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
    );
    const none = await lectern(["audit", "verify"]);
    const old = await lectern(["audit", "verify"], {
      config: {
        url: undefined,
        token: undefined,
        dataDirectory: "/nonexistent",
        databaseUrl: test.url,
        configDirectory: "/nonexistent",
      },
    });

    expect([none.exitCode, old.exitCode]).toEqual([2, 2]);
    expect(none.stderr).toContain("npm start");
    expect(old.stderr).toContain("Migrations are pending");
  });

  it("explains itself", async () => {
    const { exitCode, stdout } = await lectern(["audit", "verify", "--help"]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain("--expect-head");
    expect(stdout).toContain("Examples:");
  });
});
