import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { connect, type ConnectOptions, type Database } from "../connect.ts";
import { administer, quoteIdentifier } from "../driver/administer.ts";
// Brings along the type of what the global setup provides.
import type {} from "./global-setup.ts";
import { withDatabase } from "./test-server.ts";

export interface TestDatabase extends AsyncDisposable {
  readonly db: Database;
  readonly url: string;
  /** Of a role that may do everything: to look into the server, or to kill a connection. */
  readonly adminUrl: string;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

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
  const server = inject("lecternTestServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const owner = quoteIdentifier(decodeURIComponent(new URL(server.templateUrl).username));
  await using admin = administer(server.adminUrl);
  await admin.run(
    `create database ${name} template ${quoteIdentifier(server.template)} strategy file_copy owner ${owner}`,
  );
  const url = withDatabase(server.templateUrl, name);
  const db = await connect({ poolSize: 5, ...options, url });
  const drop = async () => {
    await db.close({ timeoutMs: 1000 });
    await using again = administer(server.adminUrl);
    await again.run(`drop database if exists ${name} with (force)`);
  };
  return {
    db,
    url,
    adminUrl: withDatabase(server.adminUrl, name),
    drop,
    [Symbol.asyncDispose]: drop,
  };
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
