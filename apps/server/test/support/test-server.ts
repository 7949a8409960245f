import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { afterAll, beforeAll } from "vitest";
import { type ServeOptions, type Served, serve } from "./serve.ts";

/** A server that listens, on a database of its own with the demo academy in it. */
export interface TestServer extends Served {
  readonly database: TestDatabase;
}

/** One server for all tests of a file. @returns how a test gets it */
export function useTestServer(options: ServeOptions = {}): () => TestServer {
  let server: TestServer | undefined;
  beforeAll(async () => {
    const database = await createTestDatabase();
    server = { ...(await serve(database.db, options)), database };
  });
  afterAll(async () => {
    await server?.stop();
    await server?.database.drop();
  });
  return () => {
    if (server === undefined) throw new TypeError("The test server exists in tests and hooks only");
    return server;
  };
}
