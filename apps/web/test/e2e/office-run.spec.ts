import { readFile } from "node:fs/promises";
import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findings } from "./axe.ts";
import { heading } from "./accounts.ts";
import { bookPlaces, newAddress, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

const EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

let seller: StaffMember;
let teacher: StaffMember;
let instructorId = "";

beforeAll(async () => {
  seller = await newStaffMember("Signe Holm", "sales");
  teacher = await newStaffMember("Tor Vik", "instructor");
  const { staff } = people();
  const { instructors } = await staff.runs.options.query();
  const [first] = instructors;
  if (first === undefined) throw new Error("The demo academy has no instructors");
  instructorId = first.id;
  await staff.people.linkInstructor.mutate({
    personId: teacher.id,
    instructorId,
    idempotencyKey: newIdempotencyKey(),
  });
}, 120_000);

/** A zone in which it is about eleven o'clock: a session in an hour is on the same day there. */
function zoneOfMorning(): string {
  const ahead = 11 - new Date().getUTCHours();
  // The signs of these zones are the other way round.
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${String(Math.abs(ahead))}`;
}

/** A date that begins in an hour, and people who come to it. */
async function runSoon(names: readonly string[], instructorIds: string[] = []) {
  const timeZone = zoneOfMorning();
  const start = Temporal.Now.zonedDateTimeISO(timeZone).add({ hours: 1 }).round("minute");
  const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString().slice(0, 5);
  const run = await scheduleRun(30, {
    deliveryMode: "virtual",
    venueId: null,
    timeZone,
    instructorIds,
    pattern: {
      from: start.toPlainDate().toString(),
      sessions: 1,
      start: clock(start),
      end: clock(start.add({ hours: 2 })),
      weekdays: [...EVERY_DAY],
    },
  });
  for (const name of names) {
    const learner = { name, email: newAddress("learner") };
    await bookPlaces(run.id, 1, {
      booker: { ...learner, company: "Fjordkraft" },
      learners: [learner],
    });
  }
  return run;
}

/** Errors that a browser tells of while the network is cut. */
function besideTheNetwork(errors: readonly string[]): string[] {
  return errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/u.test(error));
}

function here(page: Page, count: number, of: number) {
  return page.getByText(`${String(count)} of ${String(of)} here`, { exact: true }).waitFor();
}

function tap(page: Page, name: string) {
  return page.getByRole("button", { name: new RegExp(`^${name}`, "u") }).click();
}

describe("who is there", () => {
  it("is marked on a phone at the door, seen on another device, and kept while nothing gets through", async () => {
    const run = await runSoon(["Åse Dahl", "Bo Lind", "Cy Ek", "Dag Moe"], [instructorId]);
    const { page, context, errors } = await visit("/office/teaching", {
      ...PHONE,
      storageState: teacher.storageState,
    });
    await heading(page, "What you teach");
    await page
      .getByRole("listitem")
      .filter({ has: page.locator(`a[href*="${run.id}"]`) })
      .getByRole("link", { name: "Check people in" })
      .click();
    await here(page, 0, 4);
    const other = await visit(`/office/runs/${run.id}/check-in`, {
      storageState: seller.storageState,
    });
    await here(other.page, 0, 4);

    await page.getByRole("searchbox", { name: "Find a name" }).fill("ase");
    await page.getByText("1 person", { exact: true }).waitFor();
    await tap(page, "Åse Dahl");
    await here(page, 1, 4);
    await here(other.page, 1, 4);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await here(other.page, 0, 4);
    await tap(page, "Åse Dahl");
    await page.getByRole("button", { name: "Clear" }).click();

    await other.page.getByRole("button", { name: "Other marks for Bo Lind" }).click();
    await other.page.getByRole("button", { name: "Absent", exact: true }).click();
    await page.getByRole("button", { name: /^Bo Lind.*Absent/u }).waitFor();
    expect(await findings(page)).toEqual([]);

    // Nothing gets through: what is marked stays on the device, also when the page is loaded anew.
    await context.route("**/attendance.mark**", (route) => route.abort());
    await tap(page, "Cy Ek");
    await here(page, 2, 4);
    await page.getByText(/^1 mark is not sent yet/u).waitFor();
    await page.reload();
    await page.getByRole("button", { name: /^Cy Ek.*Not sent yet/u }).waitFor();
    await here(other.page, 1, 4);
    await context.unroute("**/attendance.mark**");
    await here(other.page, 2, 4);
    await page.getByText(/^1 mark is not sent yet/u).waitFor({ state: "hidden" });

    // Cut off, two mark the same person differently: it is for who comes back to decide.
    await context.setOffline(true);
    await tap(page, "Dag Moe");
    await page.getByText(/stay on this device/u).waitFor();
    await other.page.getByRole("button", { name: "Other marks for Dag Moe" }).click();
    await other.page.getByRole("button", { name: "Excused", exact: true }).click();
    await other.page.getByText("Dag Moe: Excused.").waitFor();
    await expect
      .poll(async () => {
        const { items } = await people().staff.attendance.byRun.query({ runId: run.id });
        return items.filter(({ mark }) => mark === "excused").length;
      })
      .toBe(1);
    await context.setOffline(false);
    await page.getByText("Signe Holm marked Dag Moe Excused. You marked Present.").waitFor();
    await page.getByRole("button", { name: "Mark Present" }).click();
    await here(other.page, 3, 4);
    expect(besideTheNetwork(errors)).toEqual([]);
    expect(besideTheNetwork(other.errors)).toEqual([]);
  }, 120_000);
});

describe("a date in the back office", () => {
  it("says where it meets online, is moved, and booked for somebody", async () => {
    const run = await runSoon(["Eva Strand"]);
    const { page, errors } = await visit(`/office/runs/${run.id}?tab=sessions`, {
      storageState: seller.storageState,
    });
    const online = page.getByRole("region", { name: "Where it meets online" });
    await online.getByText("No link yet: nobody can come in.").waitFor();
    const field = online.getByLabel("Link of the meeting");
    await field.fill("http://meet.example/room");
    await online.getByRole("button", { name: "Save the link" }).click();
    await online.locator("[aria-invalid='true']").waitFor();
    await field.fill("https://meet.example/room");
    await online.getByRole("button", { name: "Save the link" }).click();
    await page.getByText("Saved: All sessions.").waitFor();
    const link = online.getByLabel("All sessions", { exact: true });
    expect(await link.inputValue()).toBe("https://meet.example/room");
    expect(await findings(page)).toEqual([]);
    await online.getByRole("button", { name: "Remove the link: All sessions" }).click();
    await online.getByText("No link yet: nobody can come in.").waitFor();
    await page.getByRole("button", { name: "Undo" }).last().click();
    await link.waitFor();
    expect((await people().staff.runs.joinLinks.query({ id: run.id })).links).toMatchObject([
      { position: null, url: "https://meet.example/room" },
    ]);

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("button", { name: "Reschedule" }).click();
    const dialog = page.getByRole("dialog", { name: "Move Secure Web Applications" });
    const today = await dialog.getByLabel("First day").inputValue();
    await dialog
      .getByLabel("First day")
      .fill(Temporal.PlainDate.from(today).add({ days: 70 }).toString());
    await dialog.getByLabel("Why it is moved").fill("The trainer is ill");
    await dialog.getByRole("button", { name: /^Move it/u }).click();
    await expect
      .poll(async () => (await people().staff.runs.forStaff.query({ id: run.id })).version)
      .toBeGreaterThan(run.version);
    await page.getByRole("tab", { name: "History" }).click();
    await page.getByText(/The trainer is ill/u).waitFor();

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("button", { name: "Book for somebody" }).click();
    await heading(page, "New booking");
    await page.getByRole("main").getByText("Secure Web Applications").first().waitFor();
    expect(errors).toEqual([]);
  });

  it("shows who comes, writes to them, and gets more places", async () => {
    const run = await runSoon(["Ada Vik", "=Bo Lind"]);
    const { page, errors } = await visit(`/office/runs/${run.id}`, {
      storageState: seller.storageState,
    });
    await heading(page, "Secure Web Applications");
    await page.getByRole("grid").getByText("Ada Vik").waitFor();
    await page.getByRole("searchbox").fill("fjordkraft ada");
    await page.getByText("1 in all").waitFor();
    await page.getByLabel(/^Ada Vik, Session 1/u).selectOption("Excused");
    expect(await findings(page)).toEqual([]);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.split("\r\n")).toHaveLength(4);
    expect(csv).toContain("\r\n'=Bo Lind,");
    expect(csv).toContain(",Excused\r\n");

    await page.getByRole("tab", { name: "Messages" }).click();
    await page.getByRole("button", { name: "Write a message" }).click();
    await page.getByLabel("Subject").fill("Bring a laptop");
    await page.getByLabel("Message", { exact: true }).fill("Please bring a **laptop**.");
    await page.getByRole("button", { name: "Look at it first" }).click();
    await page.getByText("2 recipients.").waitFor();
    expect(await page.getByRole("article").locator("strong").textContent()).toBe("laptop");
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Send to 2 recipients" }).click();
    await page.getByText("2 of 2 delivered").waitFor({ timeout: 20_000 });

    await page.getByRole("tab", { name: "Places" }).click();
    const capacity = page.getByRole("region", { name: "Capacity" });
    await capacity.getByLabel("New capacity").fill("1");
    await capacity.getByText(/2 places are taken: 1 would/u).waitFor();
    await capacity.getByLabel("New capacity").fill("32");
    await capacity.getByText(/^2 places more/u).waitFor();
    await capacity.getByLabel("Reason").fill("A larger room");
    await capacity.getByRole("button", { name: "Change the capacity" }).click();
    await page.getByText("2 of 32 places taken").waitFor();
    expect(await findings(page)).toEqual([]);

    await page.getByRole("tab", { name: "History" }).click();
    await page.getByText("Signe Holm: changed the capacity from 30 to 32: A larger room").waitFor();
    await page.getByText("Signe Holm: wrote to 2 recipients").waitFor();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("button", { name: "Cancel this date" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this date?" });
    await dialog.getByText("2 people get a mail.").waitFor();
    await dialog.getByRole("button", { name: "Keep it" }).click();
    expect(errors).toEqual([]);
  }, 90_000);
});
