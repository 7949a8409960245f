import { CLIENT_HEADER, MAX_BATCH_SIZE, MAX_URL_LENGTH } from "@lectern/contract/cacheable";
import { describe, expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { anything, startAcademy, t } from "./academy.ts";

const page = { items: [], nextCursor: null, total: 0 };

/** Answers with what it was asked, so that tests see which answer belongs to which call. */
const echo = t.router({
  courses: t.router({
    list: anything.query(({ input }) => ({ ...page, asked: input })),
    topics: t.procedure.query(() => ({ items: [] })),
  }),
  bookings: t.router({
    byReference: anything.query(({ input }) => ({ asked: input })),
    cancel: anything.mutation(({ input }) => ({ asked: input })),
  }),
});

const booking = { reference: "LC-7K3F-92QD", accessKey: "k".repeat(43) };

describe("public queries", () => {
  test("go alone by GET, without the token", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url, token: "secret" });

    const [list] = await Promise.all([
      client.courses.list.query({ query: "sql & co" }),
      client.courses.topics.query(),
    ]);

    expect(list).toEqual({ ...page, asked: { query: "sql & co" } });
    expect(academy.seen.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
      "GET /trpc/courses.list?input=%7B%22query%22%3A%22sql%20%26%20co%22%7D",
      "GET /trpc/courses.topics",
    ]);
    for (const { headers } of academy.seen) expect(headers.authorization).toBeUndefined();
  });

  test("go in a body when they would make too long an address", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url });
    const topics = Array.from({ length: 50 }, (_, index) => `topic-${index}`.padEnd(119, "x"));

    const answer = await client.courses.list.query({ topics });

    expect(answer).toEqual({ ...page, asked: { topics } });
    expect(academy.seen).toMatchObject([{ method: "POST", procedures: ["courses.list"] }]);
  });

  test("keep their addresses within the limit whatever their length", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url });
    const lengths = Array.from({ length: 120 }, (_, index) => 3840 + index);

    await Promise.all(
      lengths.map((length) => client.courses.list.query({ query: "x".repeat(length) })),
    );

    const ofGets = academy.seen
      .filter(({ method }) => method === "GET")
      .map(({ url }) => academy.url.length + url.length);
    expect(Math.max(...ofGets)).toBe(MAX_URL_LENGTH);
    expect(academy.seen.some(({ method }) => method === "POST")).toBe(true);
  });
});

describe("everything else", () => {
  test("goes together as one POST, each answer to its call", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url });

    const answers = await Promise.all([
      client.bookings.byReference.query(booking),
      client.bookings.byReference.query({ ...booking, reference: "LC-AAAA-AAAA" }),
    ]);

    expect(answers).toEqual([
      { asked: booking },
      { asked: { ...booking, reference: "LC-AAAA-AAAA" } },
    ]);
    expect(academy.seen).toMatchObject([
      { method: "POST", procedures: ["bookings.byReference", "bookings.byReference"] },
    ]);
  });

  test("keeps the keys of bookings out of addresses", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url });

    await client.bookings.byReference.query(booking);
    await client.bookings.cancel.mutate({ ...booking, idempotencyKey: "0123456789abcdef" });

    expect(academy.seen).toHaveLength(2);
    for (const { url } of academy.seen) expect(url).not.toContain(booking.accessKey);
  });

  test("never puts more in a batch than the server takes", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url });
    const references = Array.from(
      { length: 2 * MAX_BATCH_SIZE + 5 },
      (_, index) => `LC-${index}-0000`,
    );

    const answers = await Promise.all(
      references.map((reference) => client.bookings.byReference.query({ ...booking, reference })),
    );

    expect(answers).toEqual(references.map((reference) => ({ asked: { ...booking, reference } })));
    expect(academy.seen.map(({ procedures }) => procedures.length)).toEqual([
      MAX_BATCH_SIZE,
      MAX_BATCH_SIZE,
      5,
    ]);
  });

  test("asks for the token once for each request, and sends what it gets", async () => {
    await using academy = await startAcademy(echo);
    let asked = 0;
    const client = createClient({
      url: academy.url,
      token: () => {
        asked += 1;
        return Promise.resolve(`token-${asked}`);
      },
    });

    await Promise.all([
      client.bookings.byReference.query(booking),
      client.bookings.byReference.query(booking),
    ]);
    await client.bookings.byReference.query(booking);

    expect(academy.seen.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  test.each([[undefined], [""], [() => null], [() => Promise.resolve(undefined)]])(
    "sends no token where there is none: %s",
    async (token) => {
      await using academy = await startAcademy(echo);
      await createClient({ url: academy.url, token }).bookings.byReference.query(booking);
      expect(academy.seen[0]?.headers.authorization).toBeUndefined();
    },
  );
});

describe("each request", () => {
  test("says which program it comes from, and has an id of its own", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url, clientName: "intranet/2.1" });

    await client.courses.topics.query();
    await client.bookings.byReference.query(booking);

    const clients = academy.seen.map(({ headers }) => headers[CLIENT_HEADER]);
    expect(clients).toEqual([
      expect.stringMatching(/^intranet\/2\.1 lectern-client\/\d+\.\d+\.\d+$/u),
      clients[0],
    ]);
    const ids = new Set(academy.seen.map(({ headers }) => headers["x-request-id"]));
    expect(ids.size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/u);
  });

  test("carries the trace context that it is given", async () => {
    await using academy = await startAcademy(echo);
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const contexts = [traceparent, undefined];
    const client = createClient({ url: academy.url, traceparent: () => contexts.shift() });

    await client.courses.topics.query();
    await client.courses.topics.query();

    expect(academy.seen.map(({ headers }) => headers["traceparent"])).toEqual([
      traceparent,
      undefined,
    ]);
  });

  test("gives its id and headers to whoever wants them", async () => {
    await using academy = await startAcademy(echo);
    const client = createClient({ url: academy.url });

    const { data, requestId, headers, attempts } = await client.courses.topics
      .query()
      .withResponse();

    expect(data).toEqual({ items: [] });
    expect(requestId).toBe(academy.seen[0]?.headers["x-request-id"]);
    expect(headers?.get("content-type")).toContain("application/json");
    expect(attempts).toBe(1);
  });
});
