import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findings } from "./axe.ts";
import {
  bookPlaces,
  bookingPath,
  cancelBooking,
  joinWaitlist,
  linkMailedTo,
  newAddress,
  people,
  scheduleRun,
} from "./people.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

/** The pages around a booking in each of their states, and a text that stands there once they are open. */
const pages: Record<string, { path: string; text: string }> = {};

async function claimPath(booked: { reference: string; accessKey: string }): Promise<string> {
  const { bookings, registrations } = people().visitor;
  const { registrations: places } = await bookings.byReference.query(booked);
  const { registrationId, claimVersion, claimKey } = await registrations.claimLink.mutate({
    ...booked,
    registrationId: places.at(-1)?.id ?? "",
    idempotencyKey: newIdempotencyKey(),
  });
  return `/claim#${registrationId}.${claimVersion}.${claimKey}`;
}

beforeAll(async () => {
  const { staff } = people();
  const open = await scheduleRun(9, {
    priceRules: {
      earlyBird: [{ until: new Date(Date.now() + 86_400_000).toISOString(), basisPoints: 1000 }],
      volume: [],
    },
  });
  const full = await scheduleRun(2);
  await bookPlaces(full.id, 2);
  const waiting = await joinWaitlist(full.id, {
    quantity: 3,
    takesFewer: true,
    company: "Nordlys",
  });
  const freed = await scheduleRun(2);
  const leaving = await bookPlaces(freed.id, 2);
  const offered = await joinWaitlist(freed.id, { quantity: 2 });
  await cancelBooking(leaving);
  const booked = await bookPlaces(open.id, 2);
  const chef = newAddress("chef");
  const asked = await bookPlaces(open.id, 2, {
    approver: { name: "Frode", email: chef },
    purchaseOrder: "PO-1",
  });
  const gone = await scheduleRun(4);
  const uprooted = await bookPlaces(gone.id, 2);
  await staff.runs.cancel.mutate({
    id: gone.id,
    version: gone.version,
    reason: "Flooded",
    idempotencyKey: newIdempotencyKey(),
  });
  Object.assign(pages, {
    "a date": { path: `/book/${open.id}`, text: "How many places?" },
    "a date that is sold out": { path: `/book/${full.id}`, text: "One party waits" },
    "a place in the line": { path: waiting.path, text: "You are next in line" },
    "an offer": { path: offered.path, text: "2 places are yours to take" },
    "a booking": { path: bookingPath(booked), text: "You are booked" },
    "a booking that waits": { path: bookingPath(asked), text: "Waiting for approval" },
    "a booking whose date was cancelled": {
      path: bookingPath(uprooted),
      text: "What would you like instead?",
    },
    "a booking that is cancelled": { path: bookingPath(leaving), text: "is cancelled" },
    "a claim": { path: await claimPath(booked), text: "A place for you" },
    "a claim that is wrong": {
      path: `/claim#${full.id}.1.${"x".repeat(43)}`,
      text: "This link does not work any more",
    },
    "an approval": {
      path: await linkMailedTo(chef, "approval_requested", "/approve#"),
      text: "A booking waits for you",
    },
    "a page without its link": { path: "/waitlist", text: "Open your place in the list" },
  });
});

const NAMES = [
  "a date",
  "a date that is sold out",
  "a place in the line",
  "an offer",
  "a booking",
  "a booking that waits",
  "a booking whose date was cancelled",
  "a booking that is cancelled",
  "a claim",
  "a claim that is wrong",
  "an approval",
  "a page without its link",
];

async function open(name: string, options?: Parameters<typeof visit>[1]): Promise<Page> {
  const { path, text } = pages[name] ?? { path: "", text: "" };
  const { page } = await visit(path, options);
  await page.getByText(text).first().waitFor();
  return page;
}

describe("axe, in the light and in the dark", () => {
  it.each(NAMES)("finds nothing on the page of %s", async (name) => {
    expect(await findings(await open(name))).toEqual([]);
  });

  it.each([
    ["a booking", "Cancel the booking", "We keep"],
    ["a booking", "Move to another date", "To which date?"],
    ["a booking", "Name who comes: place 2", "gets the joining instructions"],
    ["a booking", "Link to hand on: place 2", "Make a new link"],
    ["an offer", "Let them go", "Let the places go?"],
    ["an approval", "Refuse", "Refuse this booking?"],
  ])("finds nothing in the dialog of %s: %s", async (name, button, text) => {
    const page = await open(name);
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("dialog").getByText(text).first().waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it("finds nothing where a group has too few places, a code is wrong, and fields are missing", async () => {
    const page = await open("a date");
    await page.getByLabel("How many places?").selectOption("9");
    await page.getByText("places are left").first().waitFor();
    await page.getByRole("button", { name: "I have a discount code" }).click();
    await page.getByLabel("Discount code").fill("NOT-A-CODE");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("We know no such code.").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Wait for 9 places" }).click();
    await page.getByRole("button", { name: "Join the waiting list" }).click();
    await page.getByText("2 fields need another look.").waitFor();
    expect(await findings(page)).toEqual([]);
  });
});

describe("small screens", () => {
  it.each(NAMES)("hold the page of %s without scrolling sideways", async (name) => {
    const page = await open(name, { viewport: { width: 320, height: 640 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it("hold the dialogs, whose actions stay in sight", async () => {
    const page = await open("a booking", { viewport: { width: 320, height: 420 } });
    await page.getByRole("button", { name: "Move to another date", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("To which date?").waitFor();
    const box = await dialog.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(320);
    expect(box?.height).toBeLessThanOrEqual(420);
    const action = await dialog.getByRole("button", { name: "Move 2 places" }).boundingBox();
    expect((action?.y ?? 999) + (action?.height ?? 0)).toBeLessThanOrEqual(420);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe("what the server writes of these pages", () => {
  it.each(["/waitlist", "/quote", "/claim", "/approve", "/bookings/LC-7K3F-92QD"])(
    "at %s is the same for everybody, and nothing for search engines",
    async (path) => {
      const { page, errors } = await visit(path, { javaScriptEnabled: false });
      expect(await page.locator('meta[name="robots"]').getAttribute("content")).toBe("noindex");
      expect(await page.locator("noscript").textContent()).toContain("JavaScript");
      expect(errors).toEqual([]);
    },
  );
});
