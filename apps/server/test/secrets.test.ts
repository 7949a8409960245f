import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAccessSecret } from "@lectern/auth/access-key";
import { createOperatorToken } from "@lectern/auth/operator-token";
import { createClient } from "@lectern/client";
import { createTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import {
  type LecternProcess,
  freePort,
  startLectern,
  temporaryFolder,
} from "./support/lectern-process.ts";

/** How the secrets of a server are given and changed, with servers that are processes of their own. */

const TIMEOUT_MS = 180_000;

async function start(
  environment: Record<string, string>,
): Promise<LecternProcess & AsyncDisposable> {
  const server = startLectern({ ...environment, PORT: String(await freePort()) });
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      server.child.kill("SIGKILL");
      await server.exited;
    },
  };
}

/** Whether a server takes a token for the operator's. */
async function isLetIn({ url }: LecternProcess, token: string): Promise<boolean> {
  const client = createClient({ url, token, maxRetries: 0 });
  return client.jobs.statistics.query().then(
    () => true,
    () => false,
  );
}

describe("the operator token", { timeout: TIMEOUT_MS }, () => {
  it("is another after its file was deleted, and the one before is worth nothing", async () => {
    await using folder = await temporaryFolder();
    await using database = await createTestDatabase();
    const environment = { LECTERN_DATA: folder.path, DATABASE_URL: database.url };
    const path = join(folder.path, "operator-token");
    const tokens: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      await rm(path, { force: true });
      await using server = await start(environment);
      await server.ready();
      const token = (await readFile(path, "utf8")).trim();
      expect(await isLetIn(server, token)).toBe(true);
      for (const before of tokens) expect(await isLetIn(server, before)).toBe(false);
      expect(server.output()).not.toContain(token);
      tokens.push(token);
    }
    expect(new Set(tokens).size).toBe(2);
  });
});

describe("a server whose secrets are in files", { timeout: TIMEOUT_MS }, () => {
  it("takes what stands there when it starts, so that a vault can change them", async () => {
    await using folder = await temporaryFolder();
    await using database = await createTestDatabase();
    const keep = async (name: string, content: string) => {
      const path = join(folder.path, name);
      await writeFile(path, `${content}\n`, { mode: 0o600 });
      return path;
    };
    const [first, second] = [createOperatorToken(), createOperatorToken()];
    const environment = {
      LECTERN_DATA: join(folder.path, "data"),
      DATABASE_URL_FILE: await keep("database-url", database.url),
      LECTERN_SECRET_FILE: await keep("secret", createAccessSecret()),
      LECTERN_OPERATOR_TOKEN_FILE: await keep("operator", first),
    };
    {
      await using server = await start(environment);
      await server.ready();
      expect(await isLetIn(server, first)).toBe(true);
      expect(await isLetIn(server, second)).toBe(false);
    }
    await keep("operator", second);
    await using server = await start(environment);
    await server.ready();
    expect(await isLetIn(server, second)).toBe(true);
    expect(await isLetIn(server, first)).toBe(false);
  });

  it("does not start without one of them, and says which", async () => {
    await using folder = await temporaryFolder();
    await using server = await start({
      LECTERN_DATA: folder.path,
      LECTERN_SECRET_FILE: join(folder.path, "nowhere"),
    });
    expect(await server.exited).toMatchObject({ code: 1 });
    expect(server.output()).toMatch(/LECTERN_SECRET_FILE names a file that can't be read/u);
    expect(server.output()).not.toMatch(/^\s+at /mu);
  });
});
