import { operatorActor } from "@lectern/auth/actor";
import { courseRun } from "@lectern/database/schema/scheduling";
import { quote } from "@lectern/database/schema/quotes";
import { auditEntry } from "@lectern/database/schema/operations";
import { createTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey } from "../../testing/factories.ts";
import { apiAs, apiOf } from "../../testing/organisations.ts";
import { createDraft, createSentQuote, letQuoteEnd } from "../../testing/quotes.ts";
import { signIn } from "../../testing/signed-in.ts";
import { checkSums } from "../reports/sums/check-sums.ts";
import { settleSums } from "../reports/sums/settle-sums.ts";

const OPERATOR = operatorActor("test-operator");
const NEW_YEAR = `${new Date().getUTCFullYear() + 1}-01-01`;

describe("the academy's time zone", () => {
  it("is UTC until somebody chooses one, which is written down", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const api = apiAs(db, OPERATOR);
    expect(await api.academy.settings()).toMatchObject({
      timeZone: "UTC",
      changedAt: null,
      version: 0,
    });

    const input = { timeZone: "pacific/auckland", version: 0, idempotencyKey: newKey() };
    const chosen = await api.academy.update(input);
    expect(chosen).toMatchObject({ timeZone: "Pacific/Auckland", version: 1 });
    expect(await api.academy.update(input)).toEqual(chosen);
    expect(chosen.today).toBe(Temporal.Now.plainDateISO("Pacific/Auckland").toString());

    await api.academy.update({ timeZone: "Europe/Oslo", version: 1, idempotencyKey: newKey() });
    const entries = await db
      .select({ before: auditEntry.before, after: auditEntry.after })
      .from(auditEntry)
      .where(eq(auditEntry.action, "academy.update"));
    expect(entries).toEqual([
      { before: { timeZone: null }, after: { timeZone: "Pacific/Auckland" } },
      { before: { timeZone: "Pacific/Auckland" }, after: { timeZone: "Europe/Oslo" } },
    ]);
  });

  it("is changed by one of two, and only to one that there is", async () => {
    await using test = await createTestDatabase();
    const api = apiAs(test.db, OPERATOR);
    const to = (timeZone: string, version: number) =>
      api.academy.update({ timeZone, version, idempotencyKey: newKey() });
    const both = await Promise.allSettled([to("Europe/Oslo", 0), to("Europe/Berlin", 0)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { cause: { body: { code: "Conflict", data: { reason: "changed_meanwhile" } } } },
    });
    await expect(to("Europe/Oslo", 7)).rejects.toThrow("Somebody changed");
    await expect(to("Europe/Trondheim", 1)).rejects.toThrow("not a time zone");
  });

  it("is what reports count their days in, at once and once their sums are computed", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const api = apiAs(db, OPERATOR);
    // It begins in the old year in New York, and in the new one in Oslo.
    const run = await createTestRun(db, { taken: 3 });
    const startsAt = new Date(`${NEW_YEAR}T02:00Z`);
    await db.update(courseRun).set({ startsAt, endsAt: startsAt }).where(eq(courseRun.id, run.id));
    const heldIn = async (day: string) => {
      const { total } = await api.reports.occupancy({ from: day, to: day });
      return total.runs;
    };
    await api.academy.update({ timeZone: "Europe/Oslo", version: 0, idempotencyKey: newKey() });
    expect(await api.academy.settings()).toMatchObject({ areReportsReady: false });
    await settleSums(db);
    expect(await api.academy.settings()).toMatchObject({ areReportsReady: true });
    expect(await heldIn(NEW_YEAR)).toBe(1);

    await api.academy.update({
      timeZone: "America/New_York",
      version: 1,
      idempotencyKey: newKey(),
    });
    expect(await api.academy.settings()).toMatchObject({ areReportsReady: false });
    expect(await heldIn(NEW_YEAR)).toBe(0);
    await settleSums(db);
    expect(await checkSums(db)).toEqual([]);
    expect(await api.academy.settings()).toMatchObject({ areReportsReady: true });
    expect(await heldIn(NEW_YEAR)).toBe(0);
  });

  it("is the one in which the days of open quotes end, never sooner than somebody was told", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const api = apiAs(db, OPERATOR);
    const run = await createTestRun(db);
    const draft = await createDraft(db, run.id);
    const sent = await createSentQuote(db, run.id);
    const over = await createSentQuote(db, run.id);
    await letQuoteEnd(db, over.id);
    const endOf = async ({ id }: { id: string }) => {
      const [row] = await db
        .select({ goodUntil: quote.goodUntil })
        .from(quote)
        .where(eq(quote.id, id));
      return row?.goodUntil.toISOString();
    };
    const [told, lapsed] = [await endOf(sent), await endOf(over)];
    const endIn = (zone: string) =>
      new Date(
        Temporal.PlainDate.from(sent.lastDay).add({ days: 1 }).toZonedDateTime(zone)
          .epochMilliseconds,
      ).toISOString();
    const choose = (timeZone: string, version: number) =>
      api.academy.update({ timeZone, version, idempotencyKey: newKey() });
    await choose("Pacific/Auckland", 0);
    expect([await endOf(draft), await endOf(sent)]).toEqual([endIn("Pacific/Auckland"), told]);
    await choose("America/New_York", 1);
    const later = endIn("America/New_York");
    expect([await endOf(draft), await endOf(sent)]).toEqual([later, later]);
    expect(await endOf(over)).toBe(lapsed);
  });

  it("is for administrators to see and to change", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const input = { timeZone: "Europe/Oslo", version: 0, idempotencyKey: newKey() };
    const finance = await apiOf(db, await signIn(db, { role: "finance" }));
    await expect(finance.academy.settings()).rejects.toThrow("settings.write");
    await expect(finance.academy.update(input)).rejects.toThrow("settings.write");
    const administrator = await apiOf(db, await signIn(db, { role: "administrator" }));
    expect(await administrator.academy.update(input)).toMatchObject({ version: 1 });
  });
});
