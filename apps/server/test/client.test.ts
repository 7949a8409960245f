import { createTestRun } from "@lectern/api/testing/factories";
import {
  type LecternClient,
  createClient,
  isLecternError,
  items,
  newIdempotencyKey,
} from "@lectern/client";
import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { useTestServer } from "./support/test-server.ts";

const server = useTestServer();

/** An upcoming run with at least so many places. */
async function bookableRun(client: LecternClient, places: number) {
  for await (const run of items(client.runs.upcoming, { limit: 50 })) {
    if (run.bookability === "open" && run.placesLeft >= places) return run;
  }
  throw new Error("The demo has no such run");
}

describe("a program on the typed client", () => {
  it("goes from a search to a booking, and back", async () => {
    const { client } = server();
    const found = await client.courses.list.query({ query: "kuberntes", limit: 5 });
    const [hit] = found.items;
    expect(hit?.title).toMatch(/Kubernetes/u);
    const course = await client.courses.bySlug.query({ slug: hit?.slug ?? "" });
    expect(course.syllabus.length).toBeGreaterThan(0);

    const run = await bookableRun(client, 2);
    const hold = await client.bookings.hold.mutate({
      runId: run.id,
      places: 2,
      idempotencyKey: newIdempotencyKey(),
    });
    const key = { reference: hold.reference, accessKey: hold.accessKey };
    const confirmed = await client.bookings.confirm.mutate({
      ...key,
      booker: { name: "Ingrid Berg", email: "ingrid@example.com" },
      acceptsTerms: true,
      idempotencyKey: newIdempotencyKey(),
    });
    expect(confirmed).toMatchObject({ status: "confirmed", places: 2 });
    expect((await client.runs.byId.query({ id: run.id })).placesLeft).toBe(run.placesLeft - 2);
    await client.bookings.cancel.mutate({ ...key, idempotencyKey: newIdempotencyKey() });
    expect((await client.bookings.byReference.query(key)).status).toBe("cancelled");
    expect((await client.runs.byId.query({ id: run.id })).placesLeft).toBe(run.placesLeft);
  });

  it("gets the places that are left with the refusal", async () => {
    const { client, db } = server();
    const run = await createTestRun(db, { capacity: 3 });
    const error: unknown = await client.bookings.hold
      .mutate({ runId: run.id, places: 4, idempotencyKey: newIdempotencyKey() })
      .catch((reason: unknown) => reason);
    expect(isLecternError(error, "SoldOut") && error.data.placesLeft).toBe(3);
  });

  it("reads every page of a list once", async () => {
    const { client } = server();
    const seen: string[] = [];
    for await (const run of items(client.runs.upcoming, { limit: 17 })) seen.push(run.id);
    const { total } = await client.runs.upcoming.query({ limit: 1 });
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
  });

  it("is told so when it may not", async () => {
    await expect(server().client.enquiries.list.query({})).rejects.toMatchObject({
      code: "Unauthenticated",
    });
    expect((await server().staff.enquiries.list.query({})).items.length).toBeGreaterThan(0);
  });

  it("has one effect for a mutation whose answers get lost", async () => {
    const { url, db, client } = server();
    const run = await bookableRun(client, 5);
    const before = await db.$count(seatAllocation);
    let lost = 0;
    const flaky = createClient({
      url,
      maxRetries: 5,
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        if (init.method === "POST" && lost < 3) {
          lost += 1;
          await answer.arrayBuffer();
          throw new TypeError("The answer got lost");
        }
        return answer;
      },
    });
    const hold = await flaky.bookings.hold.mutate({
      runId: run.id,
      places: 1,
      idempotencyKey: newIdempotencyKey(),
    });
    expect([lost, hold.places]).toEqual([3, 1]);
    expect(await db.$count(seatAllocation)).toBe(before + 1);
  });
});

describe("an abort at the client", () => {
  it("stops the statement in PostgreSQL", async () => {
    const { db, client } = server();
    const waiting = async () => {
      const { rows } = await db.execute(sql`
        SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      return rows[0]?.["count"];
    };
    const controller = new AbortController();
    const [booked] = await db.select({ reference: booking.reference }).from(booking).limit(1);
    const reference = booked?.reference ?? "";
    await transaction(db, {}, async (tx) => {
      await tx.execute(sql`LOCK TABLE booking IN ACCESS EXCLUSIVE MODE`);
      // What is the same for everybody goes on, as others may ask it: this is somebody's own.
      const call = client.bookings.byReference.query({ reference }, { signal: controller.signal });
      const outcome = call.then(
        () => "answered",
        () => "aborted",
      );
      await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0), { interval: 10 });
      controller.abort();
      // The lock is still there: only the abort can have ended the wait.
      await vi.waitFor(async () => expect(await waiting()).toBe(0), { interval: 5 });
      expect(await outcome).toBe("aborted");
    });
  });
});
