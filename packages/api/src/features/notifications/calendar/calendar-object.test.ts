import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type CalendarEntry, calendarObject } from "./calendar-object.ts";
import type { Sitting } from "./recurrence.ts";

const NOW = new Date("2027-01-10T12:00:00Z");
const ORGANISER = { name: "Lectern", email: "academy@example.com" };
const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

/** As another library reads it. */
function parse(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content) as unknown[]);
  const events = calendar.getAllSubcomponents("vevent");
  return { calendar, events, method: calendar.getFirstPropertyValue("method") };
}

interface Occurrence {
  readonly startDate: InstanceType<typeof ICAL.Time>;
  readonly endDate: InstanceType<typeof ICAL.Time>;
  readonly item: InstanceType<typeof ICAL.Event>;
}

/** Every sitting that another library makes of the event with this UID. */
function sittingsIn(content: string, uid = "registration@lectern"): Sitting[] {
  const parts = parse(content).events.filter((event) => event.getFirstPropertyValue("uid") === uid);
  const [main] = parts.filter((event) => !event.hasProperty("recurrence-id"));
  if (main === undefined) throw new Error(`There is no event ${uid}`);
  const event = new ICAL.Event(main, { exceptions: parts.filter((part) => part !== main) });
  const found: Sitting[] = [];
  const all = event.iterator();
  for (let next = all.next(); next !== undefined && next !== null; next = all.next()) {
    // The library's declarations leave out what this is.
    const { startDate, endDate, item } = event.getOccurrenceDetails(next) as Occurrence;
    found.push({
      startsAt: startDate.toJSDate(),
      endsAt: endDate.toJSDate(),
      location: item.location,
    });
    if (!event.isRecurring()) break;
  }
  return found.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** Nine to five on the clock of a zone, on days that follow each other. */
function nineToFive(from: string, days: number, zone = "Europe/Oslo"): Sitting[] {
  return Array.from({ length: days }, (_, index) => {
    const day = Temporal.PlainDate.from(from).add({ days: index });
    const instant = (time: string) =>
      new Date(
        day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds,
      );
    return { startsAt: instant("09:00"), endsAt: instant("17:00"), location: "Room 2" };
  });
}

function entryOf(sittings: readonly Sitting[], overrides: Partial<CalendarEntry> = {}) {
  const [first, ...others] = sittings;
  if (first === undefined) throw new Error("An entry has a sitting at least");
  return {
    uid: "registration@lectern",
    sequence: 0,
    status: "CONFIRMED" as const,
    summary: "Øvelse, gjør; mester",
    description: "Booking LC-7K3F-92QD",
    url: "https://academy.example/courses/practice",
    sittings: [first, ...others] as const,
    ...overrides,
  };
}

function invitation(sittings: readonly Sitting[], overrides: Partial<CalendarEntry> = {}) {
  return calendarObject(entryOf(sittings, overrides), { organiser: ORGANISER, attendee: ADA }, NOW);
}

describe("a calendar entry", () => {
  it.each([
    ["into summer time", nineToFive("2027-03-26", 5)],
    ["out of summer time", nineToFive("2027-10-29", 5)],
    ["of one day", nineToFive("2027-06-01", 1)],
    ["on the day of the change", nineToFive("2027-03-28", 1)],
    ["at the other end of the world", nineToFive("2027-04-02", 5, "Pacific/Auckland")],
    ["over the weekend", [...nineToFive("2027-03-25", 2), ...nineToFive("2027-03-29", 2)]],
    ["once a week", ["2027-10-17", "2027-10-24", "2027-10-31"].flatMap((d) => nineToFive(d, 1))],
  ])("has every sitting at the right instant: %s", (_name, sittings) => {
    const { content, method } = invitation(sittings);
    expect(method).toBe("REQUEST");
    expect(sittingsIn(content)).toEqual(sittings);
    expect(parse(content).calendar.getFirstPropertyValue("version")).toBe("2.0");
  });

  it("keeps nine o'clock in Oslo over both changes of the clocks", () => {
    for (const from of ["2027-03-27", "2027-10-30"]) {
      const clocks = sittingsIn(invitation(nineToFive(from, 3)).content).map(({ startsAt }) =>
        Temporal.Instant.fromEpochMilliseconds(startsAt.getTime())
          .toZonedDateTimeISO("Europe/Oslo")
          .toPlainTime()
          .toString({ smallestUnit: "minute" }),
      );
      expect(clocks).toEqual(["09:00", "09:00", "09:00"]);
    }
  });

  it("has any sittings at all, on one day or on many, in whatever rooms", () => {
    const minute = 60_000;
    const sitting = fc.record({
      gap: fc.integer({ min: 1, max: 3 * 24 * 60 }),
      lasts: fc.integer({ min: 1, max: 10 * 60 }),
      location: fc.constantFrom("Room 1", "Room 2"),
    });
    fc.assert(
      fc.property(fc.array(sitting, { minLength: 1, maxLength: 20 }), (list) => {
        let at = Date.parse("2027-03-20T06:00:00Z");
        const sittings = list.map(({ gap, lasts, location }) => {
          at += gap * minute;
          const startsAt = new Date(at);
          at += lasts * minute;
          return { startsAt, endsAt: new Date(at), location };
        });
        expect(sittingsIn(invitation(sittings).content)).toEqual(sittings);
      }),
    );
  });

  it("is one event, however many sittings it has", () => {
    const sittings = [...nineToFive("2027-03-25", 2), ...nineToFive("2027-03-29", 3)];
    const { events } = parse(invitation(sittings).content);
    expect(new Set(events.map((event) => event.getFirstPropertyValue("uid"))).size).toBe(1);
    expect(new Set(events.map((event) => event.getFirstPropertyValue("sequence"))).size).toBe(1);
  });

  it("asks nobody to answer, and names who comes", () => {
    const [event] = parse(invitation(nineToFive("2027-06-01", 1)).content).events;
    expect(event?.getFirstPropertyValue("organizer")).toBe("mailto:academy@example.com");
    const attendee = event?.getFirstProperty("attendee");
    expect(String(attendee?.getFirstValue()).toLowerCase()).toBe("mailto:ada@example.com");
    expect(attendee?.getParameter("partstat")).toBe("ACCEPTED");
    expect(attendee?.getParameter("rsvp")).toBe("FALSE");
  });

  it("is only made known to who booked for others", () => {
    const entry = entryOf(nineToFive("2027-06-01", 1));
    const { content, method } = calendarObject(
      entry,
      { organiser: ORGANISER, attendee: null },
      NOW,
    );
    expect(method).toBe("PUBLISH");
    expect(parse(content).method).toBe("PUBLISH");
    expect(content).not.toContain("ATTENDEE");
  });

  it("goes when it is cancelled", () => {
    const { content, method } = invitation(nineToFive("2027-03-26", 5), {
      status: "CANCELLED",
      sequence: 3,
    });
    const { events, method: told } = parse(content);
    expect(method).toBe("CANCEL");
    expect(told).toBe("CANCEL");
    expect(events).toHaveLength(1);
    expect(events[0]?.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(events[0]?.getFirstPropertyValue("sequence")).toBe(3);
    expect(events[0]?.hasProperty("rrule")).toBe(false);
  });

  it("goes as another one comes", () => {
    const entry = entryOf(nineToFive("2027-06-01", 2), { uid: "new@lectern" });
    const replaced = entryOf(nineToFive("2027-05-01", 2), { status: "CANCELLED", sequence: 1 });
    const { content, method } = calendarObject(
      entry,
      { organiser: ORGANISER, attendee: ADA, replaced },
      NOW,
    );
    expect(method).toBe("PUBLISH");
    expect(sittingsIn(content, "new@lectern")).toEqual(entry.sittings);
    const states = parse(content).events.map((event) => event.getFirstPropertyValue("status"));
    expect(states).toEqual(["CONFIRMED", "CANCELLED"]);
  });

  it("lets nobody write further lines", () => {
    const names = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        "Ada\r\nSTATUS:CANCELLED",
        `Ada"\nEND:VEVENT`,
        "a;b,c:d^n\\n",
        "æ".repeat(60),
      ),
    );
    fc.assert(
      fc.property(names, names, (name, summary) => {
        const { content } = calendarObject(
          entryOf(nineToFive("2027-06-01", 1), { summary }),
          { organiser: ORGANISER, attendee: { ...ADA, name } },
          NOW,
        );
        const { events } = parse(content);
        expect(events).toHaveLength(1);
        expect(events[0]?.getFirstPropertyValue("status")).toBe("CONFIRMED");
        for (const line of content.split("\r\n")) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/u);
        }
      }),
    );
  });

  it("shows text as it was", () => {
    const [event] = parse(invitation(nineToFive("2027-06-01", 1)).content).events;
    expect(event?.getFirstPropertyValue("summary")).toBe("Øvelse, gjør; mester");
  });
});
