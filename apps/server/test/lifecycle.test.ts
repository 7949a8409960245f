import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createClient, newIdempotencyKey } from "@lectern/client";
import { isRunning } from "@lectern/database/embedded/process-identity";
import { createTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it, vi } from "vitest";
import {
  freePort,
  postmasterOf,
  startLectern,
  temporaryFolder,
} from "./support/lectern-process.ts";

const TIMEOUT_MS = 90_000;

async function bookOnePlace(url: string): Promise<{ reference: string; accessKey: string }> {
  const client = createClient({ url });
  const { items } = await client.runs.upcoming.query({ limit: 20 });
  const run = items.find(({ bookability }) => bookability === "open");
  const hold = await client.bookings.hold.mutate({
    runId: run?.id ?? "",
    places: 1,
    idempotencyKey: newIdempotencyKey(),
  });
  const { reference, accessKey } = hold;
  await client.bookings.confirm.mutate({
    reference,
    accessKey,
    booker: { name: "Ingrid Berg", email: "ingrid@example.com" },
    acceptsTerms: true,
    idempotencyKey: newIdempotencyKey(),
  });
  const check = await client.bookings.byReference.query({ reference, accessKey });
  expect(check.status).toBe("confirmed");
  return { reference, accessKey };
}

describe("a server with its own PostgreSQL", { timeout: TIMEOUT_MS }, () => {
  it("survives kill -9 of itself and of PostgreSQL, and stops in order", async () => {
    await using folder = await temporaryFolder();
    const port = String(await freePort());
    const environment = { LECTERN_DATA: folder.path, PORT: port };

    const first = startLectern(environment);
    await first.ready();
    expect((await stat(join(folder.path, "operator-token"))).mode & 0o777).toBe(0o600);
    const key = await bookOnePlace(first.url);
    const firstPostgres = await postmasterOf(folder.path);

    const second = startLectern({ ...environment, PORT: String(await freePort()) });
    expect(await second.exited).toMatchObject({ code: 1 });
    expect(second.output()).toContain(`already running at ${first.url}`);

    first.child.kill("SIGKILL");
    await first.exited;
    const third = startLectern(environment);
    await third.ready();
    expect(await isRunning(firstPostgres)).toBe(false);
    const seen = await createClient({ url: third.url }).bookings.byReference.query(key);
    expect(seen.status).toBe("confirmed");

    const thirdPostgres = await postmasterOf(folder.path);
    process.kill(thirdPostgres.pid, "SIGKILL");
    await vi.waitUntil(async () => !(await isRunning(thirdPostgres)), { timeout: 5000 });
    await third.ready();
    expect(
      (await createClient({ url: third.url }).courses.topics.query()).topics.length,
    ).toBeGreaterThan(5);

    const lastPostgres = await postmasterOf(folder.path);
    third.child.kill("SIGTERM");
    expect(await third.exited).toEqual({ code: 0, signal: null });
    expect(await isRunning(lastPostgres)).toBe(false);
    expect(third.output()).not.toContain("lectern_op_");
  });

  it("says so when its port is taken, and starts no database for nothing", async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(port, "localhost", resolve);
    });
    const lectern = startLectern({ LECTERN_DATA: folder.path, PORT: String(port) });
    expect(await lectern.exited).toMatchObject({ code: 1 });
    expect(lectern.output()).toContain(`Port ${port} is taken`);
    await expect(stat(join(folder.path, "postgres"))).rejects.toThrow(/ENOENT/u);
    other.close();
  });
});

describe("a server with DATABASE_URL", { timeout: TIMEOUT_MS }, () => {
  it("uses that PostgreSQL, starts none, and leaves it empty unless asked for the demo", async () => {
    await using folder = await temporaryFolder();
    await using database = await createTestDatabase();
    const environment = {
      LECTERN_DATA: folder.path,
      PORT: String(await freePort()),
      DATABASE_URL: database.url,
    };
    const lectern = startLectern(environment);
    await lectern.ready();
    const client = createClient({ url: lectern.url });
    expect((await client.courses.list.query({})).total).toBe(0);
    await expect(stat(join(folder.path, "postgres"))).rejects.toThrow(/ENOENT/u);
    lectern.child.kill("SIGTERM");
    expect(await lectern.exited).toMatchObject({ code: 0 });

    const withDemo = startLectern({ ...environment, LECTERN_DEMO: "on" });
    await withDemo.ready();
    expect((await client.courses.list.query({})).total).toBeGreaterThan(50);
    withDemo.child.kill("SIGTERM");
    await withDemo.exited;
  });

  it("says what to do when it can't be reached, without the password", async () => {
    await using folder = await temporaryFolder();
    const lectern = startLectern({
      LECTERN_DATA: folder.path,
      PORT: String(await freePort()),
      DATABASE_URL: `postgres://lectern:s3cret@127.0.0.1:${await freePort()}/lectern`,
    });
    expect(await lectern.exited).toMatchObject({ code: 1 });
    expect(lectern.output()).toMatch(/Check DATABASE_URL/u);
    expect(lectern.output()).not.toContain("s3cret");
  });

  it("names the variables that are wrong", async () => {
    const lectern = startLectern({ PORT: "eighty", DATABASE_URL: "mysql://localhost" });
    expect(await lectern.exited).toMatchObject({ code: 1 });
    expect(lectern.output()).toMatch(/PORT must be a number/u);
    expect(lectern.output()).toMatch(/DATABASE_URL must look like postgres:/u);
  });
});
