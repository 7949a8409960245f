import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { bookPlaces, newAddress, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

const NARROW = { viewport: { width: 320, height: 700 } };

let seller: StaffMember;
let owner: StaffMember;

beforeAll(async () => {
  seller = await newStaffMember("Signe Holm", "sales");
  owner = await newStaffMember("Olga Moe", "administrator");
}, 120_000);

/** Whether the page can be scrolled sideways. */
function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}

function row(page: Page, reference: string) {
  return page.getByRole("row").filter({ hasText: reference });
}

describe("bookings in the back office", () => {
  it("are found by filters, and a place is cancelled once its cost is shown", async () => {
    const run = await scheduleRun(10);
    const { reference } = await bookPlaces(run.id, 2, {
      booker: { name: "=Ingrid Quist", email: newAddress("ingrid") },
    });
    const other = await bookPlaces(run.id, 1, {
      booker: { name: "Tor Vik", email: newAddress("tor") },
    });
    const { page, errors } = await visit(`/office/bookings?run=${run.id}&status=confirmed`, {
      storageState: seller.storageState,
    });
    await heading(page, "Bookings");
    await row(page, other.reference).waitFor();
    await row(page, reference).waitFor();
    await page.getByRole("searchbox", { name: "Reference, name or e-mail" }).fill("ingrid q");
    await page.getByText("1 in all", { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get("q")).toBe("ingrid q");
    expect(await findings(page)).toEqual([]);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.split("\r\n")).toHaveLength(3);
    expect(csv).toContain(`\r\n${reference},Confirmed,Unpaid,'=Ingrid Quist,`);

    await page.getByRole("link", { name: reference }).click();
    await heading(page, reference);
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Actions for place 2" }).click();
    await page.getByRole("button", { name: "Cancel this place" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel places" });
    // A quarter of 20,000 kroner is kept.
    await dialog.getByText("the policy keeps 25%", { exact: false }).waitFor();
    await dialog.getByText("NOK 5,000").waitFor();
    await dialog.getByText("NOK 15,000").waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByLabel("Without a fee").check();
    await dialog.getByText("NOK 20,000").waitFor();
    await dialog.getByLabel("Reason (optional)").fill("Fell ill");
    await dialog.getByRole("button", { name: "Cancel 1 place" }).click();
    await page.getByText("1 place is cancelled.").waitFor();
    await page.getByRole("tab", { name: "Money" }).click();
    await page.getByText("Place 2 was cancelled by staff. “Fell ill”").waitFor();
    await page.getByRole("tab", { name: "History" }).click();
    await page.getByText("Signe Holm: cancelled place 2").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize(NARROW.viewport);
    for (const tab of ["Places", "Money", "Mails", "History"]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await overflows(page)).toBe(false);
    }
    expect(errors).toEqual([]);
  }, 90_000);

  it("are approved together, which another member of staff sees", async () => {
    const run = await scheduleRun(10);
    const asked = {
      booker: { name: "Bo Lind", email: newAddress("bo") },
      approver: { name: "Boss", email: newAddress("boss") },
    };
    const first = await bookPlaces(run.id, 1, { ...asked, learners: [] });
    const second = await bookPlaces(run.id, 1, { ...asked, learners: [] });
    const third = await bookPlaces(run.id, 1, { learners: [] });
    const watching = await visit(`/office/bookings/${first.reference}`, {
      storageState: owner.storageState,
    });
    await watching.page.getByText("Awaits approval", { exact: true }).waitFor();
    const { page, errors } = await visit(`/office/bookings?run=${run.id}`, {
      storageState: seller.storageState,
    });
    await row(page, third.reference).waitFor();
    await page.getByRole("checkbox", { name: /^Choose all/u }).check();
    await page.getByRole("region", { name: "What is chosen" }).getByText("3 chosen").waitFor();
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Approve 2 bookings?" });
    await dialog.getByText("It awaits no approval.").waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByText("2 bookings are approved.").waitFor();
    await watching.page.getByText("Confirmed", { exact: true }).first().waitFor();
    await expect
      .poll(async () => {
        const { items } = await people().staff.bookings.search.query({ runId: run.id });
        return items.map(({ status }) => status);
      })
      .toEqual(["confirmed", "confirmed", "confirmed"]);
    expect(new Set([first.reference, second.reference]).size).toBe(2);
    expect(errors).toEqual([]);
    expect(watching.errors).toEqual([]);
  }, 90_000);
});

describe("a discount", () => {
  it("is tried on a date, made, and used in a booking that staff make for somebody", async () => {
    const run = await scheduleRun(10, { price: { amount: 10_000_00, currency: "NOK" } });
    const code = `FAIR-${newAddress("x").slice(2, 10).toUpperCase().replaceAll("_", "A")}`;
    const { page, errors } = await visit("/office/discounts", {
      storageState: owner.storageState,
    });
    await heading(page, "Discounts");
    await page.getByRole("button", { name: "New code" }).click();
    const panel = page.getByRole("complementary", { name: "New code" });
    await panel.getByLabel("Code", { exact: true }).fill(code);
    await panel.getByLabel("Per cent").fill("12.5");
    await panel.getByRole("combobox", { name: "Try it on a date" }).fill("secure web");
    await panel.getByRole("listbox").getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await panel.getByText("−12.5%").waitFor();
    expect(await findings(page)).toEqual([]);
    await panel.getByRole("button", { name: "Make the code" }).click();
    await page.getByText(`${code} can be used.`).waitFor();
    await page
      .getByRole("complementary", { name: code })
      .getByText("Nobody used it yet.")
      .waitFor();
    expect(await findings(page)).toEqual([]);

    await page.goto(`/office/bookings/new?run=${run.id}`);
    await page.getByLabel("Discount code (optional)").fill(code);
    await page.getByText("NOK 8,750").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Set the places aside" }).click();
    await page.getByText(/1 place is set aside until/u).waitFor();
    await page.getByLabel("Name", { exact: true }).first().fill("Grace Hopper");
    await page.getByLabel("E-mail address", { exact: true }).first().fill(newAddress("grace"));
    await page.getByLabel("The booker knows and accepts the terms").check();
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize(NARROW.viewport);
    expect(await overflows(page)).toBe(false);
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByText(/^LC-.* is booked\.$/u).waitFor();
    await page.getByText("Grace Hopper").first().waitFor();
    await page.getByRole("link", { name: code }).click();
    const used = page.getByRole("complementary", { name: code });
    await used.getByText("NOK 1,250").waitFor();
    expect(await overflows(page)).toBe(false);
    await used.getByRole("button", { name: "Take out of use" }).click();
    const dialog = page.getByRole("dialog", { name: `Take ${code} out of use?` });
    await dialog.getByText("1 booking uses it, and keeps its price.", { exact: false }).waitFor();
    await dialog.getByRole("button", { name: "Take out of use" }).click();
    await page.getByText(`${code} is out of use.`).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await used.getByText("Usable", { exact: true }).waitFor();
    expect(errors).toEqual([]);
  }, 90_000);
});
