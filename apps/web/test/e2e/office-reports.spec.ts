import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { bookPlaces, newAddress, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let finance: StaffMember;
let editor: StaffMember;

beforeAll(async () => {
  finance = await newStaffMember("Frida Lie", "finance");
  editor = await newStaffMember("Eli Berg", "course_editor");
}, 120_000);

/** Whether the page can be scrolled sideways. */
function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}

/** What stands in a table by its heading, row by row. */
async function rowsOf(page: Page, name: string): Promise<string[]> {
  const rows = page.getByRole("region", { name, exact: true }).last().getByRole("row");
  return rows.allInnerTexts();
}

describe("reports", () => {
  it("say what was booked: with the filter in the address, by keys, as a file and narrow", async () => {
    const run = await scheduleRun(10);
    await bookPlaces(run.id, 3, { booker: { name: "Ida Vik", email: newAddress("ida") } });
    const { page, errors } = await visit("/office/reports", { storageState: finance.storageState });
    await heading(page, "Reports");
    await page.getByRole("link", { name: "Bookings and revenue" }).first().click();
    await heading(page, "Bookings and revenue");
    await page.getByLabel("Period").selectOption("last_30_days");
    await page.getByLabel("Tell apart by").selectOption("booker");
    await page.getByRole("columnheader", { name: "Who books" }).waitFor();
    expect(new URL(page.url()).searchParams.toString()).toBe("period=last_30_days&by=booker");
    expect(await findings(page)).toEqual([]);

    // The last day of thirty is today's, and the chart can be gone through by keys.
    const chart = page.getByRole("group", { name: /^Places booked/u });
    await chart.getByRole("img").first().focus();
    await page.keyboard.press("End");
    const today = await chart.getByRole("img").last().getAttribute("aria-label");
    expect(Number(/: ([\d,]+);/u.exec(today ?? "")?.[1]?.replaceAll(",", ""))).toBeGreaterThan(2);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      today,
    );
    expect((await rowsOf(page, "Step by step")).length).toBe(32);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Step by step: save as CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^bookings-\d{4}-\d{2}-\d{2}-.*-day\.csv$/u);
    const csv = await readFile(await file.path(), "utf8");
    expect(csv.startsWith("\uFEFFWhen,Bookings,Places,Cancelled,Moved,")).toBe(true);
    expect(csv.trimEnd().split("\r\n")).toHaveLength(31);

    await page.goBack();
    await heading(page, "Reports");
    await page.goForward();
    await page.getByRole("columnheader", { name: "Who books" }).waitFor();
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await overflows(page)).toBe(false);
    expect(errors).toEqual([]);
  }, 90_000);

  it("each have their page, and those who may not see them are told", async () => {
    const { page, errors } = await visit("/office/reports/occupancy?period=next_12_months", {
      storageState: finance.storageState,
    });
    for (const [link, table] of [
      ["Occupancy", "Cities and topics"],
      ["Waiting demand", undefined],
      ["Enquiries", undefined],
      ["Cancellations", undefined],
    ] as const) {
      await page
        .getByRole("navigation", { name: "Reports" })
        .getByRole("link", { name: link })
        .click();
      await heading(page, link);
      // The period goes along; where it has nothing, that is said.
      expect(new URL(page.url()).searchParams.get("period")).toBe("next_12_months");
      const shown = table === undefined ? "Step by step" : table;
      await page
        .getByRole("heading", { name: shown })
        .or(page.getByRole("heading", { name: "Nothing in this period" }))
        .first()
        .waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    }
    expect(errors).toEqual([]);
    const other = await visit("/office/reports", { storageState: editor.storageState });
    await heading(other.page, "This page is not for your roles");
  }, 90_000);
});
