import { readFile } from "node:fs/promises";
import { TRPCClientError, TRPCUntypedClient, unstable_localLink } from "@trpc/client";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  CLIENT_VERSION,
  type ClientHooks,
  type RouterOutputs,
  type TerminatingLink,
  createClient,
  items,
  newIdempotencyKey,
  pages,
  safe,
} from "../src/index.ts";
import { trpcClientOf } from "../src/trpc.ts";
import { anything, refusal, startAcademy, t } from "./academy.ts";

const info = { name: "Lectern", version: "1.0.0", serverTime: "2027-03-01T08:00:00.000Z" };
const runId = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
const booking = { reference: "LC-7K3F-92QD", accessKey: "k".repeat(43) };

const router = t.router({
  system: t.router({ info: t.procedure.query(() => info) }),
  runs: t.router({
    byId: anything.query(() => {
      throw refusal("NotFound", { entity: "run", id: runId }, "NOT_FOUND");
    }),
  }),
  bookings: t.router({
    byReference: anything.query(({ ctx }) => ({ reference: ctx.authorization })),
    cancel: anything.mutation(({ input }) => input),
  }),
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("where the academy is", () => {
  test.each(["", "/", "//"])("is the address that is given, ending with '%s'", async (end) => {
    await using academy = await startAcademy(router);
    expect(await createClient({ url: academy.url + end }).system.info.query()).toEqual(info);
  });

  test("may be an URL, under a path of its own", async () => {
    const asked: string[] = [];
    const client = createClient({
      url: new URL("https://example.org/academy/"),
      fetch(url) {
        asked.push(url);
        return Promise.resolve(Response.json({ result: { data: info } }));
      },
    });
    await client.system.info.query();
    expect(asked).toEqual(["https://example.org/academy/trpc/system.info"]);
  });

  test("comes from the environment in Node, and the token with it", async () => {
    await using academy = await startAcademy(router);
    vi.stubEnv("LECTERN_URL", academy.url);
    vi.stubEnv("LECTERN_TOKEN", "from-the-environment");
    const answer = await createClient().bookings.byReference.query(booking);
    expect(answer).toEqual({ reference: "Bearer from-the-environment" });
  });

  test("does not send the environment's token where another is given", async () => {
    await using academy = await startAcademy(router);
    vi.stubEnv("LECTERN_TOKEN", "from-the-environment");
    const client = createClient({ url: academy.url, token: "given" });
    expect(await client.bookings.byReference.query(booking)).toEqual({ reference: "Bearer given" });
    const public_ = createClient({ url: academy.url, token: () => null });
    expect(await public_.bookings.byReference.query(booking)).toEqual({ reference: null });
  });

  test("is the page's origin in browsers, whatever a bundler makes of `process`", async () => {
    const asked: string[] = [];
    vi.stubGlobal("location", { origin: "https://academy.example" });
    vi.stubGlobal("process", { env: { LECTERN_URL: "https://elsewhere.example" } });
    vi.stubGlobal("fetch", (url: string) => {
      asked.push(url);
      return Promise.resolve(Response.json({ result: { data: info } }));
    });
    await createClient().system.info.query();
    expect(asked).toEqual(["https://academy.example/trpc/system.info"]);
  });

  test("must be known", () => {
    vi.stubEnv("LECTERN_URL", "");
    expect(() => createClient()).toThrow(/LECTERN_URL/u);
  });
});

test.each(["line\nbreak", "naïve", " ", ""])(
  "a client can't be called '%s' in a header",
  (name) => {
    expect(() => createClient({ url: "http://academy", clientName: name })).toThrow(TypeError);
  },
);

describe("withOptions", () => {
  test("is the same client but for what is given", async () => {
    await using academy = await startAcademy(router);
    const client = createClient({ url: academy.url, token: "one" });
    const other = client.withOptions({ token: "two" });
    expect(await other.bookings.byReference.query(booking)).toEqual({ reference: "Bearer two" });
    expect(await client.bookings.byReference.query(booking)).toEqual({ reference: "Bearer one" });
  });
});

describe("a client", () => {
  test("is no promise, so that it can be returned from an async function", async () => {
    const client = createClient({ url: "http://academy" });
    expect(await Promise.resolve(client)).toBe(client);
  });

  test("says how to call a procedure when it is called wrongly", () => {
    const client = createClient({ url: "http://academy" });
    const call: unknown = client.system.info;
    expect(() => (call as () => void)()).toThrow(/\.query\(\) or \.mutate\(\)/u);
  });
});

describe("pages and items", () => {
  const all = Array.from({ length: 7 }, (_, index) => ({ title: `Course ${index}` }));
  const asked: unknown[] = [];
  const catalogue = t.router({
    courses: t.router({
      list: anything.query(({ input }) => {
        asked.push(input);
        const { cursor, limit } = input as { cursor?: string; limit: number };
        const start = Number(cursor ?? 0);
        const end = start + limit;
        return {
          items: all.slice(start, end),
          nextCursor: end < all.length ? String(end) : null,
          total: all.length,
        };
      }),
    }),
  });
  afterEach(() => {
    asked.length = 0;
  });

  test("walk to the end of a list, keeping the question", async () => {
    await using academy = await startAcademy(catalogue);
    const client = createClient({ url: academy.url });
    const titles: string[] = [];
    for await (const course of items(client.courses.list, { limit: 3, query: "sql" })) {
      titles.push(course.title);
    }
    expect(titles).toEqual(all.map(({ title }) => title));
    expect(asked).toEqual([
      { limit: 3, query: "sql" },
      { limit: 3, query: "sql", cursor: "3" },
      { limit: 3, query: "sql", cursor: "6" },
    ]);
  });

  test("ask for no further page than is needed", async () => {
    await using academy = await startAcademy(catalogue);
    const client = createClient({ url: academy.url });
    const sizes: number[] = [];
    for await (const page of pages(client.courses.list, { limit: 3 })) {
      sizes.push(page.items.length);
      if (sizes.length === 2) break;
    }
    expect(sizes).toEqual([3, 3]);
    expect(asked).toHaveLength(2);
  });

  test("begin where a cursor says, and end with the caller's signal", async () => {
    await using academy = await startAcademy(catalogue);
    const client = createClient({ url: academy.url });
    const controller = new AbortController();
    const seen: string[] = [];
    async function walk() {
      const { signal } = controller;
      for await (const course of items(
        client.courses.list,
        { limit: 2, cursor: "2" },
        { signal },
      )) {
        seen.push(course.title);
        if (seen.length === 2) controller.abort();
      }
    }
    await expect(walk()).rejects.toMatchObject({ code: "Aborted" });
    expect(seen).toEqual(["Course 2", "Course 3"]);
  });
});

describe("hooks and logger", () => {
  test("hear of each attempt, answer, repetition and failure", async () => {
    await using academy = await startAcademy(router, ({ response, serve }, number) => {
      if (number === 1) response.destroy();
      else serve();
    });
    const heard: string[] = [];
    const hooks: ClientHooks = {
      onAttempt: ({ procedure, attempt }) => heard.push(`attempt ${attempt} of ${procedure}`),
      onRetry: ({ failure, delayMs }) => heard.push(`retry ${failure.code} ${delayMs > 0}`),
      onAnswer: ({ requestId, durationMs, attempt }) =>
        heard.push(`answer ${attempt} ${requestId !== null} ${durationMs > 0}`),
      onFailure: ({ failure, attempt }) => heard.push(`failure ${attempt} ${failure.code}`),
    };
    const client = createClient({ url: academy.url, hooks });

    await client.system.info.query();
    await safe(client.runs.byId.query({ id: runId }));

    expect(heard).toEqual([
      "attempt 1 of system.info",
      "retry ConnectionFailed true",
      "attempt 2 of system.info",
      "answer 2 true true",
      "attempt 1 of runs.byId",
      "failure 1 NotFound",
    ]);
  });

  test("get no inputs and no tokens", async () => {
    await using academy = await startAcademy(router);
    const logged: unknown[] = [];
    const note = (...parts: unknown[]) => void logged.push(parts);
    const client = createClient({
      url: academy.url,
      token: "canary-token",
      logger: { debug: note, warn: note },
    });

    await client.bookings.cancel.mutate({ ...booking, idempotencyKey: newIdempotencyKey() });
    await safe(client.runs.byId.query({ id: runId }));

    expect(logged).toMatchObject([
      ["answered", { procedure: "bookings.cancel", attempt: 1 }],
      ["failed", { procedure: "runs.byId", code: "NotFound" }],
    ]);
    expect(JSON.stringify(logged)).not.toMatch(new RegExp(`canary|${booking.accessKey}`, "u"));
  });

  test("that throw don't fail the call", async () => {
    await using academy = await startAcademy(router);
    const warnings: string[] = [];
    const client = createClient({
      url: academy.url,
      logger: { debug: () => {}, warn: (message) => warnings.push(message) },
      hooks: {
        onAnswer() {
          throw new Error("metrics are down");
        },
      },
    });
    expect(await client.system.info.query()).toEqual(info);
    expect(warnings).toEqual(["A hook or logger of the client failed"]);
  });
});

test("a logger that throws doesn't fail the call", async () => {
  await using academy = await startAcademy(router);
  function full(): never {
    throw new Error("the disk is full");
  }
  const client = createClient({ url: academy.url, logger: { debug: full, warn: full } });
  expect(await client.system.info.query()).toEqual(info);
  expect((await safe(client.runs.byId.query({ id: runId }))).error?.code).toBe("NotFound");
});

describe("a link of one's own", () => {
  // As the server makes one to render pages: its router is not the product's here.
  const link = unstable_localLink({
    router,
    createContext: () => Promise.resolve({ requestId: "page-1", authorization: null }),
  }) as TerminatingLink;

  test("carries the calls instead of HTTP", async () => {
    const response = await createClient({ link }).system.info.query().withResponse();
    expect(response).toEqual({ data: info, headers: null, requestId: null, attempts: 1 });
  });

  test("brings the same errors", async () => {
    const { error } = await safe(createClient({ link }).runs.byId.query({ id: runId }));
    expect(error).toMatchObject({ code: "NotFound", data: { entity: "run" }, requestId: "page-1" });
  });

  test("must be the last one", async () => {
    const passing: TerminatingLink =
      () =>
      ({ op, next }) =>
        next(op);
    const { error } = await safe(createClient({ link: passing }).system.info.query());
    expect(error?.code).toBe("ContractBroken");
  });
});

describe("tRPC's view of a client", () => {
  test("makes the same calls with the same errors", async () => {
    await using academy = await startAcademy(router);
    const view = trpcClientOf(createClient({ url: academy.url, token: "one" }));

    expect(view).toBeInstanceOf(TRPCUntypedClient);
    expect(await view.query("system.info")).toEqual(info);
    expect(await view.mutation("bookings.cancel", { some: "input" })).toEqual({ some: "input" });
    const error: unknown = await view.query("runs.byId", {}).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: "LecternError", code: "NotFound" });
    expect(error).not.toBeInstanceOf(TRPCClientError);
    const aborted = view.query("system.info", undefined, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: "Aborted" });
  });

  test("is of clients alone that createClient made", () => {
    const { system } = createClient({ url: "http://academy" });
    expect(() => trpcClientOf(system as never)).toThrow(TypeError);
  });
});

test("idempotency keys are new each time, and such as the server takes", () => {
  const keys = Array.from({ length: 1000 }, newIdempotencyKey);
  expect(new Set(keys).size).toBe(1000);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/u);
});

test("the version is that of the package", async () => {
  const manifest: unknown = JSON.parse(
    await readFile(new URL("../package.json", import.meta.url), "utf8"),
  );
  expect(manifest).toMatchObject({ version: CLIENT_VERSION });
});

test("answers are used as they came", async () => {
  await using academy = await startAcademy(router);
  const answer: RouterOutputs["system"]["info"] = await createClient({
    url: academy.url,
  }).system.info.query();
  expect(answer).toEqual(info);
});
