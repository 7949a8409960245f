import { createHash } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

describe("without a connection", () => {
  it("says so, keeps what is there, and goes on by itself when there is one again", async () => {
    const { page, context } = await visit("/courses");
    await context.setOffline(true);
    await page.getByText("You are offline. What is on the screen stays").waitFor();
    expect(await page.locator("article").count()).toBeGreaterThan(5);
    await page.getByRole("link", { name: "Dates", exact: true }).first().click();
    await page.getByRole("heading", { level: 1, name: "You are offline" }).waitFor();
    await context.setOffline(false);
    await page.getByRole("heading", { level: 1, name: "Upcoming trainings" }).waitFor();
  });
});

describe("consent", () => {
  it("is asked for once, and nothing is kept without it", async () => {
    const { page } = await visit("/courses/secure-web-applications", { consent: "undecided" });
    const notice = page.getByRole("complementary", { name: "Remember the courses you look at?" });
    await notice.getByRole("button", { name: "No, thank you" }).click();
    await notice.waitFor({ state: "detached" });
    await page.goto("/");
    await untilAlive(page);
    expect(await page.getByText("You looked at").count()).toBe(0);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["lectern-consent"]);
    expect(await page.context().cookies()).toEqual([]);
  });

  it("lets the site remember, and forget when it is taken back", async () => {
    const { page } = await visit("/courses/secure-web-applications", { consent: "undecided" });
    await page.getByRole("button", { name: "Yes, remember" }).click();
    await page.getByRole("link", { name: "Lectern, to the first page" }).click();
    await page.getByRole("heading", { name: "You looked at" }).waitFor();
    await page.getByRole("link", { name: "Secure Web Applications" }).first().waitFor();

    await page.goto("/privacy");
    await untilAlive(page);
    await page.getByRole("checkbox", { name: "Remember the courses I look at" }).uncheck();
    await page.getByText("At the moment nothing is remembered.").waitFor();
    expect(await page.evaluate(() => localStorage.getItem("lectern-recent"))).toBeNull();
  });
});

describe("the device", () => {
  it("keeps nothing but what the privacy page lists", async () => {
    const { page } = await visit("/upcoming", { consent: "undecided" });
    await page.getByRole("button", { name: "Yes, remember" }).click();
    await page.getByRole("radio", { name: "Dark" }).check();
    await page.locator(".run-row-title a").first().click();
    await page.locator(".course").waitFor();
    await page.goBack();
    await page
      .getByRole("link", { name: /^Book:/u })
      .first()
      .click();
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByRole("button", { name: "Give them back" }).click();
    await page.getByLabel("How many places?").waitFor();
    const kept = await page.evaluate(() => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
    ]);
    await page.goto("/privacy");
    const listed = await page.locator(".privacy-table code").allTextContents();
    expect(kept.length).toBeGreaterThan(3);
    expect(listed).toEqual(expect.arrayContaining(kept));
    expect(await page.context().cookies()).toEqual([]);
  });
});

describe("light and dark", () => {
  it("follow the choice, before anything is painted, on every page from then on", async () => {
    const { page } = await visit("/", { colorScheme: "light" });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole("radio", { name: "Dark" }).check();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.goto("/articles", { waitUntil: "commit" });
    await page.locator("h1").waitFor();
    expect(await paper()).toBe(dark);
    await untilAlive(page);
    await page.getByRole("radio", { name: "As the system" }).check();
    expect(await paper()).toBe(light);
  });
});

describe("every page", () => {
  it.each([
    "/",
    "/courses",
    "/courses/secure-web-applications",
    "/upcoming",
    "/articles",
    "/contact",
    "/privacy",
  ])("at %s comes alive without an error, and asks for nothing that it was given", async (path) => {
    const { page, errors } = await visit(path);
    const calls: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/trpc")) calls.push(request.url());
    });
    await page.reload();
    await untilAlive(page);
    await page.waitForLoadState("networkidle");
    expect(errors).toEqual([]);
    expect(calls).toEqual([]);
  });

  it("holds one script and its styles itself, which its policy names; and no others", async () => {
    const answer = await fetch(`${inject("site")}/courses`);
    const html = await answer.text();
    const inPage = (element: RegExp) =>
      [...html.matchAll(element)].map(([, text = ""]) => {
        const hash = createHash("sha256").update(text).digest("base64");
        return `'sha256-${hash}'`;
      });
    const scripts = inPage(/<script(?! src="| type=")[^>]*>(.*?)<\/script>/gsu);
    const styles = inPage(/<style[^>]*>(.*?)<\/style>/gsu);
    expect([scripts.length, styles.length]).toEqual([1, 1]);
    const policy = answer.headers.get("content-security-policy")?.split("; ");
    expect(policy).toContain(`script-src 'self' ${scripts.join(" ")}`);
    expect(policy).toContain(`style-src 'self' ${styles.join(" ")}`);
    expect(html).not.toMatch(/ src="(?!\/)|\son[a-z]+="/u);
    // An address that is no page has neither.
    const other = await fetch(`${inject("site")}/healthz`);
    expect(other.headers.get("content-security-policy")).toMatch(
      /script-src 'self'; style-src 'self';/u,
    );
  });

  it("is painted by what stands in it: nothing else is waited for", async () => {
    const { page } = await visit("/courses", { javaScriptEnabled: false });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.resourceType()));
    await page.reload({ waitUntil: "networkidle" });
    expect(asked).toContain("document");
    expect(asked).not.toContain("stylesheet");
    const font = await page.locator("h1").evaluate((h1) => getComputedStyle(h1).fontFamily);
    expect(font).toContain("Newsreader");
  });

  it("does not fetch the styles again that it has, and those of the next page once", async () => {
    const { page, errors } = await visit("/courses");
    const sheets: string[] = [];
    page.on("request", (request) => {
      if (request.resourceType() === "stylesheet") sheets.push(request.url());
    });
    await page.reload();
    await untilAlive(page);
    await page.waitForLoadState("networkidle");
    expect(sheets).toEqual([]);
    for (const path of ["/upcoming", "/courses", "/upcoming"]) {
      await page.locator(`.site-header a[href="${path}"]`).click();
      await page.waitForURL(`**${path}`);
      await page.waitForLoadState("networkidle");
    }
    expect(sheets.length).toBeGreaterThan(0);
    expect(new Set(sheets).size).toBe(sheets.length);
    expect(errors).toEqual([]);
  });
});
