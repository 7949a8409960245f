import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fillSignIn } from "./accounts.ts";
import {
  type HostileAcademy,
  type HostilePage,
  PROBE,
  RAN,
  addPasskey,
  fillWithHostility,
  hostile,
  signUp,
} from "./hostile-texts.ts";
import { type OwnAcademy, startOwnAcademy } from "./own-academy.ts";
import { untilAlive, useVisits } from "./visit.ts";

/**
 * Every text that somebody can write is hostile, and every page that shows it is opened: nothing runs, nothing
 * is made of it, and it stands there as it was written. The policies of the pages are on, and a script that
 * they would have to stop is found as well.
 */

const visit = useVisits();

/** Many pages, on a machine that may be busy. */
const LONG_MS = 180_000;

let academy: OwnAcademy;
let world: HostileAcademy;
/** The tab in which all pages are opened, one after the other. */
let there: Watched;

beforeAll(async () => {
  academy = await startOwnAcademy();
  world = await fillWithHostility(academy);
  there = await watched();
});
beforeEach(() => {
  there.happened.length = 0;
});
afterAll(() => academy[Symbol.asyncDispose]());

/** A tab in which is noticed what should not happen. */
interface Watched {
  readonly page: Page;
  /** What happened so far that should not. */
  readonly happened: string[];
}

async function watched(): Promise<Watched> {
  const { context, page } = await visit(`${academy.site}/privacy`);
  const happened: string[] = [];
  await watch(context, page, happened);
  return { page, happened };
}

async function watch(context: BrowserContext, page: Page, happened: string[]): Promise<void> {
  await context.exposeBinding(RAN, (_source, field) => {
    happened.push(`a script ran: ${String(field)}`);
  });
  // A policy that had to stop something was the last that stood in its way.
  page.on("console", (message) => {
    const text = message.text();
    if (/content security policy/iu.test(text)) happened.push(`a policy was broken: ${text}`);
  });
  page.on("pageerror", (error) => {
    // A mail may not look at what the tab has kept, which a script of these tests does in every page.
    if (!error.message.includes("localStorage")) happened.push(`a mistake: ${error.message}`);
  });
  page.on("dialog", (dialog) => {
    happened.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    const isOurs = origin === academy.site && !pathname.includes(PROBE);
    if (!isOurs && !request.url().startsWith("data:image/")) {
      happened.push(`something was asked for: ${request.url()}`);
    }
  });
}

/** What elements there are that nobody of ours has made. */
async function strangersIn(page: Page): Promise<string[]> {
  // The one that the build puts into each page.
  const ours = await readFile(new URL("../../src/server/before-paint.js", import.meta.url), "utf8");
  return page.evaluate((own) => {
    const found: string[] = [];
    const isDangerous = (address: string) =>
      /^[\s\u0000-\u0020]*(?:javascript|vbscript|data:(?!image\/))/iu.test(address);
    for (const element of document.querySelectorAll("*")) {
      const name = element.localName;
      if (["iframe", "object", "embed", "frame", "portal"].includes(name)) found.push(name);
      if (name === "base" && element.hasAttribute("href")) found.push(name);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/iu.test(attribute)) found.push(`${name} ${attribute}`);
        if (attribute === "srcdoc") found.push(`${name} srcdoc`);
        const isAddress = /^(?:href|src|action|formaction|xlink:href|poster)$/u.test(attribute);
        if (isAddress && isDangerous(value)) found.push(`${name} ${attribute}=${value}`);
      }
    }
    for (const script of document.querySelectorAll("script:not([src])")) {
      if (script.textContent === own) continue;
      const type = script.getAttribute("type") ?? "";
      if (!/^application\/(?:ld\+)?json$/u.test(type)) found.push(`script ${type}`);
    }
    for (const refresh of document.querySelectorAll("meta[http-equiv]")) {
      found.push(`meta ${refresh.getAttribute("http-equiv") ?? ""}`);
    }
    return found;
  }, ours);
}

/** All that is to be read on a page, what fields hold included. */
function wordsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return "";
    for (const element of copy.querySelectorAll("script, style, noscript")) element.remove();
    const fields = [...document.querySelectorAll("input, textarea")].map((field) =>
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : "",
    );
    return [copy.textContent, ...fields].join("\n");
  });
}

async function open(path: string): Promise<void> {
  const { page } = there;
  // From another page: of two addresses that differ behind the `#` alone, a browser would load one.
  await page.goto(`${academy.site}/healthz`);
  const answer = await page.goto(academy.site + path, { waitUntil: "load" });
  expect(answer?.headers()["content-security-policy"]).toContain("script-src 'self'");
}

/** The page shows its texts as they are, and nothing else came of them. */
async function expectText({ path, shows }: HostilePage): Promise<void> {
  await open(path);
  await untilAlive(there.page);
  const missing = async () => {
    const words = await wordsOf(there.page);
    return shows.filter((text) => !words.includes(text)).map((text) => text.slice(0, 60));
  };
  await expect.poll(missing, { timeout: 10_000 }).toEqual([]);
  expect(await strangersIn(there.page)).toEqual([]);
  expect(there.happened).toEqual([]);
  expect(new URL(there.page.url()).origin).toBe(academy.site);
}

const PAGES = [
  "the first page",
  "the catalogue",
  "the course",
  "the course in another language",
  "the dates",
  "the articles",
  "the article",
  "a question about the course",
  "a date to book",
  "a booking",
  "a booking that waits",
  "an approval",
  "a claim",
  "a place in the queue",
  "an invitation",
  "signing in at a company",
];

describe("hostile text", () => {
  it("is on every page that is opened", () => {
    expect(Object.keys(world.pages).toSorted()).toEqual(PAGES.toSorted());
  });

  it.each(PAGES)("is text on the page of %s", async (name) => {
    const wanted = world.pages[name];
    if (wanted === undefined) throw new Error("There is no such page");
    await expectText(wanted);
  });

  it("is text in what a server sends, before any script has run", async () => {
    const raw = /<script>zq|<img src=\/zq|<svg onload=zq|<iframe srcdoc|href="javascript:/iu;
    for (const { path } of Object.values(world.pages)) {
      const html = await (await fetch(academy.site + path.replace(/#.*$/u, ""))).text();
      expect(raw.exec(html)?.[0]).toBeUndefined();
      for (const [, json = ""] of html.matchAll(
        /<script type="application\/(?:ld\+)?json"[^>]*>(.*?)<\/script>/gu,
      )) {
        expect(() => {
          JSON.parse(json);
        }).not.toThrow();
      }
    }
  });

  it("is text on the pages of an account", { timeout: LONG_MS }, async () => {
    const { page } = there;
    const { holder } = world;
    await open("/sign-in");
    await untilAlive(page);
    await fillSignIn(page, holder);
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    const passkey = await addPasskey(academy, holder.id);
    for (const [name, wanted] of Object.entries(world.account)) {
      const shows = name === "their security" ? [...wanted.shows, passkey] : wanted.shows;
      await expectText({ ...wanted, shows });
    }
  });

  it("is text in the mailbox, and mails do nothing at all", { timeout: LONG_MS }, async () => {
    const { page, happened } = there;
    const { staff, keyFor, site } = academy;
    await page.goto(`${site}/mailbox`);
    await page.locator("input[name=key]").fill(keyFor("mailbox", "mailbox"));
    await page.locator("form button").click();
    await page.locator("a[href^='/mailbox/mails/']").first().waitFor();
    const { items } = await staff.mail.list.query({ limit: 100 });
    const hostileMails = items.filter(({ recipient }) => recipient.name.includes("<script>"));
    expect(hostileMails.length).toBeGreaterThan(5);
    for (const { id } of hostileMails) {
      await page.goto(`${site}/mailbox/mails/${id}`, { waitUntil: "load" });
      await page.goto(`${site}/mailbox/mails/${id}/html`, { waitUntil: "load" });
      expect(await strangersIn(page)).toEqual([]);
    }
    expect(happened).toEqual([]);
  });
});

const TEXT = encodeURIComponent(hostile("address", 300));

const ADDRESSES = [
  `/${TEXT}`,
  `/courses/${TEXT}`,
  `/courses?q=${TEXT}`,
  `/courses?topic=${TEXT}&level=${TEXT}&from=${TEXT}&sort=${TEXT}&cursor=${TEXT}`,
  `/upcoming?city=${TEXT}&country=${TEXT}`,
  `/articles/${TEXT}`,
  `/book/${TEXT}`,
  `/bookings/${TEXT}#key=${TEXT}`,
  "/bookings/LC-7K3F-92QD#key=<img src=/zq-probe onerror=zq(1)>",
  "/claim#<img src=/zq-probe onerror=zq(1)>",
  `/waitlist#${TEXT}`,
  `/approve#${TEXT}`,
  `/quote#${TEXT}`,
  `/contact?kind=${TEXT}&course=${TEXT}`,
  `/sign-in?next=${TEXT}&provider=${TEXT}`,
  `/sign-in/openid/nordlys?error=${TEXT}&error_description=${TEXT}`,
  `/sign-in/openid/nordlys?state=${TEXT}&code=${TEXT}&iss=${TEXT}`,
  `/sign-up?email=${TEXT}&name=${TEXT}`,
  `/account/verify#${TEXT}`,
  "/account/invitation#javascript:zq(1)",
  `/device?code=${TEXT}`,
  `/?__proto__[innerHTML]=${TEXT}&constructor[prototype][src]=${TEXT}`,
  "/#<script>zq(1)</script>",
];

const ELSEWHERE = [
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/%09/evil.example/",
  "\\\\evil.example",
  "javascript:zq('next')",
  "data:text/html,<script>zq('next')</script>",
  "/sign-in?next=//evil.example",
];

describe("an address that is hostile", () => {
  it("makes nothing run", { timeout: LONG_MS }, async () => {
    const { page, happened } = there;
    const made: string[] = [];
    for (const address of ADDRESSES) {
      await open(address);
      // What is looked for meanwhile, such as what a link opens.
      await page.waitForLoadState("networkidle");
      made.push(...(await strangersIn(page)));
    }
    expect(made).toEqual([]);
    expect(happened).toEqual([]);
  });

  it("leads nowhere else after signing in, or when somebody is", { timeout: LONG_MS }, async () => {
    const { page, happened } = there;
    const account = await signUp(academy, "Ada");
    const origins = new Set<string>();
    for (const next of ELSEWHERE) {
      // As in a browser in which nobody was signed in before; no page of ours writes that down again meanwhile.
      await page.goto(`${academy.site}/healthz`);
      await page.context().clearCookies();
      await page.evaluate(() => {
        localStorage.clear();
      });
      const address = `/sign-in?next=${encodeURIComponent(next)}`;
      await open(address);
      await untilAlive(page);
      await fillSignIn(page, account);
      await page.waitForURL((url) => url.pathname !== "/sign-in");
      await page.waitForLoadState("networkidle");
      origins.add(new URL(page.url()).origin);
      await page.goto(academy.site + address);
      await page.waitForURL((url) => url.pathname !== "/sign-in");
      origins.add(new URL(page.url()).origin);
    }
    expect([...origins]).toEqual([academy.site]);
    expect(happened).toEqual([]);
  });
});

describe("a page that is not careful", () => {
  it("would be noticed: with a policy, and without one", async () => {
    for (const policy of [undefined, "default-src 'self'; img-src 'self'"]) {
      const { page, happened } = await watched();
      await page.context().route(`${academy.site}/zq-careless`, (route) =>
        route.fulfill({
          contentType: "text/html",
          headers: policy === undefined ? {} : { "content-security-policy": policy },
          body: `<body><p>${hostile("careless", 450)}<p><a href="javascript:zq(1)">x</a></body>`,
        }),
      );
      await page.goto(`${academy.site}/zq-careless`, { waitUntil: "domcontentloaded" });
      const strangers = await strangersIn(page);
      const isNoticed = happened.some((what) =>
        what.includes(policy === undefined ? "a script ran" : "a policy"),
      );
      expect([isNoticed, happened.some((what) => what.includes(PROBE))]).toEqual([true, true]);
      expect(strangers).toContain("img onerror");
    }
  });
});
