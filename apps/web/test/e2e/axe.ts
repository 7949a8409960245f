import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** One rule that is broken: its name, and where. */
type Finding = readonly [rule: string, places: readonly string[]];

type Options = Parameters<AxeBuilder["options"]>[0];

/** No change of colours takes longer. */
const LONGEST_MS = 2000;

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
  const light = await lookAt(page, {});
  await showIn(page, "dark");
  const dark = await lookAt(page, { runOnly: { type: "rule", values: OF_COLOURS } });
  await showIn(page, "light");
  return [...light.violations, ...dark.violations].map(({ id, nodes }) => [
    id,
    nodes.map(({ html }) => html),
  ]);
}

/** The site has no frames of others, and what is as it should be is not asked for: that takes a third of the time. */
function lookAt(page: Page, options: Options) {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ ...options, resultTypes: ["violations"] })
    .analyze();
}

async function showIn(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // Colours that are on their way are nobody's choice. Some never end: those of what is not drawn.
  await page.evaluate(async (longest) => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    const ended = Promise.allSettled(ending.map(({ finished }) => finished));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, longest))]);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }, LONGEST_MS);
}
