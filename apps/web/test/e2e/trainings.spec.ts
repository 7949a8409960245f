import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { heading, newAccount, signIn } from "./accounts.ts";
import { bookPlaces, cancelBooking, scheduleRun } from "./people.ts";
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
