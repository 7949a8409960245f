import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDecimal, minorDigits, toDecimal } from "../../exchange/money.ts";
import { RecordFindings } from "../findings.ts";
import { readCountry } from "./country.ts";
import { readLanguage } from "./language.ts";
import { currencyIn, decimalIn } from "./money.ts";
import { summaryOf, unquote } from "./text.ts";
import { readTimeZone } from "./time-zone.ts";
import { deliveryModeOf, readLevel, readModeWord, readYesNo } from "./vocabulary.ts";
import { localIn, readWallClock } from "./wall-clock.ts";

function findings(): RecordFindings {
  return new RecordFindings(() => "here");
}

describe("countries", () => {
  it.each([
    ["Sweden", "SE"],
    ["sverige", "SE"],
    ["UK", "GB"],
    ["Scotland", "GB"],
    ["GBR", "GB"],
    ["no", "NO"],
    ["The Netherlands", "NL"],
    ["Türkiye", "TR"],
    ["Deutschland", "DE"],
    ["United States of America", "US"],
  ])("%s is %s", (text, code) => {
    expect(readCountry(text, findings(), "")).toBe(code);
  });

  it("that nobody knows are told", () => {
    const told = findings();
    expect(readCountry("Atlantis", told, "")).toBeUndefined();
    expect(readCountry("ZZ", told, "")).toBeUndefined();
    expect(told.all.map(({ code }) => code)).toEqual(["country", "country"]);
  });
});

describe("languages", () => {
  it.each([
    ["en-GB", "en-GB"],
    ["EN_gb", "en-GB"],
    ["English", "en"],
    ["norsk bokmål", "nb"],
    ["Swedish", "sv"],
    ["zh-hant-tw", "zh-Hant-TW"],
  ])("%s is %s", (text, tag) => {
    expect(readLanguage(text, findings(), "")).toBe(tag);
  });

  it("that nobody knows are told", () => {
    const told = findings();
    expect(readLanguage("Elvish", told, "")).toBeUndefined();
    expect(told.all.map(({ code }) => code)).toEqual(["language"]);
  });
});

describe("time zones", () => {
  it.each([
    ["Europe/Oslo", "Europe/Oslo", false],
    ["europe/oslo", "Europe/Oslo", false],
    ["UTC", "UTC", false],
    ["Melbourne", "Australia/Melbourne", true],
    ["new york", "America/New_York", true],
  ])("%s is %s", (text, zone, isGuess) => {
    expect(readTimeZone(text)).toEqual({ zone, isGuess });
  });

  it.each(["+01:00", "Middle Earth", "", "GMT+25"])("%j is none", (text) => {
    expect(readTimeZone(text).zone).toBeUndefined();
  });
});

describe("dates", () => {
  it.each([
    ["2027-03-01T09:30", "2027-03-01T09:30"],
    ["2027-03-01 9:30", "2027-03-01T09:30"],
    ["20270301T093000", "2027-03-01T09:30"],
    ["2027-03-01T09:30:00.000+01:00", "2027-03-01T09:30"],
    ["20270301T0930+0100", "2027-03-01T09:30"],
    ["2027-03-01", "2027-03-01T00:00"],
    [" 20270301 ", "2027-03-01T00:00"],
  ])("%j is %s", (text, local) => {
    expect(readWallClock(text)?.local).toBe(local);
  });

  it.each([
    "",
    "soon",
    "2027-02-30",
    "2027-13-01T09:00",
    "01/03/2027",
    "2027-03-01T25:00",
    "1 March 2027",
  ])("%j is none", (text) => {
    expect(readWallClock(text)).toBeUndefined();
  });

  it("with the offset that the zone has then keep their wall clock", () => {
    const instant = fc.date({
      min: new Date("1990-01-01"),
      max: new Date("2037-01-01"),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom(
      "Europe/Oslo",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Asia/Tokyo",
    );
    fc.assert(
      fc.property(instant, zone, (date, timeZone) => {
        const minute = Math.floor(date.getTime() / 60_000) * 60_000;
        const zoned = Temporal.Instant.fromEpochMilliseconds(minute).toZonedDateTimeISO(timeZone);
        const local = zoned.toPlainDateTime().toString({ smallestUnit: "minute" });
        const clock = readWallClock(`${local}:00${zoned.offset}`);
        if (clock === undefined) throw new Error("not read");

        expect(localIn(clock, timeZone).local).toBe(local);
        expect(localIn(clock, "UTC").local).toBe(new Date(minute).toISOString().slice(0, 16));
      }),
    );
  });
});

describe("money", () => {
  it("comes back from its decimal as it was", () => {
    const currency = fc.constantFrom("EUR", "JPY", "KWD", "CLF", "NOK");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_00 }), currency, (amount, code) => {
        expect(fromDecimal(toDecimal({ amount, currency: code }), code)).toBe(amount);
      }),
    );
  });

  it("has as many digits as the currency", () => {
    expect(["EUR", "JPY", "KWD"].map(minorDigits)).toEqual([2, 0, 3]);
    expect(fromDecimal("9.99", "JPY")).toBeUndefined();
    expect(fromDecimal("9.990", "EUR")).toBe(999);
    expect(fromDecimal("0.1", "EUR")).toBe(10);
  });

  it.each([
    ["1250", "1250"],
    ["1 250,50", "1250.50"],
    ["1.250,50", "1250.50"],
    ["1,250.50", "1250.50"],
    ["1'250.50 CHF", "1250.50"],
    ["€ 9.99", "9.99"],
    ["1,234,567", "1234567"],
    ["100,-", "100"],
    ["0.125", "0.125"],
  ])("%s is %s", (text, decimal) => {
    expect(decimalIn(text)).toBe(decimal);
  });

  it.each(["1.250", "12,345", "ten", "", "1.2.3", "-5"])("%j is not without doubt", (text) => {
    expect(decimalIn(text)).toBeUndefined();
  });

  it.each([
    ["€ 100", "EUR"],
    ["100 nok", "NOK"],
    ["£5", "GBP"],
    ["$5", undefined],
    ["100 kr", undefined],
    ["FOO 5", undefined],
  ])("%s names %s", (text, currency) => {
    expect(currencyIn(text)).toBe(currency);
  });
});

describe("ways of teaching", () => {
  it.each([
    [["onsite", "synchronous", "full-time"], "classroom"],
    [["https://schema.org/OnlineEventAttendanceMode"], "virtual"],
    [["Face-to-face"], "classroom"],
    [["online", "in person"], "blended"],
    [["online", "self-paced"], "self_paced"],
    [["hybrid"], "blended"],
    [["full-time"], undefined],
  ])("%j is %s", (words, mode) => {
    expect(deliveryModeOf(new Set(words.flatMap((word) => readModeWord(word) ?? [])))).toBe(mode);
  });
});

describe("words", () => {
  it("for levels and answers are found", () => {
    expect(readLevel("Beginner")).toBe("beginner");
    expect(readLevel("Entry level")).toBe("beginner");
    expect(readLevel("beginner to advanced")).toBeUndefined();
    expect([readYesNo("TRUE"), readYesNo("no"), readYesNo("perhaps")]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it("lose the quotation marks around them", () => {
    expect(unquote(" “onsite” ")).toEqual({ value: "onsite", wasQuoted: true });
    expect(unquote('"""NCI, ANU"""')).toEqual({ value: "NCI, ANU", wasQuoted: true });
    expect(unquote("it's")).toEqual({ value: "it's", wasQuoted: false });
  });

  it("begin with a summary of whole sentences", () => {
    const body = `# Title\n\nFirst, e.g. this one, is short. ${"Second is long. ".repeat(30)}`;
    const summary = summaryOf(body);

    expect(summary).toMatch(/^First, e\.g\. this one, is short\. Second/u);
    expect(summary).toMatch(/long\.$/u);
    expect(summary.length).toBeLessThanOrEqual(300);
    expect(summaryOf(`${"word ".repeat(100)}`)).toMatch(/word…$/u);
    expect(summaryOf("- only\n- a list")).toBe("");
  });
});
