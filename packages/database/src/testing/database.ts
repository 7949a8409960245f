import { afterAll, beforeAll, inject } from "vitest";
import type { ConnectOptions } from "../connect.ts";
import { createDatabaseFrom, type TestDatabase } from "./create-database.ts";
// Brings along the type of what the global setup provides.
import type {} from "./global-setup.ts";

export type { TestDatabase } from "./create-database.ts";

/**
 * A migrated database of a test's own, with nothing in it. Needs the global setup.
 *
 *     await using test = await createTestDatabase();
 *     await test.db.insert(courses).values(…);
 *
 * @param options for the connection, beside its URL
 */
export async function createTestDatabase(
  options: Partial<ConnectOptions> = {},
): Promise<TestDatabase> {
  return await createDatabaseFrom(inject("lecternTestServer"), options);
}

/** One database for all tests of a file, made before them and dropped after them. @returns how a test gets it */
export function useTestDatabase(options?: Partial<ConnectOptions>): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(options);
  });
  afterAll(async () => {
    await database?.drop();
  });
  return () => {
    if (!database) throw new TypeError("The test database exists in tests and hooks only");
    return database;
  };
}
