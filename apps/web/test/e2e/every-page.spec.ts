import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findings } from "./axe.ts";
import { type Academy, SITE_PAGES, type SitePage, UNKNOWN, beginAcademy } from "./pages.ts";
import { useVisits } from "./visit.ts";

/** What holds for every page there is. Its states, and what opens on it, are looked at where it is tested. */

const visit = useVisits();
const IDLE_MS = 3000;
const NARROW = { viewport: { width: 320, height: 640 } };

let academy: Academy;

beforeAll(async () => {
  academy = await beginAcademy();
}, 120_000);

async function open(page: SitePage) {
  const { storageState } = academy.who;
  const there = await visit(page.path(academy), {
    ...NARROW,
    ...(page.isSignedIn && { storageState }),
  });
  await settled(there.page);
  return there;
}

/** Waits until a page shows what it is about, and nothing is on its way. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  // Pages that watch something are never done.
  await page.waitForLoadState("networkidle", { timeout: IDLE_MS }).catch(() => {});
  await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
}

describe("every page", () => {
  it.each(SITE_PAGES.map((page) => [page.name, page] as const))(
    "has nothing that axe finds, fits a small screen, and fails nowhere: %s",
    async (_name, page) => {
      const there = await open(page);
      expect(await findings(there.page)).toEqual([]);
      expect(await there.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      expect(await there.page.locator("main").count()).toBe(1);
      expect(there.errors.filter((error) => !isOfUnknown(page, error))).toEqual([]);
    },
  );
});

/** What is not there is answered as such, and the browser writes that down. */
function isOfUnknown({ name, path }: SitePage, error: string): boolean {
  return error.includes("404") && (name === "not-found" || path(academy).includes(UNKNOWN));
}
