import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** One rule that is broken: its name, and where. */
type Finding = readonly [rule: string, places: readonly string[]];

/** What the colours of a page decide; in the dark everything else is as it is in the light. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Looks for what keeps people with a disability from using the page as it is now, in the light, and in the
 * dark for what colours decide.
 *
 * @returns what axe finds; nothing is as it should be
 */
export async function findings(page: Page): Promise<Finding[]> {
  await showIn(page, "light");
  const light = await new AxeBuilder({ page }).analyze();
  await showIn(page, "dark");
  const dark = await new AxeBuilder({ page }).withRules(OF_COLOURS).analyze();
  await showIn(page, "light");
  return [...light.violations, ...dark.violations].map(({ id, nodes }) => [
    id,
    nodes.map(({ html }) => html),
  ]);
}

async function showIn(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // Colours that are on their way are nobody's choice.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
