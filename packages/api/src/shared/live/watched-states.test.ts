import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LiveUpdate, Watch } from "./watch.ts";
import { WatchedStates } from "./watched-states.ts";

interface Counter {
  readonly key: string;
  readonly count: number;
}

/** Things whose count only ever grows, read when the test lets the answer through. */
function counters(names: readonly string[], maxWatches = 1000) {
  const counts = new Map(names.map((key) => [key, 0]));
  const reads: { keys: readonly string[]; answer: () => void; fail: () => void }[] = [];
  const errors: unknown[] = [];
  const states = new WatchedStates<Counter>({
    read: (keys) => {
      // What PostgreSQL answers is what there was when the query began.
      const found = new Map(
        keys.flatMap((key) => {
          const count = counts.get(key);
          return count === undefined ? [] : [[key, { key, count }] as const];
        }),
      );
      return new Promise((resolve, reject) => {
        reads.push({
          keys,
          answer: () => resolve(found),
          fail: () => reject(new Error("The database is away")),
        });
      });
    },
    gone: (key) => ({ key, count: Infinity }),
    isLast: ({ count }) => count >= 1000,
    onError: (error) => errors.push(error),
    maxWatches,
  });
  return {
    counts,
    states,
    errors,
    /** Reads that wait for their answer. */
    reads,
    grow(key: string): void {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    watch(keys: readonly string[], lastEventId: string | null = null, signal?: AbortSignal) {
      return states.watch(
        keys.map((key) => ({ key, runId: `run of ${key}` })),
        lastEventId,
        signal,
      );
    },
    notice(key: string): void {
      states.refresh([`run of ${key}`]);
    },
  };
}

/** Lets everything happen that happens without a timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Answers reads until nothing more is asked. */
async function answerAll({ reads }: ReturnType<typeof counters>): Promise<void> {
  await settle();
  for (let read = reads.shift(); read !== undefined; read = reads.shift()) {
    read.answer();
    await settle();
  }
}

/** Takes what a watch gives without waiting; what it is asked for and has not given yet is asked for once. */
const asked = new WeakMap<object, ReturnType<Watch<Counter>["next"]>>();
async function available(watch: Watch<Counter>): Promise<LiveUpdate<Counter>[]> {
  const updates: LiveUpdate<Counter>[] = [];
  for (;;) {
    const pending = asked.get(watch) ?? watch.next();
    asked.set(watch, pending);
    const next = await Promise.race([pending, settle()]);
    if (next === undefined) return updates;
    asked.delete(watch);
    if (next.done === true) return updates;
    updates.push(next.value);
  }
}

const countsOf = (updates: LiveUpdate<Counter>[]) => updates.map(({ data }) => data.count);

describe("a watch", () => {
  it("is told the current state, and again whenever that differs", async () => {
    const source = counters(["a", "b"]);
    const watch = source.watch(["a", "b"]);
    await answerAll(source);
    expect((await available(watch)).map(({ data }) => data)).toEqual([
      { key: "a", count: 0 },
      { key: "b", count: 0 },
    ]);
    source.notice("a");
    await answerAll(source);
    expect(await available(watch)).toEqual([]);
    source.grow("b");
    source.notice("b");
    await answerAll(source);
    expect((await available(watch)).map(({ data }) => data)).toEqual([{ key: "b", count: 1 }]);
  });

  it("is told nothing that was read before it began", async () => {
    const source = counters(["a"]);
    const first = source.watch(["a"]);
    await settle();
    const [early] = source.reads.splice(0);
    source.grow("a");
    const second = source.watch(["a"]);
    early?.answer();
    await settle();
    expect(countsOf(await available(first))).toEqual([0]);
    expect(await available(second)).toEqual([]);
    await answerAll(source);
    expect(countsOf(await available(second))).toEqual([1]);
    expect(countsOf(await available(first))).toEqual([1]);
  });

  it("waits for an answer before the next question, so that none overtakes another", async () => {
    const source = counters(["a", "b"]);
    source.watch(["a"]);
    await settle();
    source.grow("a");
    source.notice("a");
    source.watch(["b"]);
    source.states.refreshAll();
    await settle();
    expect(source.reads.map(({ keys }) => keys)).toEqual([["a"]]);
    source.reads.shift()?.answer();
    await settle();
    expect(source.reads.map(({ keys }) => keys)).toEqual([["a", "b"]]);
  });

  it("that is slow skips what came in between", async () => {
    const source = counters(["a"]);
    const watch = source.watch(["a"]);
    for (let round = 0; round < 5; round += 1) {
      await answerAll(source);
      source.grow("a");
      source.notice("a");
    }
    await answerAll(source);
    expect(countsOf(await available(watch))).toEqual([5]);
  });

  it("shares its query with those that come in the same turn", async () => {
    const source = counters(["a", "b"]);
    const watches = [["a"], ["b"], ["a", "b"]].map((keys) => source.watch(keys));
    await settle();
    expect(source.reads.map(({ keys }) => keys)).toEqual([["a", "b"]]);
    await answerAll(source);
    expect(await Promise.all(watches.map((watch) => watch.seen()))).toEqual([true, true, true]);
  });

  it("says when nothing of it is there, and tells when something goes that it has seen", async () => {
    const source = counters(["a"]);
    const nothing = source.watch(["x", "y"]);
    const some = source.watch(["x", "a"]);
    await answerAll(source);
    expect(await nothing.seen()).toBe(false);
    expect(await some.seen()).toBe(true);
    const [update] = await available(some);
    source.counts.delete("a");
    source.notice("a");
    await answerAll(source);
    expect(countsOf(await available(some))).toEqual([Infinity]);
    const back = source.watch(["x", "a"], update?.id);
    await answerAll(source);
    expect([await back.seen(), countsOf(await available(back))]).toEqual([false, [Infinity]]);
  });

  it("ends with a state that nothing can follow on, told or known already", async () => {
    const source = counters([]);
    source.counts.set("a", 1000);
    const watch = source.watch(["a"]);
    await answerAll(source);
    const updates: LiveUpdate<Counter>[] = [];
    for await (const update of watch) updates.push(update);
    expect(countsOf(updates)).toEqual([1000]);
    const again = source.watch(["a"], updates[0]?.id);
    await answerAll(source);
    for await (const update of again) updates.push(update);
    expect(updates).toHaveLength(1);
    expect(source.states.watcherCount).toBe(0);
  });

  it.each(["", "x", "12345678", "----------------", "1234567812345678"])(
    "with %j as the last event begins anew",
    async (lastEventId) => {
      const source = counters(["a", "b"]);
      const watch = source.watch(["a", "b"], lastEventId);
      await answerAll(source);
      expect(countsOf(await available(watch))).toEqual([0, 0]);
    },
  );
});

describe("nothing is left of a watch", () => {
  it.each([
    ["whose watcher is gone", (watch: Watch<Counter>) => void watch.return()],
    ["that was ended", (watch: Watch<Counter>) => watch.end()],
    ["whose signal fired", (_: Watch<Counter>, controller: AbortController) => controller.abort()],
  ])("%s", async (_, leave) => {
    const source = counters(["a"]);
    const controller = new AbortController();
    const watch = source.watch(["a"], null, controller.signal);
    await answerAll(source);
    await available(watch);
    const waiting = watch.next();
    expect(source.states.watcherCount).toBe(1);
    leave(watch, controller);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(source.states.watcherCount).toBe(0);
    source.grow("a");
    source.notice("a");
    source.states.refreshAll();
    await settle();
    expect(source.reads).toEqual([]);
  });

  it("whose signal had fired before", async () => {
    const source = counters(["a"]);
    const watch = source.watch(["a"], null, AbortSignal.abort());
    expect([source.states.watcherCount, await watch.seen()]).toEqual([0, false]);
    await settle();
    expect(source.reads).toEqual([]);
  });
});

describe("when something fails", () => {
  it("who has not been told anything is told so, and others hear later", async () => {
    const source = counters(["a"]);
    const patient = source.watch(["a"]);
    await answerAll(source);
    await available(patient);
    source.grow("a");
    const hasty = source.watch(["a"]);
    await settle();
    source.reads.shift()?.fail();
    await expect(hasty.seen()).rejects.toThrow("The database is away");
    await expect(hasty.next()).rejects.toThrow("The database is away");
    expect(source.errors).toHaveLength(1);
    await expect.poll(() => source.reads.length, { timeout: 3000 }).toBe(1);
    await answerAll(source);
    expect(countsOf(await available(patient))).toEqual([1]);
  });

  it("an instance that stops cuts its watchers off, and takes no more", async () => {
    const source = counters(["a"]);
    const told = source.watch(["a"]);
    await answerAll(source);
    await available(told);
    const waiting = told.next();
    const untold = source.watch(["a"]);
    source.states.close();
    // The name by which tRPC breaks a stream off without telling the client that it was complete.
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await expect(untold.seen()).rejects.toMatchObject({ code: "Unavailable" });
    expect(() => source.watch(["a"])).toThrow(expect.objectContaining({ code: "Unavailable" }));
    expect(source.states.watcherCount).toBe(0);
  });

  it("more watchers than an instance can bear are sent away", () => {
    const source = counters(["a"], 2);
    source.watch(["a"]);
    source.watch(["a"]);
    expect(() => source.watch(["a"])).toThrow(expect.objectContaining({ code: "Unavailable" }));
  });
});

describe("whatever happens in whatever order", () => {
  const NAMES = ["a", "b", "c"];
  const name = fc.constantFrom(...NAMES);
  const watcher = fc.nat(3);
  const step = fc.oneof(
    fc.record({ does: fc.constant("grow" as const), key: name }),
    fc.record({ does: fc.constant("notice" as const), key: name }),
    // Answers need not come in the order of their questions.
    fc.record({ does: fc.constant("answer" as const), which: fc.nat(9) }),
    fc.record({ does: fc.constant("take" as const), watcher }),
    fc.record({ does: fc.constant("reconnect" as const), watcher }),
  );

  it("nobody is told an older state after a newer one, or one twice, and all hear the last", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(name, { minLength: 1 }), { minLength: 4, maxLength: 4 }),
        fc.array(step, { maxLength: 60 }),
        async (watched, steps) => {
          const source = counters(NAMES);
          const told = watched.map(() => new Map<string, number>());
          const lastIds = watched.map((): string | null => null);
          const watches = watched.map((keys) => source.watch(keys));

          async function take(index: number): Promise<void> {
            const watch = watches[index];
            if (watch === undefined) return;
            for (const { id, data } of await available(watch)) {
              expect(data.count).toBeGreaterThan(told[index]?.get(data.key) ?? -1);
              told[index]?.set(data.key, data.count);
              lastIds[index] = id;
            }
          }

          for (const action of steps) {
            if (action.does === "grow") source.grow(action.key);
            else if (action.does === "notice") source.notice(action.key);
            else if (action.does === "answer") {
              const [read] = source.reads.splice(action.which % (source.reads.length || 1), 1);
              read?.answer();
            } else if (action.does === "take") await take(action.watcher);
            else {
              const { watcher: index } = action;
              watches[index]?.end();
              watches[index] = source.watch(watched[index] ?? [], lastIds[index]);
            }
            await settle();
          }
          source.states.refreshAll();
          await answerAll(source);
          for (const [index, keys] of watched.entries()) {
            await take(index);
            expect(told[index]).toEqual(new Map(keys.map((key) => [key, source.counts.get(key)])));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
