import { type RouterInputs, newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { askFor, draftQuote, sendQuote } from "./enquiries.ts";
import {
  bookPlaces,
  cancelBooking,
  linkMailedTo,
  newAddress,
  people,
  scheduleRun,
} from "./people.ts";
import { comeBack, useVisits } from "./visit.ts";

const visit = useVisits();

function heading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Somebody asks, and staff send them a quote of four places of the date. */
async function quoteFor(runId: string, more: Partial<RouterInputs["quotes"]["create"]> = {}) {
  const email = newAddress("solveig");
  const enquiryId = await askFor({ email });
  const sent = await sendQuote(await draftQuote(enquiryId, runId, more));
  return { ...sent, email, path: await linkMailedTo(email, "quote", "/quote#") };
}

function withdraw({ id, version }: { id: string; version: number }) {
  return people().staff.quotes.withdraw.mutate({
    id,
    version,
    tell: false,
    idempotencyKey: newIdempotencyKey(),
  });
}

describe("a quote", () => {
  it("goes from its mail to a booking, of a date that nobody else can see, and its key is in no address", async () => {
    const run = await scheduleRun(8, { visibility: "private" });
    const { path, number, id, email, enquiryId } = await quoteFor(run.id);
    expect(path).toMatch(/^\/quote#[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/u);
    const { page, errors } = await visit("/courses");
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.goto(path);
    await heading(page, `Quote ${number}`);
    expect(new URL(page.url()).hash).not.toContain(".");
    const offered = page.locator(".quote-facts");
    expect(await offered.textContent()).toMatch(/NOK\s72,000.*without tax.*NOK\s18,000/u);
    expect(await page.locator(".quote-message").textContent()).toContain("it is a pleasure");
    await page.getByText("set aside for you for 3 days").waitFor();
    await page.getByRole("button", { name: "Accept the quote" }).click();

    await heading(page, "Your places are set aside");
    await expect
      .poll(() => page.locator(".countdown-time").textContent())
      .toMatch(/^7[12]:\d\d:\d\d$/u);
    expect(await page.getByLabel("E-mail address").first().inputValue()).toBe(email);
    expect(await page.getByRole("textbox", { name: "Company" }).inputValue()).toBe(
      "Nordlys Energi",
    );
    expect(await page.locator("form .price-table").textContent()).toMatch(
      new RegExp(`4 places at NOK\\s18,000, by quote ${number}.*NOK\\s72,000`, "u"),
    );
    await page.getByRole("checkbox", { name: /terms/iu }).check();
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await heading(page, "You are booked");
    const kept = await page.evaluate(() => Object.values(sessionStorage).join(" "));
    const keys = [...kept.matchAll(/[A-Za-z0-9_-]{43}/gu)].map(([key]) => key);
    expect(keys.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => keys.some((key) => address.includes(key)))).toEqual([]);

    const { staff } = people();
    expect(await staff.quotes.byId.query({ id })).toMatchObject({
      status: "accepted",
      booking: { status: "confirmed" },
    });
    expect(await staff.enquiries.byId.query({ id: enquiryId })).toMatchObject({ status: "won" });
    expect(await linkMailedTo(email, "quote_accepted", "/bookings/")).toMatch(/#key=/u);

    await page.goto("/quote");
    await heading(page, "You accepted this quote");
    await page.getByText("The places are booked").waitFor();
    await page.getByRole("link", { name: "Open the booking" }).click();
    await heading(page, "You are booked");
    expect(errors).toEqual([]);
  });

  it("is declined after asking once, and staff get to know why", async () => {
    const run = await scheduleRun(8);
    const { path, id } = await quoteFor(run.id);
    const { page, errors } = await visit(path);
    const decline = page.getByRole("button", { name: "Decline", exact: true });
    await decline.click();
    await page.getByRole("button", { name: "Back" }).click();
    expect(await decline.evaluate((element) => element === document.activeElement)).toBe(true);
    await decline.click();
    await page.getByLabel("Why?").fill("Too late in the year.");
    await page.getByRole("button", { name: "Yes, decline it" }).click();
    await heading(page, "You declined this quote");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("You declined this quote");
    await page.reload();
    await heading(page, "You declined this quote");
    expect(await people().staff.quotes.byId.query({ id })).toMatchObject({
      status: "declined",
      declinedReason: "Too late in the year.",
    });
    expect(await page.getByRole("link", { name: "Write to us" }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it("is accepted with the keyboard alone", async () => {
    const run = await scheduleRun(8);
    const { path, number } = await quoteFor(run.id);
    const { page } = await visit(path);
    await heading(page, `Quote ${number}`);
    const accept = page.getByRole("button", { name: "Accept the quote" });
    await accept.focus();
    await page.keyboard.press("Enter");
    await heading(page, "Your places are set aside");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName))
      .toMatch(/^(?:H1|MAIN)$/u);
  });

  it("can’t be accepted while there are too few places, and can once there are more", async () => {
    const run = await scheduleRun(5);
    const { path } = await quoteFor(run.id);
    const { page } = await visit(path);
    const accept = page.getByRole("button", { name: "Accept the quote" });
    await accept.waitFor();
    const booked = await bookPlaces(run.id, 2);
    await accept.click();
    await page.getByText("Only 3 places are left on this date.").waitFor();
    await expect.poll(() => accept.isDisabled()).toBe(true);
    await page.reload();
    await page.getByText("there are not enough places left").waitFor();
    await cancelBooking(booked);
    await comeBack(page, "quotes.byKey");
    await expect.poll(() => accept.isDisabled()).toBe(false);
    await accept.click();
    await heading(page, "Your places are set aside");
  });

  it("that staff withdraw meanwhile says so to who accepts it", async () => {
    const run = await scheduleRun(8);
    const sent = await quoteFor(run.id);
    const { page } = await visit(sent.path);
    await heading(page, `Quote ${sent.number}`);
    await withdraw(sent);
    await page.getByRole("button", { name: "Accept the quote" }).click();
    await heading(page, "This quote was withdrawn");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("This quote was withdrawn");
    expect(await page.getByRole("button", { name: "Accept the quote" }).count()).toBe(0);
  });

  it("is read in Norwegian, with what the academy wrote in its own language", async () => {
    const run = await scheduleRun(8);
    const { path, number } = await quoteFor(run.id);
    const { page } = await visit(`/nb${path}`);
    await heading(page, `Pristilbud ${number}`);
    expect(await page.locator(".quote-message p").getAttribute("lang")).toBe("en");
    await page.getByRole("button", { name: "Godta pristilbudet" }).click();
    await heading(page, "Plassene dine er holdt av");
  });

  it("is opened by nothing but its link", async () => {
    const run = await scheduleRun(8);
    const { path, id, number } = await quoteFor(run.id);
    const { page } = await visit(`/quote#${id}.${"x".repeat(43)}`);
    await page.getByText("This link opens nothing.").waitFor();
    await page.getByLabel("Link").fill(`https://academy.example${path}`);
    await page.getByRole("button", { name: "Open" }).click();
    await heading(page, `Quote ${number}`);
    expect(await page.getByText("This link opens nothing.").count()).toBe(0);
  });
});
