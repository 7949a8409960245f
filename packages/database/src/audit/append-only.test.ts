import { describe, expect, it } from "vitest";
import { writeAuditEntries } from "../testing/audit-log.ts";
import { createTestDatabase, useTestDatabase } from "../testing/database.ts";
import { sealAudit } from "./seal.ts";

describe("the role that Lectern's statements run as", () => {
  const database = useTestDatabase();

  it.each(["audit_entry", "audit_seal"])(
    "may add to %s, and has no right to change it",
    async (table) => {
      const { rows } = await database().db.execute(
        `select privilege, has_table_privilege('${table}', privilege) as has
        from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) privilege
        where not (select rolsuper from pg_roles where rolname = current_user)`,
      );

      expect(rows).toEqual([
        { privilege: "SELECT", has: true },
        { privilege: "INSERT", has: true },
        { privilege: "UPDATE", has: false },
        { privilege: "DELETE", has: false },
        { privilege: "TRUNCATE", has: false },
      ]);
    },
  );

  it.each([
    "update audit_entry set action = 'a.b'",
    "delete from audit_entry",
    "truncate audit_entry",
    "update audit_seal set sealed_at = now()",
    "delete from audit_seal",
    "truncate audit_seal",
  ])("is refused by its rights: %s", async (statement) => {
    await writeAuditEntries(database().db, 1);
    await sealAudit(database().db);

    await expect(database().db.execute(statement)).rejects.toMatchObject({
      cause: { code: "42501" },
    });
  });

  it("is refused by a trigger, should it give itself the right", async () => {
    await using test = await createTestDatabase();
    await test.db.execute(
      "grant update, delete, truncate on audit_entry, audit_seal to current_user",
    );
    await writeAuditEntries(test.db, 1);

    for (const statement of ["update audit_seal set position = 9", "delete from audit_entry"]) {
      await expect(test.db.execute(statement)).rejects.toMatchObject({ cause: { code: "23000" } });
    }
  });
});
