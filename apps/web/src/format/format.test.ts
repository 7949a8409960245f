import fc from "fast-check";
import { formatBytes } from "./bytes.ts";
import { describe, expect, it } from "vitest";
import {
  formatDays,
  formatHours,
  formatInstant,
  formatInstantIn,
  formatInstantDay,
  formatLongDay,
  formatMonth,
  formatOwnHours,
  utcOffset,
  zonePlace,
} from "./dates.ts";
import { inLanguage } from "../server/page-language.ts";
import { formatMoney, minorUnits } from "./money.ts";
import { compareNames, countryName, formatList, languageName } from "./names.ts";
import { formatShare } from "./shares.ts";

describe("sizes", () => {
  it.each([
    [0, "0 byte"],
    [999, "999 byte"],
    [1500, "1.5 kB"],
    [2_340_000, "2.3 MB"],
    [5_000_000_000, "5,000 MB"],
  ])("of %i bytes is %s", (bytes, text) => {
    expect(formatBytes(bytes).replaceAll("\u00A0", " ")).toBe(text);
  });
});

describe("dates", () => {
  it("writes the wall clock as it stands, whatever the zone of who reads it", () => {
    expect(formatDays("2027-03-27T09:00", "2027-03-29T17:00")).toMatch(/^27\s?–\s?29 Mar 2027$/u);
    expect(formatLongDay("2027-03-01T00:00")).toMatch(/^Monday,? 1 March 2027$/u);
    expect(formatHours("2027-03-27T09:00", "2027-03-29T16:30")).toBe("09:00–16:30");
  });

  it("says one day once", () => {
    expect(formatDays("2027-03-27T09:00", "2027-03-27T17:00")).toBe("27 Mar 2027");
  });

  it("knows the distance from UTC on both sides of a change of clocks", () => {
    expect(utcOffset("2027-03-26T09:00", "2027-03-26T08:00:00.000Z")).toBe("UTC+1");
    expect(utcOffset("2027-03-29T09:00", "2027-03-29T07:00:00.000Z")).toBe("UTC+2");
    expect(utcOffset("2027-01-04T09:00", "2027-01-04T09:00:00.000Z")).toBe("UTC");
    expect(utcOffset("2027-01-04T09:00", "2027-01-04T12:30:00.000Z")).toBe("UTC−3:30");
  });

  it("names distances such that they lead back to the instant", () => {
    const quarters = fc.integer({ min: -48, max: 56 });
    fc.assert(
      fc.property(quarters, (quarter) => {
        const instant = Date.UTC(2027, 5, 1, 12) - quarter * 900_000;
        const offset = utcOffset("2027-06-01T12:00", new Date(instant).toISOString());
        const [, sign = "+", hours = "0", minutes = "0"] =
          /^UTC([+−])?(\d+)?:?(\d+)?$/u.exec(offset) ?? [];
        const size = Number(hours) * 4 + Number(minutes) / 15;
        expect(sign === "−" ? -size : size).toBe(quarter);
      }),
    );
  });

  it("names zones after their place", () => {
    expect(zonePlace("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
    expect(zonePlace("Etc/UTC")).toBeUndefined();
    expect(zonePlace("UTC")).toBeUndefined();
  });

  it("writes the hours of who reads, whatever days they are on", () => {
    const end = new Date(2027, 2, 3, 16, 30).toISOString();
    expect(formatOwnHours(new Date(2027, 2, 1, 9).toISOString(), end)).toBe("09:00–16:30");
  });

  it("writes an instant on a given clock", () => {
    expect(formatInstant("2027-03-01T08:00:00.000Z", "Europe/Oslo")).toBe("1 Mar 2027, 09:00");
    expect(formatInstantIn("2027-03-01T08:00:00.000Z", "America/New_York")).toBe(
      "1 Mar 2027, 03:00 New York",
    );
  });
});

describe("money", () => {
  it("counts minor units as the currency does", () => {
    expect(formatMoney({ amount: 129_000, currency: "GBP" })).toBe("£1,290");
    expect(formatMoney({ amount: 129_050, currency: "GBP" })).toBe("£1,290.50");
    expect(formatMoney({ amount: 50_000, currency: "JPY" })).toBe("JP¥50,000");
    expect(minorUnits("KWD")).toBe(1000);
  });

  it("writes what is less than nothing with a minus", () => {
    expect(formatMoney({ amount: -129_000, currency: "GBP" })).toBe("−£1,290");
  });
});

describe("names", () => {
  it("are in the order of their language", () => {
    const names = ["Zürich", "Ålesund", "Oslo"];
    expect(names.toSorted(compareNames)).toEqual(["Ålesund", "Oslo", "Zürich"]);
    expect(formatList(["Oslo", "Bergen"])).toBe("Oslo and Bergen");
  });

  it("leaves what it does not know", () => {
    expect(languageName("nb")).toContain("Norwegian");
    expect(countryName("NO")).toBe("Norway");
    expect(countryName("not a country")).toBe("not a country");
  });
});

describe("in Norwegian", () => {
  /** What somebody reads there, with spaces that break. */
  async function there(write: () => string): Promise<string> {
    const text = await inLanguage("nb", () => Promise.resolve(write()));
    return text.replaceAll(/[\u00A0\u202F]/gu, " ");
  }

  it.each<[string, () => string]>([
    ["3. mars 2026, 09:00 Oslo", () => formatInstantIn("2026-03-03T08:00:00.000Z", "Europe/Oslo")],
    ["3. mars 2026", () => formatInstantDay("2026-03-03T08:00:00.000Z")],
    ["3.–5. mars 2026", () => formatDays("2026-03-03T09:00", "2026-03-05T17:00")],
    ["tirsdag 3. mars 2026", () => formatLongDay("2026-03-03T09:00")],
    ["mars 2026", () => formatMonth("2026-03-01")],
    ["09:00–16:30", () => formatHours("2026-03-03T09:00", "2026-03-05T16:30")],
    ["1 234,50 kr", () => formatMoney({ amount: 123_450, currency: "NOK" })],
    ["1 290 £", () => formatMoney({ amount: 129_000, currency: "GBP" })],
    ["−18 900 kr", () => formatMoney({ amount: -1_890_000, currency: "NOK" })],
    ["12,5 %", () => formatShare(1250)],
    ["2,3 MB", () => formatBytes(2_340_000)],
    ["norsk bokmål", () => languageName("nb")],
    ["Storbritannia", () => countryName("GB")],
    ["Oslo, Bergen og London", () => formatList(["Oslo", "Bergen", "London"])],
    [
      "Arendal Zürich Ørje Ålesund",
      () => ["Ålesund", "Ørje", "Arendal", "Zürich"].toSorted(compareNames).join(" "),
    ],
  ])("writes %s", async (text, write) => {
    expect(await there(write)).toBe(text);
  });

  it("leaves other pages that are written meanwhile in their language", async () => {
    const texts = await Promise.all(
      (["nb", "en", "nb"] as const).map((language) =>
        inLanguage(language, async () => {
          await Promise.resolve();
          return formatMonth("2026-05-01");
        }),
      ),
    );
    expect(texts).toEqual(["mai 2026", "May 2026", "mai 2026"]);
  });
});
