import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, daysBetween, mondayOf, todayHere, weeksOfMonth } from "./days.ts";

const plainDays = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("plain days", () => {
  it("are counted as the calendar of the language does", () => {
    fc.assert(
      fc.property(plainDays, fc.integer({ min: -900, max: 900 }), (day, count) => {
        const plain = Temporal.PlainDate.from(day);
        const later = plain.add({ days: count }).toString();
        expect(addDays(day, count)).toBe(later);
        expect(daysBetween(day, later)).toBe(count);
        expect(addMonths(day, count)).toBe(plain.add({ months: count }).toString());
        expect(mondayOf(day)).toBe(plain.subtract({ days: plain.dayOfWeek - 1 }).toString());
      }),
    );
  });

  it("of a month are in whole weeks, with what is before and after", () => {
    fc.assert(
      fc.property(plainDays, (day) => {
        const weeks = weeksOfMonth(day);
        const { daysInMonth } = Temporal.PlainDate.from(day);
        const days = weeks.flat();
        expect(days.filter((one) => one.slice(0, 7) === day.slice(0, 7))).toHaveLength(daysInMonth);
        expect(
          weeks.every((week) => week.length === 7 && mondayOf(week[3] ?? "") === week[0]),
        ).toBe(true);
        expect(days).toContain(day);
      }),
    );
  });

  it("of today are those of this device's clock", () => {
    const now = new Date();
    expect(todayHere(now)).toBe(
      Temporal.Instant.from(now.toISOString())
        .toZonedDateTimeISO(Temporal.Now.timeZoneId())
        .toPlainDate()
        .toString(),
    );
  });
});
