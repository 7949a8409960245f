import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.tagName.toLowerCase() ?? ""} ${element?.textContent?.trim() ?? ""}`.trim();
  });
}

describe("the keyboard", () => {
  it("skips to the content first", async () => {
    const { page } = await visit("/");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("a Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
  });

  it.each([
    { speed: "fast", slowedBy: 1 },
    { speed: "slow", slowedBy: 12 },
  ])("is led to the heading of the next page on a $speed machine", async ({ slowedBy }) => {
    const { page, context } = await visit("/");
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowedBy });
    await page.getByRole("link", { name: "Dates", exact: true }).first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/upcoming");
    await expect.poll(() => focused(page)).toBe("h1 Upcoming trainings");
    expect(await page.title()).toBe("Upcoming trainings · Lectern");
    await page.goBack();
    await expect.poll(() => focused(page)).toMatch(/^h1 Small/u);
  });

  it("goes on where a step begins, and comes back where it was left", async () => {
    const { page } = await visit("/upcoming");
    await page
      .getByRole("link", { name: /^Book:/u })
      .first()
      .click();
    await page.getByLabel("How many places?").waitFor();
    await page.getByRole("button", { name: "Set them aside" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toBe("legend Who books?");
    await page.getByRole("button", { name: "Give them back" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toMatch(/^select/u);
  });

  it("stays where it is while filters change what is listed", async () => {
    const { page } = await visit("/courses");
    const box = page.getByRole("checkbox", { name: /^Databases/u });
    await box.focus();
    await page.keyboard.press("Space");
    await page.waitForURL("**/courses?topic=databases");
    await page.getByRole("link", { name: "Remove: Databases" }).waitFor();
    expect(await box.isChecked()).toBe(true);
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.goBack();
    await page.waitForURL((url) => url.search === "");
    await expect.poll(() => box.isChecked()).toBe(false);
  });

  it("orders and narrows the dates, and the address says how", async () => {
    const { page } = await visit("/upcoming");
    await page.getByLabel("City").selectOption("Oslo");
    await page.waitForURL("**/upcoming?city=Oslo");
    await page.getByLabel("Format").selectOption("classroom");
    await page.waitForURL((url) => url.searchParams.get("mode") === "classroom");
    await expect.poll(() => page.locator(".run-row-where").first().textContent()).toMatch(/^Oslo/u);
    await page.reload();
    await untilAlive(page);
    expect(await page.getByLabel("City").inputValue()).toBe("Oslo");
    expect(await page.getByLabel("Format").inputValue()).toBe("classroom");
  });
});
