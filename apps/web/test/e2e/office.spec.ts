import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { fillSignIn, heading, newAccount } from "./accounts.ts";
import { findings } from "./axe.ts";
import { query } from "./own-academy.ts";
import { joinWaitlist, newAddress, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

const HOUR_MS = 3_600_000;

let administrator: StaffMember;
let editor: StaffMember;

beforeAll(async () => {
  [administrator, editor] = await Promise.all([
    newStaffMember("Astrid Dahl", "administrator"),
    newStaffMember("Erik Moe", "course_editor"),
  ]);
});

/** The back office, as somebody who works for the academy sees it. */
async function office({ storageState }: StaffMember, path = "/office") {
  const there = await visit(path, { storageState });
  await there.page.getByRole("heading", { level: 1 }).waitFor();
  return there;
}

function navigation(page: Page) {
  return page.getByRole("navigation", { name: "Back office" });
}

describe("the back office", () => {
  it("shows pages to whoever may see them, and says to others what they lack", async () => {
    const { page, errors } = await office(editor);
    await heading(page, "Today");
    expect(new URL(page.url()).pathname).toBe("/office/today");
    expect(await page.title()).toBe("Today · Lectern");
    expect(await page.locator('meta[name="robots"]').getAttribute("content")).toBe("noindex");
    const links = navigation(page).getByRole("link");
    expect(await links.first().getAttribute("aria-current")).toBe("page");
    expect(await links.allTextContents()).toContain("Courses");
    expect(await links.allTextContents()).not.toContain("Discounts");
    await page.goto("/office/discounts");
    await heading(page, "This page is not for your roles");
    await page.getByText("discounts.read").waitFor();
    await page.getByRole("main").getByRole("link", { name: "To Today" }).click();
    await heading(page, "Today");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    // From the site, one gets there by one's own menu.
    await page.getByRole("link", { name: "To the site" }).click();
    await heading(page, "Small classes in serious craft");
    await page.getByRole("button", { name: /^Your account:/u }).click();
    await page.getByRole("link", { name: "Back office" }).click();
    await page.waitForURL("**/office/today");
    expect(errors).toEqual([]);
  });

  it("leads whoever is not signed in there and back, and customers to their account", async () => {
    const who = await newAccount("Mary Jackson");
    const { page, errors } = await visit("/office/today");
    await heading(page, "Sign in");
    await fillSignIn(page, who);
    await heading(page, "The back office is for staff");
    expect(new URL(page.url()).pathname).toBe("/office/today");
    expect(await navigation(page).count()).toBe(0);
    await page.getByRole("link", { name: "To your account" }).click();
    await heading(page, "Your account");
    await page.getByRole("button", { name: /^Your account:/u }).click();
    expect(await page.getByRole("link", { name: "Back office" }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("is reached from a narrow screen by a button, without barriers", async () => {
    const small = { viewport: { width: 320, height: 640 } };
    const { storageState } = editor;
    const { page, errors } = await visit("/office", { storageState, ...small });
    await heading(page, "Today");
    expect(await navigation(page).count()).toBe(0);
    await page.getByRole("button", { name: "Pages" }).click();
    await navigation(page).getByRole("link", { name: "Courses" }).waitFor();
    await page.keyboard.press("Escape");
    await navigation(page).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Pages" }).click();
    await navigation(page).getByRole("link", { name: "Courses" }).click();
    await heading(page, "Courses");
    await navigation(page).waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  });
});

describe("the command palette", () => {
  it("goes to pages and records by keyboard alone, and remembers those", async () => {
    const { page, errors } = await office(administrator);
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    const field = palette.getByRole("combobox");
    await page.keyboard.press("Control+k");
    await field.waitFor();
    await page.keyboard.type("sched");
    await palette.getByRole("option", { name: /^Schedule/u, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await heading(page, "Schedule");

    await page.keyboard.press("/");
    await field.waitFor();
    await page.keyboard.type("Secure Web Appl");
    const group = palette.getByRole("group", { name: "Courses" });
    await group.getByRole("option", { name: /^Secure Web Applications/u }).waitFor();
    expect(await findings(page)).toEqual([]);
    // However much else is found, the arrows lead there.
    await expect
      .poll(async () => {
        await page.keyboard.press("ArrowDown");
        return group.getByRole("option", { selected: true }).count();
      })
      .toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/office\/courses\/[\w-]+$/u);

    await page.keyboard.press("Control+k");
    const recent = palette.getByRole("group", { name: "Recent" });
    await recent.getByRole("option", { name: "Secure Web Applications" }).waitFor();
    await page.keyboard.press("Escape");
    await palette.waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  });

  it("has shortcuts beside it, which do nothing while one types, and can be turned off", async () => {
    const { page, errors } = await office(administrator);
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await heading(page, "Courses");
    const search = page.getByRole("searchbox").first();
    await search.fill("");
    await search.pressSequentially("gt?/");
    expect(await search.inputValue()).toBe("gt?/");
    await search.fill("");
    await search.blur();

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.getByText("Go to Today").waitFor();
    await help.getByRole("checkbox", { name: "Single letters are shortcuts" }).uncheck();
    await help.getByRole("button", { name: "Close" }).click();
    await help.waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search and commands" }).waitFor();
    await page.keyboard.press("Escape");
    await heading(page, "Courses");
    expect(errors).toEqual([]);
  });
});

/** A job that failed as often as it may. @returns how it is called on the page */
async function failedJob(): Promise<string> {
  const data = JSON.stringify({ mailId: newIdempotencyKey() });
  await query(
    inject("postgres"),
    `INSERT INTO pgboss.job_common
        (name, data, source_name, source_id, source_created_on, source_retry_count, source_output)
      VALUES ('dead', $1::text::jsonb, 'mail.deliver', gen_random_uuid(), now(), 4, $2::text::jsonb)`,
    [data, JSON.stringify({ message: `no answer ${data}` })],
  );
  return data;
}

function part(page: Page, name: string) {
  return page.getByRole("region", { name });
}

describe("today", () => {
  it("says which dates are to be decided, and takes the decision", async () => {
    const decisionAt = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
    const [first, second] = [
      await scheduleRun(8, { status: "tentative", minPlaces: 4, decisionAt: decisionAt(1) }),
      await scheduleRun(8, { status: "tentative", minPlaces: 5, decisionAt: decisionAt(2) }),
    ];
    const { page, errors } = await office(administrator);
    const undecided = part(page, "Dates to decide");
    const item = (id: string) =>
      undecided.getByRole("listitem").filter({ has: page.locator(`a[href$="${id}"]`) });
    await item(first.id).getByText("0 of at least 4 places booked").waitFor();
    expect(await findings(page)).toEqual([]);

    await item(first.id).getByRole("button", { name: "Confirm" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await item(first.id).waitFor({ state: "detached" });

    await item(second.id).getByRole("button", { name: "Cancel the date" }).click();
    // What it means is shown before.
    await dialog.getByRole("list").waitFor();
    await dialog.getByLabel("Reason").fill("Too few people");
    await dialog.getByRole("button", { name: "Cancel this date" }).click();
    await item(second.id).waitFor({ state: "detached" });
    const { visitor } = people();
    expect((await visitor.runs.byId.query({ id: first.id })).status).toBe("confirmed");
    expect((await visitor.runs.byId.query({ id: second.id })).status).toBe("cancelled");
    expect(errors).toEqual([]);
  });

  it("runs failed jobs again and discards them, which can be undone; what fails comes back", async () => {
    const [again, away] = [await failedJob(), await failedJob()];
    const { page, context } = await office(administrator);
    const jobs = part(page, "Failed jobs");
    const job = (data: string) => jobs.getByRole("listitem").filter({ hasText: data });

    // Nobody answers: it is there again, and it is said why.
    await context.route("**/trpc/jobs.retry**", (route) => route.abort());
    await job(again).getByRole("button", { name: "Try again" }).click();
    await page.getByRole("status").getByText("The academy can’t be reached").waitFor();
    await job(again).waitFor();
    await context.unroute("**/trpc/jobs.retry**");
    await job(again).getByRole("button", { name: "Try again" }).click();
    await job(again).waitFor({ state: "detached" });

    await job(away).getByRole("button", { name: "Discard" }).click();
    await job(away).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await job(away).waitFor();
    await job(away).getByRole("button", { name: "Discard" }).click();
    // Whoever leaves the page meant it.
    const discarded = page.waitForResponse((answer) => answer.url().includes("jobs.discard"));
    await page
      .locator(".undo-one", { hasText: "will be discarded" })
      .getByRole("button", { name: "Close" })
      .click();
    expect((await discarded).ok()).toBe(true);
    const { items } = await people().staff.jobs.dead.query({ limit: 100 });
    expect(items.filter((one) => one.data.includes(away))).toEqual([]);
  });

  it("shows what waits to be answered, served and cleared, and clears it", async () => {
    const name = `Ida ${newIdempotencyKey().slice(0, 8)}`;
    const { visitor, staff } = people();
    await visitor.enquiries.send.mutate({
      kind: "company",
      name,
      email: newAddress("ida"),
      message: "What would a date in our rooms cost?",
      consent: true,
      idempotencyKey: newIdempotencyKey(),
    });
    const soon = new Date(Date.now() + 30 * HOUR_MS).toISOString().slice(0, 10);
    const run = await scheduleRun(1, {
      pattern: { from: soon, sessions: 1, start: "09:00", end: "10:00" },
    });
    const blocked = { id: run.id, quantity: 1, reason: "Guests" };
    await staff.runs.blockPlaces.mutate({ ...blocked, idempotencyKey: newIdempotencyKey() });
    await joinWaitlist(run.id, { quantity: 2, takesFewer: true });
    const { page, errors } = await office(administrator);
    const link = page.locator(`a[href*="${run.id}"]`);
    const conflict = part(page, "Conflicts").getByRole("listitem").filter({ has: link });
    await conflict.getByText("No room").waitFor();
    await conflict.getByText("Nobody teaches").waitFor();

    const enquiry = part(page, "New enquiries").getByRole("listitem").filter({ hasText: name });
    await enquiry.getByRole("button", { name: "Spam" }).click();
    await enquiry.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await enquiry.waitFor();

    const waiting = part(page, "People who wait").getByRole("listitem").filter({ has: link });
    await waiting.getByText("1 party waits for 2 places").waitFor();
    await waiting.getByRole("button", { name: "More places" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("Places in all").inputValue()).toBe("3");
    await dialog.getByRole("button", { name: "More places" }).click();
    await waiting.waitFor({ state: "detached" });
    await part(page, "Offers that lapse").getByRole("listitem").filter({ has: link }).waitFor();
    expect(errors).toEqual([]);
  });

  it("is calm where nothing waits, and looks again", async () => {
    const { page, context, errors } = await office(editor);
    let asked = 0;
    await context.route(/\/trpc\/runs\.(?:undecided|conflicts)/u, (route) => {
      asked += 1;
      const calls = new URL(route.request().url()).pathname.split(",");
      const nothing = { items: [], nextCursor: null, total: 0 };
      return route.fulfill({ json: calls.map(() => ({ result: { data: nothing } })) });
    });
    await page.clock.install();
    await page.reload();
    await page.getByText("Nothing waits for you").waitFor();
    expect(await findings(page)).toEqual([]);
    const before = asked;
    await page.clock.fastForward(35_000);
    await expect.poll(() => asked).toBeGreaterThan(before);
    expect(errors).toEqual([]);
  });
});
