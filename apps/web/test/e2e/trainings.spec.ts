import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { newIdempotencyKey } from "@lectern/client";
import { heading, newAccount, signIn } from "./accounts.ts";
import { findings } from "./axe.ts";
import {
  bookPlaces,
  cancelBooking,
  linkMailedTo,
  newAddress,
  people,
  scheduleRun,
} from "./people.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

describe("one's trainings", () => {
  it("are ahead, the next one first, with who booked them, and behind once they are cancelled", async () => {
    const who = await newAccount("Dorothy Vaughan");
    const learners = [{ name: who.name, email: who.email }];
    const [first, second] = [await scheduleRun(8), await scheduleRun(8)];
    const later = await bookPlaces(second.id, 1, { learners });
    await bookPlaces(first.id, 1, { learners });

    const { page, errors } = await visit("/sign-in");
    await signIn(page, who);
    await page
      .getByRole("navigation", { name: "Your account" })
      .getByText("Your trainings")
      .click();
    await heading(page, "Your trainings");
    const ahead = page.getByRole("region", { name: "Ahead of you" });
    await ahead.getByText("Booked by Ada Lovelace").first().waitFor();
    const shown = ahead.getByRole("listitem");
    expect(await shown.count()).toBe(2);
    const days = await shown
      .locator("time")
      .evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
    expect(days).toEqual([first.startsAt, second.startsAt]);
    await page.getByText("You are in no waiting list.").waitFor();

    const download = page.waitForEvent("download");
    await shown.first().getByRole("button", { name: "Put it in your calendar" }).click();
    const calendar = await readFile(await (await download).path(), "utf8");
    expect(calendar.match(/BEGIN:VEVENT/gu)).toHaveLength(2);

    await cancelBooking(later);
    await page.reload();
    const behind = page.getByRole("region", { name: "Behind you" });
    await behind.getByText("Cancelled", { exact: true }).waitFor();
    expect(await ahead.getByRole("listitem").count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it("that they booked themselves open without a key, and can be cancelled there", async () => {
    const who = await newAccount("Katherine Johnson");
    const run = await scheduleRun(8);
    const { page, errors } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto(`/book/${run.id}`);
    await page.getByLabel("How many places?").selectOption("1");
    await page.getByRole("button", { name: "Set them aside" }).click();
    const booker = page.getByRole("group", { name: "Who books?" });
    await booker.getByLabel("Name").fill(who.name);
    await booker.getByLabel("E-mail address").fill(who.email);
    await page.getByRole("checkbox", { name: /terms/u }).check();
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await heading(page, "You are booked");
    // Another tab, later: nothing here knows the key any more.
    await page.evaluate(() => sessionStorage.clear());
    await page.goto("/account/trainings");
    const own = page.getByRole("region", { name: "Your bookings" });
    await own.getByRole("link", { name: /^Open the booking/u }).click();
    await heading(page, "You are booked");
    expect(await page.getByRole("button", { name: "Copy the private link" }).count()).toBe(0);
    await page.getByRole("button", { name: "Cancel the booking" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the booking" }).click();
    await heading(page, "This booking is cancelled");
    expect(errors).toEqual([]);
  });

  it("are none at first, and a course is a step away", async () => {
    const who = await newAccount("Nobody Yet");
    const { page, errors } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto("/account/trainings");
    await page.getByText("You have no date ahead").waitFor();
    await page.getByText("Nothing yet.", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Find a course" }).click();
    await page.waitForURL(/\/courses$/u);
    expect(errors).toEqual([]);
  });
});

const MEETING = "https://meet.example.org/room-7?pwd=canary";

/** A time that many minutes from now, on a clock on which it is about noon: what begins soon ends on the same day. */
function soon(minutes: number) {
  const at = new Date(Date.now() + minutes * 60_000);
  const ahead = 12 - at.getUTCHours();
  // The names of these zones have it the other way round.
  const timeZone = ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
  const local = new Date(at.getTime() + ahead * 3_600_000).toISOString();
  const [from, rest] = [local.slice(0, 10), local.slice(13, 16)];
  const hours = Number(local.slice(11, 13));
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}${rest}`;
  return { timeZone, pattern: { from, sessions: 1, start: clock(hours), end: clock(hours + 2) } };
}

/** A date online that begins in so many minutes, with a place for these people. */
async function onlineRun(minutes: number, learners: { name: string; email: string }[]) {
  const { timeZone, pattern } = soon(minutes);
  const run = await scheduleRun(8, {
    deliveryMode: "virtual",
    venueId: null,
    timeZone,
    pattern: { ...pattern, weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] },
  });
  await bookPlaces(run.id, learners.length, { learners });
  return run;
}

async function setJoinLink(id: string): Promise<void> {
  const { runs } = people().staff;
  await runs.setJoinLink.mutate({ id, url: MEETING, idempotencyKey: newIdempotencyKey() });
}

describe("a session online", () => {
  it("is joined from a quarter of an hour before it, from one's trainings and by the link of a mail", async () => {
    const who = await newAccount("Annie Easley");
    const guest = { name: "Guest Without Account", email: newAddress("guest") };
    const near = await onlineRun(10, [who, guest]);
    const far = await onlineRun(24 * 60, [who]);
    await setJoinLink(far.id);

    const { page, context, errors } = await visit("/sign-in", { timezoneId: "Asia/Tokyo" });
    await context.route("https://meet.example.org/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>The meeting</h1>" }),
    );
    await signIn(page, who);
    await page.goto("/account/trainings");
    const ahead = page.getByRole("region", { name: "Ahead of you" });
    const [first, second] = [
      ahead.getByRole("listitem").first(),
      ahead.getByRole("listitem").nth(1),
    ];
    await first.getByText("Nobody has said yet where it is.").waitFor();
    // On both clocks, and counted down.
    await second.getByText(/^Opens .+ where you are$/u).waitFor();
    expect(await second.getByText(/^\d+:\d\d:\d\d$/u).count()).toBe(1);
    expect(await ahead.getByRole("button", { name: /^Join/u }).count()).toBe(0);

    await setJoinLink(near.id);
    await page.reload();
    const join = first.getByRole("button", { name: /^Join/u });
    await join.waitFor();
    expect(await page.content()).not.toContain("meet.example.org");
    expect(await findings(page)).toEqual([]);
    await join.click();
    await page.waitForURL(MEETING);

    // Calendars lead to a page that knows who is signed in.
    await page.goto(`/join?run=${far.id}`);
    await page.getByText(/^Opens .+ where you are$/u).waitFor();
    expect(await page.getByRole("button", { name: /^Join/u }).count()).toBe(0);
    expect(errors).toEqual([]);

    const path = await linkMailedTo(guest.email, "learner_named", "/join#");
    const other = await visit(path);
    await other.context.route("https://meet.example.org/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>The meeting</h1>" }),
    );
    await heading(other.page, "Your session online");
    await other.page.getByRole("button", { name: /^Join/u }).waitFor();
    expect(await findings(other.page)).toEqual([]);
    expect(other.page.url()).not.toContain(path.split(".").at(-1));
    await other.page.getByRole("button", { name: /^Join/u }).click();
    await other.page.waitForURL(MEETING);
    expect(other.errors).toEqual([]);
  });

  it("is nothing for who does not come", async () => {
    const run = await onlineRun(10, [{ name: "Somebody", email: newAddress("somebody") }]);
    const who = await newAccount("Nosy Parker");
    const { page } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto(`/join?run=${run.id}`);
    await page.getByText("You do not come to this date").waitFor();
    await page.goto(`/join#0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d.1.${"k".repeat(43)}`);
    await page.getByText("This link opens nothing").waitFor();
    expect(await page.getByRole("button", { name: /^Join/u }).count()).toBe(0);
  });
});

describe("one's calendar", () => {
  it("has a secret address: made, read by a program, renewed and withdrawn", async () => {
    const who = await newAccount("Mary Jackson");
    const run = await scheduleRun(8);
    await bookPlaces(run.id, 1, { learners: [who] });
    const { page, errors } = await visit("/sign-in", { viewport: { width: 360, height: 740 } });
    await signIn(page, who);
    await page.goto("/account/trainings");
    const part = page.getByRole("region", { name: "In your calendar program" });
    await part.getByRole("button", { name: "Make an address" }).click();
    const field = part.getByLabel("Address of your calendar");
    const address = await field.inputValue();
    const read = async (at: string) => {
      const answer = await fetch(at);
      return { status: answer.status, text: await answer.text() };
    };
    const { text } = await read(address);
    expect(text.match(/BEGIN:VEVENT/gu)).toHaveLength(2);
    expect(text).toContain("DTSTART;TZID=Europe/Oslo:");
    const open = part.getByRole("link", { name: "Open it in a calendar program" });
    expect(await open.getAttribute("href")).toBe(address.replace(/^http:/u, "webcal:"));
    await part.getByText("How to subscribe").click();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

    // It is kept on no page, and shown again to who is still there.
    await page.reload();
    await part.getByText(/Last read/u).waitFor();
    expect(await page.content()).not.toContain(address);
    await part.getByRole("button", { name: "Show the address" }).click();
    await field.waitFor();
    expect(await field.inputValue()).toBe(address);

    await part.getByRole("button", { name: "Make another one" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make another one" }).click();
    await part.getByText("No program has read it yet.").waitFor();
    const renewed = await field.inputValue();
    expect([(await read(address)).status, (await read(renewed)).status]).toEqual([404, 200]);

    await part.getByRole("button", { name: "Withdraw it" }).click();
    await dialog.getByRole("button", { name: "Withdraw it" }).click();
    await part.getByText("The address is withdrawn.").waitFor();
    expect((await read(renewed)).status).toBe(404);
    expect(errors).toEqual([]);
  });
});
