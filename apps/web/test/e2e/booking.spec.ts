import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { bookPlaces, scheduleRun } from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

/** Opens the booking of the first date that has so many places. */
async function openBooking(page: Page, places: number): Promise<void> {
  const rows = page.locator(".run-row").filter({ hasText: /\d\d? places left/u });
  for (const row of await rows.all()) {
    const left = Number.parseInt((await row.locator(".places-left").textContent()) ?? "", 10);
    if (left < places) continue;
    await row.getByRole("link", { name: /^Book:/u }).click();
    await page.waitForURL("**/book/*");
    await page.getByLabel("How many places?").waitFor();
    return;
  }
  throw new Error(`No date has ${places} places left`);
}

async function hold(page: Page, places: number): Promise<void> {
  await page.getByLabel("How many places?").selectOption(String(places));
  await page.getByRole("button", { name: "Set them aside" }).click();
  await page.getByText("Who books?").waitFor();
}

async function fillBooker(page: Page): Promise<void> {
  const booker = page.getByRole("group", { name: "Who books?" });
  await booker.getByLabel("Name").fill("Ayşe Øvergård");
  await booker.getByLabel("E-mail address").fill("ayse@example.com");
  await page.getByRole("checkbox", { name: /terms/u }).check();
}

describe("booking", () => {
  it("goes from the search to the confirmation", async () => {
    const { page, errors } = await visit("/");
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));

    await page.getByRole("searchbox").fill("kubernetes");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL("**/courses?q=kubernetes");
    const found = page.locator("article h2 a").first();
    const title = (await found.textContent()) ?? "";
    await found.click();
    await page.getByRole("link", { name: "See dates and book" }).click();
    await page
      .getByRole("link", { name: /^Book:/u })
      .first()
      .click();
    await page.waitForURL("**/book/*");

    await hold(page, 2);
    expect(await page.locator(".hold-bar-time").textContent()).toMatch(/^1[45]:\d\d$/u);
    await fillBooker(page);
    await page.getByRole("group", { name: "Place 2" }).getByLabel("Name").fill("Cem");
    await page
      .getByRole("group", { name: "Place 2" })
      .getByLabel("E-mail address")
      .fill("cem@example.com");
    await page.getByRole("button", { name: "Confirm the booking" }).click();

    await page.getByRole("heading", { level: 1, name: "You are booked" }).waitFor();
    const reference = (await page.locator(".booked-reference").textContent()) ?? "";
    expect(reference).toMatch(/^LC-[0-9A-Z]{4}-[0-9A-Z]{4}$/u);
    expect(await page.locator(".booked").textContent()).toContain("Cem, cem@example.com");
    expect(await page.locator(".booked").textContent()).toContain(title);

    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Put it in your calendar" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${reference}.ics`);
    const calendar = await readFile(await file.path(), "utf8");
    expect(calendar).toContain(`SUMMARY:${title}`);
    expect(calendar.match(/BEGIN:VEVENT/gu)?.length).toBeGreaterThan(0);

    const keys = await page.evaluate(() => sessionStorage.getItem("lectern-bookings") ?? "");
    const [, key = ""] = /"accessKey":"([^"]{43})"/u.exec(keys) ?? [];
    expect(key).not.toBe("");
    expect(addresses.filter((address) => address.includes(key))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("shows what is wrong beside each field, and leads there", async () => {
    const { page } = await visit("/upcoming");
    await openBooking(page, 2);
    await hold(page, 2);
    const booker = page.getByRole("group", { name: "Who books?" });
    await booker.getByLabel("E-mail address").fill("not an address");
    await page.getByRole("group", { name: "Place 2" }).getByLabel("Name").fill("Cem");
    await page.getByRole("button", { name: "Confirm the booking" }).click();

    await page.getByText(/fields need another look/u).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe(
      "booker.name",
    );
    const email = booker.getByLabel("E-mail address");
    expect(await email.getAttribute("aria-invalid")).toBe("true");
    const description = (await email.getAttribute("aria-describedby")) ?? "";
    expect(await page.locator(`[id="${description.split(" ").at(-1)}"]`).textContent()).toContain(
      "name@example.com",
    );
    const learner = page.getByRole("group", { name: "Place 2" }).getByLabel("E-mail address");
    expect(await learner.getAttribute("aria-invalid")).toBe("true");
  });

  it("keeps what is set aside when the page is reloaded, and gives it back", async () => {
    const { page } = await visit("/upcoming");
    await openBooking(page, 3);
    const left = page.locator(".booking-when .places-left");
    const before = await left.textContent();
    await hold(page, 3);
    await page.reload();
    await page.getByText("Who books?").waitFor();
    expect(await page.locator(".hold-bar").textContent()).toContain("3 places");

    await page.getByRole("button", { name: "Give them back" }).click();
    await page.getByLabel("How many places?").waitFor();
    await expect.poll(() => left.textContent()).toBe(before);
  });

  it("says when the time is up, on the server's clock, and sets the places aside again", async () => {
    const { page } = await visit("/upcoming");
    await page.clock.install();
    await openBooking(page, 1);
    await hold(page, 1);
    await page.clock.fastForward("14:00");
    expect(await page.locator(".hold-bar-time").textContent()).toMatch(/^0:[0-5]\d$|^1:00$/u);
    await page.clock.fastForward("01:30");
    await page.getByText("The time is up").waitFor();
    await page.getByRole("button", { name: "Set them aside again" }).click();
    await page.getByText("Who books?").waitFor();
  });

  it("says how many places are left when others were faster, and books those", async () => {
    const run = await scheduleRun(4);
    const { page, context } = await visit("/upcoming");
    // Without the stream that would tell it before.
    await context.route("**/trpc/runs.watch**", (route) => route.abort());
    await page.goto(`/book/${run.id}`);
    await untilAlive(page);
    await page.getByLabel("How many places?").selectOption("4");
    await bookPlaces(run.id, 3);
    await page.getByRole("button", { name: "Set them aside" }).click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toContain("Only 1 place is left");
    expect(await alert.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole("button", { name: "Wait for 4 places" }).isVisible()).toBe(true);
    await page.getByRole("button", { name: "Book 1 place" }).click();
    await page.getByText("Who books?").waitFor();
    await page.getByRole("button", { name: "Give them back" }).click();
  });

  it("leads from a date that is sold out to its waiting list", async () => {
    const run = await scheduleRun(1);
    await bookPlaces(run.id, 1);
    const { page } = await visit("/courses/secure-web-applications");
    const row = page.locator(".run-row").filter({ has: page.locator(`a[href="/book/${run.id}"]`) });
    expect(await row.textContent()).toContain("Sold out");
    expect(await row.getByRole("link", { name: /^Book:/u }).count()).toBe(0);
    await row.getByRole("link", { name: /^Join the waiting list: Secure Web/u }).click();
    await page.waitForURL(`**/book/${run.id}`);
    await page.getByRole("button", { name: "Join the waiting list" }).waitFor();
    expect(await page.getByRole("button", { name: "Set them aside" }).count()).toBe(0);
  });
});

describe("a booking that was made", () => {
  it("opens elsewhere with its private link alone, whose key is never sent as an address", async () => {
    const { page } = await visit("/upcoming");
    await openBooking(page, 1);
    await hold(page, 1);
    await fillBooker(page);
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await page.getByRole("heading", { level: 1, name: "You are booked" }).waitFor();
    const path = new URL(page.url()).pathname;
    const keys = await page.evaluate(() => sessionStorage.getItem("lectern-bookings") ?? "");
    const [, key = ""] = /"accessKey":"([^"]{43})"/u.exec(keys) ?? [];

    const stranger = await visit(path);
    await stranger.page.getByRole("heading", { level: 1, name: "Open your booking" }).waitFor();
    await stranger.page.getByLabel("Private link or key").fill("x".repeat(43));
    await stranger.page.getByRole("button", { name: "Open" }).click();
    await stranger.page.getByText("No booking has this reference and key.").waitFor();

    const elsewhere = await visit(`${path}#key=${key}`);
    const addresses: string[] = [];
    elsewhere.page.on("request", (request) => addresses.push(request.url()));
    await elsewhere.page.getByRole("heading", { level: 1, name: "You are booked" }).waitFor();
    await elsewhere.page.waitForURL((url) => url.hash === "");
    await elsewhere.page.reload();
    await untilAlive(elsewhere.page);
    await elsewhere.page.getByRole("heading", { level: 1, name: "You are booked" }).waitFor();
    expect(addresses.filter((address) => address.includes(key))).toEqual([]);

    await elsewhere.page.getByRole("button", { name: "Cancel the booking" }).click();
    const dialog = elsewhere.page.getByRole("dialog", { name: "Cancel the booking" });
    await dialog.getByRole("button", { name: "Cancel the booking" }).click();
    await elsewhere.page
      .getByRole("heading", { level: 1, name: "This booking is cancelled" })
      .waitFor();
  });
});

describe("the contact form", () => {
  it("sends an enquiry about a course once it is complete", async () => {
    const { page, errors } = await visit(
      "/contact?kind=private_course&course=secure-web-applications",
    );
    await page.getByText("About “Secure Web Applications”").waitFor();
    expect(await page.getByRole("radio", { name: "a private course" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("4 fields need another look.").waitFor();

    await page.getByLabel("Your name").fill("Cem");
    await page.getByLabel("Your e-mail address").fill("cem@example.com");
    await page.getByLabel("How many people?").fill("12");
    await page.getByLabel("Your message").fill("In June, in İzmir?");
    await page.getByRole("checkbox", { name: /answer me/u }).check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: /Thank you/u }).waitFor();
    expect(await page.getByText("cem@example.com").count()).toBe(1);
    expect(errors).toEqual([]);
  });
});
