import { newIdempotencyKey } from "@lectern/client";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { query } from "./own-academy.ts";
import { newAddress, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let administrator: StaffMember;
let sales: StaffMember;
let finance: StaffMember;

beforeAll(async () => {
  administrator = await newStaffMember("Arne Skog", "administrator");
  sales = await newStaffMember("Siv Berge", "sales");
  finance = await newStaffMember("Frøya Nes", "finance");
}, 120_000);

/** A mail that the mail server refused. */
async function failedMail(to: string): Promise<string> {
  const id = crypto.randomUUID();
  await query(
    inject("postgres"),
    `INSERT INTO mail_message (id, kind, state, message_id, recipient_name, recipient_email, subject, html, text, about_id, attempts, last_error)
      VALUES ($1::uuid, 'reminder', 'failed', $2, 'Mona Li', $3, 'Soon: your course', '<p>Soon</p>', 'It begins soon.', gen_random_uuid(), 3, '550 no such mailbox')`,
    [id, `<${id}@e2e.example>`, to],
  );
  return id;
}

describe("the mail log", () => {
  it("finds mails by address, shows what they say, and sends what failed again", async () => {
    const to = newAddress("mona");
    await failedMail(to);
    const there = await visit("/office/settings/mail", {
      storageState: administrator.storageState,
    });
    const { page } = there;
    await heading(page, "Mail");
    await page.getByRole("searchbox").fill(to);
    await page.waitForURL(({ searchParams }) => searchParams.get("to") === to);
    await page.getByText("1 in all").waitFor();
    const watcher = await visit(page.url(), { storageState: sales.storageState });
    const row = page.getByRole("row").filter({ hasText: "Soon: your course" });
    await row.getByText("Failed").waitFor();
    await row.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Soon: your course" });
    await panel.getByText("It begins soon.").waitFor();
    await panel.getByText("550 no such mailbox").waitFor();
    expect(await findings(page)).toEqual([]);
    await panel.getByRole("button", { name: "Send again" }).click();
    await page.getByText("The mail is on its way again.").waitFor();
    const ofWatcher = watcher.page.getByRole("row").filter({ hasText: "Soon: your course" });
    await ofWatcher.getByText(/^(?:On its way|Sent)$/u).waitFor();
    // Who looks after no jobs reads, and sends nothing.
    await ofWatcher.focus();
    await watcher.page.keyboard.press("Enter");
    await watcher.page.getByText("It begins soon.").waitFor();
    expect(await watcher.page.getByRole("button", { name: "Send again" }).count()).toBe(0);

    await panel.getByRole("button", { name: "All mails about the same" }).click();
    await page.getByText("Only mails about one thing are listed.").waitFor();
    await page.getByText("1 in all").waitFor();
    expect([...there.errors, ...watcher.errors]).toEqual([]);
  }, 90_000);
});

describe("the audit log", () => {
  it("is narrowed in the address, tells what was there before and after, and leads there", async () => {
    const run = await scheduleRun(8);
    const there = await visit("/office/settings/audit?entity=run", {
      storageState: finance.storageState,
    });
    const { page } = there;
    await heading(page, "Audit log");
    await people().staff.runs.changeCapacity.mutate({
      id: run.id,
      capacity: 9,
      reason: "A larger room",
      idempotencyKey: newIdempotencyKey(),
    });
    // It comes by itself.
    const row = page.getByRole("row").filter({ hasText: "run.change_capacity" }).first();
    await row.waitFor();
    await page.getByRole("searchbox").fill("run change");
    await page.waitForURL(({ searchParams }) => searchParams.get("action") === "run change");
    await page
      .getByRole("row")
      .filter({ hasText: "run.schedule" })
      .first()
      .waitFor({ state: "detached" });
    await row.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "run.change_capacity" });
    const capacity = panel.getByRole("row").filter({ hasText: "Capacity" });
    expect(await capacity.getByRole("cell").allTextContents()).toEqual(["8", "9"]);
    const link = panel.getByRole("link").first();
    expect(await link.getAttribute("href")).toBe(`/office/runs/${run.id}`);
    expect(await findings(page)).toEqual([]);
    await panel.getByRole("button", { name: "All about the same" }).click();
    await page.waitForURL(({ searchParams }) => searchParams.get("id") === run.id);
    await page.getByRole("searchbox").fill("");
    await page.getByRole("row").filter({ hasText: "run.schedule" }).waitFor();
    await page.setViewportSize({ width: 320, height: 700 });
    const overflows = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth;
    });
    expect(overflows).toBe(false);
    expect(there.errors).toEqual([]);
  }, 90_000);
});
