import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Semaphore, type SemaphoreOptions, TooManyWaiting, type Visitor } from "./semaphore.ts";

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

type State = "waiting" | "working" | "done" | "sent away" | "gone";

/** Somebody who comes, works as long as the test says, and may go. */
class Guest {
  readonly #work = Promise.withResolvers<void>();
  readonly #signal = new AbortController();
  readonly over: Promise<void>;
  readonly isUrgent: boolean;
  state: State = "waiting";

  constructor(
    semaphore: Semaphore,
    { isUrgent = false, caller = "somebody" }: Partial<Visitor> = {},
  ) {
    this.isUrgent = isUrgent;
    const work = async () => {
      this.state = "working";
      await this.#work.promise;
    };
    this.over = semaphore.run({ caller, isUrgent, signal: this.#signal.signal }, work).then(
      () => {
        this.state = "done";
      },
      (error: unknown) => {
        this.state = error instanceof TooManyWaiting ? "sent away" : "gone";
      },
    );
  }

  end(): void {
    this.#work.resolve();
  }

  go(): void {
    this.#signal.abort(new Error("gone"));
  }
}

function inState(guests: readonly Guest[], state: State): Guest[] {
  return guests.filter((guest) => guest.state === state);
}

const PATIENT = { waitMs: 600_000 };

function options(wanted: Partial<SemaphoreOptions> = {}): SemaphoreOptions {
  return { permits: 1, queue: 10, ...PATIENT, ...wanted };
}

describe("however people come, end and go", () => {
  const step = fc.record({
    kind: fc.constantFrom("comes", "comes", "comes", "ends", "goes"),
    which: fc.nat(50),
    caller: fc.constantFrom("a", "b", "c"),
    isUrgent: fc.boolean(),
  });

  it("lets in no more than it may, keeps nobody waiting beside a free place, and answers everybody", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 4 }),
        fc.array(step, { maxLength: 50 }),
        async (permits, queue, steps) => {
          const semaphore = new Semaphore(options({ permits, queue }));
          const guests: Guest[] = [];
          for (const { kind, which, caller, isUrgent } of steps) {
            const [working, waiting] = [inState(guests, "working"), inState(guests, "waiting")];
            if (kind === "comes") guests.push(new Guest(semaphore, { caller, isUrgent }));
            else if (kind === "ends") working[which % Math.max(1, working.length)]?.end();
            else waiting[which % Math.max(1, waiting.length)]?.go();
            await settled();
            const nowWaiting = inState(guests, "waiting");
            const nowWorking = inState(guests, "working").length;
            expect(nowWorking).toBeLessThanOrEqual(permits);
            expect(nowWaiting.length === 0 || nowWorking === permits).toBe(true);
            for (const isFirst of [true, false]) {
              const line = nowWaiting.filter((guest) => guest.isUrgent === isFirst);
              expect(line.length).toBeLessThanOrEqual(queue);
            }
          }
          while (inState(guests, "working").length > 0) {
            for (const guest of inState(guests, "working")) guest.end();
            await settled();
          }
          await Promise.all(guests.map(({ over }) => over));
          expect(inState(guests, "waiting")).toEqual([]);
          const next = Array.from({ length: permits }, () => new Guest(semaphore));
          await settled();
          expect(inState(next, "working")).toHaveLength(permits);
        },
      ),
    );
  });
});

describe("a full line", () => {
  it("sends newcomers away, and tells them when to come again", async () => {
    const semaphore = new Semaphore(options({ queue: 2 }));
    const guests = ["a", "b", "c"].map((caller) => new Guest(semaphore, { caller }));
    await settled();
    expect(semaphore.hasRoomFor({ caller: "d" })).toBe(false);
    const refused = semaphore.run({ caller: "d" }, () => Promise.resolve());
    await expect(refused).rejects.toBeInstanceOf(TooManyWaiting);
    await expect(refused).rejects.toMatchObject({ retryAfterSeconds: 1 });
    expect(guests.map(({ state }) => state)).toEqual(["working", "waiting", "waiting"]);
  });

  it("gives a newcomer the last place of a caller who holds many", async () => {
    const semaphore = new Semaphore(options({ queue: 3 }));
    const crowd = Array.from({ length: 5 }, () => new Guest(semaphore, { caller: "crowd" }));
    await settled();
    expect(crowd.map(({ state }) => state)).toEqual([
      "working",
      "waiting",
      "waiting",
      "waiting",
      "sent away",
    ]);
    expect(semaphore.hasRoomFor({ caller: "owner" })).toBe(true);
    const owner = new Guest(semaphore, { caller: "owner" });
    await settled();
    expect(crowd[3]?.state).toBe("sent away");
    crowd[0]?.end();
    await settled();
    crowd[1]?.end();
    await settled();
    // Not behind the two who came first, but in turn.
    expect([owner.state, crowd[2]?.state]).toEqual(["working", "waiting"]);
  });

  it("asks to come again after as long as the line takes, and up to twice as long", async () => {
    vi.useFakeTimers();
    const semaphore = new Semaphore(options({ queue: 9 }));
    for (let time = 0; time < 100; time += 1) {
      await semaphore.run({ caller: "a" }, async () => {
        await vi.advanceTimersByTimeAsync(2000);
      });
    }
    const guests = Array.from({ length: 10 }, (_, index) => {
      return new Guest(semaphore, { caller: String(index) });
    });
    const waits = Array.from({ length: 200 }, () => semaphore.tooMany().retryAfterSeconds);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...waits)).toBeLessThanOrEqual(40);
    expect(new Set(waits).size).toBeGreaterThan(5);
    expect(inState(guests, "waiting")).toHaveLength(10);
  });
});

describe("somebody who waits", () => {
  it("is sent away after the longest wait, and nobody works for them", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const semaphore = new Semaphore(options({ waitMs: 5000 }));
    const working = new Guest(semaphore);
    const late = new Guest(semaphore);
    vi.advanceTimersByTime(4999);
    await settled();
    expect(late.state).toBe("waiting");
    vi.advanceTimersByTime(1);
    await settled();
    expect([working.state, late.state]).toEqual(["working", "sent away"]);
    working.end();
    await settled();
    expect(late.state).toBe("sent away");
  });

  it("loses their place when they go, and nobody works for them", async () => {
    const semaphore = new Semaphore(options({ queue: 1 }));
    const working = new Guest(semaphore);
    const gone = new Guest(semaphore);
    gone.go();
    await settled();
    expect(gone.state).toBe("gone");
    const next = new Guest(semaphore);
    await settled();
    expect(next.state).toBe("waiting");
    working.end();
    await settled();
    expect(next.state).toBe("working");
  });

  it.each(Array.from({ length: 12 }, (_, ticks) => ticks))(
    "is not worked for when they go %d ticks after whoever was before them has ended",
    async (ticks) => {
      const semaphore = new Semaphore(options());
      const [working, leaving, next] = [0, 1, 2].map(() => new Guest(semaphore));
      await settled();
      working?.end();
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      const isTooLate = leaving?.state === "working";
      leaving?.go();
      await settled();
      expect([leaving?.state, next?.state]).toEqual(
        isTooLate ? ["working", "waiting"] : ["gone", "working"],
      );
    },
  );

  it("does not come in at all when they have gone before", async () => {
    const semaphore = new Semaphore(options());
    const signal = AbortSignal.abort(new Error("gone"));
    const work = vi.fn<() => Promise<void>>(() => Promise.resolve());
    await expect(semaphore.run({ caller: "a", signal }, work)).rejects.toThrow("gone");
    expect(work).not.toHaveBeenCalled();
    expect(semaphore.hasRoomFor({ caller: "a" })).toBe(true);
  });
});

describe("those who are let through first", () => {
  it("pass the others by, but for one after every three", async () => {
    const semaphore = new Semaphore(options());
    const first = new Guest(semaphore);
    const others = Array.from({ length: 3 }, () => new Guest(semaphore));
    const urgent = Array.from({ length: 7 }, (_, index) => {
      return new Guest(semaphore, { caller: String(index), isUrgent: true });
    });
    const everybody = [first, ...others, ...urgent];
    const order: string[] = [];
    for (let time = 0; time < everybody.length; time += 1) {
      await settled();
      const [working] = inState(everybody, "working");
      order.push(working?.isUrgent === true ? "urgent" : "other");
      working?.end();
    }
    expect(order.join(" ")).toBe(
      "other urgent urgent urgent other urgent urgent urgent other urgent other",
    );
  });

  it("have places of their own", async () => {
    const semaphore = new Semaphore(options({ queue: 1 }));
    const guests = [new Guest(semaphore), new Guest(semaphore)];
    const urgent = new Guest(semaphore, { isUrgent: true });
    await settled();
    expect([...guests, urgent].map(({ state }) => state)).toEqual([
      "working",
      "waiting",
      "waiting",
    ]);
  });
});

describe("work that fails", () => {
  it("fails for who wanted it, and makes room", async () => {
    const semaphore = new Semaphore(options());
    const failing = semaphore.run({ caller: "a" }, () => Promise.reject(new Error("broken")));
    const next = new Guest(semaphore);
    await expect(failing).rejects.toThrow("broken");
    await settled();
    expect(next.state).toBe("working");
  });
});
