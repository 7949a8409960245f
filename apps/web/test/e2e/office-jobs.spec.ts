import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { query } from "./own-academy.ts";
import { people } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let administrator: StaffMember;
/** Of this file's alone. */
const QUEUE = `e2e.${crypto.randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  administrator = await newStaffMember("Aud Vik", "administrator");
  // A queue that no worker knows: what is in it stays.
  await query(inject("postgres"), "SELECT pgboss.create_queue($1, $2::text::jsonb)", [
    QUEUE,
    JSON.stringify({ policy: "standard" }),
  ]);
}, 120_000);

afterAll(async () => {
  const { items } = await people().staff.jobs.dead.query({ queue: QUEUE, limit: 100 });
  for (const { id } of items) {
    await people().staff.jobs.discard.mutate({ id, idempotencyKey: newIdempotencyKey() });
  }
});

/** Jobs that failed for good, as the queue leaves them behind. */
async function fail(...errors: readonly string[]): Promise<void> {
  for (const error of errors) {
    await query(
      inject("postgres"),
      `INSERT INTO pgboss.job_common
          (name, data, source_name, source_id, source_created_on, source_retry_count, source_output)
        VALUES ('dead', $2::text::jsonb, $1, gen_random_uuid(), now(), 2, $3::text::jsonb)`,
      [QUEUE, JSON.stringify({ n: 1 }), JSON.stringify({ message: error })],
    );
  }
}

async function jobs(path = "") {
  const { storageState } = administrator;
  const there = await visit(`/office/settings/jobs${path}`, { storageState });
  await heading(there.page, "Jobs");
  return there;
}

function row(page: Page, error: string) {
  return page.getByRole("row").filter({ hasText: error });
}

describe("failed jobs", () => {
  it("are listed by queue, told in full, and run again or discarded, many at once", async () => {
    await fail("no such host", "out of reach", "too large", "not allowed");
    const [one, watcher] = [await jobs(), await jobs(`?queue=${QUEUE}`)];
    const { page } = one;
    await row(watcher.page, "too large").waitFor();
    const queue = page.getByRole("row").filter({ hasText: QUEUE }).first();
    await queue.getByRole("button", { name: `failed: only those of ${QUEUE}` }).click();
    await page.getByRole("heading", { name: `Failed jobs of ${QUEUE}` }).waitFor();
    expect(new URL(page.url()).searchParams.get("queue")).toBe(QUEUE);
    await page.getByText("4 in all").waitFor();
    expect(await findings(page)).toEqual([]);

    await row(page, "no such host").focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: QUEUE });
    await panel.getByText('"n": 1').waitFor();
    await panel.getByRole("button", { name: "Run again" }).click();
    await page.getByText(`The job of ${QUEUE} waits again.`).waitFor();
    await page.getByText("3 in all").waitFor();

    await row(page, "out of reach").getByRole("checkbox").check();
    await row(page, "too large").getByRole("checkbox").check();
    const bar = page.getByRole("region", { name: "What is chosen" });
    await bar.getByRole("button", { name: "Discard" }).click();
    const dialog = page.getByRole("dialog", { name: "Discard 2 jobs?" });
    await dialog.getByText("What it was to do is never done").waitFor();
    await dialog.getByText("too large").waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Discard" }).click();
    await page.getByText("2 jobs are discarded.").waitFor();
    await page.getByText("1 in all").waitFor();
    // Somebody else sees it go, too.
    await watcher.page.getByText("1 in all").waitFor();
    expect([...one.errors, ...watcher.errors]).toEqual([]);
  }, 90_000);

  it("are a click away from Today", async () => {
    await fail("once more");
    const { page, errors } = await visit("/office/today", {
      storageState: administrator.storageState,
    });
    await page.getByRole("link", { name: "All queues and failed jobs" }).click();
    await heading(page, "Jobs");
    await page.setViewportSize({ width: 320, height: 700 });
    const overflows = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth;
    });
    expect(overflows).toBe(false);
    expect(errors).toEqual([]);
  }, 60_000);
});
