import { appRouter } from "@lectern/api/app-router";
import { declaredAccess } from "@lectern/api/trpc/declared-access";
import { CACHEABLE_QUERIES, MAX_BATCH_SIZE } from "@lectern/contract/cacheable";
import { describe, expect, it } from "vitest";
import { useTestServer } from "./support/test-server.ts";

const server = useTestServer();

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server().url}${path}`, init);
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return get(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

describe("health", () => {
  it("is alive, and ready once the database answers and is migrated", async () => {
    const [alive, ready] = await Promise.all([get("/healthz"), get("/readyz")]);
    expect([alive.status, await alive.json()]).toEqual([200, { status: "alive" }]);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
  });
});

describe("every answer", () => {
  it.each([
    ["/healthz", "default-src 'self'", "strict-origin-when-cross-origin"],
    ["/trpc/system.info", "default-src 'none'", "no-referrer"],
    ["/trpc/no.such", "default-src 'none'", "no-referrer"],
    ["/no/such/page", "default-src 'self'", "strict-origin-when-cross-origin"],
  ])("of %s carries the security headers and a request id", async (path, policy, referrer) => {
    const { headers } = await get(path);
    expect(headers.get("content-security-policy")).toContain(policy);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("referrer-policy")).toBe(referrer);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it("keeps a request id that was sent, unless it could be something else", async () => {
    const echo = async (id: string) =>
      (await get("/healthz", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await echo("trace-0123456789")).toBe("trace-0123456789");
    expect(await echo("<script>alert(1)</script>")).toMatch(/^[0-9a-f-]{36}$/u);
  });
});

describe("the wire", () => {
  it("lets caches hold public queries, and nothing else", async () => {
    const shared = await get("/trpc/courses.topics");
    expect(shared.headers.get("cache-control")).toBe("public, no-cache");
    const failed = await get(`/trpc/courses.bySlug?input=${encodeURIComponent('{"slug":"none"}')}`);
    expect([failed.status, failed.headers.get("cache-control")]).toEqual([404, "no-store"]);
    const posted = await post("/trpc/courses.topics", "");
    expect(posted.headers.get("cache-control")).toBe("no-store");
  });

  it("refuses a batch that is too large before it runs", async () => {
    const paths = Array.from({ length: MAX_BATCH_SIZE + 1 }, () => "system.info").join(",");
    expect((await get(`/trpc/${paths}?batch=1&input={}`)).status).toBe(400);
    const allowed = Array.from({ length: MAX_BATCH_SIZE }, () => "system.info").join(",");
    const answer = await get(`/trpc/${allowed}?batch=1&input={}`);
    expect(await answer.json()).toHaveLength(MAX_BATCH_SIZE);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/jsonp",
    "",
  ])("takes no mutation as %j, which a form on another site could send", async (contentType) => {
    const answer = await get("/trpc/enquiries.send", {
      method: "POST",
      body: "{}",
      headers: { "content-type": contentType },
    });
    expect(answer.status).toBe(415);
  });

  it("takes no mutation over GET", async () => {
    expect((await get("/trpc/enquiries.send?input={}")).status).toBe(405);
  });

  it("says what is wrong with an input, field by field", async () => {
    const answer = await post("/trpc/bookings.hold", '{"runId":"x","places":0}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: {
        data: {
          domain: {
            code: "Invalid",
            data: { issues: [{ path: "runId" }, { path: "places" }, { path: "idempotencyKey" }] },
          },
        },
      },
    });
  });

  it.each(["{", "[]", '"text"', "null", "\u0000"])(
    "answers a body of %j with 400",
    async (body) => {
      expect((await post("/trpc/bookings.hold", body)).status).toBe(400);
    },
  );

  it("refuses text that PostgreSQL can't hold", async () => {
    const search = encodeURIComponent(JSON.stringify({ query: "a\u0000b" }));
    expect((await get(`/trpc/courses.list?input=${search}`)).status).toBe(400);
  });

  it("refuses a body that is too large", async () => {
    const body = JSON.stringify({ message: "x".repeat(9 * 1024 * 1024) });
    expect((await post("/trpc/enquiries.send", body)).status).toBe(413);
  });

  it("tells nothing of a mistake of ours but where to look", async () => {
    const answer = await get("/trpc/no.such.procedure");
    expect(await answer.text()).not.toMatch(/stack|node_modules/u);
  });
});

describe("access", () => {
  const procedures = declaredAccess(appRouter);
  const staffOnly = procedures.filter(({ access }) => access.kind === "permission");

  it("is declared for all procedures, and staff's are not few", () => {
    expect(staffOnly.length).toBeGreaterThan(10);
  });

  function call(path: string, type: string, token?: string): Promise<Response> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return type === "query"
      ? get(`/trpc/${path}`, { headers })
      : post(`/trpc/${path}`, "{}", headers);
  }

  it.each(staffOnly.map(({ path, type }) => [path, type] as const))(
    "%s is closed to the public and to wrong tokens, and open to the operator",
    async (path, type) => {
      expect((await call(path, type)).status).toBe(401);
      expect((await call(path, type, `${server().operatorToken.slice(0, -1)}x`)).status).toBe(401);
      const opened = await call(path, type, server().operatorToken);
      expect([200, 400]).toContain(opened.status);
    },
  );

  it("is the public's for the queries that caches may hold, of which none takes a secret", () => {
    const byPath = new Map(procedures.map((procedure) => [procedure.path, procedure]));
    for (const path of CACHEABLE_QUERIES) {
      expect(byPath.get(path)).toMatchObject({ type: "query", access: { kind: "public" } });
    }
    const publicQueries = procedures
      .filter(({ access, type }) => access.kind === "public" && type === "query")
      .map(({ path }) => path);
    expect(publicQueries.filter((path) => !CACHEABLE_QUERIES.some((one) => one === path))).toEqual([
      "account.invitation",
      "account.me",
      "identity.options",
      "prices.quote",
    ]);
  });
});

describe("the log", () => {
  it("has one line for a request, with its procedure and without what it asked for", async () => {
    const search = encodeURIComponent(JSON.stringify({ query: "canary-in-the-query" }));
    const answer = await get(`/trpc/courses.list?input=${search}`, {
      headers: { authorization: `Bearer ${server().operatorToken}` },
    });
    const id = answer.headers.get("x-request-id") ?? "none";
    const lines = server()
      .log()
      .split("\n")
      .filter((line) => line.includes(id));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ procedures: "courses.list", status: 200 });
    expect(server().log()).not.toContain("canary-in-the-query");
    expect(server().log()).not.toContain(server().operatorToken);
  });
});
