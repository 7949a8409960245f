import type { Database } from "@lectern/database/connect";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course, courseTopic, topic } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { zonedStretch } from "../shared/zoned-time.ts";

/** A small catalogue full of differences and ties, the same for the same seed, for tests of lists. */

export type CourseRow = typeof course.$inferInsert & { topics: readonly string[] };
export type RunRow = typeof courseRun.$inferInsert;
export type VenueRow = typeof venue.$inferInsert;

export interface RandomCatalogue {
  readonly courses: readonly CourseRow[];
  readonly runs: readonly RunRow[];
  readonly venues: readonly VenueRow[];
}

export const TOPICS = ["cloud", "data", "security"] as const;
export const WORDS = ["kubernetes", "python", "linux", "security", "statistics", "agile"] as const;
export const LANGUAGES = ["en", "nb", "tr"] as const;
const MODES = ["classroom", "virtual", "blended"] as const;
const VENUES = [
  { name: "Tower House", city: "London", country: "GB", timeZone: "Europe/London" },
  { name: "Fjordgata", city: "Oslo", country: "NO", timeZone: "Europe/Oslo" },
  { name: "Havnegata", city: "Bergen", country: "NO", timeZone: "Europe/Oslo" },
  { name: "Tide House", city: "Auckland", country: "NZ", timeZone: "Pacific/Auckland" },
] as const;
export const COUNTRIES = ["GB", "NO", "NZ", "SE"] as const;
export const CITIES = ["London", "Oslo", "Bergen", "Auckland"] as const;

const year = new Date().getUTCFullYear() + 1;
/** Few dates and hours, so that runs meet; the first is long gone. */
const DATES = ["2020-01-15", `${year}-03-01`, `${year}-03-02`, `${year}-06-10`] as const;
const HOURS = ["00:00", "09:00", "23:30"] as const;

const courseShape = fc.record({
  title: fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
    .map((words) => words.join(" ")),
  status: fc.constantFrom("published", "published", "published", "published", "draft", "retired"),
  level: fc.constantFrom("beginner", "intermediate", "advanced", null),
  languages: fc.subarray([...LANGUAGES]),
  deliveryModes: fc.subarray([...MODES]),
  topics: fc.subarray([...TOPICS]),
} as const);

const runShape = fc.record({
  course: fc.nat(),
  venue: fc.option(fc.nat(VENUES.length - 1)),
  status: fc.constantFrom("confirmed", "confirmed", "confirmed", "tentative", "draft", "cancelled"),
  visibility: fc.constantFrom("public", "public", "public", "private"),
  deliveryMode: fc.constantFrom(...MODES),
  language: fc.constantFrom(...LANGUAGES),
  date: fc.constantFrom(...DATES),
  hour: fc.constantFrom(...HOURS),
  priceAmount: fc.constantFrom(null, 0, 100_00, 200_00),
  priceCurrency: fc.constantFrom("NOK", "EUR"),
} as const);

/** @param seed the same seed makes the same catalogue, but for the ids */
export async function createRandomCatalogue(db: Database, seed: number): Promise<RandomCatalogue> {
  const [courseShapes, runShapes] = fc.sample(
    fc.tuple(
      fc.array(courseShape, { minLength: 30, maxLength: 30 }),
      fc.array(runShape, { minLength: 150, maxLength: 150 }),
    ),
    { seed, numRuns: 1 },
  )[0] ?? [[], []];

  const topics = TOPICS.map((slug) => ({ id: uuidv7(), slug, name: `The ${slug}` }));
  const venues = VENUES.map((shape) => ({ id: uuidv7(), ...shape }));
  const courses = courseShapes.map((shape, index) => ({
    ...shape,
    id: uuidv7(),
    code: `TST-${100 + index}`,
    slug: `test-${index}`,
    publishedAt: new Date(),
  }));
  const runs = runShapes.map(({ course: index, venue: at, date, hour, ...shape }) => {
    const place = at === null ? null : venues[at];
    const timeZone = place?.timeZone ?? "America/New_York";
    return {
      ...shape,
      ...zonedStretch(`${date}T${hour}`, `${date}T23:59`, timeZone, "run"),
      priceCurrency: shape.priceAmount === null ? null : shape.priceCurrency,
      id: uuidv7(),
      courseId: courses[index % courses.length]?.id ?? "",
      venueId: place?.id ?? null,
    };
  });

  await db.insert(topic).values(topics);
  await db.insert(venue).values(venues);
  await db.insert(course).values(courses);
  await db.insert(courseTopic).values(
    courses.flatMap((row) =>
      row.topics.map((slug) => ({
        courseId: row.id,
        topicId: topics.find((each) => each.slug === slug)?.id ?? "",
      })),
    ),
  );
  await db.insert(courseRun).values(runs);
  await db.insert(runCapacity).values(runs.map((row) => ({ runId: row.id, capacity: 10 })));
  return { courses, runs, venues };
}

/** Mostly none, so that several at once leave something now and then. */
function seldom<T>(choice: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: choice });
}

function some<T>(values: readonly T[]): fc.Arbitrary<T[] | null> {
  return seldom(fc.subarray([...values]));
}

export const randomFilter = fc.record({
  topics: some(TOPICS),
  levels: some(["beginner", "intermediate", "advanced"] as const),
  languages: some(LANGUAGES),
  deliveryModes: some(MODES),
  countries: some<string>(COUNTRIES),
  cities: some<string>(CITIES),
  from: seldom(fc.constantFrom(...DATES)),
  to: seldom(fc.constantFrom(...DATES)),
  price: seldom(
    fc.record({
      currency: fc.constantFrom("NOK", "EUR"),
      min: fc.constantFrom(null, 1, 100_00),
      max: fc.constantFrom(null, 0, 150_00),
    }),
  ),
});
export type RandomFilter = typeof randomFilter extends fc.Arbitrary<infer Filter> ? Filter : never;

/** An empty choice is none. */
function allows<T>(choice: readonly T[] | null, values: readonly T[]): boolean {
  return choice === null || choice.length === 0 || values.some((value) => choice.includes(value));
}

/** Whether the public sees a run as upcoming: told from the rows alone, without any SQL. */
export function isUpcoming(catalogue: RandomCatalogue, run: RunRow): boolean {
  const of = catalogue.courses.find((each) => each.id === run.courseId);
  return (
    of?.status === "published" &&
    run.visibility === "public" &&
    (run.status === "confirmed" || run.status === "tentative") &&
    run.startsAt > new Date()
  );
}

/** Whether a run fits what a filter says of places, dates and prices. */
export function runFits(catalogue: RandomCatalogue, run: RunRow, filter: RandomFilter): boolean {
  const at = catalogue.venues.find((each) => each.id === run.venueId);
  const date = run.localStart.slice(0, 10);
  const { price, from, to } = filter;
  const amount = run.priceAmount ?? null;
  return (
    allows(filter.countries, at === undefined ? [] : [at.country]) &&
    allows(filter.cities, at === undefined ? [] : [at.city]) &&
    (from === null || date >= from) &&
    (to === null || date <= to) &&
    (price === null ||
      (amount !== null &&
        run.priceCurrency === price.currency &&
        amount >= (price.min ?? 0) &&
        amount <= (price.max ?? Infinity)))
  );
}

/** The ids of the courses that a filter leaves: told from the rows alone, without any SQL. */
export function coursesThatFit(catalogue: RandomCatalogue, filter: RandomFilter): Set<string> {
  const isAboutRuns =
    (filter.countries?.length ?? 0) > 0 ||
    (filter.cities?.length ?? 0) > 0 ||
    filter.from !== null ||
    filter.to !== null ||
    filter.price !== null;
  const reachable = new Set(
    catalogue.runs
      .filter((run) => isUpcoming(catalogue, run) && runFits(catalogue, run, filter))
      .map((run) => run.courseId),
  );
  const fitting = catalogue.courses.filter(
    (row) =>
      row.status === "published" &&
      allows<string>(filter.topics, row.topics) &&
      allows<string>(filter.levels, row.level ? [row.level] : []) &&
      allows<string>(filter.languages, row.languages ?? []) &&
      allows<string>(filter.deliveryModes, row.deliveryModes ?? []) &&
      (!isAboutRuns || reachable.has(row.id)),
  );
  return new Set(fitting.map((row) => row.id));
}

/** The ids of the upcoming runs that a filter leaves. */
export function runsThatFit(catalogue: RandomCatalogue, filter: RandomFilter): Set<string> {
  const fitting = catalogue.runs.filter((run) => {
    const of = catalogue.courses.find((each) => each.id === run.courseId);
    return (
      isUpcoming(catalogue, run) &&
      runFits(catalogue, run, filter) &&
      allows<string>(filter.topics, of?.topics ?? []) &&
      allows<string>(filter.levels, of?.level ? [of.level] : []) &&
      allows<string>(filter.languages, [run.language]) &&
      allows<string>(filter.deliveryModes, [run.deliveryMode])
    );
  });
  return new Set(fitting.map((run) => run.id));
}
