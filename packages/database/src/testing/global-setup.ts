import type { TestProject } from "vitest/node";
import { startTestServer, type TestServer } from "./test-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    lecternTestServer: TestServer;
  }
}

/**
 * Vitest's `globalSetup`: one PostgreSQL for a run of tests, stopped after it. `TEST_DATABASE_URL`, of a role that may create databases,
 * makes it use that server instead.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startTestServer(process.env["TEST_DATABASE_URL"]);
  project.provide("lecternTestServer", server);
  return stop;
}
