import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { people } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let administrator: StaffMember;
let finance: StaffMember;

beforeAll(async () => {
  administrator = await newStaffMember("Agnes Holm", "administrator");
  finance = await newStaffMember("Finn Ask", "finance");
}, 120_000);

async function settings({ storageState }: StaffMember, path = "") {
  const there = await visit(`/office/settings${path}`, { storageState });
  await there.page.getByRole("heading", { level: 1 }).waitFor();
  return there;
}

function parts(page: Page) {
  return page.getByRole("navigation", { name: "Settings" }).getByRole("link");
}

describe("the settings", () => {
  it("show each part to whoever may see it", async () => {
    const { page, errors } = await settings(administrator);
    await heading(page, "Settings");
    for (const part of ["Academy", "Places and rooms"]) {
      await page.getByRole("main").getByRole("link", { name: part }).waitFor();
    }
    await page.getByRole("link", { name: "Academy" }).click();
    await heading(page, "Academy");
    expect(await parts(page).allTextContents()).toContain("Places and rooms");
    expect(errors).toEqual([]);

    const other = await settings(finance, "/academy");
    await heading(other.page, "This page is not for your roles");
    await other.page.getByText("settings.write").waitFor();
  }, 60_000);
});

describe("the academy's time zone", () => {
  it("is chosen with what it would be like in sight, followed by reports, and undone", async () => {
    const { staff } = people();
    const before = await staff.academy.settings.query();
    const [one, watcher] = [
      await settings(administrator, "/academy"),
      await settings(administrator, "/academy"),
    ];
    const { page } = one;
    const to = before.timeZone === "Europe/Oslo" ? "Europe/London" : "Europe/Oslo";
    await page.getByText(`${before.timeZone}, as it is`).waitFor();
    const save = page.getByRole("button", { name: "Save time zone" });
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel("Time zone of the academy").selectOption(to);
    await page.getByText(`${to}, as chosen`).waitFor();
    await page.getByText("All reports change with it").waitFor();
    expect(await findings(page)).toEqual([]);
    await save.click();
    await page.getByText(`Reports count in days of ${to} now.`).waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText(`${before.timeZone}, as it is`).waitFor();
    await watcher.page.getByText(`${before.timeZone}, as it is`).waitFor();
    await page.getByLabel("Time zone of the academy").selectOption(to);
    await save.click();
    await page.getByText(`${to}, as it is`).waitFor();
    // Sums are computed anew by themselves, and it is said when they are.
    await page.getByText("Ready", { exact: true }).waitFor({ timeout: 60_000 });
    await watcher.page.getByText(`${to}, as it is`).waitFor();
    const { page: report } = await visit("/office/reports/bookings", {
      storageState: administrator.storageState,
    });
    await report.getByText(to).first().waitFor();

    const { version } = await staff.academy.settings.query();
    await staff.academy.update.mutate({
      timeZone: before.timeZone,
      version,
      idempotencyKey: newIdempotencyKey(),
    });
    await watcher.page.getByText(`${before.timeZone}, as it is`).waitFor();
    expect([...one.errors, ...watcher.errors]).toEqual([]);
  }, 150_000);
});
