import type { CataloguedCourse } from "../content/courses/index.ts";
import type { Language } from "../content/types.ts";
import { type VenueContent, venueIn, venues, virtualRooms } from "../content/venues.ts";
import type { Random } from "../random.ts";

/** One way in which a course is offered: how, where (or by whose clock) and in which language. */
export interface Offer {
  readonly mode: "classroom" | "virtual" | "blended";
  /** Where it is held; for virtual runs the city whose hours and holidays they keep. */
  readonly venue: VenueContent;
  readonly language: Language;
  /** Mornings only, twice as many. */
  readonly halfDays: boolean;
}

/** Longest course that is also taught in mornings: more than a week of them tires people out. */
const HALF_DAY_MAX_DAYS = 2;

/** @returns an endless sequence of offers that takes a course through cities and modes in turn */
export function* offersOf(course: CataloguedCourse, random: Random): Generator<Offer, never> {
  const places = { classroom: queueOf(venues, random), virtual: queueOf(virtualVenues(), random) };
  const modes = course.deliveryModes.filter((mode) => mode !== "self_paced");
  const preferred = modes[0] ?? "classroom";
  // The first mode of a course is its usual one.
  const cycle = modes.length === 1 ? modes : [preferred, ...modes.slice(1), preferred];
  for (let i = 0; ; i += 1) {
    const mode = cycle[i % cycle.length] ?? preferred;
    const venue = places[mode === "virtual" ? "virtual" : "classroom"]();
    yield {
      mode,
      venue,
      language: languageFor(course, venue, random),
      halfDays: mode === "virtual" && course.days <= HALF_DAY_MAX_DAYS && random.chance(0.45),
    };
  }
}

function virtualVenues(): VenueContent[] {
  return virtualRooms.map(({ city }) => venueIn(city));
}

/** Every item comes once before any comes again. */
function queueOf<Item>(items: readonly Item[], random: Random): () => Item {
  let rest: Item[] = [];
  return () => {
    if (rest.length === 0) rest = random.shuffled(items);
    const next = rest.pop();
    if (next === undefined) throw new RangeError("There is nothing to choose from");
    return next;
  };
}

/** The city's own language more often than not, where the course is taught in it; else English. */
function languageFor(course: CataloguedCourse, venue: VenueContent, random: Random): Language {
  const usual = venue.languages[0];
  return course.languages.includes(usual) && random.chance(0.75) ? usual : "en";
}
