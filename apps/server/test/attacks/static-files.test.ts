import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { returnPathOf } from "@lectern/api/features/people/identity/return-path";
import { mailboxKey } from "../../src/mail/mailbox-session.ts";
import type { Site } from "../../src/site/site.ts";
import { type RawAnswer, askRaw } from "../support/raw-request.ts";
import { type TestBrowser, openBrowser } from "../support/test-browser.ts";
import { useTestServer } from "../support/test-server.ts";

/** Files are asked for that nobody may have, and pages that lead elsewhere. */

/** Stands in every file that is not for browsers. */
const OUTSIDE = "what-stands-outside-5e1d";

const folder = mkdtempSync(join(tmpdir(), "lectern-static-"));
const clientDirectory = join(folder, "client");
for (const name of ["client/assets", "client/.vite", "client-of-another", "CON"]) {
  mkdirSync(join(folder, name), { recursive: true });
}
for (const name of [
  "secret.txt",
  "client-of-another/secret.txt",
  "client/.env",
  "client/.vite/manifest.json",
]) {
  writeFileSync(join(folder, name), OUTSIDE);
}
writeFileSync(join(clientDirectory, "assets", "entry-1a2b3c.js"), "export {};");
writeFileSync(join(clientDirectory, "favicon.svg"), "<svg/>");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const html = { "content-type": "text/html; charset=utf-8" };
const site: Site = {
  clientDirectory,
  render: ({ url }) => {
    if (url === "/old") {
      return Promise.resolve({ status: 301, headers: { location: "/new" }, html: "" });
    }
    if (url === "/broken") return Promise.reject(new Error("A page that fails"));
    const status = url === "/" ? 200 : 404;
    return Promise.resolve({ status, headers: html, html: "A page" });
  },
  sitemap: ({ origin }) => Promise.resolve(`<urlset><url><loc>${origin}/</loc></url></urlset>`),
  robots: (origin) => `Sitemap: ${origin}/sitemap.xml\n`,
};

const mailbox = { academy: "Lectern" };
const callLimits = { perMinute: 30, effectsPerMinute: 10, streams: 3 };
const server = useTestServer({ site, mailbox, callLimits, trustedProxies: ["127.0.0.1"] });

/** Ways to write a step upwards. */
const STEPS = [
  "../",
  "..%2f",
  "%2e%2e/",
  "%2e%2e%2f",
  "%252e%252e%252f",
  "%25252e%25252e%25252f",
  "..\\",
  "..%5c",
  "%2e%2e%5c",
  "..%255c",
  "....//",
  "..../",
  "..;/",
  "..%00/",
  "..%0d%0a/",
  ".%2e/",
  ".%00./",
  "..%c0%af",
  "%c0%ae%c0%ae/",
  "%c0%2e%c0%2e%c0%af",
  "%uff0e%uff0e%u2215",
  "..%ef%bc%8f",
  "%e2%80%a5/",
  "/../",
  "./../",
  "x/../../",
] as const;

/** Where a step may begin. */
const FOLDERS = [
  "/",
  "/assets/",
  "/assets/entry-1a2b3c.js/",
  "/mailbox/",
  "/mailbox/assets/",
  "/robots.txt/",
  "/sitemap.xml/",
  "/courses/",
  "/trpc/",
] as const;

/** What is asked for there: nothing above, and each so many steps above, that somebody wants to have. */
const climbs = FOLDERS.flatMap((begin) =>
  STEPS.flatMap((step) => [
    ...[1, 2, 3].map((steps) => `${begin}${step.repeat(steps)}secret.txt`),
    `${begin}${step.repeat(2)}client-of-another/secret.txt`,
    `${begin}${step.repeat(12)}etc/passwd`,
    `${begin}${step.repeat(12)}etc%2fpasswd%00.svg`,
  ]),
);

const ODDITIES = [
  "//etc/passwd",
  "///etc/passwd",
  "/%2fetc%2fpasswd",
  "/%5c%5clocalhost%5cc$%5cwindows%5cwin.ini",
  "file:///etc/passwd",
  "http://evil.example/etc/passwd",
  "//evil.example/secret.txt",
  "/C:/Windows/win.ini",
  "/assets/C%3a%5cWindows%5cwin.ini",
  "/CON",
  "/assets/NUL",
  "/assets/aux.js",
  "/assets/COM1",
  "/assets/entry-1a2b3c.js::$DATA",
  "/assets/entry-1a2b3c.js%00.png",
  "/assets/entry-1a2b3c.js.",
  "/assets/entry-1a2b3c.js%20",
  "/assets/",
  "/assets",
  "/.",
  "/..",
  "/.env",
  "/%2eenv",
  "/.vite/manifest.json",
  "/%2evite%2fmanifest.json",
  "/.git/config",
  "/package.json",
  "/node_modules/",
  "/dist/server/entry-server.js",
  "/proc/self/environ",
  "/dev/zero",
  "/%",
  "/%zz",
  "/%E0%A4%A",
  "/%00",
  "/favicon.svg%00",
  "/?%00",
  "/mailbox/mails/..%2f..%2fsecret.txt",
  "/mailbox/mails/%00/html",
  "/mailbox/preview/..%2f..%2f/0",
  "/mailbox/preview/__proto__/0",
  "/mailbox/preview/constructor/0/html",
  "/mailbox?after=..%2f..%2fsecret.txt",
  "/mailbox?after=%00",
  `/${"a".repeat(8000)}`,
  `/assets/${"../".repeat(2500)}secret.txt`,
  `/assets/${"%2e%2e%2f".repeat(800)}secret.txt`,
  `/${"assets/".repeat(1000)}entry-1a2b3c.js`,
  "*",
  "secret.txt",
  "?",
] as const;

/** @returns a browser in which the mailbox was opened with its key */
async function lookIntoMailbox(): Promise<TestBrowser> {
  const browser = openBrowser({ url: server().url });
  const opened = await browser.fetch("/mailbox/session", {
    method: "POST",
    body: new URLSearchParams({ key: mailboxKey(server().accessKeys) }),
    redirect: "manual",
  });
  expect([opened.status, opened.headers.get("location")]).toEqual([303, "/mailbox"]);
  expect(faultsOf(opened.headers)).toEqual([]);
  return browser;
}

function found(answer: RawAnswer | undefined): boolean {
  return (
    answer !== undefined && (answer.body.includes(OUTSIDE) || /root:.*:0:0:/u.test(answer.body))
  );
}

/** Asks for each, a few at a time. @returns the answers, in their order */
async function askAll(
  url: string,
  targets: readonly string[],
  method = "GET",
): Promise<(RawAnswer | undefined)[]> {
  const answers: (RawAnswer | undefined)[] = [];
  for (let begin = 0; begin < targets.length; begin += 20) {
    const some = targets.slice(begin, begin + 20);
    answers.push(...(await Promise.all(some.map((target) => askRaw(url, target, { method })))));
  }
  return answers;
}

describe("a file that is not for browsers", () => {
  it("is not given, however it is asked for, and nothing breaks", async () => {
    const targets = [...climbs, ...ODDITIES];
    expect(targets.length).toBeGreaterThan(1000);
    const answers = await askAll(server().url, targets);
    const given = targets.filter((_, index) => found(answers[index]));
    expect(given).toEqual([]);
    const broken = targets.filter((_, index) => (answers[index]?.status ?? 0) >= 500);
    expect(broken).toEqual([]);
    expect(answers.filter((answer) => answer === undefined)).toEqual([]);
    expect((await fetch(`${server().url}/healthz`)).status).toBe(200);
  });

  it.each(["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])(
    "is not given by %s either, nor is one put there",
    async (method) => {
      const targets = [...climbs.filter((_, index) => index % 25 === 0), ...ODDITIES];
      const answers = await askAll(server().url, targets, method);
      expect(targets.filter((_, index) => found(answers[index]))).toEqual([]);
      expect(targets.filter((_, index) => (answers[index]?.status ?? 500) >= 500)).toEqual([]);
      // Nobody's headers are told back to them.
      expect(answers.map((answer) => answer?.body).join("\n")).not.toContain("Connection:");
    },
  );

  it("is given to whoever comes with the mailbox's key as little", async () => {
    const browser = await lookIntoMailbox();
    for (const path of ODDITIES.filter((target) => target.startsWith("/mailbox"))) {
      const answer = await browser.fetch(path);
      expect([404, 400]).toContain(answer.status);
      expect(await answer.text()).not.toContain(OUTSIDE);
    }
  });

  describe("from a server that trusts what it is told", () => {
    let naive: Server;
    beforeAll(async () => {
      naive = createServer((request, response) => {
        const path = decodeURIComponent(request.url ?? "");
        void readFile(join(clientDirectory, path)).then(
          (content) => response.end(content),
          () => response.writeHead(404).end(),
        );
      });
      await new Promise<void>((resolve) => naive.listen(0, "127.0.0.1", resolve));
    });
    afterAll(() => naive.close());

    it("would be given, and the search would notice", async () => {
      const address = naive.address();
      if (address === null || typeof address === "string") throw new Error("It has no port");
      const targets = [
        "/../secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/assets/../../secret.txt",
        "/.env",
      ];
      const answers = await askAll(`http://127.0.0.1:${address.port}`, targets);
      expect(answers.map(found)).toEqual([true, true, true, true]);
      for (const target of ["/../secret.txt", "/.env"]) {
        expect([...climbs, ...ODDITIES]).toContain(target);
      }
    });
  });
});

/** One request for each kind of answer that there is. */
const ANSWERS: readonly {
  readonly what: string;
  readonly path: string;
  readonly status: number;
  readonly init?: RequestInit;
}[] = [
  { what: "a page", path: "/", status: 200 },
  { what: "a page that is not there", path: "/nothing-here", status: 404 },
  { what: "a page that moved", path: "/old", status: 301 },
  { what: "a page that fails", path: "/broken", status: 500 },
  { what: "a file", path: "/assets/entry-1a2b3c.js", status: 200 },
  { what: "a file's headers alone", path: "/favicon.svg", status: 200, init: { method: "HEAD" } },
  { what: "a part of a file", path: "/favicon.svg", status: 206, init: range("bytes=0-2") },
  { what: "no part of a file", path: "/favicon.svg", status: 416, init: range("bytes=900-") },
  { what: "robots.txt", path: "/robots.txt", status: 200 },
  { what: "the sitemap", path: "/sitemap.xml", status: 200 },
  { what: "health", path: "/healthz", status: 200 },
  { what: "readiness", path: "/readyz", status: 200 },
  { what: "an address that can't be read", path: "/%", status: 400 },
  { what: "another that can't be read", path: "/courses/%E0%A4%A", status: 400 },
  {
    what: "a method that a file has not",
    path: "/favicon.svg",
    status: 404,
    init: { method: "PUT" },
  },
  { what: "a method that a page has not", path: "/", status: 404, init: { method: "DELETE" } },
  { what: "a query", path: "/trpc/system.info", status: 200 },
  {
    what: "a query's headers alone",
    path: "/trpc/system.info",
    status: 204,
    init: { method: "HEAD" },
  },
  { what: "a query that is not right", path: "/trpc/courses.bySlug", status: 400 },
  {
    what: "what a query does not find",
    path: `/trpc/courses.bySlug?input=${encodeURIComponent('{"slug":"no"}')}`,
    status: 404,
  },
  { what: "a procedure that is not there", path: "/trpc/no.such", status: 404 },
  { what: "what is not for everybody", path: "/trpc/people.list", status: 401 },
  { what: "a mutation that was asked for", path: "/trpc/enquiries.send", status: 405 },
  {
    what: "another content type",
    path: "/trpc/enquiries.send",
    status: 415,
    init: post("x", { "content-type": "text/plain" }),
  },
  { what: "a body that is none", path: "/trpc/enquiries.send", status: 400, init: post("{") },
  {
    what: "a body that is too large",
    path: "/trpc/enquiries.send",
    status: 413,
    init: post(" ".repeat(9_000_000)),
  },
  {
    what: "a request of another site",
    path: "/trpc/enquiries.send",
    status: 403,
    init: post("{}", { origin: "https://evil.example" }),
  },
  {
    what: "a browser that asks first",
    path: "/trpc/enquiries.send",
    status: 404,
    init: { method: "OPTIONS", headers: { origin: "https://evil.example" } },
  },
  { what: "the mailbox", path: "/mailbox", status: 401 },
  { what: "its style", path: "/mailbox/assets/mailbox.css", status: 200 },
  { what: "its script", path: "/mailbox/assets/mailbox.js", status: 200 },
  {
    what: "a wrong key for it",
    path: "/mailbox/session",
    status: 401,
    init: { method: "POST", body: new URLSearchParams({ key: "x" }) },
  },
  { what: "a method that it has not", path: "/mailbox", status: 404, init: { method: "PUT" } },
];

function range(bytes: string): RequestInit {
  return { headers: { range: bytes } };
}

function post(body: string, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
}

/** What each of the headers has to look like. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  "content-security-policy":
    /^(?!.*(?:unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*))(?=.*default-src '(?:self|none)'(?:;|$))(?=.*frame-ancestors '(?:none|self)'(?:;|$))/u,
  "x-content-type-options": /^nosniff$/u,
  "referrer-policy": /^(?:strict-origin-when-cross-origin|no-referrer)$/u,
  "cross-origin-resource-policy": /^same-origin$/u,
  "x-request-id": /^[0-9a-f-]{36}$/u,
};

/** What loads nothing and runs nothing can do nothing with a window that opened it. */
const PAGE_HEADERS: Readonly<Record<string, RegExp>> = {
  ...HEADERS,
  "cross-origin-opener-policy": /^same-origin$/u,
};
const LOADS_NOTHING = /^default-src 'none'; base-uri 'none'; frame-ancestors 'none'$/u;

/** RFC 6797; over http it would mean nothing. */
const OVER_HTTPS = /^max-age=\d{8}; includeSubDomains$/u;

/** What tells who answers, and of which release it is. */
const TELLING = ["server", "x-powered-by", "via"] as const;

/** @returns what is not as it should be with the headers of an answer */
function faultsOf(headers: Headers, overHttps = false): string[] {
  const loadsNothing = LOADS_NOTHING.test(headers.get("content-security-policy") ?? "");
  const wanted = Object.entries(loadsNothing ? HEADERS : PAGE_HEADERS).filter(
    ([name, form]) => !form.test(headers.get(name) ?? ""),
  );
  const isStrict = OVER_HTTPS.test(headers.get("strict-transport-security") ?? "");
  return [
    ...wanted.map(([name]) => `${name}: ${headers.get(name)}`),
    ...TELLING.filter((name) => headers.has(name)),
    ...(isStrict === overHttps ? [] : ["strict-transport-security"]),
  ];
}

describe("the headers that protect a browser", () => {
  it.each(ANSWERS)("come with $what", async ({ path, status, init }) => {
    const answer = await fetch(`${server().url}${path}`, { redirect: "manual", ...init });
    expect(answer.status).toBe(status);
    expect(faultsOf(answer.headers)).toEqual([]);
    expect(await answer.text()).not.toMatch(/node_modules|fastify|\.ts:\d/iu);
  });

  it("come with an event stream, and with who asks too much", async () => {
    const { items } = await server().client.runs.upcoming.query({ limit: 1 });
    const input = encodeURIComponent(JSON.stringify({ runIds: items.map(({ id }) => id) }));
    const closing = new AbortController();
    const stream = await fetch(`${server().url}/trpc/runs.watch?input=${input}`, {
      headers: { accept: "text/event-stream" },
      signal: closing.signal,
    });
    expect(stream.status).toBe(200);
    expect(faultsOf(stream.headers)).toEqual([]);
    closing.abort();
    const refused = await fetch(`${server().url}/trpc/runs.watch?input=%7B`, {
      headers: { accept: "text/event-stream" },
    });
    expect(faultsOf(refused.headers)).toEqual([]);
    await refused.body?.cancel();
    const statuses = new Set<number>();
    for (let call = 0; call <= callLimits.perMinute + 5; call += 1) {
      const answer = await fetch(`${server().url}/trpc/system.info`, {
        headers: { "x-forwarded-for": "203.0.113.99" },
      });
      statuses.add(answer.status);
      expect(faultsOf(answer.headers)).toEqual([]);
    }
    expect(statuses).toEqual(new Set([200, 429]));
  });

  it("come with the answer to what is no HTTP", async () => {
    const large = `/ HTTP/1.1\r\nX-Large: ${"a".repeat(70_000)}\r\nX:`;
    const answers = await askAll(server().url, ["/ HTTP/1.1\r\nno header\r\nX:", large]);
    expect(answers.map((answer) => answer?.status)).toEqual([400, 431]);
    for (const answer of answers) {
      const { headers } = answer ?? { headers: new Headers() };
      // It is no request, and has no name.
      expect(faultsOf(headers)).toEqual(["x-request-id: null"]);
    }
  });

  it("come with what is in the mailbox, and keep mails from doing anything", async () => {
    const browser = await lookIntoMailbox();
    for (const path of ["/mailbox", "/mailbox/preview", "/mailbox/preview/reminder/0"]) {
      const answer = await browser.fetch(path);
      expect(answer.status).toBe(200);
      expect(faultsOf(answer.headers)).toEqual([]);
    }
    const mail = await browser.fetch("/mailbox/preview/reminder/0/html");
    expect(faultsOf(mail.headers)).toEqual([]);
    expect(mail.headers.get("content-security-policy")).toMatch(/^sandbox(?! .*allow-scripts)/u);
  });
});

describe("over https", () => {
  const secure = useTestServer({ site, mailbox, publicUrl: "https://academy.example" });

  it.each(ANSWERS)("$what says that there is no other way", async ({ path, init }) => {
    const answer = await fetch(`${secure().url}${path}`, { redirect: "manual", ...init });
    expect(faultsOf(answer.headers, true)).toEqual([]);
  });

  it("cookies are for this host alone, and for no script", async () => {
    const answer = await fetch(`${secure().url}/mailbox/session`, {
      method: "POST",
      body: new URLSearchParams({ key: mailboxKey(secure().accessKeys) }),
      redirect: "manual",
    });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/; Secure/u);
    expect(cookie).toMatch(/; HttpOnly/u);
    expect(cookie).toMatch(/; SameSite=Strict/u);
    expect(cookie).not.toMatch(/domain=/iu);
  });
});

describe("an address that wants to lead elsewhere", () => {
  const ELSEWHERE = [
    "//evil.example",
    "//evil.example/%2e%2e",
    "/%2f%2fevil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "///evil.example//",
    "//evil.example%2f..",
    "http://evil.example/",
    "/assets//evil.example/",
    "/assets/..//evil.example",
    "/mailbox//evil.example",
    "/?next=https://evil.example",
    "/?returnTo=//evil.example",
    "/sign-in?next=//evil.example",
    "/mailbox?next=https://evil.example",
    "/.evil.example",
    "/@evil.example",
    "/%0d%0aLocation:%20https://evil.example",
  ];

  it("leads nowhere but within the site", async () => {
    for (const answer of await askAll(server().url, ELSEWHERE)) {
      const location = answer?.headers.get("location") ?? "/";
      expect(new URL(location, "http://site.invalid").origin).toBe("http://site.invalid");
    }
  });

  it("does not lead there from the mailbox, whatever is asked for along with the key", async () => {
    for (const path of ["/mailbox/session?next=//evil.example", "/mailbox/session"]) {
      const answer = await fetch(`${server().url}${path}`, {
        method: "POST",
        body: new URLSearchParams({
          key: mailboxKey(server().accessKeys),
          next: "//evil.example",
          returnTo: "https://evil.example",
        }),
        headers: { host: "evil.example" },
        redirect: "manual",
      });
      expect(answer.headers.get("location")).toBe("/mailbox");
    }
  });

  it("is not taken for where somebody goes on to after signing in at their company", () => {
    for (const wanted of ELSEWHERE.filter((target) => /^(?:\/?[/\\]|http)/u.test(target))) {
      const { origin, pathname } = new URL(returnPathOf(wanted), "http://site.invalid");
      expect(origin).toBe("http://site.invalid");
      expect(pathname.startsWith("//")).toBe(false);
    }
  });
});
