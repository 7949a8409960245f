import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import type { Database } from "@lectern/database/connect";
import { createTestDatabase } from "@lectern/database/testing/database";
import { QUICK_START } from "@lectern/database/testing/quick-start";
import { transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { freePort, startLectern, temporaryFolder } from "./support/lectern-process.ts";
import { testQueue } from "./support/test-worker.ts";

const WORKER = fileURLToPath(new URL("../src/worker.ts", import.meta.url));
const TEST_WORKER = fileURLToPath(new URL("./support/test-worker.ts", import.meta.url));
const TIMEOUT_MS = 90_000;
const LECTERN_SECRET = randomBytes(24).toString("hex");

/** A worker as a process of its own. Ends with the test. */
function startWorkerProcess(program: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), ...QUICK_START, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => {
      resolve({ code, signal });
    });
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return await exited;
  };
  return {
    exited,
    end,
    output: () => output,
    says: (text: string) => vi.waitUntil(() => output.includes(text), { timeout: 30_000 }),
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}

async function write(db: Database, name: string): Promise<string | null> {
  return await transaction(db, {}, (tx) => enqueue(tx, testQueue, { name }));
}

async function isDone(db: Database, id: string | null): Promise<boolean> {
  const { rows } = await db.execute<{ state: string }>(
    sql`select state from pgboss.job where id = ${id}`,
  );
  return rows[0]?.state === "completed";
}

describe("a worker process", { timeout: TIMEOUT_MS }, () => {
  it("that is killed in the middle of a job leaves it to another one, soon", async () => {
    await using test = await createTestDatabase();
    const environment = { DATABASE_URL: test.url, LECTERN_SECRET };
    const id = await write(test.db, "once");
    await using victim = startWorkerProcess(TEST_WORKER, { ...environment, TEST_WORKER: "stuck" });
    await victim.says('"attempt":1,"msg":"counting"');
    await using other = startWorkerProcess(TEST_WORKER, environment);
    await other.says('"msg":"ready"');
    const killedAt = performance.now();
    await victim.end("SIGKILL");
    await vi.waitUntil(() => isDone(test.db, id), { timeout: 45_000, interval: 50 });
    expect(performance.now() - killedAt).toBeLessThan(30_000);
    expect(other.output()).toContain('"attempt":2,"msg":"counting"');
    expect(other.output()).toContain("took a job from a worker that was lost");
    expect(await other.end("SIGTERM")).toEqual({ code: 0, signal: null });
  });

  it("runs Lectern's own jobs, and stops in order", async () => {
    await using test = await createTestDatabase();
    await using worker = startWorkerProcess(WORKER, { DATABASE_URL: test.url, LECTERN_SECRET });
    await worker.says('"msg":"ready"');
    expect(await worker.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(worker.output()).toContain('"msg":"stopped"');
    expect(worker.output()).not.toContain(LECTERN_SECRET);
    expect(worker.output()).not.toContain('"level":50');
  });

  it("says what to do when there is no database, or not the server's secret", async () => {
    await using folder = await temporaryFolder();
    const alone = startWorkerProcess(WORKER, { LECTERN_DATA: folder.path, LECTERN_SECRET });
    expect(await alone.exited).toMatchObject({ code: 1 });
    expect(alone.output()).toContain("Set DATABASE_URL");

    const stranger = startWorkerProcess(WORKER, {
      LECTERN_DATA: folder.path,
      DATABASE_URL: "postgres://somebody@localhost/nowhere",
    });
    expect(await stranger.exited).toMatchObject({ code: 1 });
    expect(stranger.output()).toContain("LECTERN_SECRET must be the server's");
  });

  it("finds the PostgreSQL of a server that runs on the same folder, and its secret", async () => {
    await using folder = await temporaryFolder();
    const environment = { LECTERN_DATA: folder.path, LECTERN_DEMO: "off" };
    const server = startLectern({
      ...environment,
      LECTERN_WORKER: "off",
      PORT: String(await freePort()),
    });
    try {
      await server.ready();
      await using worker = startWorkerProcess(WORKER, environment);
      await worker.says('"msg":"ready"');
      expect(await worker.end("SIGTERM")).toEqual({ code: 0, signal: null });
    } finally {
      server.child.kill("SIGTERM");
      await server.exited;
    }
  });
});
