import type { Page, Request } from "playwright-core";
import { describe, expect, it } from "vitest";
import { bookPlaces, cancelBooking, joinWaitlist, people, scheduleRun } from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

function placesLeft(page: Page): Promise<string | null> {
  return page.locator(".booking-when .places-left").textContent();
}

/** The streams that a page has open, and that were ended. */
function streamsOf(page: Page) {
  const streams = { open: 0, ended: 0 };
  page.on("request", (request) => {
    if (request.url().includes(".watch")) streams.open += 1;
  });
  function end(request: Request): void {
    if (request.url().includes(".watch")) streams.ended += 1;
  }
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return streams;
}

describe("places left", () => {
  it("fall while another visitor books, and rise when places come back", async () => {
    const run = await scheduleRun(9);
    const { page, errors } = await visit(`/book/${run.id}`);
    expect(await placesLeft(page)).toBe("9 places left");

    const other = await visit(`/book/${run.id}`);
    await other.page.getByLabel("How many places?").selectOption("4");
    await other.page.getByRole("button", { name: "Set them aside" }).click();
    await other.page.getByText("Who books?").waitFor();
    await expect.poll(() => placesLeft(page)).toBe("5 places left");
    await other.page.getByRole("button", { name: "Give them back" }).click();
    await expect.poll(() => placesLeft(page)).toBe("9 places left");
    expect(errors).toEqual([]);
  });

  it("are told to who listens when they are gone and when they are back, and not in between", async () => {
    const run = await scheduleRun(3);
    const { page } = await visit(`/book/${run.id}`);
    const told = page.locator('.booking-head [role="status"]');
    const first = await bookPlaces(run.id, 2);
    await expect.poll(() => placesLeft(page)).toBe("Last place");
    expect(await told.textContent()).toBe("");
    await bookPlaces(run.id, 1);
    await expect.poll(() => told.textContent()).toBe("This date is sold out now.");
    expect(await page.getByLabel("How many places?").isVisible()).toBe(true);
    expect(await page.getByRole("button", { name: "Wait for 1 place" }).isVisible()).toBe(true);
    await cancelBooking(first);
    await expect.poll(() => told.textContent()).toBe("2 places are free again.");
    await page.getByRole("button", { name: "Set them aside" }).waitFor();
  });

  it("change among a course's dates as well, once somebody looks at them", async () => {
    const run = await scheduleRun(2);
    const { page } = await visit("/courses/secure-web-applications");
    const streams = streamsOf(page);
    const row = page.locator(".run-row").filter({ has: page.locator(`a[href="/book/${run.id}"]`) });
    expect(await row.getByRole("link").textContent()).toBe("Book");
    await page.waitForLoadState("networkidle");
    expect(streams.open).toBe(0);
    await page.getByRole("link", { name: "See dates and book" }).click();
    await expect.poll(() => streams.open).toBe(1);
    await bookPlaces(run.id, 2);
    await expect.poll(() => row.textContent()).toContain("Sold out");
    expect(await row.getByRole("link").textContent()).toBe("Waiting list");
    expect(await page.locator('#dates [role="status"], [role="status"]').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/Oslo: This date is sold out now\./u)]),
    );
  });

  it("are watched by nobody who has left, or looks at another tab", async () => {
    const run = await scheduleRun(4);
    const { page } = await visit("/upcoming");
    const streams = streamsOf(page);
    await page.goto(`/book/${run.id}`);
    await expect.poll(() => streams.open).toBe(1);
    await page.getByRole("link", { name: "Courses", exact: true }).first().click();
    await page.waitForURL("**/courses");
    await expect.poll(() => streams.ended).toBe(1);

    await page.goBack();
    await expect.poll(() => streams.open).toBe(2);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(() => streams.ended).toBe(2);
    await bookPlaces(run.id, 1);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(() => placesLeft(page)).toBe("Last 3 places");
  });

  it("stay as they were loaded where no stream can be had, and nobody is bothered", async () => {
    const run = await scheduleRun(5);
    const { page, context } = await visit("/upcoming");
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await context.route("**/trpc/runs.watch**", (route) => route.fulfill({ status: 404 }));
    await page.goto(`/book/${run.id}`);
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("are there without scripts", async () => {
    const run = await scheduleRun(6);
    const { page } = await visit(`/book/${run.id}`, { javaScriptEnabled: false });
    expect(await placesLeft(page)).toBe("6 places left");
  });
});

describe("a date that is sold out", () => {
  it("says how many wait, as more come", async () => {
    const run = await scheduleRun(1);
    await bookPlaces(run.id, 1);
    const { page } = await visit(`/book/${run.id}`);
    await page.getByRole("heading", { level: 2, name: "This date is sold out" }).waitFor();
    await page.getByText("Nobody waits yet.").waitFor();
    await joinWaitlist(run.id);
    await page.getByText("One party waits at the moment.").waitFor();
    await joinWaitlist(run.id);
    await expect
      .poll(() => page.locator(".waiting-step-count").textContent())
      .toBe("2 parties wait at the moment.");
  });

  it("keeps what is typed when places come back, and offers them", async () => {
    const run = await scheduleRun(1);
    const booked = await bookPlaces(run.id, 1);
    const { page } = await visit(`/book/${run.id}`);
    await page.getByLabel("Name").fill("Cem");
    await cancelBooking(booked);
    await page.getByText("Only 1 place is left").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Cem");
    await page.getByRole("button", { name: "Book places instead" }).click();
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
  });
});

describe("a date that staff change", () => {
  it("has more places at once", async () => {
    const run = await scheduleRun(4);
    const { page } = await visit(`/book/${run.id}`);
    await people().staff.runs.changeCapacity.mutate({
      id: run.id,
      capacity: 12,
      reason: "A larger room",
      idempotencyKey: `capacity-${run.id}`,
    });
    await expect.poll(() => placesLeft(page)).toBe("12 places left");
  });
});

describe("a choice that was made before the page came alive", () => {
  it("counts", async () => {
    const run = await scheduleRun(6);
    const { page, context } = await visit("/privacy");
    let release = (): void => {};
    const scripts = new Promise<void>((resolve) => {
      release = resolve;
    });
    // The scripts of this page are slow.
    await context.route("**/assets/*.js", async (route) => {
      await scripts;
      await route.continue();
    });
    await page.goto(`/book/${run.id}`, { waitUntil: "commit" });
    await page.getByLabel("How many places?").selectOption("3");
    release();
    await untilAlive(page);
    await expect
      .poll(() => page.locator(".price-table").textContent())
      .toMatch(/3 places.*NOK\s60,000/u);
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
    expect(await page.locator(".hold-bar").textContent()).toContain("3 places");
  });
});
