import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { launchChromium } from "../test/e2e/chromium.ts";

/**
 * Takes a picture of every page in light and dark, at 360 and 1280 px, from a site that runs:
 * `node scripts/screenshots.ts http://localhost:3000 [folder] [page …]`. Pages that only a link opens are
 * given with their address: `waitlist=/waitlist#…`. Those of an account are shown to who has it, and no second
 * factor: `as=name@example.com:password security=/account/security`.
 */

const [site = "http://localhost:3000", folder = "test-results/screenshots", ...wanted] =
  process.argv.slice(2);

const WIDTHS = [360, 1280];
const SETTLE_MS = 1000;
const SCHEMES = ["light", "dark"] as const;

async function addresses(): Promise<Record<string, string>> {
  const { default: ask } = {
    default: (path: string) => fetch(`${site}${path}`).then((r) => r.text()),
  };
  const course = /href="(\/courses\/[a-z0-9-]+)"/u.exec(await ask("/upcoming"))?.[1] ?? "/courses";
  const booking = /href="(\/book\/[a-z0-9-]+)"/u.exec(await ask("/upcoming"))?.[1] ?? "/upcoming";
  const article =
    /href="(\/articles\/[a-z0-9-]+)"/u.exec(await ask("/articles"))?.[1] ?? "/articles";
  return {
    home: "/",
    catalogue: "/courses",
    filtered: "/courses?topic=security&topic=cloud&level=intermediate",
    empty: "/courses?q=zzzzzz",
    course,
    upcoming: "/upcoming",
    booking,
    booked: "/bookings/LC-7K3F-92QD",
    articles: "/articles",
    article,
    contact: "/contact?kind=company",
    privacy: "/privacy",
    "not-found": "/nothing-here",
  };
}

/** The pages that are wanted: all, unless some are named. */
async function pages(): Promise<[name: string, path: string][]> {
  const known = await addresses();
  const named = wanted.filter((argument) => !isPerson(argument));
  if (named.length === 0) return Object.entries(known);
  return named.map((page) => {
    const [name = "", ...path] = page.split("=");
    return [name, path.length > 0 ? path.join("=") : (known[name] ?? "/")];
  });
}

function isPerson(argument: string): boolean {
  return argument.startsWith("as=");
}

/** Signs somebody in, if that is wanted. */
async function begin(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => localStorage.setItem("lectern-consent", "denied"));
  const [, email, password] = /^as=([^:]+):(.+)$/u.exec(wanted.find(isPerson) ?? "") ?? [];
  if (email === undefined || password === undefined) return;
  const page = await context.newPage();
  await page.goto(`${site}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
  await page.close();
}

const browser = await launchChromium();
const context = await browser.newContext();
await begin(context);
await mkdir(folder, { recursive: true });
for (const [name, path] of await pages()) {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(site + path, { waitUntil: "load" });
      // Alive, and with what it asks for then: a page that watches something is never idle.
      await page.locator(".colour-choice").waitFor({ state: "attached" });
      await page.waitForTimeout(SETTLE_MS);
      await page.screenshot({
        path: join(folder, `${name}-${colorScheme}-${width}.png`),
        fullPage: true,
      });
      await page.close();
    }
  }
}
await browser.close();
