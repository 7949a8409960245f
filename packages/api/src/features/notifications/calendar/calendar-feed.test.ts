import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type FeedEvent, calendarFeed } from "./calendar-feed.ts";

function eventOf(overrides: Partial<FeedEvent> = {}): FeedEvent {
  return {
    uid: "seat.1@lectern",
    sequence: 0,
    status: "CONFIRMED",
    summary: "Øvelse, gjør; mester",
    description: "Booking LC-7K3F-92QD",
    location: "Room 2, Storgata 1, Oslo",
    url: "https://academy.example/courses/practice",
    startsAt: new Date("2027-03-26T08:00:00Z"),
    endsAt: new Date("2027-03-26T16:00:00Z"),
    timeZone: "Europe/Oslo",
    changedAt: new Date("2027-01-01T10:00:00Z"),
    ...overrides,
  };
}

/** As another library reads it, which knows no zone but those that the calendar brings along. */
function read(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content) as unknown[]);
  return {
    calendar,
    zones: calendar
      .getAllSubcomponents("vtimezone")
      .map((zone) => String(zone.getFirstPropertyValue("tzid"))),
    events: calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        summary: event.summary,
        startsAt: event.startDate.toJSDate(),
        endsAt: event.endDate.toJSDate(),
        clock: event.startDate.toString(),
        status: component.getFirstPropertyValue("status"),
      };
    }),
  };
}

describe("a calendar that programs subscribe to", () => {
  it.each([
    ["before summer time", "2027-03-26T08:00:00Z", "Europe/Oslo", "2027-03-26T09:00:00"],
    ["after it began", "2027-03-29T07:00:00Z", "Europe/Oslo", "2027-03-29T09:00:00"],
    ["after it ended", "2027-11-01T08:00:00Z", "Europe/Oslo", "2027-11-01T09:00:00"],
    ["in the south", "2027-04-05T21:00:00Z", "Pacific/Auckland", "2027-04-06T09:00:00"],
    ["where clocks stay", "2027-04-05T01:00:00Z", "Asia/Singapore", "2027-04-05T09:00:00"],
    ["by half an hour", "2027-10-02T22:30:00Z", "Australia/Lord_Howe", "2027-10-03T09:30:00"],
  ])("has each session at its local time: %s", (_name, startsAt, timeZone, clock) => {
    const event = eventOf({
      startsAt: new Date(startsAt),
      endsAt: new Date(Date.parse(startsAt) + 3_600_000),
      timeZone,
    });
    const { zones, events } = read(calendarFeed("Trainings", [event]));
    expect(zones).toEqual([timeZone]);
    expect(events).toMatchObject([{ startsAt: event.startsAt, endsAt: event.endsAt, clock }]);
  });

  it("has any sessions, in any zones, at the right instant", () => {
    const zones = ["Europe/Oslo", "America/New_York", "Asia/Kathmandu", "Africa/Casablanca", "UTC"];
    const one = fc.record({
      at: fc.integer({ min: 0, max: 5 * 365 * 24 * 4 }),
      timeZone: fc.constantFrom(...zones),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (list) => {
        const events = list.map(({ at, timeZone }, index) => {
          const startsAt = new Date(Date.parse("2026-01-01T00:00:00Z") + at * 900_000);
          const endsAt = new Date(startsAt.getTime() + 7_200_000);
          return eventOf({ uid: `${index}@lectern`, startsAt, endsAt, timeZone });
        });
        const found = read(calendarFeed("Trainings", events));
        expect(found.events.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))).toEqual(
          events.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("is the same text each time, says its name and when to look again", () => {
    const events = [eventOf(), eventOf({ uid: "seat.2@lectern", status: "CANCELLED" })];
    const content = calendarFeed("Trainings at Lectern", events);
    expect(calendarFeed("Trainings at Lectern", events)).toBe(content);
    expect(content).toContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H");
    expect(content).toContain("DTSTAMP:20270101T100000Z");
    const { calendar, events: found } = read(content);
    expect(calendar.getFirstPropertyValue("x-wr-calname")).toBe("Trainings at Lectern");
    expect(found.map(({ uid, status }) => [uid, status])).toEqual([
      ["seat.1@lectern", "CONFIRMED"],
      ["seat.2@lectern", "CANCELLED"],
    ]);
  });

  it("is one of no events, too", () => {
    expect(read(calendarFeed("Trainings", [])).events).toEqual([]);
  });

  it("lets nobody write further lines", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.constantFrom("A\r\nSTATUS:CANCELLED", "A\nEND:VEVENT\nBEGIN:VEVENT", "a;b,c\\n"),
    );
    fc.assert(
      fc.property(text, text, text, (summary, location, name) => {
        const content = calendarFeed(name, [eventOf({ summary, location })]);
        expect(read(content).events).toMatchObject([{ status: "CONFIRMED" }]);
        for (const line of content.split("\r\n")) expect(line).not.toMatch(/[\r\n]/u);
      }),
      { numRuns: 60 },
    );
  });
});
