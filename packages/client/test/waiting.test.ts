import { getEventListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { LecternAbortedError, LecternTimeoutError, createClient, safe } from "../src/index.ts";
import { anything, startAcademy, t } from "./academy.ts";

const booking = { reference: "LC-7K3F-92QD", accessKey: "k".repeat(43) };

/** Procedures that answer when told to, and say when the call ends before. */
function slowAcademy(options: { hangs?: (number: number) => boolean } = {}) {
  const ended: string[] = [];
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function untilReleased(name: string, signal: AbortSignal | undefined) {
    signal?.addEventListener("abort", () => ended.push(name));
    await released;
  }
  const router = t.router({
    system: t.router({
      info: t.procedure.query(async ({ signal }) => {
        await untilReleased("info", signal);
        return { name: "Lectern" };
      }),
    }),
    bookings: t.router({
      byReference: anything.query(async ({ input, signal }) => {
        const { reference } = input as typeof booking;
        if (reference !== "LC-FAST-0000") await untilReleased(reference, signal);
        return { reference };
      }),
    }),
  });
  const starting = startAcademy(router, ({ response, serve }, number) => {
    if (options.hangs?.(number)) response.flushHeaders();
    else serve();
  });
  return { starting, ended, release };
}

describe("a time-out", () => {
  test("ends the attempt here and at the server", async () => {
    const { starting, ended } = slowAcademy();
    await using academy = await starting;
    const client = createClient({ url: academy.url, timeoutMs: 250, maxRetries: 0 });
    const begun = performance.now();

    const { error } = await safe(client.system.info.query());

    expect(performance.now() - begun).toBeGreaterThanOrEqual(249);
    expect(error).toBeInstanceOf(LecternTimeoutError);
    expect(error).toMatchObject({ code: "TimedOut", timeoutMs: 250, attempts: 1 });
    expect(error?.requestId).toBe(academy.seen[0]?.headers["x-request-id"]);
    await academy.seen[0]?.cutOff;
    await expect.poll(() => ended).toEqual(["info"]);
  });

  test("holds while the body comes, too", async () => {
    await using academy = await startAcademy(t.router({}), ({ response }) => {
      response.writeHead(200, { "content-type": "application/json" }).write('{"result":');
    });
    const client = createClient({ url: academy.url, timeoutMs: 60, maxRetries: 0 });
    const { error } = await safe(client.system.info.query());
    expect(error?.code).toBe("TimedOut");
  });

  test("is for each attempt: the next may be faster", async () => {
    const { starting, release } = slowAcademy({ hangs: (number) => number === 1 });
    await using academy = await starting;
    release();
    const client = createClient({ url: academy.url, timeoutMs: 5000 });

    const { attempts } = await client.system.info
      .query(undefined, { timeoutMs: 600 })
      .withResponse();

    expect(attempts).toBe(2);
    expect(academy.seen).toHaveLength(2);
  });

  test("of one call leaves the others of its batch alone", async () => {
    const { starting, release } = slowAcademy();
    await using academy = await starting;
    const client = createClient({ url: academy.url, maxRetries: 0 });

    const impatient = safe(client.bookings.byReference.query(booking, { timeoutMs: 50 }));
    const patient = client.bookings.byReference.query({ ...booking, reference: "LC-SLOW-0000" });

    expect((await impatient).error?.code).toBe("TimedOut");
    release();
    expect(await patient).toEqual({ reference: "LC-SLOW-0000" });
    expect(academy.seen).toHaveLength(1);
  });

  test("may be longer than timers can wait", async () => {
    const { starting, release } = slowAcademy();
    await using academy = await starting;
    release();
    const client = createClient({ url: academy.url, timeoutMs: Infinity });
    expect(await client.system.info.query()).toEqual({ name: "Lectern" });
  });
});

describe("an abort", () => {
  test("ends the call at once here, and at the server", async () => {
    const { starting, ended } = slowAcademy();
    await using academy = await starting;
    const controller = new AbortController();
    const client = createClient({ url: academy.url });

    const call = safe(client.system.info.query(undefined, { signal: controller.signal }));
    await expect.poll(() => academy.seen).toHaveLength(1);
    const reason = new Error("the page was left");
    controller.abort(reason);

    const { error } = await call;
    expect(error).toBeInstanceOf(LecternAbortedError);
    expect(error).toMatchObject({ code: "Aborted", cause: reason, attempts: 1 });
    await academy.seen[0]?.cutOff;
    await expect.poll(() => ended).toEqual(["info"]);
    expect(academy.seen).toHaveLength(1);
  });

  test("of one call leaves the others of its batch alone", async () => {
    const { starting, release, ended } = slowAcademy();
    await using academy = await starting;
    const controller = new AbortController();
    const client = createClient({ url: academy.url });

    const left = safe(client.bookings.byReference.query(booking, { signal: controller.signal }));
    const kept = client.bookings.byReference.query({ ...booking, reference: "LC-KEPT-0000" });
    await expect.poll(() => academy.seen).toHaveLength(1);
    controller.abort();

    expect((await left).error?.code).toBe("Aborted");
    expect(ended).toEqual([]);
    release();
    expect(await kept).toEqual({ reference: "LC-KEPT-0000" });
  });

  test("of all calls of a batch ends the batch at the server", async () => {
    const { starting, ended } = slowAcademy();
    await using academy = await starting;
    const controller = new AbortController();
    const { signal } = controller;
    const client = createClient({ url: academy.url });

    const calls = ["LC-AAAA-0000", "LC-BBBB-0000"].map((reference) =>
      safe(client.bookings.byReference.query({ ...booking, reference }, { signal })),
    );
    await expect.poll(() => academy.seen).toHaveLength(1);
    controller.abort();

    for (const { error } of await Promise.all(calls)) expect(error?.code).toBe("Aborted");
    await academy.seen[0]?.cutOff;
    await expect.poll(() => ended).toEqual(["LC-AAAA-0000", "LC-BBBB-0000"]);
  });

  test("before the call sends nothing", async () => {
    const { starting } = slowAcademy();
    await using academy = await starting;
    const { error } = await safe(
      createClient({ url: academy.url }).system.info.query(undefined, {
        signal: AbortSignal.abort(),
      }),
    );
    expect(error).toMatchObject({ code: "Aborted", attempts: 0, requestId: null });
    await delay(20);
    expect(academy.seen).toHaveLength(0);
  });

  test("in the turn of the call sends nothing", async () => {
    const { starting } = slowAcademy();
    await using academy = await starting;
    const controller = new AbortController();
    const call = safe(
      createClient({ url: academy.url }).bookings.byReference.query(booking, {
        signal: controller.signal,
      }),
    );
    controller.abort();
    expect((await call).error?.code).toBe("Aborted");
    await delay(20);
    expect(academy.seen).toHaveLength(0);
  });

  test("leaves no listener behind on a signal that lives on", async () => {
    const { starting, release } = slowAcademy();
    await using academy = await starting;
    release();
    const controller = new AbortController();
    const { signal } = controller;
    const client = createClient({ url: academy.url });
    for (let call = 0; call < 3; call += 1) await client.system.info.query(undefined, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
