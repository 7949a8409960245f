import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type ClientOptions,
  type RouterInputs,
  createClient,
  newIdempotencyKey,
  safe,
} from "../src/index.ts";
import { type Intercept, anything, refusal, startAcademy, t } from "./academy.ts";

const runId = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";

function holdInput(): RouterInputs["bookings"]["hold"] {
  return { runId, places: 1, idempotencyKey: newIdempotencyKey() };
}

describe("when it is sent again", () => {
  const info = { name: "Lectern", version: "1", serverTime: "2027-03-01T08:00:00.000Z" };
  let answers: (() => Response | Promise<Response>)[] = [];
  let sentAt: number[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse("2027-03-01T08:00:00Z") });
    sentAt = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function answered(data: unknown): Response {
    return Response.json({ result: { data } });
  }

  function said(status: number, headers: Record<string, string> = {}): () => Response {
    return () => new Response("<h1>Not now</h1>", { status, headers });
  }

  function saidByDomain(code: string, data: object): () => Response {
    const error = {
      code: -32029,
      message: code,
      data: { httpStatus: 429, code: "TOO_MANY_REQUESTS", domain: { code, data } },
    };
    return () => Response.json({ error }, { status: 429 });
  }

  function scripted(options: ClientOptions = {}) {
    const begun = Date.now();
    return createClient({
      url: "http://academy.example",
      fetch() {
        sentAt.push(Date.now() - begun);
        const [answer] = answers.splice(0, 1);
        return Promise.resolve(answer?.() ?? answered(info));
      },
      ...options,
    });
  }

  /** Lets time pass until the call is over. */
  async function outcome<Value>(call: Promise<Value>): Promise<Value> {
    let over = false;
    void call.finally(() => (over = true)).catch(() => {});
    while (!over) await vi.advanceTimersByTimeAsync(5);
    return call;
  }

  test("a server on its way out speaks JSON, too, and is asked again", async () => {
    const leaving = {
      statusCode: 503,
      error: "Service Unavailable",
      message: "Service Unavailable",
    };
    answers = [() => Response.json(leaving, { status: 503 })];
    const { data, attempts } = await outcome(scripted().system.info.query().withResponse());
    expect([data, attempts]).toEqual([info, 2]);
  });

  test("pauses grow, and the attempts are counted", async () => {
    answers = [said(503), said(502), () => Promise.reject(new TypeError("reset"))];
    const { data, attempts } = await outcome(
      scripted({ maxRetries: 3 }).system.info.query().withResponse(),
    );
    expect(data).toEqual(info);
    expect(attempts).toBe(4);
    const [first = 0, second = 0, third = 0, fourth = 0] = sentAt;
    expect(second - first).toBeGreaterThanOrEqual(200);
    expect(second - first).toBeLessThanOrEqual(410);
    expect(third - second).toBeGreaterThanOrEqual(400);
    expect(third - second).toBeLessThanOrEqual(810);
    expect(fourth - third).toBeGreaterThanOrEqual(800);
    expect(fourth - third).toBeLessThanOrEqual(1610);
  });

  test.each([
    ["seconds", "3", 3000],
    ["a date", "Mon, 01 Mar 2027 08:00:05 GMT", 5000],
  ])("the pause is what the server asks for: %s", async (_form, header, ms) => {
    answers = [said(503, { "retry-after": header })];
    await outcome(scripted().system.info.query());
    expect(sentAt).toHaveLength(2);
    expect(sentAt[1]).toBeGreaterThanOrEqual(ms);
    expect(sentAt[1]).toBeLessThanOrEqual(ms + 210);
  });

  test.each(["RateLimited", "Unavailable"])("the pause is what %s asks for", async (code) => {
    answers = [saidByDomain(code, { retryAfterSeconds: 7 })];
    await outcome(scripted().system.info.query());
    expect(sentAt[1]).toBeGreaterThanOrEqual(7000);
    expect(sentAt[1]).toBeLessThanOrEqual(7210);
  });

  test("a pause that is left out is the usual one", async () => {
    answers = [saidByDomain("Unavailable", {})];
    await outcome(scripted().system.info.query());
    expect(sentAt[1]).toBeGreaterThanOrEqual(200);
    expect(sentAt[1]).toBeLessThanOrEqual(410);
  });

  test("nobody waits for minutes: the caller is told at once", async () => {
    answers = [saidByDomain("RateLimited", { retryAfterSeconds: 600 })];
    const { error } = await outcome(safe(scripted().system.info.query()));
    expect(error).toMatchObject({
      code: "RateLimited",
      data: { retryAfterSeconds: 600 },
      attempts: 1,
    });
  });

  test("two further attempts are made by default, then the last failure is thrown", async () => {
    answers = [said(503), said(503), said(504), said(503)];
    const { error } = await outcome(safe(scripted().system.info.query()));
    expect(error).toMatchObject({ code: "ConnectionFailed", httpStatus: 504, attempts: 3 });
    expect(sentAt).toHaveLength(3);
  });

  test.each([500, 501])("not after status %s, which won't pass", async (status) => {
    answers = [said(status)];
    await outcome(safe(scripted().system.info.query()));
    expect(sentAt).toHaveLength(1);
  });

  test("a call can ask for other numbers than its client", async () => {
    answers = [said(503), said(503)];
    await outcome(
      safe(scripted({ maxRetries: 5 }).system.info.query(undefined, { maxRetries: 0 })),
    );
    expect(sentAt).toHaveLength(1);
  });

  test("an abort ends the pause", async () => {
    answers = [said(503, { "retry-after": "20" })];
    const controller = new AbortController();
    const call = safe(scripted().system.info.query(undefined, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort("enough");
    const { error } = await call;
    expect(error).toMatchObject({ code: "Aborted", cause: "enough", attempts: 1 });
    expect(sentAt).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** Serves, but lets nobody have the answer. */
function losing(lost: (number: number) => boolean): Intercept {
  return ({ response, serve }, number) => {
    if (lost(number)) response.end = () => response.destroy();
    serve();
  };
}

describe("an effect", () => {
  function booking() {
    const effects = new Map<string, number>();
    const received: unknown[] = [];
    const router = t.router({
      bookings: t.router({
        hold: anything.mutation(({ input }) => {
          received.push(input);
          const { idempotencyKey } = input as { idempotencyKey: string };
          effects.set(idempotencyKey, (effects.get(idempotencyKey) ?? 0) + 1);
          return { reference: idempotencyKey };
        }),
      }),
      runs: t.router({
        import: anything.mutation(({ input }) => {
          received.push(input);
          return { outcomes: [] };
        }),
      }),
    });
    return { router, received };
  }

  test("is asked for again with the same key when the answer is lost", async () => {
    const { router, received } = booking();
    await using academy = await startAcademy(
      router,
      losing((number) => number === 1),
    );
    const input = holdInput();

    const held = await createClient({ url: academy.url }).bookings.hold.mutate(input);

    expect(held.reference).toBe(input.idempotencyKey);
    expect(received).toEqual([input, input]);
  });

  test("is not asked for again without a key", async () => {
    const { router, received } = booking();
    await using academy = await startAcademy(
      router,
      losing(() => true),
    );
    const client = createClient({ url: academy.url });

    const { error } = await safe(client.runs.import.mutate({ records: [] }));

    expect(error).toMatchObject({ code: "ConnectionFailed", attempts: 1 });
    expect(received).toHaveLength(1);
  });

  test("in a batch, only what has a key is asked for again", async () => {
    const { router, received } = booking();
    await using academy = await startAcademy(
      router,
      losing((number) => number === 1),
    );
    const client = createClient({ url: academy.url });
    const input = holdInput();
    const keyless = { records: [], dryRun: true };

    const [held, imported] = await Promise.all([
      safe(client.bookings.hold.mutate(input)),
      safe(client.runs.import.mutate(keyless)),
    ]);

    expect(held.ok).toBe(true);
    expect(imported.error?.code).toBe("ConnectionFailed");
    expect(received).toEqual([input, keyless, input]);
  });

  test("happens once for each of 1,000 bookings of which a fifth of the answers is lost", async () => {
    const effects = new Map<string, string>();
    let served = 0;
    const router = t.router({
      bookings: t.router({
        // What the server does with keys: the same key gets the first answer.
        hold: anything.mutation(({ input }) => {
          const { idempotencyKey } = input as { idempotencyKey: string };
          served += 1;
          if (!effects.has(idempotencyKey)) effects.set(idempotencyKey, `LC-${effects.size}`);
          return { reference: effects.get(idempotencyKey) };
        }),
      }),
    });
    await using academy = await startAcademy(
      router,
      losing((number) => number % 5 === 1),
    );
    const client = createClient({ url: academy.url, maxRetries: 12 });
    const inputs = Array.from({ length: 1000 }, holdInput);

    const held = await Promise.all(inputs.map((input) => client.bookings.hold.mutate(input)));

    expect(served).toBeGreaterThan(1000);
    expect(effects.size).toBe(1000);
    expect(new Set(held.map(({ reference }) => reference)).size).toBe(1000);
  }, 60_000);

  test("that the domain refuses is not asked for again", async () => {
    let asked = 0;
    const router = t.router({
      bookings: t.router({
        hold: anything.mutation(() => {
          asked += 1;
          throw refusal("IdempotencyMismatch", {}, "UNPROCESSABLE_CONTENT");
        }),
      }),
    });
    await using academy = await startAcademy(router);
    const { error } = await safe(
      createClient({ url: academy.url }).bookings.hold.mutate(holdInput()),
    );
    expect(error?.code).toBe("IdempotencyMismatch");
    expect(asked).toBe(1);
  });
});
