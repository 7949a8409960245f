import { type CataloguedCourse, courses } from "../content/courses/index.ts";
import { type InstructorContent, instructors } from "../content/instructors.ts";
import {
  type City,
  type RoomContent,
  type VenueContent,
  venueIn,
  virtualRooms,
} from "../content/venues.ts";
import type { Random } from "../random.ts";
import { Diary, withTravel } from "./diary.ts";
import { type Offer, offersOf } from "./offers.ts";
import { priceIn } from "./price-list.ts";
import type { GeneratedSession, PlannedRun } from "./runs.ts";
import { fittingDays, mondayOf, teachingDays } from "./teaching-days.ts";
import { nextClockChange, span, stretch } from "./zoned.ts";

/** How far the schedule reaches from today. */
const WEEKS_BACK = 13;
const WEEKS_AHEAD = 52;

/** Runs of a course in that time, by level. */
const RUNS = { beginner: 9, intermediate: 7, advanced: 5 } as const;

/** A run that finds no room or instructor in its week is moved by so many weeks at most. */
const PATIENCE_WEEKS = 8;

const FULL_DAY = { from: "09:00", to: "17:00" } as const;
const MORNING = { from: "09:00", to: "12:30" } as const;
const MINIMUM_PLACES = 4;
const VIRTUAL_SHARE = 0.85;

/** Hours between an instructor's clock and a virtual room's that still make a decent working day. */
const REMOTE_HOURS = 3;

/**
 * The classroom, virtual and blended runs of about fifteen months around a date: on weekdays and
 * around the public holidays of where they are held, with no room and no instructor taken twice.
 */
export function planSchedule(today: Temporal.PlainDate, random: Random): PlannedRun[] {
  const planner = new Planner(random.fork("resources"));
  const first = mondayOf(today).subtract({ weeks: WEEKS_BACK });
  // Before all others, while every room is free.
  const across = (
    [
      ["SEC-310", "London"],
      ["OPS-210", "New York"],
    ] as const
  ).map(([code, city]) => planner.acrossClockChange(courseByCode(code), venueIn(city), today));
  const planned = courses.flatMap((course) => {
    const own = random.fork(course.code);
    const offers = offersOf(course, own);
    const runs = RUNS[course.level];
    return Array.from({ length: runs }, (_, i) => {
      const week = Math.floor(((i + own.fraction()) / runs) * (WEEKS_BACK + WEEKS_AHEAD));
      return planner.findWeek(course, offers.next().value, first.add({ weeks: week }), own);
    });
  });
  return [...across, ...planned]
    .filter((run) => run !== undefined)
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || compare(a, b));
}

/** Finds rooms and instructors, and remembers whom it took. */
class Planner {
  readonly #diary = new Diary();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** @returns `undefined` when nothing was free in any of the weeks that were tried */
  findWeek(
    course: CataloguedCourse,
    offer: Offer,
    firstMonday: Temporal.PlainDate,
    random: Random,
  ): PlannedRun | undefined {
    for (let weeks = 0; weeks <= PATIENCE_WEEKS; weeks += 1) {
      const monday = firstMonday.add({ weeks });
      const count = offer.halfDays ? course.days * 2 : course.days;
      const choices = fittingDays(monday, count, offer.venue.country);
      // Long courses begin on the first day that they can; short ones on any.
      for (const dates of count > 2 ? choices : random.shuffled(choices)) {
        const run = this.#place(course, offer, dates);
        if (run) return run;
      }
    }
    return undefined;
  }

  /** A classroom run with sittings on both sides of the next change of the clocks. */
  acrossClockChange(
    course: CataloguedCourse,
    venue: VenueContent,
    today: Temporal.PlainDate,
  ): PlannedRun | undefined {
    const change = nextClockChange(today.add({ weeks: 3 }), venue.timeZone);
    if (!change) return undefined;
    const offer: Offer = { mode: "classroom", venue, language: "en", halfDays: false };
    // Clocks change on Sundays: Thursday, Friday, and on after the weekend.
    const dates = teachingDays(change.subtract({ days: 3 }), course.days, venue.country);
    return this.#place(course, offer, dates);
  }

  #place(
    course: CataloguedCourse,
    offer: Offer,
    dates: readonly Temporal.PlainDate[],
  ): PlannedRun | undefined {
    const { venue } = offer;
    // A blended course gives its last day up for two mornings in the week after.
    const isBlended = offer.mode === "blended";
    const followUp = isBlended ? fittingDays(nextMonday(dates), 2, venue.country)[0] : [];
    if (!followUp) return undefined;
    const main = isBlended ? dates.slice(0, -1) : dates;
    const all = [...main, ...followUp];

    const room = this.#room(offer.mode === "virtual" ? "virtual" : "classroom", venue.city, main);
    const virtualRoom = isBlended ? this.#room("virtual", venue.city, followUp) : room;
    const teachers = this.#instructors(course, offer, all);
    if (!room || !virtualRoom || teachers.length === 0) return undefined;

    this.#diary.take(room.name, main);
    this.#diary.take(virtualRoom.name, followUp);
    for (const teacher of teachers) this.#diary.take(teacher.slug, daysAway(teacher, offer, all));

    const hours = offer.halfDays ? MORNING : FULL_DAY;
    const slugs = teachers.map(({ slug }) => slug);
    const sit = (date: Temporal.PlainDate, { name }: RoomContent, { from, to } = hours) => ({
      ...stretch(date, from, to, venue.timeZone),
      room: name,
      instructors: slugs,
    });
    const sessions: GeneratedSession[] = [
      ...main.map((date) => sit(date, room)),
      ...followUp.map((date) => sit(date, virtualRoom, MORNING)),
    ];
    return {
      ...span(sessions),
      course,
      mode: offer.mode,
      city: offer.mode === "virtual" ? null : venue.city,
      language: offer.language,
      capacity: Math.min(room.capacity, virtualRoom.capacity),
      minPlaces: MINIMUM_PLACES,
      price: priceIn(venue.currency, course.pounds, offer.mode === "virtual" ? VIRTUAL_SHARE : 1),
      sessions,
    };
  }

  #room(
    kind: "classroom" | "virtual",
    city: City,
    dates: readonly Temporal.PlainDate[],
  ): RoomContent | undefined {
    const rooms =
      kind === "classroom"
        ? venueIn(city).rooms
        : virtualRooms.filter((room) => room.city === city);
    return this.#random.shuffled(rooms).find((room) => this.#diary.isFree(room.name, dates));
  }

  /** One instructor, or two for a long course in a classroom when a second one lives there. */
  #instructors(
    course: CataloguedCourse,
    offer: Offer,
    dates: readonly Temporal.PlainDate[],
  ): InstructorContent[] {
    const able = instructors
      .filter(
        (person) =>
          person.teaches.includes(course.topics[0]) &&
          person.languages.includes(offer.language) &&
          (offer.mode !== "virtual" || isAwakeFor(person, offer.venue, dates)) &&
          this.#diary.isFree(person.slug, daysAway(person, offer, dates)),
      )
      .map((person) => ({ person, isLocal: person.home === offer.venue.city }))
      .toSorted(
        (a, b) =>
          Number(b.isLocal) - Number(a.isLocal) ||
          this.#diary.daysTaken(a.person.slug) - this.#diary.daysTaken(b.person.slug),
      );
    const wanted = offer.mode === "classroom" && course.days >= 4 ? 2 : 1;
    return able
      .filter(({ isLocal }, i) => i === 0 || (i < wanted && isLocal))
      .map(({ person }) => person);
  }
}

function daysAway(
  person: InstructorContent,
  offer: Offer,
  dates: readonly Temporal.PlainDate[],
): readonly Temporal.PlainDate[] {
  return offer.mode === "virtual" || person.home === offer.venue.city ? dates : withTravel(dates);
}

function isAwakeFor(
  person: InstructorContent,
  venue: VenueContent,
  [date]: readonly Temporal.PlainDate[],
): boolean {
  if (!date) return false;
  const offsets = [venueIn(person.home).timeZone, venue.timeZone].map(
    (timeZone) => date.toZonedDateTime({ timeZone, plainTime: "12:00" }).offsetNanoseconds / 3.6e12,
  );
  return Math.max(...offsets) - Math.min(...offsets) <= REMOTE_HOURS;
}

function nextMonday(dates: readonly Temporal.PlainDate[]): Temporal.PlainDate {
  const last = dates.at(-1);
  if (!last) throw new RangeError("There is no date to go on from");
  return mondayOf(last).add({ weeks: 1 });
}

function courseByCode(code: string): CataloguedCourse {
  const course = courses.find((candidate) => candidate.code === code);
  if (!course) throw new Error(`There is no course ${code}`);
  return course;
}

/** Runs that begin at the same moment, in an order that does not depend on how they were made. */
function compare(a: PlannedRun, b: PlannedRun): number {
  const key = ({ course, city, timeZone, mode }: PlannedRun) =>
    `${course.code} ${city} ${timeZone} ${mode}`;
  return key(a) < key(b) ? -1 : 1;
}
