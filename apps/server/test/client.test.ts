import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  type LecternClient,
  type RouterOutputs,
  createClient,
  isLecternError,
  items,
  newIdempotencyKey,
  pages,
  safe,
} from "@lectern/client";
import { installPackedClient } from "@lectern/client/testing/packed-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StartedServer, startServer } from "./started-server.ts";

/** The client against a Lectern that was started as operators start it, demo academy and all. */

const run = promisify(execFile);

let server: StartedServer;
let client: LecternClient;
let staff: LecternClient;

beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url });
  staff = client.withOptions({ token: server.operatorToken });
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

type Run = RouterOutputs["runs"]["upcoming"]["items"][number];

async function findRun(fits: (candidate: Run) => boolean): Promise<Run> {
  for await (const candidate of items(client.runs.upcoming, { limit: 100 })) {
    if (fits(candidate)) return candidate;
  }
  throw new Error("The demo academy has no such run");
}

function hold(runId: string, places: number) {
  return client.bookings.hold.mutate({ runId, places, idempotencyKey: newIdempotencyKey() });
}

describe("the packed client", () => {
  test("books a place from an empty folder", async () => {
    await using packed = await installPackedClient();
    const { items: before } = await client.runs.upcoming.query({ limit: 50 });

    const { stdout } = await run(process.execPath, ["book.ts"], {
      cwd: packed.folder,
      env: { ...process.env, LECTERN_URL: server.url },
    });

    expect(JSON.parse(stdout)).toEqual({
      reference: expect.stringMatching(/^LC-[0-9A-Z]{4}-[0-9A-Z]{4}$/u),
      status: "confirmed",
    });
    const { items: after } = await client.runs.upcoming.query({ limit: 50 });
    const left = new Map(before.map(({ id, placesLeft }) => [id, placesLeft]));
    const taken = after.map(({ id, placesLeft }) => (left.get(id) ?? 0) - placesLeft);
    expect(taken.filter((places) => places !== 0)).toEqual([1]);
  }, 60_000);
});

describe("a booking", () => {
  test("is held, confirmed, found and cancelled", async () => {
    const { id } = await findRun((candidate) => candidate.placesLeft >= 3);
    const held = await hold(id, 2);
    const key = { reference: held.reference, accessKey: held.accessKey };
    const confirmed = await client.bookings.confirm.mutate({
      ...key,
      booker: { name: "Ada Lovelace", email: "ada@example.org" },
      learners: [{ name: "Grace Hopper", email: "grace@example.org" }],
      acceptsTerms: true,
      idempotencyKey: newIdempotencyKey(),
    });
    expect(confirmed).toMatchObject({ status: "confirmed", places: 2 });
    expect(await client.bookings.byReference.query(key)).toMatchObject({
      reference: held.reference,
      status: "confirmed",
    });
    const cancelled = await client.bookings.cancel.mutate({
      ...key,
      idempotencyKey: newIdempotencyKey(),
    });
    expect(cancelled.status).toBe("cancelled");
  });

  test("that is sent twice is made once", async () => {
    const { id } = await findRun((candidate) => candidate.placesLeft >= 3);
    const input = { runId: id, places: 1, idempotencyKey: newIdempotencyKey() };
    const [first, second] = await Promise.all([
      client.bookings.hold.mutate(input),
      client.bookings.hold.mutate(input),
    ]);
    expect(second.reference).toBe(first.reference);
  });
});

describe("errors arrive typed", () => {
  test("SoldOut, with the places that are left", async () => {
    const { id, placesLeft } = await findRun(
      (candidate) => candidate.placesLeft > 0 && candidate.placesLeft < 20,
    );
    const error: unknown = await hold(id, placesLeft + 1).catch((cause: unknown) => cause);
    expect(isLecternError(error, "SoldOut") && error.data).toEqual({
      runId: id,
      placesLeft,
      requested: placesLeft + 1,
    });
  });

  test("NotFound, alone and in a batch with what is found", async () => {
    const id = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
    const { error: alone } = await safe(client.runs.byId.query({ id }));
    expect(isLecternError(alone, "NotFound") && alone.data).toEqual({ entity: "run", id });

    const [options, missing] = await Promise.all([
      safe(staff.runs.options.query()),
      safe(staff.runs.cancel.mutate({ id, version: 1, reason: "rain" })),
    ]);
    expect(options.ok).toBe(true);
    expect(isLecternError(missing.error, "NotFound")).toBe(true);
  });

  test("Invalid, with the place in the input", async () => {
    const { error } = await safe(hold("no-id", 1));
    expect(isLecternError(error, "Invalid") && error.data.issues).toMatchObject([
      { path: "runId" },
    ]);
  });

  test("IdempotencyMismatch", async () => {
    const { id } = await findRun((candidate) => candidate.placesLeft >= 3);
    const idempotencyKey = newIdempotencyKey();
    await client.bookings.hold.mutate({ runId: id, places: 1, idempotencyKey });
    const again = await safe(client.bookings.hold.mutate({ runId: id, places: 2, idempotencyKey }));
    expect(again.error?.code).toBe("IdempotencyMismatch");
  });

  test("Unauthenticated without the token that staff have", async () => {
    const { error } = await safe(client.runs.options.query());
    expect(error).toMatchObject({ code: "Unauthenticated", procedure: "runs.options" });
    expect((await safe(staff.runs.options.query())).ok).toBe(true);
  });
});

describe("on the wire", () => {
  test("the server names requests as the client does", async () => {
    const sent: (string | null)[] = [];
    const listening = client.withOptions({
      fetch(url, init) {
        sent.push(new Headers(init.headers).get("x-request-id"));
        return fetch(url, init);
      },
    });
    const { requestId } = await listening.system.info.query().withResponse();
    const { error } = await safe(listening.runs.options.query());
    expect([requestId, error?.requestId]).toEqual(sent);
  });

  test("public queries can be held by caches, nothing else can", async () => {
    const [open, closed] = await Promise.all([
      client.courses.topics.query().withResponse(),
      staff.runs.options.query().withResponse(),
    ]);
    expect(open.headers?.get("cache-control")).toContain("public");
    expect(closed.headers?.get("cache-control")).toBe("no-store");
  });

  test("as many calls at once as anybody likes", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => safe(staff.runs.options.query())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(50);
  });

  test("a search too long for an address goes in a body", async () => {
    const cities = Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(100, "é"));
    expect(await client.runs.upcoming.query({ cities })).toMatchObject({ items: [], total: 0 });
  });

  test("all pages of the catalogue together are the catalogue", async () => {
    const slugs: string[] = [];
    let total = 0;
    for await (const page of pages(client.courses.list, { limit: 7 })) {
      slugs.push(...page.items.map(({ slug }) => slug));
      total = page.total;
    }
    expect(slugs.length).toBe(total);
    expect(new Set(slugs).size).toBe(total);
  });
});
