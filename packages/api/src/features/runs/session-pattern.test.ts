import { SessionPattern } from "@lectern/contract/runs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { sessionsOf } from "./session-pattern.ts";

function pattern(input: z.input<typeof SessionPattern>): SessionPattern {
  return SessionPattern.parse(input);
}

async function days(input: z.input<typeof SessionPattern>): Promise<string[]> {
  const sessions = await sessionsOf(pattern(input), "Europe/Oslo");
  return sessions.map(({ localStart }) => localStart.slice(0, 10));
}

const nineToFive = { start: "09:00", end: "17:00" };

describe("a session pattern", () => {
  it("finds three days from Monday, skipping Norway's public holidays", async () => {
    // 6 May 2027 is Ascension Day, a Thursday.
    expect(
      await days({
        from: "2027-05-05",
        sessions: 3,
        skipHolidaysOf: { country: "NO" },
        ...nineToFive,
      }),
    ).toEqual(["2027-05-05", "2027-05-07", "2027-05-10"]);
  });

  it("leaves out feasts of several days", async () => {
    // Kurban Bayramı is from 16 to 19 May 2027, Youth Day on the 19th.
    expect(
      await days({
        from: "2027-05-14",
        sessions: 2,
        skipHolidaysOf: { country: "TR" },
        ...nineToFive,
      }),
    ).toEqual(["2027-05-14", "2027-05-20"]);
  });

  it("knows the holidays of a region", async () => {
    // St Andrew's Day is one in Scotland, and not in England.
    const input = { from: "2027-11-30", sessions: 1, ...nineToFive };
    const inRegion = (region: string) => ({ ...input, skipHolidaysOf: { country: "GB", region } });
    expect(await days(inRegion("SCT"))).toEqual(["2027-12-01"]);
    expect(await days(inRegion("ENG"))).toEqual(["2027-11-30"]);
  });

  it("keeps its wall-clock times across both changes of the clocks", async () => {
    const sessions = await sessionsOf(
      pattern({ from: "2027-03-26", sessions: 2, ...nineToFive }),
      "Europe/London",
    );
    expect(sessions.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      "2027-03-26T09:00:00.000Z",
      "2027-03-29T08:00:00.000Z",
    ]);
    const autumn = await sessionsOf(
      pattern({ from: "2027-10-29", sessions: 2, ...nineToFive }),
      "Europe/London",
    );
    expect(autumn.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      "2027-10-29T08:00:00.000Z",
      "2027-11-01T09:00:00.000Z",
    ]);
  });

  it("follows a zone whose rules changed", async () => {
    // Turkey stayed on summer time for good in September 2016.
    const [session] = await sessionsOf(
      pattern({ from: "2027-01-04", sessions: 1, ...nineToFive }),
      "Europe/Istanbul",
    );
    expect(session?.startsAt.toISOString()).toBe("2027-01-04T06:00:00.000Z");
  });

  it.each([
    ["a time that ends before it starts", { end: "08:00" }, "pattern.end"],
    [
      "a country without rules",
      { skipHolidaysOf: { country: "ZZ" } },
      "pattern.skipHolidaysOf.country",
    ],
    [
      "a region that is not there",
      { skipHolidaysOf: { country: "NO", region: "XX" } },
      "pattern.skipHolidaysOf.region",
    ],
  ])("refuses %s", async (_name, change, path) => {
    const attempt = sessionsOf(
      pattern({ from: "2027-05-10", sessions: 2, ...nineToFive, ...change }),
      "Europe/Oslo",
    );
    await expect(attempt).rejects.toMatchObject({ body: { data: { issues: [{ path }] } } });
  });

  it("refuses a pattern that runs out of days, and a zone that is not one", async () => {
    const sparse = pattern({
      from: "2027-05-10",
      sessions: 100,
      weekdays: ["mon"],
      skipHolidaysOf: null,
      ...nineToFive,
    });
    const skipDates = Array.from({ length: 30 }, (_, week) =>
      Temporal.PlainDate.from("2027-05-10").add({ weeks: week }).toString(),
    );
    await expect(sessionsOf({ ...sparse, skipDates }, "Europe/Oslo")).rejects.toThrow(
      /find a day/u,
    );
    await expect(sessionsOf(sparse, "Europe/Atlantis")).rejects.toThrow(/not a time zone/u);
  });

  const weekday = fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  const dayOf2027 = fc
    .integer({ min: 0, max: 364 })
    .map((day) => Temporal.PlainDate.from("2027-01-01").add({ days: day }).toString());

  it("lays out as many sessions as asked for, ascending, on wanted days alone, and no day too late", async () => {
    await fc.assert(
      fc.asyncProperty(
        dayOf2027,
        fc.integer({ min: 1, max: 20 }),
        fc.uniqueArray(weekday, { minLength: 1 }),
        fc.uniqueArray(dayOf2027, { maxLength: 40 }),
        async (from, sessions, weekdays, skipDates) => {
          const found = await days({ from, sessions, weekdays, skipDates, ...nineToFive });
          const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
          const isWanted = (day: Temporal.PlainDate) =>
            weekdays.some((name) => names.indexOf(name) + 1 === day.dayOfWeek) &&
            !skipDates.includes(day.toString());
          const expected: string[] = [];
          for (
            let day = Temporal.PlainDate.from(from);
            expected.length < sessions;
            day = day.add({ days: 1 })
          ) {
            if (isWanted(day)) expected.push(day.toString());
          }
          expect(found).toEqual(expected);
        },
      ),
    );
  });
});
