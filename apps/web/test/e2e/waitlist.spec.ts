import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  bookPlaces,
  cancelBooking,
  joinWaitlist,
  linkMailedTo,
  newAddress,
  people,
  scheduleRun,
} from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

function heading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole("heading", { level: 1, name }).waitFor();
}

describe("the waiting list", () => {
  it("goes from a date that is sold out to a booking, live, and its key is in no address", async () => {
    const run = await scheduleRun(2);
    const booked = await bookPlaces(run.id, 2);
    const { page, errors } = await visit("/courses/secure-web-applications");
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.locator(`a[href="/book/${run.id}"]`).and(page.getByText("Waiting list")).click();
    await heading(page, "Secure Web Applications");
    await page.getByLabel("How many places?").selectOption("2");
    await page.getByRole("checkbox", { name: "Fewer would do, too" }).check();
    await page.getByLabel("Name").fill("Cem Yılmaz");
    const email = newAddress("cem");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Company").fill("Nordlys AS");
    await page.getByRole("button", { name: "Join the waiting list" }).click();

    await heading(page, "You are next in line");
    expect(new URL(page.url()).hash).toMatch(/^#[0-9a-f-]{36}$/u);
    expect(await page.locator(".waitlist").textContent()).toContain("2 places, or fewer");
    await page.reload();
    await heading(page, "You are next in line");

    await cancelBooking(booked);
    await heading(page, "2 places are yours to take");
    const told = page.locator('.waitlist-head [role="status"]');
    expect(await told.textContent()).toBe("2 places are yours to take.");
    expect(await page.locator(".countdown-time").textContent()).toMatch(/^2[34]:\d\d:\d\d$/u);
    expect(await page.locator(".price-table-total").textContent()).toMatch(/NOK\s40,000/u);
    await page.getByRole("button", { name: "Take the 2 places" }).click();

    await heading(page, "You are booked");
    expect(await page.locator(".booked").textContent()).toContain(`Cem Yılmaz, ${email}`);
    const kept = await page.evaluate(() => Object.values(sessionStorage).join(" "));
    const keys = [...kept.matchAll(/[A-Za-z0-9_-]{43}/gu)].map(([key]) => key);
    expect(keys.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => keys.some((key) => address.includes(key)))).toEqual([]);
    expect(errors).toEqual([]);

    await page.goBack();
    await heading(page, "You took the places");
    await page.getByRole("link", { name: "Open the booking" }).click();
    await heading(page, "You are booked");
  });

  it("moves up in the open page, in a tab behind others as well", async () => {
    const run = await scheduleRun(1);
    await bookPlaces(run.id, 1);
    const first = await joinWaitlist(run.id);
    const second = await joinWaitlist(run.id);
    const { page } = await visit(second.path);
    await heading(page, "You are number 2 in line");
    await page.getByText("2 parties wait in all.").waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await people().visitor.waitlist.withdraw.mutate({
      entryId: first.entryId,
      accessKey: first.accessKey,
      idempotencyKey: newIdempotencyKey(),
    });
    await heading(page, "You are next in line");
    await page.getByText("Nobody is before you.").waitFor();
    expect(await page.title()).toBe("You are next in line · Lectern");
    expect(await page.locator('.waitlist-head [role="status"]').textContent()).toBe(
      "You are number 1 in line now.",
    );
  });

  it("is opened by the link in its mail, which does nothing by itself", async () => {
    const run = await scheduleRun(1);
    const booked = await bookPlaces(run.id, 1);
    const email = newAddress("dina");
    await joinWaitlist(run.id, { email });
    await cancelBooking(booked);
    const link = await linkMailedTo(email, "offer", "/waitlist#");
    expect(link).toMatch(/^\/waitlist#[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/u);

    // As a program looks at links that scans mails.
    const scanned = await visit(link, { javaScriptEnabled: false });
    expect(await scanned.page.locator("noscript").textContent()).toContain("JavaScript");
    const { page } = await visit(link);
    await heading(page, "A place is yours to take");
    expect(new URL(page.url()).hash).not.toContain(".");
    await page.goto("/courses");
    await page.goto(link);
    await heading(page, "A place is yours to take");
  });

  it("is accepted with the keyboard alone", async () => {
    const run = await scheduleRun(1);
    const booked = await bookPlaces(run.id, 1);
    const { path } = await joinWaitlist(run.id);
    const { page } = await visit(path);
    await heading(page, "You are next in line");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("You are next in line");
    await cancelBooking(booked);
    await heading(page, "A place is yours to take");
    // The focus stays on the heading that has changed: from there the button is the next stop.
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Take the place");
    await page.keyboard.press("Enter");
    await heading(page, "You are booked");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName))
      .toMatch(/^(?:H1|MAIN)$/u);
  });

  it("lets an offer go, after asking once", async () => {
    const run = await scheduleRun(1);
    const booked = await bookPlaces(run.id, 1);
    const first = await joinWaitlist(run.id);
    const second = await joinWaitlist(run.id);
    await cancelBooking(booked);
    const { page } = await visit(first.path);
    const next = await visit(second.path);
    await heading(next.page, "You are next in line");
    const decline = page.getByRole("button", { name: "Let them go" });
    await decline.click();
    await page.getByRole("button", { name: "Stay" }).click();
    expect(await decline.evaluate((element) => element === document.activeElement)).toBe(true);
    await decline.click();
    await page.getByRole("button", { name: "Yes, let them go" }).click();
    await heading(page, "You let the places go");
    await heading(next.page, "A place is yours to take");
    await page.reload();
    await heading(page, "You let the places go");
    expect(await page.getByRole("link", { name: "Get in line again" }).isVisible()).toBe(true);
  });

  it("is left by who does not want to wait any more", async () => {
    const run = await scheduleRun(1);
    await bookPlaces(run.id, 1);
    const { path } = await joinWaitlist(run.id);
    const { page } = await visit(path);
    await page.getByRole("button", { name: "Leave the waiting list" }).click();
    await page.getByRole("button", { name: "Yes, leave it" }).click();
    await heading(page, "You left the waiting list");
    await page.getByRole("link", { name: "Get in line again" }).click();
    await page.waitForURL(`**/book/${run.id}`);
    await expect.poll(() => page.title()).toMatch(/^Book: /u);
  });

  it("closes with its date, and says so", async () => {
    const run = await scheduleRun(1);
    await bookPlaces(run.id, 1);
    const { path } = await joinWaitlist(run.id);
    const { page } = await visit(path);
    await heading(page, "You are next in line");
    await people().staff.runs.cancel.mutate({
      id: run.id,
      version: run.version,
      reason: "Flooded",
      idempotencyKey: newIdempotencyKey(),
    });
    await heading(page, "The waiting list is closed");
    expect(await page.getByRole("link", { name: "Other dates of this course" }).count()).toBe(1);
  });

  it("counts the time of an offer on the server's clock, and says when it is over", async () => {
    const run = await scheduleRun(1, { offerMinutes: 30 });
    const booked = await bookPlaces(run.id, 1);
    const { path, entryId, accessKey } = await joinWaitlist(run.id);
    await cancelBooking(booked);
    const { page, context } = await visit("/upcoming");
    // This device is years behind.
    await page.clock.install({ time: new Date("2020-01-01T00:00:00Z") });
    await page.goto(path);
    await heading(page, "A place is yours to take");
    expect(await page.locator(".countdown-time").textContent()).toMatch(/^(?:30:00|29:\d\d)$/u);

    // The server says the same when the time is up.
    const { visitor } = people();
    const entry = await visitor.waitlist.byKey.query({ entryId, accessKey });
    await context.route("**/trpc/waitlist.byKey**", (route) =>
      route.fulfill({
        json: [{ result: { data: { ...entry, status: "lapsed", offer: null } } }],
      }),
    );
    await page.clock.fastForward("30:05");
    await heading(page, "The time of your offer is over");
  });
});

describe("a group", () => {
  it("that finds too few places takes fewer, or waits for all", async () => {
    const run = await scheduleRun(6);
    await bookPlaces(run.id, 3);
    const { page } = await visit(`/book/${run.id}`);
    await page.getByLabel("How many places?").selectOption("5");
    await page.getByText("Only 3 places are left").waitFor();
    await page.getByRole("button", { name: "Wait for 5 places" }).click();
    await page.getByRole("heading", { level: 2, name: "Wait for your group" }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Wait for your group");
    expect(await page.getByLabel("How many places?").inputValue()).toBe("5");
    await page.getByRole("button", { name: "Book places instead" }).click();
    await page.getByLabel("How many places?").selectOption("5");
    await page.getByRole("button", { name: "Book 3 places" }).click();
    await page.getByText("Who books?").waitFor();
    expect(await page.locator(".hold-bar").textContent()).toContain("3 places");
    await page.getByRole("button", { name: "Give them back" }).click();
  });

  it("hears that there are places for all, and books them", async () => {
    const run = await scheduleRun(3);
    const booked = await bookPlaces(run.id, 3);
    const { page } = await visit(`/book/${run.id}`);
    await page.getByLabel("Name").fill("Cem");
    await page.getByLabel("E-mail address").fill(newAddress("cem"));
    // No stream tells this page that places have come back.
    await page.context().setOffline(true);
    await cancelBooking(booked);
    await page.getByRole("button", { name: "Join the waiting list" }).click();
    await page.getByText("The academy can’t be reached.").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Cem");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Join the waiting list" }).click();
    await page.getByText("There are places free now").waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Book places instead" }).click();
    await page.getByRole("button", { name: "Set them aside" }).waitFor();
  });
});

describe("a link that opens nothing", () => {
  it.each(["/waitlist", "/quote", "/claim", "/approve"])(
    "at %s asks for a whole one",
    async (path) => {
      const { page } = await visit(path);
      await page.getByLabel("Link").fill("https://academy.example/waitlist#half");
      await page.getByRole("button", { name: "Open" }).click();
      await page.getByText("This is not the whole link.").waitFor();
      const robots = page.locator('meta[name="robots"]');
      expect(await robots.getAttribute("content")).toBe("noindex");
    },
  );

  it("says so where the key is wrong, and takes the right one", async () => {
    const run = await scheduleRun(1);
    await bookPlaces(run.id, 1);
    const { entryId, path } = await joinWaitlist(run.id);
    const { page } = await visit(`/waitlist#${entryId}.${"x".repeat(43)}`);
    await page.getByText("This link opens nothing.").waitFor();
    await page.getByLabel("Link").fill(`https://academy.example${path}`);
    await page.getByRole("button", { name: "Open" }).click();
    await heading(page, "You are next in line");
    expect(await page.getByText("This link opens nothing.").count()).toBe(0);
    await page.reload();
    await untilAlive(page);
    await heading(page, "You are next in line");
  });
});
