import {
  type TestDatabase,
  createTestDatabase,
  createTestTemplate,
} from "@lectern/database/testing/database";
import { loadDemo } from "@lectern/demo/load-demo";
import { afterAll, beforeAll } from "vitest";
import { type ServeOptions, type Served, serve, today } from "./serve.ts";

/** A server that listens, on a database of its own with the demo academy in it. */
export interface TestServer extends Served {
  readonly database: TestDatabase;
}

let demo: Promise<string> | undefined;

/** One server for all tests of a file. @returns how a test gets it */
export function useTestServer(options: ServeOptions = {}): () => TestServer {
  let server: TestServer | undefined;
  beforeAll(async () => {
    // To load it takes a second, and there are dozens of files.
    demo ??= createTestTemplate((db) => loadDemo(db, { today: today() }));
    const database = await createTestDatabase({}, await demo);
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
