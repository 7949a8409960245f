import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Academy, SITE_PAGES, beginAcademy } from "../e2e/pages.ts";
import { useVisits } from "../e2e/visit.ts";

/**
 * `pnpm screenshots [-t page]`: takes a picture of every page in light and dark, narrow and wide, for people to look at. Nothing is
 * compared; what fails is a page that can't be shown.
 */

const FOLDER = fileURLToPath(new URL("../../test-results/screenshots/", import.meta.url));
const WIDTHS = [360, 1280];
const SETTLED_MS = 4000;
const SCHEMES = ["light", "dark"] as const;

const visit = useVisits();
let academy: Academy;

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  academy = await beginAcademy();
}, 120_000);

afterAll(() => {
  process.stdout.write(`The pictures are in ${FOLDER}\n`);
});

/** Until nothing is loaded any more, or as long as what watches a stream is given. */
async function untilSettled(page: Page): Promise<void> {
  try {
    await page.waitForLoadState("networkidle", { timeout: SETTLED_MS });
  } catch {
    // It goes on for ever.
  }
}

it.each(SITE_PAGES.map((page) => [page.name, page] as const))(
  "takes %s",
  async (name, sitePage) => {
    const { storageState } = academy.who;
    const { page } = await visit(sitePage.path(academy), {
      ...(sitePage.isSignedIn && { storageState }),
    });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await untilSettled(page);
        const picture = await page.screenshot({
          path: `${FOLDER}${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
        expect(picture.length).toBeGreaterThan(0);
      }
    }
  },
);
