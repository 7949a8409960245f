import { newIdempotencyKey } from "@lectern/client";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { bookPlaces, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

/** Weeks in which nobody else plans anything and nobody has holidays, three at a time, from Monday. */
const year = new Date().getUTCFullYear() + 6;
let weeks = 0;
function freeWeek(): (weekday: number) => string {
  weeks += 3;
  const first = Temporal.PlainDate.from(`${year}-08-10`).add({ weeks });
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  return (weekday) => monday.add({ days: weekday }).toString();
}

const TITLE = "Secure Web Applications";

let seller: StaffMember;
let place: { venueId: string; roomId: string; room: string; venue: string; city: string };

beforeAll(async () => {
  seller = await newStaffMember("Signe Holm", "sales");
  const { venues } = await people().staff.runs.options.query();
  const venue = venues.find(({ city, rooms }) => city === "Oslo" && rooms.length > 0);
  const room = venue?.rooms[0];
  if (venue === undefined || room === undefined) throw new Error("Oslo has no rooms");
  const { name, city } = venue;
  place = { venueId: venue.id, roomId: room.id, room: room.name, venue: name, city };
}, 120_000);

function runOn(day: string, roomId?: string) {
  return scheduleRun(8, {
    pattern: { from: day, sessions: 1, start: "09:00", end: "16:00" },
    venueId: place.venueId,
    ...(roomId !== undefined && { roomId }),
  });
}

async function calendar(query: string) {
  const { storageState } = seller;
  const opened = await visit(`/office/schedule?${query}`, { storageState });
  await heading(opened.page, "Schedule");
  return opened;
}

function cell(page: Page, day: string): Locator {
  return page.locator(`[role="gridcell"][data-day="${day}"]`);
}
function chip(page: Page, day: string, title = TITLE): Locator {
  return cell(page, day).locator(".chip").filter({ hasText: title });
}
function dialog(page: Page): Locator {
  return page.getByRole("dialog");
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (start === null || end === null) throw new Error("There is nothing to drag");
  await page.mouse.move(start.x + 20, start.y + 10);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + 30, { steps: 8 });
  await page.mouse.up();
}

describe("the schedule", () => {
  it("is moved in by dragging: what follows is shown first, and others see it", async () => {
    const day = freeWeek();
    const run = await runOn(day(1));
    await bookPlaces(run.id, 2);
    const { page, errors } = await calendar(`view=week&date=${day(0)}`);
    const other = await calendar(`view=month&date=${day(0)}`);
    await chip(other.page, day(1)).waitFor();
    await chip(page, day(1)).getByText("2 of 8 places taken").waitFor({ state: "attached" });
    expect(await findings(page)).toEqual([]);

    await drag(page, chip(page, day(1)), cell(page, day(3)));
    const preview = dialog(page);
    await preview.getByText("1 booking with 2 places", { exact: false }).waitFor();
    await preview.getByText("1 mail about the new times").waitFor();
    expect(await findings(page)).toEqual([]);
    await preview.getByLabel("Why it is moved").fill("The room is painted.");
    await preview.getByRole("button", { name: "Move it, and write 1 mail" }).click();
    await chip(page, day(3)).waitFor();
    await page
      .getByRole("status")
      .getByText(/is moved to/u)
      .waitFor();
    expect(await chip(page, day(1)).count()).toBe(0);
    // Without anybody doing anything there.
    await chip(other.page, day(3)).waitFor({ timeout: 20_000 });
    expect([...errors, ...other.errors]).toEqual([]);
  });

  it("is used and moved in by keyboard, and shows what is in the way", async () => {
    const day = freeWeek();
    const run = await runOn(day(1), place.roomId);
    await runOn(day(2), place.roomId);
    const { page, errors } = await calendar(`view=month&date=${day(0)}`);
    await chip(page, day(1)).waitFor();
    await cell(page, day(0)).focus();
    await page.keyboard.press("ArrowRight");
    expect(await cell(page, day(1)).evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    // Picked up, and carried to where the room is taken.
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByText("is picked up").waitFor({ state: "attached" });
    await page.keyboard.press("Enter");
    await dialog(page).getByText("It can’t be moved there").first().waitFor();
    await dialog(page).getByText(`${place.room} is taken`, { exact: false }).waitFor();
    await page.keyboard.press("Escape");

    await cell(page, day(1)).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await dialog(page).getByText("no mail is written", { exact: false }).waitFor();
    await dialog(page).getByLabel("Why it is moved").fill("Later suits better.");
    // Somebody else is quicker: what was shown as moved is back, and it is said why.
    const { staff } = people();
    await staff.runs.reschedule.mutate({
      id: run.id,
      version: 1,
      shift: { days: 6 },
      reason: "Next week",
      idempotencyKey: newIdempotencyKey(),
    });
    await dialog(page).getByRole("button", { name: "Move it" }).click();
    await page.getByText("is back where it was.", { exact: false }).waitFor();
    await chip(page, day(7)).waitFor();

    await cell(page, day(7)).focus();
    await page.keyboard.press("End");
    expect(await cell(page, day(13)).evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press("w");
    await page.getByRole("button", { name: "Week", pressed: true }).waitFor();
    await cell(page, day(7)).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/office/runs/${run.id}`);
    expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
  });

  it("gets a series, of which what is in the way is left out", async () => {
    const day = freeWeek();
    await runOn(day(0), place.roomId);
    const { storageState } = seller;
    const { page, errors } = await visit("/office/schedule/series", { storageState });
    await page.getByLabel("Search the catalogue").fill("secure web");
    await page
      .getByLabel("Course", { exact: true })
      .locator("option", { hasText: TITLE })
      .waitFor({ state: "attached" });
    const course = await page
      .getByLabel("Course", { exact: true })
      .locator("option", { hasText: TITLE })
      .getAttribute("value");
    await page.getByLabel("Course", { exact: true }).selectOption(course);
    await page.getByLabel("Places", { exact: true }).fill("6");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("heading", { name: "Step 2 of 5: Place and people" }).waitFor();
    await page.getByLabel("Venue", { exact: true }).selectOption(place.venueId);
    await page.getByLabel("Room", { exact: true }).selectOption(place.roomId);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("From the week of").fill(day(0));
    await page.getByLabel("Every how many weeks").fill("1");
    await page.getByLabel("How many dates").fill("0");
    await page.getByRole("button", { name: "Next" }).click();
    await page.locator("[aria-invalid='true']").waitFor();
    await page.getByLabel("How many dates").fill("3");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("2 dates of 3; 1 can’t be scheduled").waitFor();
    await page.getByText(`${place.room} is taken`, { exact: false }).first().waitFor();
    expect(await findings(page)).toEqual([]);
    // What was typed stays.
    await page.goBack();
    expect(await page.getByLabel("How many dates").inputValue()).toBe("3");
    await page.goForward();
    await page.getByRole("button", { name: "Schedule 2 dates" }).click();
    await page.getByRole("heading", { name: "2 dates are scheduled" }).waitFor();
    await page.getByRole("link", { name: "Show them in the calendar" }).click();
    await chip(page, day(7)).waitFor();
    expect(errors).toEqual([]);
  });

  it("gets one more date, of which is said while it is filled in what is in the way", async () => {
    const day = freeWeek();
    await runOn(day(2), place.roomId);
    const { page, errors } = await calendar(`view=week&date=${day(2)}`);
    await page.keyboard.press("n");
    await heading(page, "New date");
    expect(await page.getByLabel("First day").inputValue()).toBe(day(2));
    await page.getByText("A classroom needs a venue or a room.").waitFor();
    await page.getByLabel("Venue", { exact: true }).selectOption(place.venueId);
    await page.getByLabel("Room", { exact: true }).selectOption(place.roomId);
    await page.getByText(`${place.room} is taken`, { exact: false }).waitFor();
    await page.getByLabel("Places", { exact: true }).fill("6");
    await page.getByLabel("First day").fill(day(3));
    await page.getByText("Nothing is in the way.").waitFor();
    await page.getByRole("button", { name: "Schedule it" }).click();
    await page.locator("select[aria-invalid='true']").waitFor();
    await page.getByLabel("Search the catalogue").fill("secure web");
    const option = page.getByLabel("Course", { exact: true }).locator("option", { hasText: TITLE });
    await option.waitFor({ state: "attached" });
    await page
      .getByLabel("Course", { exact: true })
      .selectOption(await option.getAttribute("value"));
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Schedule it" }).click();
    await heading(page, "Schedule");
    await chip(page, day(3)).waitFor();
    expect(errors).toEqual([]);
  });

  it("has rows for rooms and instructors, and is a list of days on a phone", async () => {
    const day = freeWeek();
    await runOn(day(4), place.roomId);
    const { page, errors } = await calendar(`view=rooms&date=${day(0)}&venue=${place.venueId}`);
    const other = page.locator(
      `[role="gridcell"][data-row="${place.roomId}"][data-day="${day(4)}"]`,
    );
    await other.locator(".chip").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await page
      .getByRole("button", { name: `Move ${TITLE}` })
      .first()
      .click();
    await dialog(page).getByText("Choose another day").waitFor();
    expect(errors).toEqual([]);
  });
});
