import { domainError } from "@lectern/client/testing";
import { describe, expect, expectTypeOf, it } from "vitest";
import { course, courseSummary, mockAcademy, run, runDetail } from "../test/academy.ts";
import type * as offered from "../types/entry-server.d.ts";
import * as site from "./entry-server.tsx";

const origin = "https://academy.example";

function render(url: string, { client } = mockAcademy()) {
  return site.render({ url, origin, client });
}

describe("a rendered page", () => {
  it("is what its declarations say", () => {
    expectTypeOf(site).toEqualTypeOf<typeof offered>();
  });

  it("holds its content, its answers and the script that takes over; caches may keep it", async () => {
    const page = await render("/courses/secure-web-applications");
    expect(page.status).toBe(200);
    expect(page.headers["cache-control"]).toMatch(/^public/u);
    expect(page.html).toMatch(/^<!DOCTYPE html><html lang="en">/u);
    expect(page.html).toContain("<em>attack</em>");
    expect(page.html).toContain("Oslo time (UTC+1, from the change of clocks UTC+2)");
    expect(page.html).toContain(`<link rel="canonical" href="${origin}/courses/${course.slug}"`);
    expect(page.html).toContain('<script type="application/json" id="lectern-page">');
    expect(page.html).toContain('<script type="module"');
  });

  it("has the same tag as long as it shows the same, whenever that was read", async () => {
    const path = "/courses/secure-web-applications";
    const first = await render(path);
    await expect.poll(async () => (await render(path)).html === first.html).toBe(false);
    const again = await render(path);
    const other = mockAcademy({ courses: { bySlug: () => ({ ...course, title: "Another" }) } });
    expect(first.headers["etag"]).toMatch(/^W\/"[\w-]{22}"$/u);
    expect(again.headers["etag"]).toBe(first.headers["etag"]);
    expect((await render(path, other)).headers["etag"]).not.toBe(first.headers["etag"]);
    expect((await render("/bookings/LC-7K3F-92QD")).headers["etag"]).toBeUndefined();
  });

  it("asks for everything once, and for nothing that it does not show", async () => {
    const academy = mockAcademy();
    await render("/courses?topic=security", academy);
    expect(academy.calls.map(({ procedure }) => procedure).toSorted()).toEqual([
      "courses.facets",
      "courses.list",
    ]);
  });

  it("lets no text end the elements that carry data", async () => {
    const title = "</script><script>alert(1)</script>";
    const page = await render(
      "/courses/secure-web-applications",
      mockAcademy({ courses: { bySlug: () => ({ ...course, title }) } }),
    );
    expect(page.html).not.toContain("<script>alert");
    expect(page.html).toContain("&lt;/script&gt;&lt;script&gt;alert(1)");
  });

  it("is kept by no cache where it is one visitor's", async () => {
    const page = await render("/bookings/LC-7K3F-92QD");
    expect(page.status).toBe(200);
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.html).toContain('content="noindex"');
  });

  it.each(["/waitlist", "/claim", "/approve", "/bookings/LC-7K3F-92QD"])(
    "at %s asks for nothing, for only a browser knows what its link opens",
    async (path) => {
      const academy = mockAcademy();
      const page = await render(path, academy);
      expect(page.status).toBe(200);
      expect(academy.calls).toEqual([]);
      expect(page.headers["cache-control"]).toBe("no-store");
      expect(page.html).toContain('content="noindex"');
      expect(page.html).toContain("<noscript>");
    },
  );

  it.each([
    "/sign-in",
    "/sign-in/openid/nordlys?state=s&code=c",
    "/sign-up",
    "/forgotten-password",
    "/account/verify",
    "/account/reset-password",
    "/account/change-email",
    "/account/invitation",
    "/account/first-administrator",
    "/account",
    "/account/security",
    "/account/privacy",
    "/device?code=BCDF-GHJK",
  ])("at %s asks nothing of anybody's account, and is kept by no cache", async (path) => {
    const academy = mockAcademy();
    const page = await render(path, academy);
    expect(page.status).toBe(200);
    expect(academy.calls).toEqual([]);
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.html).toContain('content="noindex"');
    expect(page.html).toContain("<noscript>");
    expect(page.html).not.toContain("BCDF");
  });

  it("has the same head for everybody: the way in", async () => {
    const academy = mockAcademy();
    const page = await render("/", academy);
    expect(page.html).toContain('href="/sign-in"');
    expect(academy.calls.some(({ procedure }) => procedure.startsWith("account."))).toBe(false);
  });

  it("of a date says what a place costs, and watches nothing", async () => {
    const academy = mockAcademy();
    const page = await render(`/book/${run.id}`, academy);
    expect(page.html).toContain("NOK\u00A018,900");
    expect(academy.calls.map(({ procedure }) => procedure).toSorted()).toEqual([
      "prices.quote",
      "runs.byId",
    ]);
  });

  it("of a date is there without its price, too", async () => {
    const quote = () => {
      throw domainError("Unavailable", { retryAfterSeconds: 1 });
    };
    const page = await render(`/book/${run.id}`, mockAcademy({ prices: { quote } }));
    expect(page.status).toBe(200);
    expect(page.html).toContain("How many places?");
  });

  it("of a date that is sold out leads into its waiting list", async () => {
    const byId = () => ({ ...runDetail, placesLeft: 0, bookability: "sold_out" as const });
    const page = await render(`/book/${run.id}`, mockAcademy({ runs: { byId } }));
    expect(page.html).toContain("Join the waiting list");
    expect(page.html).not.toContain("Set them aside");
  });
});

describe("a page that can't be shown", () => {
  it("says with 404 that there is none", async () => {
    const page = await render("/courses/none");
    expect(page.status).toBe(404);
    expect(page.html).toContain("<title>There is no such page</title>");
    expect(page.html).not.toContain('rel="canonical"');
    expect(page.failure).toBeUndefined();
  });

  it.each([
    ["/courses?topic=security&cursor=x&sort=title", "/courses?topic=security&sort=title"],
    ["/upcoming?city=Oslo&cursor=x", "/upcoming?city=Oslo"],
    ["/articles?cursor=x", "/articles"],
  ])("from a cursor that is none, as %s, leads to its beginning", async (from, to) => {
    const list = ({ cursor }: { cursor?: string | null | undefined }) => {
      if (cursor == null) return { items: [], nextCursor: null, total: 0, isTotalExact: true };
      const issues = [{ path: "cursor", message: "The cursor is not one of this list" }];
      throw domainError("Invalid", { issues });
    };
    const academy = mockAcademy({
      courses: { list },
      runs: { upcoming: list },
      articles: { list },
    });
    const page = await render(from, academy);
    expect(page).toMatchObject({ status: 307, headers: { location: to }, html: "" });
    expect((await render(to, academy)).status).toBe(200);
  });

  it("says with 500 that something failed, without scripts, and why to the server alone", async () => {
    const page = await render(
      "/upcoming",
      mockAcademy({
        runs: {
          upcoming: () => {
            throw new Error("secret detail");
          },
        },
      }),
    );
    expect(page.status).toBe(500);
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.failure).toBeInstanceOf(Error);
    expect(page.html).not.toContain("secret detail");
    expect(page.html).not.toContain('type="module"');
    expect(page.html).toContain('href="/upcoming"');
  });

  it("says with 503 that there is too much to do, and when to come back", async () => {
    const page = await render(
      "/articles",
      mockAcademy({
        articles: {
          list: () => {
            throw domainError("Unavailable", { retryAfterSeconds: 7 });
          },
        },
      }),
    );
    expect(page.status).toBe(503);
    expect(page.headers["retry-after"]).toBe("7");
    expect(page.html).toContain("A little too busy");
  });

  it("says so as well when a component fails", async () => {
    const broken = { ...courseSummary, pricesFrom: [{ amount: 1, currency: "not a currency" }] };
    const page = await render(
      "/courses",
      mockAcademy({ courses: { list: () => ({ items: [broken], nextCursor: null, total: 1 }) } }),
    );
    expect(page.status).toBe(500);
    expect(page.failure).toBeInstanceOf(RangeError);
    expect(page.html).toContain("That is our fault");
    expect(page.html).not.toContain('type="module"');
  });

  it("is not rendered for a visitor who has gone", async () => {
    const gone = new AbortController();
    const { client } = mockAcademy({
      courses: {
        list: () => {
          gone.abort(new Error("gone"));
          return { items: [], nextCursor: null, total: 0 };
        },
      },
    });
    const page = site.render({ url: "/courses", origin, client, signal: gone.signal });
    await expect(page).rejects.toThrow("gone");
  });
});

describe("what search engines ask for", () => {
  it("is a list of all courses, topics and articles, however many pages they come in", async () => {
    const { client } = mockAcademy({
      courses: {
        list: ({ cursor }) => ({
          items: [{ ...courseSummary, slug: cursor === "2" ? "second" : "first" }],
          nextCursor: cursor === "2" ? null : "2",
          total: 2,
        }),
      },
    });
    const sitemap = await site.sitemap({ client, origin });
    const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/gu)].map(([, address]) => address);
    const paths = ["/", "/courses", "/upcoming", "/articles", "/contact", "/privacy"];
    const found = ["/courses?topic=security", "/articles/a-room-of-twelve"];
    const all = [...paths, ...found, "/courses/first", "/courses/second"];
    const inEnglish = addresses.filter((address) => !/\/(?:nb|en-XA)\//u.test(address ?? ""));
    expect(inEnglish).toEqual(all.map((path) => origin + path));
    const inNorwegian = addresses.filter((address) => address?.startsWith(`${origin}/nb/`));
    expect(inNorwegian).toEqual(all.map((path) => `${origin}/nb${path}`));
    expect(sitemap).toContain(
      `<xhtml:link rel="alternate" hreflang="nb" href="${origin}/nb/courses/first"/>`,
    );
    expect(sitemap).toContain(
      `<xhtml:link rel="alternate" hreflang="x-default" href="${origin}/courses/first"/>`,
    );
  });

  it("keeps them out of bookings", () => {
    const lines = site.robots(origin).split("\n");
    for (const path of ["/book/", "/bookings/", "/nb/book/", "/nb/bookings/", "/trpc"]) {
      expect(lines).toContain(`Disallow: ${path}`);
    }
    expect(lines).toContain(`Sitemap: ${origin}/sitemap.xml`);
  });
});
