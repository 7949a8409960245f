import { describe, expect, inject, it } from "vitest";
import { structuredData, useVisits } from "./visit.ts";

const visit = useVisits();
const unscripted = { javaScriptEnabled: false };

describe("reading without scripts", () => {
  it("shows the first page: topics, next dates, a search that is a form", async () => {
    const { page } = await visit("/", unscripted);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/classes/u);
    await page.getByRole("searchbox").fill("threat modelling");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL("**/courses?q=threat+modelling");
    expect(await page.getByRole("link", { name: /Threat Modelling/u }).count()).toBeGreaterThan(0);
  });

  it("narrows the catalogue with a form, and undoes it with links", async () => {
    const { page } = await visit("/courses", unscripted);
    const total = await page.locator(".catalogue-count").textContent();
    await page.getByRole("checkbox", { name: /^Security/u }).check();
    await page.getByRole("checkbox", { name: /^Beginner/u }).check();
    await page.locator("#filters").getByRole("button", { name: "Show results" }).click();
    await page.waitForURL(/topic=security/u);
    expect(new URL(page.url()).searchParams.getAll("level")).toEqual(["beginner"]);
    expect(await page.locator(".catalogue-count").textContent()).not.toBe(total);

    await page.getByRole("link", { name: "Remove: Beginner" }).click();
    await page.waitForURL((url) => !url.searchParams.has("level"));
    expect(await page.getByRole("checkbox", { name: /^Security/u }).isChecked()).toBe(true);
  });

  it("leads through all courses, page by page", async () => {
    const { page } = await visit("/courses", unscripted);
    const seen = new Set<string>();
    const total = Number.parseInt((await page.locator(".catalogue-count").textContent()) ?? "", 10);
    for (;;) {
      const titles = await page.locator("article h2").allTextContents();
      for (const title of titles) seen.add(title);
      const more = page.locator(".more-link").getByRole("link", { name: "More courses" });
      if ((await more.count()) === 0) break;
      await more.click();
      await page.waitForURL(/cursor=/u);
    }
    expect(total).toBeGreaterThan(20);
    expect(seen.size).toBe(total);
  });

  it("shows a course: what it is, its dates by city with local time and zone, places left", async () => {
    const { page } = await visit("/upcoming", unscripted);
    await page.locator(".run-row-title a").first().click();
    await page.waitForURL("**/courses/*");
    for (const name of ["About", "Dates", "Syllabus"]) {
      expect(await page.getByRole("heading", { level: 2, name, exact: true }).count()).toBe(1);
    }
    // Others are held in zones that have no name.
    const row = page.locator(".run-row", { hasText: "time (UTC" }).first();
    expect(await row.textContent()).toMatch(/\d\d:\d\d–\d\d:\d\d .+ time \(UTC/u);
    expect(await row.textContent()).toMatch(/places? left|Last .*place|Sold out/u);
  });

  it("leads from the articles to one, and says that booking needs scripts", async () => {
    const { page } = await visit("/articles", unscripted);
    const link = page.locator("article h2 a").first();
    const title = await link.textContent();
    await link.click();
    await page.waitForURL("**/articles/*");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(title);

    await page.goto("/upcoming");
    await page
      .getByRole("link", { name: /^Book:/u })
      .first()
      .click();
    await page.waitForURL("**/book/*");
    // Text in such an element is not looked for otherwise.
    const notice = page.locator("noscript p");
    await notice.waitFor();
    expect(await notice.textContent()).toContain("Booking needs JavaScript");
  });
});

describe("what search engines find", () => {
  it("has a title, a description and one address for each page", async () => {
    const { page } = await visit("/courses?level=beginner&level=advanced", unscripted);
    const site = inject("site");
    const robots = page.locator('meta[name="robots"]');
    expect(await robots.getAttribute("content")).toBe("noindex");

    await page.goto("/courses?topic=security");
    expect(await page.title()).toBe("Security courses · Lectern");
    const canonical = page.locator('link[rel="canonical"]');
    expect(await canonical.getAttribute("href")).toBe(`${site}/courses?topic=security`);
    expect(await page.locator('meta[name="description"]').count()).toBe(1);
    expect(await page.locator('meta[property="og:title"]').count()).toBe(1);
    expect(await robots.count()).toBe(0);
  });

  it("describes a course and its dates in the words of schema.org", async () => {
    const { page } = await visit("/upcoming", unscripted);
    await page.locator(".run-row-title a").first().click();
    await page.waitForURL("**/courses/*");
    const course = (await structuredData(page)).find((thing) => thing["@type"] === "Course");
    expect(course?.["@context"]).toBe("https://schema.org");
    expect(course?.["name"]).toBe(await page.getByRole("heading", { level: 1 }).textContent());
    const instances = JSON.stringify(course?.["hasCourseInstance"]);
    expect(instances).toMatch(/"@type":"CourseInstance"/u);
    expect(instances).toMatch(/"startDate":"[\d-]+T\d\d:\d\d[+-]\d\d:\d\d"/u);
    expect(instances).toMatch(/"location":\{"@type":"(?:Place|VirtualLocation)"/u);
  });

  it("is listed in the sitemap, each address with a page behind it", async () => {
    const site = inject("site");
    const robots = await (await fetch(`${site}/robots.txt`)).text();
    expect(robots).toContain(`Sitemap: ${site}/sitemap.xml`);
    const sitemap = await (await fetch(`${site}/sitemap.xml`)).text();
    const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/gu)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(60);
    const wanted = addresses.filter((_, index) => index % 9 === 0);
    const answers = await Promise.all(wanted.map((address = "") => fetch(address)));
    expect(answers.map(({ status }) => status)).toEqual(wanted.map(() => 200));
  });
});

describe("addresses that lead nowhere", () => {
  it.each([
    "/nothing-here",
    "/courses/no-such-course",
    "/articles/no-such-article",
    "/book/nonsense",
  ])("say so at %s", async (path) => {
    const answer = await fetch(inject("site") + path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("not in the book");
  });

  it("leave out of an address what is not right in it", async () => {
    const answer = await fetch(
      `${inject("site")}/courses?level=expert&topic=%00&from=yesterday&max=-1`,
    );
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/[1-9]\d* courses/u);
  });
});
