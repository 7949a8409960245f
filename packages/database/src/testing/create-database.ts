import { randomBytes } from "node:crypto";
import { connect, type ConnectOptions, type Database } from "../connect.ts";
import { administer, quoteIdentifier } from "../driver/administer.ts";
import { type TestServer, withDatabase } from "./test-server.ts";

export interface TestDatabase extends AsyncDisposable {
  readonly db: Database;
  readonly url: string;
  /** Of a role that may do everything: to look into the server, or to kill a connection. */
  readonly adminUrl: string;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

/**
 * A migrated database with nothing in it, on a server of `startTestServer`: for programs that are no tests of vitest's.
 *
 * @param options for the connection, beside its URL
 */
export async function createDatabaseFrom(
  server: TestServer,
  options: Partial<ConnectOptions> = {},
): Promise<TestDatabase> {
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
