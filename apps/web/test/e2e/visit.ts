import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import { launchChromium } from "./chromium.ts";

/** One visitor's tab, and what went wrong in it. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that the browser noticed: uncaught exceptions, policies that were broken, files that are not there. */
  readonly errors: string[];
}

interface VisitOptions extends BrowserContextOptions {
  /** Whether the visitor was asked about remembering before: `undecided` sees the question. */
  readonly consent?: "denied" | "granted" | "undecided";
}

/**
 * Gives the tests of a file a browser.
 *
 * @returns a function that opens the site in a tab of a new visitor. The tab is closed after the test that
 *   opened it: what it shows and watches would slow down those that come after. One opened before all
 *   tests is closed with the browser
 */
export function useVisits(): (path: string, options?: VisitOptions) => Promise<Visit> {
  let browser: Browser | undefined;
  let opened: BrowserContext[] = [];
  beforeEach(() => {
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((context) => context.close()));
  });
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (path, { consent = "denied", ...options } = {}) => {
    if (browser === undefined) throw new Error("The browser has not started yet");
    const context = await browser.newContext({ baseURL: inject("site"), ...options });
    opened.push(context);
    if (consent !== "undecided" && options.javaScriptEnabled !== false) {
      await context.addInitScript((choice) => {
        localStorage["lectern-consent"] ??= choice;
      }, consent);
    }
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(path, { waitUntil: "load" });
    if (options.javaScriptEnabled !== false) await untilAlive(page);
    return { page, context, errors };
  };
}

/**
 * Waits until the page is taken over: the choice of colours stands there from then on, and React knows what the page is
 * about. It takes that over a moment after the rest, and a router that is led away in between has to draw it anew.
 */
export async function untilAlive(page: Page): Promise<void> {
  await page.locator(".colour-choice").waitFor({ state: "attached" });
  await page.waitForFunction(() => {
    const heading = document.querySelector("main h1");
    return heading === null || Object.keys(heading).some((key) => key.startsWith("__reactFiber"));
  });
}

/** Holds back what is asked of an address. @returns lets go on what was held back, and all that comes after it */
export async function holdBack(context: BrowserContext, asked: RegExp): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await context.route(asked, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

/** Comes back to a tab, where a call is made again whose answer may have changed, and waits for that. */
export async function comeBack(page: Page, procedure: string): Promise<void> {
  const read = page.waitForResponse((answer) => answer.url().includes(procedure));
  await page.evaluate(() =>
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true })),
  );
  await (await read).finished();
}

/** Reads the elements of structured data in a page. */
export async function structuredData(page: Page): Promise<Record<string, unknown>[]> {
  const texts = await page.locator('script[type="application/ld+json"]').allTextContents();
  expect(texts.length).toBeGreaterThan(0);
  return texts.map((text) => {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) throw new Error("No structured data");
    return { ...data };
  });
}
