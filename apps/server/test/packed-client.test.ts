import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import { expect, onTestFinished, test } from "vitest";
import { useTestServer } from "./support/test-server.ts";

const run = promisify(execFile);

/** Packs the client and installs it into a new folder, with a program that books a place. */
const INSTALLER = fileURLToPath(
  new URL("../../../packages/client/scripts/install-packed.ts", import.meta.url),
);

const server = useTestServer();

test("a program with nothing but the packed client books a place", async () => {
  const { db, url, client } = server();
  const scratch = await mkdtemp(path.join(tmpdir(), "lectern-program-"));
  onTestFinished(() => rm(scratch, { recursive: true, force: true }));
  const folder = path.join(scratch, "program");
  await run(process.execPath, [INSTALLER, folder]);
  const [bookings, allocations] = [await db.$count(booking), await db.$count(seatAllocation)];
  const { items: before } = await client.runs.upcoming.query({ limit: 50 });

  const { stdout } = await run(process.execPath, ["book.ts"], {
    cwd: folder,
    env: { ...process.env, LECTERN_URL: url },
  });

  const printed: unknown = JSON.parse(stdout);
  expect(printed).toMatchObject({ status: "confirmed" });
  expect(stdout).toMatch(/"LC-[0-9A-Z]{4}-[0-9A-Z]{4}"/u);
  expect(await db.$count(booking)).toBe(bookings + 1);
  expect(await db.$count(seatAllocation)).toBe(allocations + 1);
  const { items: after } = await client.runs.upcoming.query({ limit: 50 });
  const left = new Map(before.map(({ id, placesLeft }) => [id, placesLeft]));
  const taken = after.map(({ id, placesLeft }) => (left.get(id) ?? 0) - placesLeft);
  expect(taken.filter((places) => places !== 0)).toEqual([1]);
}, 120_000);
