import { createServer } from "node:net";
import { once } from "node:events";
import { DOMAIN_ERROR_CODES } from "@lectern/contract/error-codes";
import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import {
  LecternAbortedError,
  LecternConnectionError,
  LecternContractError,
  LecternError,
  LecternServerError,
  createClient,
  isLecternError,
  isLecternFailure,
  safe,
} from "../src/index.ts";
import { type Intercept, anything, refusal, startAcademy, t } from "./academy.ts";

const runId = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
const hold = { runId, places: 2, idempotencyKey: "0123456789abcdef" };

function academyThatSays(error: () => Error) {
  return startAcademy(
    t.router({
      bookings: t.router({
        hold: anything.mutation(() => {
          throw error();
        }),
        byReference: anything.query(() => ({ reference: "LC-7K3F-92QD" })),
      }),
      runs: t.router({
        byId: anything.query(() => {
          throw error();
        }),
      }),
    }),
  );
}

describe("a domain error", () => {
  test("arrives with its code and data", async () => {
    const data = { runId, placesLeft: 1, requested: 2 };
    await using academy = await academyThatSays(() => refusal("SoldOut", data));
    const client = createClient({ url: academy.url });

    const error: unknown = await client.bookings.hold.mutate(hold).catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(LecternError);
    expect(isLecternError(error)).toBe(true);
    expect(isLecternError(error, "NotFound")).toBe(false);
    expect(isLecternError(error, "SoldOut") && error.data.placesLeft).toBe(1);
    expect(error).toMatchObject({
      name: "LecternError",
      code: "SoldOut",
      data,
      message: "The domain says SoldOut",
      procedure: "bookings.hold",
      attempts: 1,
      requestId: academy.seen[0]?.headers["x-request-id"],
    });
  });

  test.each(DOMAIN_ERROR_CODES.filter((code) => code !== "RateLimited" && code !== "Unavailable"))(
    "%s arrives alone and in a batch",
    async (code) => {
      await using academy = await academyThatSays(() => refusal(code, { some: "data" }));
      const client = createClient({ url: academy.url });

      const [alone, batched, other] = await Promise.all([
        safe(client.runs.byId.query({ id: runId })),
        safe(client.bookings.hold.mutate(hold)),
        safe(client.bookings.byReference.query({ reference: "LC-7K3F-92QD", accessKey: "k" })),
      ]);

      expect(alone.error).toMatchObject({ code, data: { some: "data" } });
      expect(batched.error).toMatchObject({ code, data: { some: "data" } });
      expect(other).toMatchObject({ ok: true, data: { reference: "LC-7K3F-92QD" } });
    },
  );

  test("that only a newer server has does not pass for one of those known", async () => {
    await using academy = await academyThatSays(() => refusal("OnTheMoon", { since: 2031 }));
    const { error } = await safe(createClient({ url: academy.url }).bookings.hold.mutate(hold));

    expect(error).toBeInstanceOf(LecternServerError);
    expect(isLecternError(error)).toBe(false);
    expect(error).toMatchObject({
      code: "ServerFailed",
      message: "The domain says OnTheMoon",
      httpStatus: 409,
      unknownDomainError: { code: "OnTheMoon", data: { since: 2031 } },
    });
  });

  test("is not taken from names that every object has", async () => {
    await using academy = await academyThatSays(() => refusal("constructor", {}));
    const { error } = await safe(createClient({ url: academy.url }).bookings.hold.mutate(hold));
    expect(error?.code).toBe("ServerFailed");
  });
});

describe("what the server says beside", () => {
  test("its own failure", async () => {
    await using academy = await academyThatSays(() => new Error("secret"));
    const { error } = await safe(createClient({ url: academy.url }).runs.byId.query({ id: runId }));
    expect(error).toMatchObject({
      code: "ServerFailed",
      kind: "INTERNAL_SERVER_ERROR",
      httpStatus: 500,
      unknownDomainError: null,
      attempts: 1,
    });
  });

  test("a procedure that it doesn't have", async () => {
    await using academy = await academyThatSays(() => new TRPCError({ code: "NOT_FOUND" }));
    const { error } = await safe(createClient({ url: academy.url }).system.info.query());
    expect(error).toMatchObject({ code: "ServerFailed", kind: "NOT_FOUND", httpStatus: 404 });
  });
});

/** A server that answers each request alike, with something that isn't Lectern's. */
function somethingElse(status: number, type: string, body: string): Intercept {
  return ({ response }) => {
    response.writeHead(status, { "content-type": type, "x-request-id": "proxy-1" }).end(body);
  };
}

describe("an answer that isn't Lectern's", () => {
  test.each([
    ["a login page", 200, "text/html", "<title>Welcome to our Wi-Fi</title>"],
    ["a page that isn't there", 404, "text/html", "<h1>Not found</h1>"],
    ["JSON of another kind", 200, "application/json", '{"hello":"world"}'],
    ["a list for a single answer", 200, "application/json", '[{"result":{"data":1}}]'],
    ["null", 200, "application/json", "null"],
    ["half an answer", 200, "application/json", '{"result":{"da'],
  ])("breaks the contract: %s", async (_what, status, type, body) => {
    await using academy = await startAcademy(t.router({}), somethingElse(status, type, body));
    const client = createClient({ url: academy.url });

    const { error } = await safe(client.system.info.query());

    expect(error).toBeInstanceOf(LecternContractError);
    expect(error).toMatchObject({ code: "ContractBroken", attempts: 1, procedure: "system.info" });
    expect(academy.seen).toHaveLength(1);
  });

  test("breaks the contract when a batch lacks an answer", async () => {
    await using academy = await startAcademy(
      t.router({}),
      somethingElse(200, "application/json", '[{"result":{"data":1}}]'),
    );
    const client = createClient({ url: academy.url });
    const input = { reference: "LC-7K3F-92QD", accessKey: "k" };

    const [first, second] = await Promise.all([
      safe(client.bookings.byReference.query(input)),
      safe(client.bookings.byReference.query(input)),
    ]);

    expect(first).toMatchObject({ ok: true, data: 1 });
    expect(second.error?.code).toBe("ContractBroken");
  });

  test("counts as no connection when a proxy can't reach the server", async () => {
    await using academy = await startAcademy(
      t.router({}),
      somethingElse(502, "text/html", "<h1>Bad gateway</h1>"),
    );
    const client = createClient({ url: academy.url, maxRetries: 0 });

    const { error } = await safe(client.system.info.query());

    expect(error).toBeInstanceOf(LecternConnectionError);
    expect(error).toMatchObject({ httpStatus: 502, requestId: "proxy-1" });
    expect(error?.message).toContain("text/html");
  });
});

describe("no answer at all", () => {
  test("where nobody listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    server.close();
    await once(server, "close");
    const client = createClient({ url: `http://127.0.0.1:${port}`, maxRetries: 0 });

    const { error } = await safe(client.system.info.query());

    expect(error).toBeInstanceOf(LecternConnectionError);
    expect(error).toMatchObject({ code: "ConnectionFailed", httpStatus: null, attempts: 1 });
    expect(error?.requestId).toMatch(/^[0-9a-f]{32}$/u);
    expect(error?.cause).toBeInstanceOf(TypeError);
  });

  test("where the answer breaks off", async () => {
    await using academy = await startAcademy(t.router({}), ({ response }) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"result":', () => response.destroy());
    });
    const client = createClient({ url: academy.url, maxRetries: 0 });

    const { error } = await safe(client.system.info.query());

    expect(error).toBeInstanceOf(LecternConnectionError);
  });

  test("where the token can't be had: nothing is sent, nor tried again", async () => {
    await using academy = await academyThatSays(() => new Error("unreachable"));
    const lost = new Error("keychain locked");
    const client = createClient({ url: academy.url, token: () => Promise.reject(lost) });

    const { error } = await safe(client.bookings.hold.mutate(hold));

    expect(error).toMatchObject({ code: "ConnectionFailed", attempts: 1, cause: lost });
    expect(academy.seen).toHaveLength(0);
  });
});

describe("safe", () => {
  test("gives the data of what went well", async () => {
    await using academy = await academyThatSays(() => new Error("unused"));
    const client = createClient({ url: academy.url });
    const result = await safe(
      client.bookings.byReference.query({ reference: "LC-7K3F-92QD", accessKey: "k" }),
    );
    expect(result).toEqual({ ok: true, data: { reference: "LC-7K3F-92QD" }, error: undefined });
  });

  test("still throws what the client did not", async () => {
    const bug = new TypeError("a bug");
    const call = Object.assign(Promise.reject(bug), { withResponse: () => Promise.reject(bug) });
    await expect(safe(call)).rejects.toBe(bug);
  });
});

test("a failure is told from other errors", async () => {
  const client = createClient({ url: "http://127.0.0.1:1" });
  const { error } = await safe(
    client.system.info.query(undefined, { signal: AbortSignal.abort() }),
  );
  expect(error).toBeInstanceOf(LecternAbortedError);
  expect(isLecternFailure(error)).toBe(true);
  expect(isLecternFailure(new Error("other"))).toBe(false);
});

test("asking for the response leaves no rejection unhandled", async () => {
  await using academy = await academyThatSays(() =>
    refusal("NotFound", { entity: "run", id: runId }),
  );
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  const call = createClient({ url: academy.url }).runs.byId.query({ id: runId });

  await expect(call.withResponse()).rejects.toMatchObject({ code: "NotFound" });
  await new Promise((resolve) => setImmediate(resolve));

  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
