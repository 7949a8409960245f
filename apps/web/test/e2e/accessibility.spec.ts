import { describe, expect, it } from "vitest";
import { findings } from "./axe.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

const PAGES = [
  "/",
  "/courses",
  "/courses?topic=security&level=beginner",
  "/courses?q=zzzzzz",
  "/courses/secure-web-applications",
  "/upcoming",
  "/articles",
  "/contact?kind=company",
  "/privacy",
  "/bookings/LC-7K3F-92QD",
  "/nothing-here",
];

describe("axe, in the light and in the dark", () => {
  it.each(PAGES)("finds nothing at %s", async (path) => {
    const { page } = await visit(path);
    expect(await findings(page)).toEqual([]);
  });

  it("finds nothing in an article", async () => {
    const { page } = await visit("/articles");
    await page.locator("article h2 a").first().click();
    await page.waitForURL("**/articles/*");
    await page.locator(".article").waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it("finds nothing on the way to a booking, mistakes included", async () => {
    const { page } = await visit("/upcoming", { consent: "undecided" });
    await page
      .getByRole("link", { name: /^Book:/u })
      .first()
      .click();
    await page.getByLabel("How many places?").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await page.getByText(/fields need another look/u).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Give them back" }).click();
  });
});

describe("small screens", () => {
  it.each(PAGES)("hold %s without scrolling sideways", async (path) => {
    const { page } = await visit(path, { viewport: { width: 320, height: 640 } });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(320);
  });

  it("open the filters with a button", async () => {
    const { page } = await visit("/courses", { viewport: { width: 360, height: 740 } });
    const toggle = page.getByRole("button", { name: "Narrow down" });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await toggle.click();
    expect(await toggle.getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator("#filters").isVisible()).toBe(true);
  });
});
