import { describe, expect, inject, it } from "vitest";
import { people } from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

/** Whatever stands after `?`, a page is there: what is not right in it counts for nothing. */

const visit = useVisits();

const FILTERS = ["q", "topic", "level", "language", "mode", "country", "city", "from", "to"];
const LIST = [...FILTERS, "currency", "max", "sort", "cursor", "page"];

/** Every parameter that a page reads, and some that none does. */
const PARAMETERS = {
  "/": ["page", "q"],
  "/courses": LIST,
  "/upcoming": LIST,
  "/articles": ["cursor", "page", "topic"],
  "/courses/secure-web-applications": ["city", "run", "from"],
  "/contact": ["kind", "course"],
  "/privacy": ["q"],
  "/sign-in": ["next", "provider"],
  "/sign-in/openid/nordlys": ["state", "code", "iss", "error"],
  "/sign-up": ["next"],
  "/forgotten-password": ["next"],
  "/device": ["code"],
  "/account": ["q"],
};

const ID = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";

/** A cursor as lists write them, of something that they would not write. */
function cursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

const CURSORS = [
  ...["null", "[]", "{}", "[[]]", "true", "\0"].map((text) => Buffer.from(text).toString("base64")),
  cursor(["title", 0, "A", ID]),
  cursor(["title", 1e308, "\u0000", ID]),
  cursor(["title", -1, "\uD800", ID]),
  cursor(["title", 0, "x".repeat(300), ID]),
  cursor(["relevance", Number.MAX_SAFE_INTEGER, "A", ID]),
  cursor(["next_run", 1e308, "A", ID]),
  cursor(["next_run", -1e308, "A", ID]),
  cursor(["next_run", 0.5, "A", "not an id"]),
  cursor(["2999-12-31T23:59:59.999Z", ID]),
  cursor(["1000-01-01T00:00:00Z", ID]),
  cursor(["2027-02-30T00:00:00Z", ID]),
  cursor(["2027-01-01T00:00:00+99:99", ID]),
  cursor(["0000-01-01T00:00:00Z", "'; --"]),
];

const VALUES = [
  "",
  " ",
  "x",
  "0",
  "-1",
  "1e400",
  "NaN",
  "9".repeat(40),
  "null",
  "\0",
  "a\0b",
  "\r\nset-cookie: a=b",
  "\uFFFF\u202E\u2028",
  "'); drop table course; --",
  "%",
  "%_\\",
  "<script>",
  "{}",
  "[object Object]",
  "__proto__",
  "constructor",
  "toString",
  "en-1234567",
  "zz-zzzzzzzz-zzzzzzzz",
  "XX",
  "ZZZ",
  "0000-01-01",
  "0001-01-01",
  "0999-12-31",
  "2027-02-30",
  "2999-12-31",
  "3000-01-01",
  "9999-12-31",
  "+010000-01-01",
  "../../etc/passwd",
  "x".repeat(3000),
  "é".repeat(600),
  ...CURSORS,
];

/** What is written into an address as it is: not all of it is text. */
const WRITTEN = ["%", "%00", "%zz", "%ff%fe", "%ed%a0%80", "%E0%A4%A", "a&&==&", "=", "[]=1", "#"];

async function statusOf(path: string): Promise<number> {
  const answer = await fetch(inject("site") + path);
  await answer.text();
  return answer.status;
}

/** @returns the addresses that are not answered with their page */
async function failing(addresses: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const address of addresses) {
    const status = await statusOf(address);
    if (status !== 200) found.push(`${status} ${address.slice(0, 200)}`);
  }
  return found;
}

describe("an address", () => {
  it.each(Object.entries(PARAMETERS))(
    "of %s shows its page, whatever its parameters say",
    async (path, names) => {
      const addresses = names.flatMap((name) => [
        ...VALUES.map((value) => `${path}?${new URLSearchParams([[name, value]]).toString()}`),
        ...WRITTEN.map((written) => `${path}?${name}=${written}`),
        `${path}?${VALUES.slice(0, 30)
          .map((value) => `${name}=${encodeURIComponent(value)}`)
          .join("&")}`,
        `${path}?${`${name}=a&`.repeat(500)}`,
      ]);
      const all = new URLSearchParams();
      for (const name of names) for (const value of VALUES.slice(0, 8)) all.append(name, value);
      expect(await failing([...addresses, `${path}?${all.toString()}`])).toEqual([]);
    },
    120_000,
  );

  it("with two dates the wrong way round, and a price of no currency, shows no failure", async () => {
    expect(
      await failing([
        "/courses?from=2999-12-31&to=1000-01-01",
        "/upcoming?from=2999-12-31&to=1000-01-01",
        "/courses?currency=JPY&max=10000000",
        "/upcoming?currency=ZZZ&max=10000000",
        "/courses?q=x&sort=relevance&cursor=x",
        "/courses?sort=relevance",
        "/courses?sort=next_run&sort=title",
      ]),
    ).toEqual([]);
  });
});

describe("a path", () => {
  it("of nothing says that there is none", async () => {
    const strange = ["%00", "%", "%ff", "%E0%A4%A", "%2e%2e%2f", "__proto__", "x".repeat(3000)];
    const found = new Set<number>();
    for (const path of ["/courses/", "/articles/", "/book/", "/account/", "/"]) {
      for (const rest of strange) found.add(await statusOf(path + rest));
    }
    expect([...found].filter((status) => status !== 404 && status !== 400)).toEqual([]);
  });
});

describe("the cursor of an address", () => {
  it.each(["/courses", "/upcoming", "/articles"])(
    "that %s did not write leaves its first page",
    async (path) => {
      const pages = await Promise.all(
        ["", "?cursor=x", `?cursor=${cursor(["2027-02-30T00:00:00Z", ID])}`].map(async (query) => {
          const answer = await fetch(inject("site") + path + query);
          const html = await answer.text();
          return [...html.matchAll(/<h[23][^>]*>.*?<\/h[23]>/gu)].map(([heading]) => heading);
        }),
      );
      expect(pages[0]?.length).toBeGreaterThan(3);
      expect(pages[1]).toEqual(pages[0]);
      expect(pages[2]).toEqual(pages[0]);
    },
  );

  it("that it did write leads to another page, and from there to the first", async () => {
    const { nextCursor } = await people().visitor.courses.list.query({ limit: 18 });
    const { page } = await visit("/courses");
    const titles = page.locator("article h2");
    const first = await titles.allTextContents();
    await page.goto(`/courses?cursor=${nextCursor ?? ""}`);
    await untilAlive(page);
    const second = await titles.allTextContents();
    expect(second.length).toBeGreaterThan(0);
    expect(second.filter((title) => first.includes(title))).toEqual([]);
    await page.getByRole("link", { name: "Back to the first courses" }).click();
    await page.waitForURL("**/courses");
    await expect.poll(() => titles.allTextContents()).toEqual(first);
    await page.goBack();
    await expect.poll(() => titles.allTextContents()).toEqual(second);
  });

  it("goes out of the address when it is wrong, with nothing else", async () => {
    const { page, errors } = await visit("/courses?topic=security&cursor=x");
    expect(new URL(page.url()).search).toBe("?topic=security");
    expect(errors).toEqual([]);
  });
});
