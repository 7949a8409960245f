import type { TestProject } from "vitest/node";
import { type RunningTestServer, startTestServer, type TestServer } from "./test-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    lecternTestServer: TestServer;
  }
}

/**
 * Vitest's `globalSetup`: one PostgreSQL for a run of tests, stopped after it. `TEST_DATABASE_URL`, of a role that may create databases,
 * makes it use that server instead.
 */
let server: RunningTestServer | undefined;

export async function setup(project: TestProject) {
  server = await startTestServer(process.env["TEST_DATABASE_URL"]);
  const { adminUrl, templateUrl, template } = server;
  project.provide("lecternTestServer", { adminUrl, templateUrl, template });
}

export async function teardown() {
  await server?.stop();
}
