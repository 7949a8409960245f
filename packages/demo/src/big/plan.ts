import type { Money } from "@lectern/contract/primitives";
import type { RunStatus } from "@lectern/contract/vocabulary";
import { priceIn } from "../generate/price-list.ts";
import { type Sitting, teachingCalendar } from "./calendar.ts";
import { type BigCity, bigCities } from "./cities.ts";
import { type BigCourse, bigCourses } from "./course-templates.ts";
import { fractionOf, mix } from "./numbers.ts";

/**
 * The plan of the big academy. Each course is offered in eight ways (how, where, in which language, at
 * what price), and each offer has its runs spread over two and a half years.
 *
 * That nothing overlaps follows from the layout. Eight offers, of eight courses, share a lane: a room
 * and an instructor of their own. A lane's teaching days are dealt out in slots as long as the
 * longest course, and the k-th offer of the lane has every eighth slot from the k-th on.
 */

/** How the offers of a course are held, in turn. */
const MODES = [
  "classroom",
  "virtual",
  "classroom",
  "virtual",
  "classroom",
  "self_paced",
  "classroom",
  "virtual",
] as const;
const OFFERS_OF_A_COURSE = MODES.length;
const OFFERS_IN_A_LANE = 8;
const LANES_IN_A_HOUSE = 12;

const LONGEST_COURSE_DAYS = 3;
const SLOTS_OF_AN_OFFER = 27;
const SELF_PACED_DAYS = 120;
const TEACHING_DAYS = SLOTS_OF_AN_OFFER * OFFERS_IN_A_LANE * LONGEST_COURSE_DAYS + SELF_PACED_DAYS;
const WEEKS_BACK = 26;
/** Which room a run gets and who teaches it is settled so long before. */
const SETTLED_MS = 8 * 7 * 24 * 60 * 60_000;

const RUNS_OF_A_COURSE = 200;
const FEWEST_COURSES = 24;

const SHARE_OF_PRICE = { classroom: 1, virtual: 0.85, self_paced: 0.4 } as const;
const BOOKED_SHARE = 0.05;
const MOST_PLACES_BOOKED = 3;

export interface BigPlan {
  readonly courses: readonly BigCourse[];
  /** The cities of the houses. */
  readonly houses: readonly BigCity[];
  /** A room each, unless the lane is taught at a distance, and an instructor. */
  readonly lanes: readonly Lane[];
  /** How many runs there are. */
  readonly size: number;
  /** All of them, anew at each call: those of one course together, those of one offer in time. */
  runs(): Generator<BigRun>;
}

export interface Lane {
  readonly number: number;
  readonly mode: (typeof MODES)[number];
  readonly house: number;
  readonly city: BigCity;
  readonly calendar: readonly Sitting[];
}

export interface BigRun extends State {
  readonly number: number;
  readonly course: number;
  readonly lane: Lane;
  readonly terms: Terms;
  readonly times: Times;
}

/** What all runs of an offer have in common. */
interface Terms {
  readonly language: string;
  readonly price: Money;
}

interface Times {
  readonly first: Sitting;
  readonly last: Sitting;
  /** One a day; none for a self-paced run. */
  readonly sittings: readonly Sitting[];
}

/** What has become of a run by today. */
interface State {
  readonly status: RunStatus;
  /** Whether its room, if it is held in one, and its instructor are named. */
  readonly isSettled: boolean;
  readonly capacity: number;
  /** Places of its one booking, if it has one. */
  readonly bookedPlaces: number;
}

/**
 * @param size how many runs
 * @param today around which they are spread: half a year back, two years ahead
 * @param milliseconds when the load says it happened
 */
export function createPlan(
  size: number,
  today: Temporal.PlainDate,
  seed: number,
  milliseconds: number,
): BigPlan {
  // A multiple of a lane's offers, so that the offers of a lane are all held in the same way.
  const wanted = Math.max(FEWEST_COURSES, size / RUNS_OF_A_COURSE);
  const courseCount = Math.ceil(wanted / OFFERS_IN_A_LANE) * OFFERS_IN_A_LANE;
  const lanesOfAMode = courseCount / OFFERS_IN_A_LANE;
  const courses = bigCourses(courseCount, milliseconds);
  const houseCount = Math.ceil((lanesOfAMode * OFFERS_OF_A_COURSE) / LANES_IN_A_HOUSE);
  const houses = Array.from({ length: houseCount }, (_, i) => cityOf(i, seed));
  const calendarOf = calendars(today.subtract({ weeks: WEEKS_BACK }));
  const lanes = MODES.flatMap((mode, m) =>
    Array.from({ length: lanesOfAMode }, (_, i) => {
      const number = m * lanesOfAMode + i;
      const house = Math.floor(number / LANES_IN_A_HOUSE);
      const city = houses[house] ?? cityOf(house, seed);
      return { number, mode, house, city, calendar: calendarOf(city) };
    }),
  );
  const now = today.toZonedDateTime("UTC").epochMilliseconds;

  function* runs(): Generator<BigRun> {
    let number = 0;
    const offers = courseCount * OFFERS_OF_A_COURSE;
    for (const [course, content] of courses.entries()) {
      const phase = course % OFFERS_IN_A_LANE;
      for (let m = 0; m < OFFERS_OF_A_COURSE; m += 1) {
        const lane = lanes[m * lanesOfAMode + Math.floor(course / OFFERS_IN_A_LANE)];
        if (!lane) throw new RangeError("There is no lane for this offer");
        const offer = course * OFFERS_OF_A_COURSE + m;
        const terms = termsOf(content, lane, offer, seed);
        // Where the runs can't be dealt out evenly, the first offers get one more.
        const count = Math.floor(size / offers) + (offer < size % offers ? 1 : 0);
        for (let i = 0; i < count; i += 1) {
          const slot = Math.floor((i * SLOTS_OF_AN_OFFER) / count) * OFFERS_IN_A_LANE + phase;
          const times = timesIn(slot, content.days, lane);
          yield { number, course, lane, terms, times, ...stateOf(number, times, now, seed) };
          number += 1;
        }
      }
    }
  }
  return { courses, houses, lanes, size, runs };
}

function termsOf(
  { template, pounds }: BigCourse,
  { city, mode }: Lane,
  offer: number,
  seed: number,
): Terms {
  const isLocal = template.languages.includes(city.language) && fractionOf(offer, seed) < 0.5;
  return {
    language: isLocal ? city.language : "en",
    price: priceIn(city.currency, pounds, SHARE_OF_PRICE[mode]),
  };
}

function timesIn(slot: number, days: number, { mode, calendar }: Lane): Times {
  const from = slot * LONGEST_COURSE_DAYS;
  const isSelfPaced = mode === "self_paced";
  const first = calendar[from];
  const last = calendar[from + (isSelfPaced ? SELF_PACED_DAYS : days) - 1];
  if (!first || !last) throw new RangeError("The calendar ends before this run");
  return { first, last, sittings: isSelfPaced ? [] : calendar.slice(from, from + days) };
}

function stateOf(number: number, { first, last }: Times, now: number, seed: number): State {
  const status = statusOf(first, last, now, fractionOf(number, seed + 1));
  const isBooked = status !== "cancelled" && fractionOf(number, seed + 2) < BOOKED_SHARE;
  return {
    status,
    isSettled: first.startsAt.getTime() < now + SETTLED_MS,
    capacity: 8 + (mix(number, seed + 3) % 13),
    bookedPlaces: isBooked ? 1 + (mix(number, seed + 4) % MOST_PLACES_BOOKED) : 0,
  };
}

function statusOf(first: Sitting, last: Sitting, now: number, fraction: number): RunStatus {
  if (fraction < 0.01) return "cancelled";
  if (last.endsAt.getTime() < now) return "completed";
  if (first.startsAt.getTime() < now) return "in_progress";
  return fraction < 0.02 ? "tentative" : "confirmed";
}

function cityOf(house: number, seed: number): BigCity {
  const city = bigCities[mix(house, seed) % bigCities.length];
  if (!city) throw new RangeError("There is no city to build in");
  return city;
}

/** One calendar for all lanes of a zone. */
function calendars(from: Temporal.PlainDate): (city: BigCity) => readonly Sitting[] {
  const known = new Map<string, readonly Sitting[]>();
  return (city) => {
    const calendar = known.get(city.timeZone) ?? teachingCalendar(city, from, TEACHING_DAYS);
    known.set(city.timeZone, calendar);
    return calendar;
  };
}
