import { newIdempotencyKey } from "@lectern/client";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  bookPlaces,
  bookingPath,
  dayIn,
  linkMailedTo,
  newAddress,
  people,
  scheduleRun,
} from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

function heading(page: Page, name: string): Promise<void> {
  return page.getByRole("heading", { level: 1, name }).waitFor();
}

function place(page: Page, position: number) {
  return page.locator(".place-row").nth(position - 1);
}

async function openBooked(places: number) {
  const run = await scheduleRun(8);
  const booked = await bookPlaces(run.id, places);
  const opened = await visit(bookingPath(booked));
  await heading(opened.page, "You are booked");
  return { run, booked, ...opened };
}

describe("cancelling", () => {
  it("one of two places costs what was shown before, and leaves the other", async () => {
    const { page, errors } = await openBooked(2);
    await page.getByRole("button", { name: "Cancel: place 2" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel places" });
    await dialog.getByText("25% of the price is kept").waitFor();
    const cost = (await dialog.locator(".cost-lines").textContent())?.replaceAll(/\s/gu, " ");
    expect(cost).toBe("We keepNOK 5,000Taken off the invoiceNOK 15,000");
    await dialog.getByRole("button", { name: "Keep them" }).click();
    expect(await page.getByText("Cancelled, fee").count()).toBe(0);

    await page.getByRole("button", { name: "Cancel: place 2" }).click();
    await dialog.getByRole("button", { name: "Cancel 1 place" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => place(page, 2).textContent()).toMatch(/Cancelled.*fee NOK\s5,000/u);
    await heading(page, "You are booked");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Places");
    expect(await page.locator(".booked-facts").textContent()).toMatch(/TotalNOK\s20,000/u);

    await page.getByRole("button", { name: "Cancel the booking" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the booking" }).click();
    await heading(page, "This booking is cancelled");
    expect(errors).toEqual([]);
  });

  it("several places at once costs their sum", async () => {
    const { page } = await openBooked(3);
    await page.getByRole("button", { name: "Cancel the booking" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("We keep").waitFor();
    expect(await dialog.locator(".cost-lines").textContent()).toMatch(/We keepNOK\s15,000/u);
    await dialog.getByRole("checkbox", { name: /^Place 1/u }).uncheck();
    expect(await dialog.locator(".cost-lines").textContent()).toMatch(/We keepNOK\s10,000/u);
    await dialog.getByRole("checkbox", { name: /^Place 2/u }).uncheck();
    await dialog.getByRole("checkbox", { name: /^Place 3/u }).uncheck();
    expect(await dialog.getByRole("button", { name: "Choose a place" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(
      await page
        .getByRole("button", { name: "Cancel the booking" })
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
  });
});

describe("moving to another date", () => {
  it("shows what it costs, makes a booking there, and both name each other", async () => {
    const { run, booked, page, errors } = await openBooked(2);
    const there = await scheduleRun(5, { price: { amount: 21_000_00, currency: "NOK" } });
    await page.reload();
    await heading(page, "You are booked");
    await page.getByRole("button", { name: "Move to another date: place 1" }).click();
    const dialog = page.getByRole("dialog", { name: "Move to another date" });
    expect(await dialog.locator(`input[value="${run.id}"]`).count()).toBe(0);
    await dialog.locator(`input[value="${there.id}"]`).check();
    await dialog.getByText("Fee for moving").waitFor();
    const cost = (await dialog.locator(".cost-lines").textContent())?.replaceAll(/\s/gu, " ");
    expect(cost).toBe(
      "Fee for movingNOK 2,000Difference of the pricesNOK 1,000Still to payNOK 3,000",
    );
    await dialog.getByRole("button", { name: "Move 1 place" }).click();

    await page.waitForURL((url) => !url.pathname.endsWith(booked.reference));
    await heading(page, "You are booked");
    const reference = (await page.locator(".booked-reference").textContent()) ?? "";
    expect(await page.locator(".place-row").textContent()).toContain("Ada Lovelace");
    await page.getByRole("link", { name: booked.reference }).click();
    await page.waitForURL(`**/bookings/${booked.reference}`);
    await expect.poll(() => place(page, 1).textContent()).toContain(`Moved to ${reference}`);
    await page.getByRole("link", { name: reference }).click();
    await page.waitForURL(`**/bookings/${reference}`);
    await heading(page, "You are booked");
    expect(errors).toEqual([]);
  });

  it("offers no date that has too few places", async () => {
    const { page } = await openBooked(3);
    const small = await scheduleRun(2);
    await page.reload();
    await heading(page, "You are booked");
    await page.getByRole("button", { name: "Move to another date", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const date = dialog.locator(`input[value="${small.id}"]`);
    await date.waitFor();
    expect(await date.isDisabled()).toBe(true);
    await dialog.getByRole("checkbox", { name: /^Place 1/u }).uncheck();
    expect(await date.isDisabled()).toBe(false);
  });
});

describe("who comes", () => {
  it("can be somebody else, whose address nobody has who comes already", async () => {
    const { page, errors } = await openBooked(2);
    await page.getByRole("button", { name: "Name who comes: place 2" }).click();
    const dialog = page.getByRole("dialog", { name: "Who comes?" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("2 fields need another look.").waitFor();
    await dialog.getByLabel("Name").fill("Cem");
    const email = newAddress("cem");
    await dialog.getByLabel("E-mail address").fill(email);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => place(page, 2).textContent()).toContain(`Cem, ${email}`);

    await page.getByRole("button", { name: "Change who comes: place 1" }).click();
    await dialog.getByText("Ada Lovelace loses the place").waitFor();
    await dialog.getByLabel("Name").fill("Cem again");
    await dialog.getByLabel("E-mail address").fill(email);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Somebody with this e-mail address has a place").waitFor();
    await dialog.getByLabel("E-mail address").fill(newAddress("dina"));
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => place(page, 1).textContent()).toContain("Cem again");
    expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
  });

  it("can be said by whoever has the link of a place, once", async () => {
    const { page } = await openBooked(2);
    const openLink = page.getByRole("button", { name: "Link to hand on: place 2" });
    await openLink.click();
    const dialog = page.getByRole("dialog", { name: "A link for place 2" });
    const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
    expect(link).toMatch(/\/claim#[0-9a-f-]{36}\.1\.[A-Za-z0-9_-]{43}$/u);
    await dialog.getByRole("button", { name: "Close" }).click();

    const { pathname, hash } = new URL(link);
    const learner = await visit(pathname + hash);
    const addresses: string[] = [];
    learner.page.on("request", (request) => addresses.push(request.url()));
    await heading(learner.page, "A place for you");
    await learner.page.getByRole("button", { name: "Take the place" }).click();
    await learner.page.getByText("3 fields need another look.").waitFor();
    await learner.page.getByRole("textbox", { name: "Name" }).fill("Øystein");
    const email = newAddress("oystein");
    await learner.page.getByLabel("E-mail address").fill(email);
    await learner.page.getByRole("checkbox", { name: /accept/u }).check();
    await learner.page.getByRole("button", { name: "Take the place" }).click();
    await heading(learner.page, "The place is yours");
    const [file] = await Promise.all([
      learner.page.waitForEvent("download"),
      learner.page.getByRole("button", { name: "Put it in your calendar" }).click(),
    ]);
    expect(await readFile(await file.path(), "utf8")).toContain("SUMMARY:Secure Web Applications");
    const [, key = ""] = /\.([A-Za-z0-9_-]{43})$/u.exec(hash) ?? [];
    expect(addresses.filter((address) => address.includes(key))).toEqual([]);
    expect(learner.errors).toEqual([]);

    const late = await visit(pathname + hash);
    await heading(late.page, "This place is taken");
    await page.reload();
    await untilAlive(page);
    await expect.poll(() => place(page, 2).textContent()).toContain(`Øystein, ${email}`);
  });

  it("can't be said with a link that was replaced, and can with the one that was mailed", async () => {
    const { page } = await openBooked(2);
    await page.getByRole("button", { name: "Link to hand on: place 2" }).click();
    const dialog = page.getByRole("dialog");
    const field = dialog.getByLabel("Link", { exact: true });
    const old = new URL(await field.inputValue());
    await dialog.getByRole("button", { name: "Make a new link" }).click();
    await dialog.getByText("This is a new link.").waitFor();
    expect(await field.inputValue()).toContain(".2.");
    const email = newAddress("fia");
    await dialog.getByLabel("Or we send it to").fill(email);
    await dialog.getByRole("button", { name: "Send it" }).click();
    await dialog.getByText(`On its way to ${email}.`).waitFor();

    const stranger = await visit(old.pathname + old.hash);
    await heading(stranger.page, "This link does not work any more");
    await stranger.page.goto(await linkMailedTo(email, "claim_link", "/claim#"));
    await heading(stranger.page, "A place for you");
  });
});

describe("a date that the academy changes", () => {
  it("is cancelled: its people take another date, at no cost", async () => {
    const run = await scheduleRun(4);
    const booked = await bookPlaces(run.id, 2);
    await people().staff.runs.cancel.mutate({
      id: run.id,
      version: run.version,
      reason: "The room is flooded",
      idempotencyKey: newIdempotencyKey(),
    });
    const { page, errors } = await visit(bookingPath(booked));
    await heading(page, "Your date was cancelled");
    const ask = page.getByRole("form", { name: /What would you like instead/u });
    await ask.getByRole("button", { name: "That is my choice" }).click();
    await page.getByText("Please choose.").waitFor();
    expect(await ask.getByRole("radio", { name: "I can come" }).count()).toBe(0);
    await ask.locator(".other-dates-date input:enabled").first().check();
    await ask.getByRole("button", { name: "That is my choice" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(booked.reference));
    await heading(page, "You are booked");
    expect(await page.locator(".place-row").count()).toBe(2);
    await page.getByRole("link", { name: booked.reference }).click();
    await page.getByText("What you chose").waitFor();
    expect(await page.locator(".choices-answered").textContent()).toContain(
      "You took another date.",
    );
    expect(errors).toEqual([]);
  });

  it("is moved: some can come, others want their money back", async () => {
    const run = await scheduleRun(4);
    const booked = await bookPlaces(run.id, 2);
    await people().staff.runs.reschedule.mutate({
      id: run.id,
      version: run.version,
      pattern: { from: dayIn(500), sessions: 2, start: "10:00", end: "16:00" },
      reason: "The instructor is ill",
      idempotencyKey: newIdempotencyKey(),
    });
    const { page } = await visit(bookingPath(booked));
    const ask = page.getByRole("form", { name: "This date was moved. Can you come?" });
    await ask.getByRole("checkbox", { name: "The same for all places" }).uncheck();
    await ask
      .getByRole("group", { name: /^Place 1/u })
      .getByRole("radio", { name: "I can come" })
      .check();
    await ask
      .getByRole("group", { name: /^Place 2/u })
      .getByRole("radio", { name: /My money back: NOK\s20,000/u })
      .check();
    await ask.getByRole("button", { name: "That is my choice" }).click();
    await page.getByText("What you chose").waitFor();
    expect(await place(page, 2).textContent()).toContain("Cancelled");
    expect(await place(page, 2).textContent()).not.toContain("fee");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("You are booked");
  });
});

describe("a booking that its company has to approve", () => {
  it("is approved by who was asked, with one click in the page that the mail leads to", async () => {
    const run = await scheduleRun(4);
    const { page } = await visit(`/book/${run.id}`);
    await page.getByRole("button", { name: "Set them aside" }).click();
    const booker = page.getByRole("group", { name: "Who books?" });
    await booker.getByLabel("Name").fill("Ayşe");
    await booker.getByLabel("E-mail address").fill(newAddress("ayse"));
    await page.getByLabel("Purchase order number").fill("PO-1");
    await page.getByRole("checkbox", { name: /My company/u }).check();
    const email = newAddress("chef");
    await page.getByLabel("Who approves it?").fill("Frode");
    await page.getByLabel("Their e-mail address").fill(email);
    await page.getByRole("checkbox", { name: /terms/u }).check();
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await heading(page, "Waiting for approval");
    expect(await page.locator(".booked-state").textContent()).toContain(email);

    const link = await linkMailedTo(email, "approval_requested", "/approve#");
    const approver = await visit(link);
    await heading(approver.page, "A booking waits for you");
    await approver.page.waitForURL((url) => !url.hash.includes("."));
    const order = approver.page.getByLabel("Purchase order number");
    expect(await order.inputValue()).toBe("PO-1");
    await order.fill("PO-2");
    await approver.page.getByRole("button", { name: "Approve" }).click();
    await heading(approver.page, "Approved");
    await page.reload();
    await heading(page, "You are booked");
    expect(await page.locator(".booked-facts").textContent()).toContain("PO-2");
    await approver.page.reload();
    await heading(approver.page, "Approved");
    expect(approver.errors).toEqual([]);
  });

  it("is refused with a reason, and its places go to others", async () => {
    const run = await scheduleRun(2);
    const email = newAddress("chef");
    const booked = await bookPlaces(run.id, 2, { approver: { name: "Frode", email } });
    const { page } = await visit(await linkMailedTo(email, "approval_requested", "/approve#"));
    await page.getByRole("button", { name: "Refuse" }).click();
    const dialog = page.getByRole("dialog", { name: "Refuse this booking?" });
    await dialog.getByLabel("Why?").fill("Not this year");
    await dialog.getByRole("button", { name: "Yes, refuse it" }).click();
    await heading(page, "This booking is cancelled");
    const booker = await visit(bookingPath(booked));
    await heading(booker.page, "This booking is cancelled");
    const { placesLeft } = await people().visitor.runs.byId.query({ id: run.id });
    expect(placesLeft).toBe(2);
  });
});

describe("a discount code", () => {
  it("shows what it does to the price, is taken along, and what is none is said at once", async () => {
    const code = `E2E-${newIdempotencyKey().slice(0, 8).toUpperCase()}`;
    await people().staff.discounts.create.mutate({
      code,
      value: { kind: "percent", basisPoints: 1000 },
      idempotencyKey: newIdempotencyKey(),
    });
    const run = await scheduleRun(6, {
      priceRules: { earlyBird: [], volume: [{ fromPlaces: 2, basisPoints: 500 }] },
    });
    const { page } = await visit(`/book/${run.id}`);
    expect(await page.locator(".quoted-price").textContent()).toMatch(/TotalNOK\s20,000|Total/u);
    await page.getByLabel("How many places?").selectOption("2");
    await page.getByRole("button", { name: "I have a discount code" }).click();
    await page.getByLabel("Discount code").fill("NOT-A-CODE");
    await page.keyboard.press("Enter");
    await page.getByText("We know no such code.").waitFor();
    await page.getByLabel("Discount code").fill("not a code at all");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("We know no such code.").waitFor();
    expect(await page.locator(".price-table").textContent()).toMatch(/NOK\s38,000/u);
    await page.getByLabel("Discount code").fill(code.toLowerCase());
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText(/you save NOK\s3,800/u).waitFor();
    const lines = (await page.locator(".price-table").textContent())?.replaceAll(/\s/gu, " ");
    expect(lines).toContain("2 places at NOK 20,000NOK 40,000");
    expect(lines).toContain("For 2 places or more−5%−NOK 2,000");
    expect(lines).toContain(`Code ${code}−10%−NOK 3,800`);
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
    expect(await page.locator(".hold-bar").textContent()).toMatch(/NOK\s34,200/u);
  });
});

describe("more places than one booker may have", () => {
  it("are not set aside, and as many as may be are offered", async () => {
    const run = await scheduleRun(6, { placesPerBooker: 2 });
    const { page } = await visit(`/book/${run.id}`);
    await page.getByLabel("How many places?").selectOption("3");
    await page.getByRole("button", { name: "Set them aside" }).click();
    await expect
      .poll(() => page.getByRole("alert").allTextContents())
      .toEqual([expect.stringContaining("One booker may have 2 places on this date.")]);
    await page.getByRole("button", { name: "Book 2 places" }).click();
    await page.getByText("Who books?").waitFor();
    expect(await page.locator(".hold-bar").textContent()).toContain("2 places");
  });

  it("with what was booked before are given back with one click, and the rest is booked", async () => {
    const run = await scheduleRun(6, { placesPerBooker: 3 });
    const email = newAddress("ayse");
    await bookPlaces(run.id, 2, { booker: { name: "Ayşe", email }, learners: [] });
    const { page } = await visit(`/book/${run.id}`);
    await page.getByLabel("How many places?").selectOption("2");
    await page.getByRole("button", { name: "Set them aside" }).click();
    const booker = page.getByRole("group", { name: "Who books?" });
    await booker.getByLabel("Name").fill("Ayşe");
    await booker.getByLabel("E-mail address").fill(email);
    await page.getByRole("checkbox", { name: /terms/u }).check();
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await page.getByText("and 2 are booked with your address already").waitFor();
    await page.getByRole("button", { name: "Keep 1 place" }).click();
    await expect.poll(() => page.locator(".hold-bar").textContent()).toContain("1 place");
    expect(await booker.getByLabel("Name").inputValue()).toBe("Ayşe");
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await heading(page, "You are booked");
    expect(await page.locator(".booked-facts").textContent()).toMatch(/TotalNOK\s20,000/u);
  });
});
