import { appRouter } from "@lectern/api/app-router";
import { MAX_BATCH_SIZE, MAX_URL_LENGTH } from "@lectern/contract/cacheable";
import { createClient, isLecternError, newIdempotencyKey, safe } from "@lectern/client";
import { describe, expect, it } from "vitest";
import { useTestServer } from "./support/test-server.ts";

/** Where client and server must be of one mind: limits, names of requests, and the form of errors. */

const server = useTestServer();
const id = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";

describe("a batch", () => {
  it("of the longest name of a procedure, as full as may be, fits an address", () => {
    const longest = Math.max(...Object.keys(appRouter._def.procedures).map((name) => name.length));
    expect(MAX_BATCH_SIZE * (longest + 1) + 200).toBeLessThan(MAX_URL_LENGTH);
  });

  it("comes in as many requests as the server wants", async () => {
    const { staff } = server();
    const answers = await Promise.all(
      Array.from({ length: 2 * MAX_BATCH_SIZE + 1 }, () => safe(staff.runs.options.query())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2 * MAX_BATCH_SIZE + 1);
  });

  it("brings each call its own error", async () => {
    const { staff } = server();
    const [options, missing, invalid] = await Promise.all([
      safe(staff.runs.options.query()),
      safe(
        staff.runs.cancel.mutate({
          id,
          version: 1,
          reason: "rain",
          idempotencyKey: newIdempotencyKey(),
        }),
      ),
      safe(
        staff.runs.cancel.mutate({
          id: "none",
          version: 1,
          reason: "rain",
          idempotencyKey: newIdempotencyKey(),
        }),
      ),
    ]);
    expect(options.ok).toBe(true);
    expect(isLecternError(missing.error, "NotFound") && missing.error.data).toEqual({
      entity: "run",
      id,
    });
    expect(isLecternError(invalid.error, "Invalid") && invalid.error.data.issues).toMatchObject([
      { path: "id" },
    ]);
  });
});

describe("a public query", () => {
  it("that is too long for an address goes in a body", async () => {
    const cities = Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(100, "é"));
    const answer = await server().client.runs.upcoming.query({ cities });
    expect(answer).toMatchObject({ items: [], total: 0 });
  });

  it("of nearly the longest address is answered", async () => {
    const { url, client } = server();
    const topics = Array.from({ length: 30 }, (_, index) => `topic-${index}`.padEnd(119, "x"));
    const methods: (string | undefined)[] = [];
    const listening = client.withOptions({
      url,
      fetch(address, init) {
        methods.push(init.method);
        return fetch(address, init);
      },
    });
    expect(await listening.courses.list.query({ topics })).toMatchObject({ total: 0 });
    expect(methods).toEqual(["GET"]);
  });
});

it("an answer and an error are named in the log as the client names them", async () => {
  const { client, log } = server();
  const { requestId } = await client.system.info.query().withResponse();
  const { error } = await safe(client.runs.byId.query({ id }));
  expect(error).toMatchObject({ code: "NotFound" });
  for (const name of [requestId, error?.requestId]) {
    expect(name).toMatch(/^[0-9a-f]{32}$/u);
    expect(log()).toContain(name);
  }
});

it("the same key with another body is refused as such", async () => {
  const { client } = server();
  const { items } = await client.runs.upcoming.query({ limit: 100 });
  const open = items.find(
    ({ placesLeft, bookability }) => bookability === "open" && placesLeft > 3,
  );
  const order = { runId: open?.id ?? "", idempotencyKey: newIdempotencyKey() };
  await client.bookings.hold.mutate({ ...order, places: 1 });
  const { error } = await safe(client.bookings.hold.mutate({ ...order, places: 2 }));
  expect(error?.code).toBe("IdempotencyMismatch");
});

it("a wrong address is told from a server that fails", async () => {
  const { url } = server();
  const lost = createClient({ url: `${url}/elsewhere` });
  const { error } = await safe(lost.system.info.query());
  expect(error).toMatchObject({ code: "ContractBroken", attempts: 1 });
});
