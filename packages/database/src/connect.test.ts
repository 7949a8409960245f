import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect, requireServerVersion } from "./connect.ts";
import { ConnectFailed, UnsupportedServerVersion } from "./errors.ts";
import { createTestDatabase } from "./testing/database.ts";

test("a test database is migrated, and says which PostgreSQL it is", async () => {
  await using test = await createTestDatabase();
  expect(test.db.serverVersion).toMatch(/^\d+\.\d+/);
  const { rows } = await test.db.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  expect(rows[0]?.count).toBeGreaterThan(0);
});

test("a server that can't be reached is reported without the password", async () => {
  const failure = connect({ url: "postgres://lectern:secret@127.0.0.1:1/lectern" });
  await expect(failure).rejects.toThrow(ConnectFailed);
  await expect(failure).rejects.not.toThrow(/secret/);
});

test("PostgreSQL 15 and later will do, and an older one is told what is needed", () => {
  expect(requireServerVersion(150_000, "15.0")).toBe("15.0");
  expect(requireServerVersion(180_004, "18.4 (Debian 18.4-1)")).toBe("18.4");
  expect(() => requireServerVersion(140_020, "14.20")).toThrow(UnsupportedServerVersion);
  expect(() => requireServerVersion(140_020, "14.20")).toThrow(
    /PostgreSQL 15 or later.*PostgreSQL 14\.20/,
  );
});
