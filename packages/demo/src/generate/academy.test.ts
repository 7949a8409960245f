import { BOOKING_PLACES_MAX, Booker } from "@lectern/contract/bookings";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courses } from "../content/courses/index.ts";
import { instructors } from "../content/instructors.ts";
import { type Country, venueIn, venues, virtualRooms } from "../content/venues.ts";
import { isPublicHoliday } from "../holidays.ts";
import { type GeneratedRun, generateRuns } from "./academy.ts";
import { crossesClockChange } from "./roles.ts";

const TODAY = Temporal.PlainDate.from("2026-11-22");
const runs = generateRuns(TODAY, "lectern");

const anyToday = fc
  .integer({ min: 0, max: 365 * 6 })
  .map((days) => new Temporal.PlainDate(2025, 1, 1).add({ days }));

/** Whose holidays a run keeps. */
function countryOf(run: GeneratedRun): Country {
  const venue = venues.find(({ timeZone }) => timeZone === run.timeZone);
  if (!venue) throw new Error(`No city keeps ${run.timeZone}`);
  return venue.country;
}

function takenPlaces(run: GeneratedRun): number {
  const confirmed = run.bookings.filter(({ status }) => status === "confirmed");
  return confirmed.reduce((sum, { registrations }) => sum + registrations.length, 0);
}

/** The stretches of each room and each instructor that overlap the one before. */
function overlaps(all: readonly GeneratedRun[]): string[] {
  const uses = all
    .filter(({ status }) => status !== "cancelled")
    .flatMap(({ sessions }) => sessions)
    .flatMap((session) => [session.room, ...session.instructors].map((who) => ({ who, session })))
    .toSorted(
      (a, b) =>
        (a.who < b.who ? -1 : Number(a.who > b.who)) || +a.session.startsAt - +b.session.startsAt,
    );
  return uses.flatMap(({ who, session }, i) => {
    const before = uses[i - 1];
    return before?.who === who && before.session.endsAt > session.startsAt
      ? [`${who} at ${session.localStart}`]
      : [];
  });
}

describe("the generator", () => {
  test("makes the same academy of the same date and seed, and another of another seed", () => {
    expect(generateRuns(TODAY, "lectern")).toEqual(runs);
    expect(generateRuns(TODAY, "other")).not.toEqual(runs);
  });

  test("never takes a room or an instructor twice, whatever the date and the seed", () => {
    fc.assert(
      fc.property(anyToday, fc.string(), (today, seed) => {
        expect(overlaps(generateRuns(today, seed))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("teaches on weekdays that are no public holiday where it is taught", () => {
    fc.assert(
      fc.property(anyToday, (today) => {
        for (const run of generateRuns(today, "holidays")) {
          const country = countryOf(run);
          for (const { localStart } of run.sessions) {
            const date = Temporal.PlainDate.from(localStart);
            expect(date.dayOfWeek).toBeLessThanOrEqual(5);
            expect(isPublicHoliday(country, date), `${country} ${localStart}`).toBe(false);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test("sees to it that every part is there, whatever the date", () => {
    fc.assert(
      fc.property(anyToday, (today) => {
        const generated = generateRuns(today, "lectern");
        const upcoming = generated.filter(({ status }) => status === "confirmed");
        const statuses = generated.map(({ status }) => status);
        const left = upcoming.map((run) => run.capacity - takenPlaces(run));
        expect(statuses.filter((status) => status === "tentative")).toHaveLength(1);
        expect(statuses.filter((status) => status === "cancelled")).toHaveLength(1);
        expect(statuses.filter((status) => status === "completed").length).toBeGreaterThan(40);
        expect(upcoming.length).toBeGreaterThan(250);
        expect(left.filter((places) => places === 0)).toHaveLength(1);
        expect(left.filter((places) => places === 1 || places === 2).length).toBeGreaterThanOrEqual(
          4,
        );
        expect(new Set(upcoming.map(({ course }) => course.code)).size).toBe(courses.length);
        expect(new Set(upcoming.flatMap(({ city }) => city ?? []))).toEqual(
          new Set(venues.map(({ city }) => city)),
        );
        expect(new Set(upcoming.map(({ mode }) => mode))).toEqual(
          new Set(["classroom", "virtual", "blended", "self_paced"]),
        );
        const acrossChange = upcoming.filter(
          (run) => run.mode === "classroom" && crossesClockChange(run),
        );
        expect(acrossChange).toHaveLength(2);
        expect(new Set(acrossChange.map(({ city }) => city))).toEqual(
          new Set(["London", "New York"]),
        );
      }),
      { numRuns: 10 },
    );
  });
});

describe("a run", () => {
  test("begins at nine by the clock of its zone, on both sides of a change of the clocks", () => {
    const run = runs.find(
      (candidate) =>
        candidate.city === "London" &&
        candidate.mode === "classroom" &&
        crossesClockChange(candidate),
    );
    expect(
      run?.sessions.map(({ localStart, startsAt, endsAt }) => [
        localStart,
        startsAt.toISOString(),
        endsAt.toISOString(),
      ]),
    ).toEqual([
      // Good Friday and Easter Monday are in between, and the change of 28 March 2027.
      ["2027-03-25T09:00:00", "2027-03-25T09:00:00.000Z", "2027-03-25T17:00:00.000Z"],
      ["2027-03-30T09:00:00", "2027-03-30T08:00:00.000Z", "2027-03-30T16:00:00.000Z"],
      ["2027-03-31T09:00:00", "2027-03-31T08:00:00.000Z", "2027-03-31T16:00:00.000Z"],
      ["2027-04-01T09:00:00", "2027-04-01T08:00:00.000Z", "2027-04-01T16:00:00.000Z"],
    ]);
  });

  test("has as many sittings as its course has days, or twice as many mornings", () => {
    for (const { course, mode, sessions } of runs) {
      const isMornings = mode === "virtual" && sessions[0]?.localEnd.endsWith("12:30:00");
      const sittings = {
        classroom: course.days,
        virtual: isMornings ? course.days * 2 : course.days,
        // The last day is given in two mornings.
        blended: course.days + 1,
        self_paced: 0,
      }[mode];
      expect(sessions).toHaveLength(sittings);
    }
    const mornings = runs.filter(
      ({ mode, sessions }) => mode === "virtual" && sessions[0]?.localEnd.endsWith("12:30:00"),
    );
    expect(mornings.length).toBeGreaterThan(10);
  });

  test("is in a room of its city that holds it, with instructors who know topic and language", () => {
    for (const run of runs) {
      const rooms = [...(run.city ? venueIn(run.city).rooms : []), ...virtualRooms];
      for (const session of run.sessions) {
        expect(rooms.find(({ name }) => name === session.room)?.capacity).toBeGreaterThanOrEqual(
          run.capacity,
        );
        expect(session.instructors).not.toEqual([]);
        for (const slug of session.instructors) {
          const person = instructors.find((candidate) => candidate.slug === slug);
          expect(person?.teaches).toContain(run.course.topics[0]);
          expect(person?.languages).toContain(run.language);
        }
      }
    }
  });

  test("is offered as its course says, at a price in its market's currency", () => {
    for (const { course, mode, language, price, timeZone } of runs) {
      expect(course.deliveryModes).toContain(mode);
      expect(course.languages).toContain(language);
      expect(price.currency).toBe(venues.find((venue) => venue.timeZone === timeZone)?.currency);
      expect(price.amount % 1000).toBe(0);
      expect(price.amount).toBeGreaterThan(0);
    }
  });
});

describe("bookings", () => {
  test("never take more places than there are", () => {
    for (const run of runs) expect(takenPlaces(run)).toBeLessThanOrEqual(run.capacity);
  });

  test("come from people who cannot be written to, none of them twice on a run", () => {
    for (const { bookings } of runs) {
      const learners = bookings
        .flatMap(({ registrations }) => registrations)
        .flatMap(({ learner }) => learner?.email ?? []);
      expect(new Set(learners).size).toBe(learners.length);
      for (const { booker, company, registrations } of bookings) {
        expect(registrations.length).toBeLessThanOrEqual(BOOKING_PLACES_MAX);
        if (!booker) continue;
        expect(Booker.safeParse({ ...booker, company }).error).toBeUndefined();
        expect(booker.email).toMatch(/@(?:[a-z]+\.)?example\.(?:com|org)$/u);
      }
    }
  });

  test("were made before today, and before the run", () => {
    const midnight = new Date(`${TODAY.toString()}T00:00:00Z`);
    for (const run of runs) {
      for (const booking of run.bookings) {
        expect(booking.settledAt.getTime()).toBeGreaterThan(booking.createdAt.getTime());
        expect(booking.settledAt.getTime()).toBeLessThan(midnight.getTime());
        expect(booking.settledAt.getTime()).toBeLessThan(run.startsAt.getTime());
      }
    }
  });

  test("of a cancelled run are cancelled with it", () => {
    const run = runs.find(({ status }) => status === "cancelled");
    expect(run?.bookings.length).toBeGreaterThan(0);
    expect(run?.bookings.filter(({ status }) => status === "confirmed")).toEqual([]);
    expect(run?.cancelledReason).toBeTruthy();
  });
});
