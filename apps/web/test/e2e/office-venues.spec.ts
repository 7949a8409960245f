import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let sales: StaffMember;
let finance: StaffMember;

beforeAll(async () => {
  sales = await newStaffMember("Signe Lund", "sales");
  finance = await newStaffMember("Fredrik Ås", "finance");
}, 120_000);

/** A name that no other place has. */
function newName(kind: string): string {
  return `${kind} ${crypto.randomUUID().slice(0, 8)}`;
}

async function venues(path = "") {
  const there = await visit(`/office/settings/venues${path}`, { storageState: sales.storageState });
  await there.page.getByRole("heading", { level: 1 }).waitFor();
  return there;
}

/** A place with a room of twelve seats, made beforehand. */
async function newVenue(city = newName("Town")) {
  const { staff } = people();
  const venue = await staff.venues.create.mutate({
    name: newName("Quay House"),
    street: "Quay 1",
    city,
    country: "NO",
    timeZone: "Europe/Oslo",
    idempotencyKey: newIdempotencyKey(),
  });
  const room = await staff.venues.addRoom.mutate({
    venueId: venue.id,
    name: "Fjord",
    capacity: 12,
    idempotencyKey: newIdempotencyKey(),
  });
  return { venue, room };
}

function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}

describe("places and rooms", () => {
  it("are added by a form, found by what is typed, and get their rooms", async () => {
    const { page, errors } = await venues();
    await heading(page, "Places and rooms");
    await page.keyboard.press("n");
    const form = page.getByRole("complementary", { name: "New place" });
    await form.getByRole("button", { name: "Add place" }).click();
    // What is missing is said at the field.
    await form.getByLabel("Name").and(form.locator("[aria-invalid=true]")).waitFor();
    const [name, city] = [newName("Brygge"), newName("Town")];
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Street and number").fill("Kaien 3");
    await form.getByLabel("City").fill(city);
    await form.getByLabel("Time zone").selectOption("Europe/Oslo");
    expect(await findings(page)).toEqual([]);
    await form.getByRole("button", { name: "Add place" }).click();
    await heading(page, name);
    await page.getByRole("button", { name: "Add room" }).click();
    const dialog = page.getByRole("dialog", { name: "Add room" });
    await dialog.getByLabel("Name").fill("Sjøen");
    await dialog.getByLabel("Seats").fill("14");
    await dialog.getByRole("button", { name: "Add room" }).click();
    const room = page.getByRole("listitem", { name: "Sjøen" });
    await room.getByText("14 seats").waitFor();
    await page.getByRole("link", { name: "Places and rooms" }).first().click();
    await page.getByRole("searchbox").fill(name.slice(3));
    await page.waitForURL(({ searchParams }) => searchParams.get("q") === name.slice(3));
    const row = page.getByRole("row").filter({ hasText: name });
    await row.getByText("14", { exact: true }).waitFor();
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await overflows(page)).toBe(false);
    expect(errors).toEqual([]);
  }, 90_000);

  it("show which dates are too large for a room before it gets smaller, to a second window, too", async () => {
    const { venue, room } = await newVenue();
    const run = await scheduleRun(12, { venueId: venue.id, roomId: room.id });
    const [one, watcher] = [await venues(`/${venue.id}`), await venues(`/${venue.id}`)];
    const { page } = one;
    const fjord = page.getByRole("listitem", { name: "Fjord" });
    await fjord.getByText("1 date planned").waitFor();
    await fjord.getByRole("button", { name: "Change Fjord" }).click();
    const dialog = page.getByRole("dialog", { name: "Change Fjord" });
    await dialog.getByLabel("Seats").fill("10");
    await dialog.getByText("1 date that is planned there has more than 10 places:").waitFor();
    const link = dialog.getByRole("link", { name: "Secure Web Applications" });
    expect(await link.getAttribute("href")).toBe(`/office/runs/${run.id}`);
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Save" }).click();
    await fjord.getByText("10 seats").waitFor();
    await watcher.page.getByRole("listitem", { name: "Fjord" }).getByText("10 seats").waitFor();
    // It can't be retired as long as something is planned in it.
    await fjord.getByRole("button", { name: "Retire Fjord" }).click();
    const asking = page.getByRole("dialog", { name: "Retire Fjord?" });
    await asking.getByText("1 date there is not over.").waitFor();
    expect(await asking.getByRole("button", { name: "Retire" }).count()).toBe(0);
    expect([...one.errors, ...watcher.errors]).toEqual([]);
  }, 90_000);

  it("take what is shown of dates with them when they change, unless somebody was quicker", async () => {
    const { staff } = people();
    const { venue, room } = await newVenue();
    const run = await scheduleRun(10, { venueId: venue.id, roomId: room.id });
    const { page, errors } = await venues(`/${venue.id}`);
    const to = newName("Town");
    await page.getByRole("button", { name: "Change", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `Change ${venue.name}` });
    await dialog.getByText("1 date that is planned there shows the new ones.").waitFor();
    await dialog.getByLabel("City").fill(to);
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText(`${venue.name} is changed.`).waitFor();
    const shown = await people().visitor.runs.byId.query({ id: run.id });
    expect(shown.venue?.city).toBe(to);
    const { page: site } = await visit(`/courses?city=${encodeURIComponent(to)}`);
    await site.getByRole("link", { name: "Secure Web Applications" }).first().waitFor();

    await page.getByRole("button", { name: "Change", exact: true }).click();
    const {
      version,
      id,
      rooms: _rooms,
      upcomingRuns: _runs,
      retiredAt: _retired,
      ...place
    } = await staff.venues.byId.query({ id: venue.id });
    await staff.venues.update.mutate({
      ...place,
      id,
      version,
      street: "Quay 2",
      idempotencyKey: newIdempotencyKey(),
    });
    await dialog.getByLabel("Street and number").fill("Quay 3");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog
      .getByRole("alert")
      .getByText(/changed/u)
      .first()
      .waitFor();
    expect((await staff.venues.byId.query({ id })).street).toBe("Quay 2");
    expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
  }, 90_000);

  it("are retired and taken back, and are nobody's who plans nothing", async () => {
    const { venue } = await newVenue();
    const { page, errors } = await venues(`/${venue.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `Retire ${venue.name}?` });
    await dialog.getByRole("button", { name: "Retire" }).click();
    await page.getByText(`${venue.name} is retired.`).waitFor();
    await page.getByText("Retired", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByRole("button", { name: "Change", exact: true }).waitFor();

    await page.goto("/office/settings/venues/online");
    await heading(page, "Online rooms");
    expect(errors).toEqual([]);
    const other = await visit(`/office/settings/venues/${venue.id}`, {
      storageState: finance.storageState,
    });
    await heading(other.page, "This page is not for your roles");
  }, 90_000);
});
