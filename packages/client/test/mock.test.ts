import { describe, expect, test } from "vitest";
import {
  type RouterOutputs,
  isLecternError,
  newIdempotencyKey,
  safe,
  updates,
} from "../src/index.ts";
import { createMockClient, domainError } from "../src/testing.ts";

const runId = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
const hold = { runId, places: 2, idempotencyKey: "0123456789abcdef" };
const info = { name: "Mock", version: "0", serverTime: "2027-03-01T08:00:00.000Z" };

describe("a mock client", () => {
  test("answers from functions, and tells what it was asked", async () => {
    const { client, calls } = createMockClient({
      system: { info: () => info },
      courses: { list: ({ limit }) => ({ items: [], nextCursor: null, total: limit ?? 0 }) },
    });

    expect(await client.system.info.query()).toEqual(info);
    expect(await client.courses.list.query({ limit: 7 })).toMatchObject({ total: 7 });
    expect(calls).toEqual([
      { procedure: "system.info", input: undefined },
      { procedure: "courses.list", input: { limit: 7 } },
    ]);
  });

  test("answers batches", async () => {
    const { client, calls } = createMockClient({
      bookings: {
        hold: ({ places }) =>
          Promise.reject(domainError("SoldOut", { runId, placesLeft: 1, requested: places })),
      },
      runs: {
        changeCapacity: ({ id, capacity }) => ({ id, capacity, taken: 0, placesLeft: capacity }),
      },
    });

    const [held, changed] = await Promise.all([
      safe(client.bookings.hold.mutate(hold)),
      safe(
        client.runs.changeCapacity.mutate({
          id: runId,
          capacity: 5,
          reason: "bigger room",
          idempotencyKey: newIdempotencyKey(),
        }),
      ),
    ]);

    const { error } = held;
    expect(isLecternError(error, "SoldOut") && error.data).toEqual({
      runId,
      placesLeft: 1,
      requested: 2,
    });
    expect(error?.procedure).toBe("bookings.hold");
    expect(changed.data?.placesLeft).toBe(5);
    expect(calls).toHaveLength(2);
  });

  describe("of something to watch", () => {
    const states = [2, 1, 0].map((placesLeft): RouterOutputs["runs"]["watch"] => {
      return { runId, capacity: 2, placesLeft, bookability: "open", waiting: 0 };
    });

    async function told(client: ReturnType<typeof createMockClient>["client"]) {
      const all: unknown[] = [];
      for await (const state of updates(client.runs.watch, { runIds: [runId] })) all.push(state);
      return all;
    }

    test("tells what a function gives", async () => {
      const { client, calls } = createMockClient({ runs: { watch: () => states } });
      expect(await told(client)).toEqual(states);
      expect(calls).toEqual([{ procedure: "runs.watch", input: { runIds: [runId] } }]);
    });

    test("tells what a generator gives, and that it failed", async () => {
      const { client } = createMockClient({
        runs: {
          async *watch({ runIds }) {
            yield* states;
            await Promise.reject(domainError("NotFound", { entity: "run", id: runIds[0] ?? "" }));
          },
        },
      });
      await expect(told(client)).rejects.toMatchObject({ code: "NotFound", data: { id: runId } });
    });

    test("says so when it is not mocked", async () => {
      const { client } = createMockClient({});
      await expect(told(client)).rejects.toMatchObject({ message: "runs.watch is not mocked" });
    });
  });

  test("says so when a procedure is not mocked", async () => {
    const { client } = createMockClient({ bookings: {} });
    const { error } = await safe(client.bookings.hold.mutate(hold));
    expect(error).toMatchObject({ code: "ServerFailed", message: "bookings.hold is not mocked" });
  });

  test("passes for a broken connection when a handler throws something else", async () => {
    const offline = new Error("offline");
    const { client } = createMockClient({
      system: {
        info() {
          throw offline;
        },
      },
    });
    const { error } = await safe(client.system.info.query());
    expect(error).toMatchObject({ code: "ConnectionFailed", attempts: 1, cause: offline });
  });
});
