import { createTestRun } from "@lectern/api/testing/factories";
import { isLecternError, newIdempotencyKey, subscribe, updates } from "@lectern/client";
import type { FetchLike, RouterOutputs, SubscriptionState } from "@lectern/client";
import { runCapacity } from "@lectern/database/schema/bookings";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Instance, type InstanceOptions, startInstance } from "./support/instance.ts";

/** Places as people watch them: over HTTP, on several instances that share a database. */

const database = useTestDatabase();

async function start(options: Partial<InstanceOptions> = {}): Promise<Instance> {
  const instance = await startInstance({ databaseUrl: database().url, ...options });
  onTestFinished(() => instance.stop());
  await expect.poll(() => instance.live.isListening()).toBe(true);
  return instance;
}

type RunState = RouterOutputs["runs"]["watch"];

/** Watches runs until the test is over. */
function watch({ client }: Instance, runIds: string[]) {
  const told: RunState[] = [];
  const states: SubscriptionState[] = [];
  const errors: unknown[] = [];
  const subscription = subscribe(
    client.runs.watch,
    { runIds },
    {
      onData: (state) => told.push(state),
      onState: (state) => states.push(state),
      onError: (error) => errors.push(error),
    },
  );
  onTestFinished(() => subscription.close());
  return { told, states, errors, subscription, places: () => told.map((one) => one.placesLeft) };
}

async function hold({ client }: Instance, runId: string, places: number) {
  return client.bookings.hold.mutate({ runId, places, idempotencyKey: newIdempotencyKey() });
}

/** Takes places without telling anybody. */
async function take(runId: string, places = 1): Promise<void> {
  await database()
    .db.update(runCapacity)
    .set({ taken: sql`${runCapacity.taken} + ${places}` })
    .where(eq(runCapacity.runId, runId));
}

describe("who watches a run", () => {
  it("sees places go that are booked on another instance, and come back", async () => {
    const [here, there] = [await start(), await start()];
    const { id } = await createTestRun(here.db, { capacity: 10 });
    const { told, places, states } = watch(there, [id]);
    await expect.poll(places).toEqual([10]);
    const held = await hold(here, id, 3);
    await expect.poll(places).toEqual([10, 7]);
    await here.client.bookings.cancel.mutate({
      reference: held.reference,
      accessKey: held.accessKey,
      idempotencyKey: newIdempotencyKey(),
    });
    await expect.poll(places).toEqual([10, 7, 10]);
    const { placesLeft, bookability, capacity } = await there.client.runs.byId.query({ id });
    expect(told.at(-1)).toEqual({ runId: id, placesLeft, bookability, capacity, waiting: 0 });
    expect(states).toEqual(["connecting", "open"]);
  });

  it("may watch many at once, and hears of each alone", async () => {
    const instance = await start();
    const runs = await Promise.all(Array.from({ length: 50 }, () => createTestRun(instance.db)));
    const ids = runs.map(({ id }) => id);
    const { told } = watch(instance, ids);
    await expect.poll(() => told.length).toBe(50);
    expect(told.map(({ runId }) => runId).toSorted()).toEqual(ids.toSorted());
    await hold(instance, ids[17] ?? "", 2);
    await expect.poll(() => told.slice(50)).toMatchObject([{ runId: ids[17], placesLeft: 8 }]);
  });

  it("hears in the end that it is sold out, however fast that goes", async () => {
    const [here, there] = [await start(), await start()];
    const { id } = await createTestRun(here.db, { capacity: 40 });
    const watchers = [watch(here, [id]), watch(there, [id])];
    for (const { places } of watchers) await expect.poll(places).toEqual([40]);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => hold(index % 2 === 0 ? here : there, id, 1)),
    );
    for (const { told, places } of watchers) {
      await expect.poll(() => told.at(-1)?.bookability).toBe("sold_out");
      expect(places()).toEqual(places().toSorted((one, other) => other - one));
      expect(new Set(places()).size).toBe(places().length);
    }
  });

  it.each([
    ["is private", { visibility: "private" as const }],
    ["is a draft", { status: "draft" as const }],
  ])("is told, typed, that there is none that %s", async (_, values) => {
    const instance = await start();
    const { id } = await createTestRun(instance.db, { values });
    const { errors, subscription, states } = watch(instance, [id]);
    await subscription.closed;
    const [error] = errors;
    expect(isLecternError(error, "NotFound") && error.data).toEqual({ entity: "run", id });
    expect(states).toEqual(["connecting", "open", "closed"]);
    expect(instance.live.watcherCount()).toBe(0);
  });

  it("is told what is wrong with the question", async () => {
    const instance = await start();
    const { errors, subscription } = watch(instance, []);
    await subscription.closed;
    expect(errors).toMatchObject([{ code: "Invalid", data: { issues: [{ path: "runIds" }] } }]);
  });
});

describe("who waits in a queue", () => {
  it("sees the queue move on another instance, gets an offer, and hears no more once that is accepted", async () => {
    const [here, there] = [await start(), await start()];
    const { id: runId } = await createTestRun(here.db, { capacity: 1 });
    const held = await hold(here, runId, 1);
    const join = (name: string) =>
      here.client.waitlist.join.mutate({
        runId,
        quantity: 1,
        name,
        email: `${name.toLowerCase()}@example.com`,
        idempotencyKey: newIdempotencyKey(),
      });
    const [aud, zehra] = [await join("Aud"), await join("Zehra")];
    const told: RouterOutputs["waitlist"]["watch"][] = [];
    const states: SubscriptionState[] = [];
    const subscription = subscribe(
      there.client.waitlist.watch,
      { entryId: zehra.entryId },
      { onData: (state) => told.push(state), onState: (state) => states.push(state) },
    );
    onTestFinished(() => subscription.close());
    await expect.poll(() => told.length).toBe(1);
    const { entryId, accessKey } = aud;
    const leave = { entryId, accessKey, idempotencyKey: newIdempotencyKey() };
    await here.client.waitlist.withdraw.mutate(leave);
    await expect.poll(() => told.length).toBe(2);
    await here.client.bookings.cancel.mutate({
      reference: held.reference,
      accessKey: held.accessKey,
      idempotencyKey: newIdempotencyKey(),
    });
    await expect.poll(() => told.length).toBe(3);
    const { offerExpiresAt } = told[2] ?? {};
    await here.client.waitlist.accept.mutate({
      entryId: zehra.entryId,
      accessKey: zehra.accessKey,
      idempotencyKey: newIdempotencyKey(),
    });
    await subscription.closed;
    expect(told).toMatchObject([
      { entryId: zehra.entryId, status: "waiting", position: 2, waiting: 2 },
      { status: "waiting", position: 1, waiting: 1, offerExpiresAt: null },
      { status: "offered", position: null, waiting: 0, offeredQuantity: 1 },
      { status: "accepted", position: null, waiting: 0, offeredQuantity: null },
    ]);
    expect(Date.parse(offerExpiresAt ?? "")).toBeGreaterThan(Date.now());
    expect(states).toEqual(["connecting", "open", "closed"]);
  });
});

describe("a connection that is lost", () => {
  it("is made again 200 times, at another instance and after restarts: nothing is lost, doubled or out of order", async () => {
    const rounds = 20;
    const clients = 10;
    const capacity = 1000;
    const first = await start();
    let second = await start();
    const { id } = await createTestRun(first.db, { capacity });
    /** Each client's own way to an instance: every connection of its leads to another one. */
    const cuts = new Set<() => void>();
    const counts = { connections: 0 };
    function connectVia(client: number): FetchLike {
      let connections = 0;
      return async (address, init) => {
        connections += 1;
        counts.connections += 1;
        const target = (client + connections) % 2 === 0 ? first : second;
        const controller = new AbortController();
        const signals = [controller.signal, ...(init.signal ? [init.signal] : [])];
        const response = await fetch(address.replace(first.url, target.url), {
          ...init,
          signal: AbortSignal.any(signals),
        });
        cuts.add(() => controller.abort());
        return response;
      };
    }
    const watchers = Array.from({ length: clients }, (_, client) => {
      const told: number[] = [];
      const subscription = subscribe(
        first.client.withOptions({ url: first.url, fetch: connectVia(client) }).runs.watch,
        { runIds: [id] },
        { onData: ({ placesLeft }) => told.push(placesLeft) },
      );
      onTestFinished(() => subscription.close());
      return { told, subscription };
    });
    const newest = () => watchers.map(({ told }) => told.at(-1));
    const all = (placesLeft: number) => watchers.map(() => placesLeft);
    await expect.poll(newest).toEqual(all(capacity));

    for (let round = 1; round <= rounds; round += 1) {
      for (const cut of cuts) cut();
      cuts.clear();
      if (round % 5 === 0) {
        const { port } = second;
        await second.stop();
        second = await start({ port });
      }
      await take(id);
      first.live.changed(id);
      await expect.poll(newest, { timeout: 10_000 }).toEqual(all(capacity - round));
    }
    expect(counts.connections).toBeGreaterThanOrEqual(rounds * clients);
    for (const { told, subscription } of watchers) {
      expect(told).toEqual([...new Set(told)].toSorted((one, other) => other - one));
      subscription.close();
      await subscription.closed;
    }
    await expect
      .poll(() => [first.live.watcherCount(), second.live.watcherCount()])
      .toEqual([0, 0]);
  }, 120_000);

  it("tells who comes back with the state of things nothing", async () => {
    const instance = await start();
    const { id } = await createTestRun(instance.db);
    const input = encodeURIComponent(JSON.stringify({ runIds: [id] }));
    async function ask(lastEventId?: string): Promise<string> {
      const controller = new AbortController();
      const response = await fetch(`${instance.url}/trpc/runs.watch?input=${input}`, {
        headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId },
        signal: controller.signal,
      });
      const reader: ReadableStreamDefaultReader<Uint8Array> | undefined =
        response.body?.getReader();
      const first = await reader?.read();
      controller.abort();
      return Buffer.from(first?.value ?? []).toString();
    }
    const told = await ask();
    const [, eventId = ""] = /^id: (\S+)$/mu.exec(told) ?? [];
    expect(told).toContain('"placesLeft":10');
    expect(await ask(eventId)).not.toContain("placesLeft");
    await take(id);
    expect(await ask(eventId)).toContain('"placesLeft":9');
  });
});

describe("nothing is left", () => {
  it("of watchers that close, break off or only ask", async () => {
    const instance = await start();
    const { id } = await createTestRun(instance.db);
    const watchers = Array.from({ length: 20 }, () => watch(instance, [id]));
    await expect.poll(() => instance.live.watcherCount()).toBe(20);
    for (const { subscription } of watchers.slice(0, 10)) subscription.close();
    await expect.poll(() => instance.live.watcherCount()).toBe(10);
    for (const { subscription } of watchers) subscription.close();
    for await (const _ of updates(instance.client.runs.watch, { runIds: [id] })) break;
    const input = encodeURIComponent(JSON.stringify({ runIds: [id] }));
    await fetch(`${instance.url}/trpc/runs.watch?input=${input}`, { method: "HEAD" });
    await expect.poll(() => instance.live.watcherCount()).toBe(0);
  });

  it("of streams when a server stops: it does so at once, and they go to the next", async () => {
    const here = await start();
    const { id } = await createTestRun(here.db);
    const watchers = Array.from({ length: 30 }, () => watch(here, [id]));
    for (const { places } of watchers) await expect.poll(places).toEqual([10]);
    const begun = performance.now();
    await here.stop();
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(here.live.watcherCount()).toBe(0);
    await take(id, 4);
    const next = await start({ port: here.port });
    for (const { places, errors } of watchers) {
      await expect.poll(places, { timeout: 15_000 }).toEqual([10, 6]);
      expect(errors).toEqual([]);
    }
    expect(next.live.watcherCount()).toBe(30);
  });
});
