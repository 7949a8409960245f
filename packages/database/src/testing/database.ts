import { afterAll, beforeAll, inject } from "vitest";
import type { ConnectOptions, Database } from "../connect.ts";
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
 * @param template of `createTestTemplate`, with what it was filled with
 */
export async function createTestDatabase(
  options: Partial<ConnectOptions> = {},
  template?: string,
): Promise<TestDatabase> {
  const server = inject("lecternTestServer");
  return await createDatabaseFrom({ ...server, template: template ?? server.template }, options);
}

/**
 * A database that many tests begin with: filled once, and copied for each of them. It is there until the server of the tests is stopped.
 *
 * @returns its name
 */
export async function createTestTemplate(
  fill: (db: Database) => Promise<unknown>,
): Promise<string> {
  const { db, url } = await createTestDatabase();
  await fill(db);
  // Nobody may be connected to what is copied.
  await db.close();
  return new URL(url).pathname.slice(1);
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
