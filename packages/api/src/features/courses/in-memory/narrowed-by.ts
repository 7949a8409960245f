import type { CatalogueFilter, Facets } from "@lectern/contract/filters";
import { COURSE_LEVELS, DELIVERY_MODES } from "@lectern/contract/vocabulary";
import { TypedFastBitSet } from "typedfastbitset";
import { inFacetOrder, inOrderOf } from "../facet-order.ts";

/** One way in which a course is offered: a row of `run_calendar`. */
export interface Offer {
  readonly country: string | null;
  readonly city: string | null;
  readonly currency: string | null;
  /** In minor units; `null` on request. */
  readonly amount: number | null;
  /** When its last run begins, in milliseconds since 1970. */
  readonly lastStart: number;
}

/** A published course, as far as the catalogue is narrowed by it. */
export interface NarrowedCourse {
  readonly id: string;
  readonly level: string | null;
  readonly languages: readonly string[];
  readonly deliveryModes: readonly string[];
  readonly topics: readonly { readonly slug: string; readonly name: string }[];
  readonly offers: readonly Offer[];
}

type Course = number;

/** For each value, the courses that have it. */
class CoursesByValue {
  readonly #courses = new Map<string, TypedFastBitSet>();

  add(value: string, course: Course): void {
    const courses = this.#courses.get(value);
    if (courses === undefined) this.#courses.set(value, new TypedFastBitSet([course]));
    else courses.add(course);
  }

  remove(value: string, course: Course): void {
    const courses = this.#courses.get(value);
    courses?.remove(course);
    if (courses?.isEmpty() === true) this.#courses.delete(value);
  }

  /** Adds to the courses of a value. */
  join(value: string, courses: TypedFastBitSet): void {
    const known = this.#courses.get(value);
    if (known === undefined) this.#courses.set(value, courses.clone());
    else known.union(courses);
  }

  /** @returns courses with any of these values */
  withAny(values: readonly string[]): TypedFastBitSet {
    const all = new TypedFastBitSet();
    for (const value of values) {
      const courses = this.#courses.get(value);
      if (courses !== undefined) all.union(courses);
    }
    return all;
  }

  /** @returns how many of these courses have each value, where any has */
  countIn(courses: TypedFastBitSet): { value: string; count: number }[] {
    const counts: { value: string; count: number }[] = [];
    for (const [value, own] of this.#courses) {
      const count = own.intersection_size(courses);
      if (count > 0) counts.push({ value, count });
    }
    return counts;
  }
}

interface CourseOffer {
  readonly course: Course;
  readonly amount: number;
  readonly lastStart: number;
}

/** All offers at one place in one currency. */
class OfferGroup {
  readonly country: string | null;
  readonly city: string | null;
  readonly currency: string | null;
  /** By amount, the lowest first; of those on request the amount means nothing. */
  #offers: CourseOffer[] = [];
  #courses = new TypedFastBitSet();
  #isInOrder = true;
  /** When the first of them ends. */
  #endsAt = Infinity;

  constructor({ country, city, currency }: Offer) {
    this.country = country;
    this.city = city;
    this.currency = currency;
  }

  add(course: Course, { amount, lastStart }: Offer): void {
    this.#offers.push({ course, amount: amount ?? 0, lastStart });
    this.#isInOrder = false;
  }

  remove(course: Course): void {
    this.#offers = this.#offers.filter((offer) => offer.course !== course);
    this.#isInOrder = false;
  }

  /** Makes it ready to be asked, and leaves out what has ended. */
  refresh(now: number): void {
    if (this.#isInOrder && now < this.#endsAt) return;
    this.#offers = this.#offers
      .filter(({ lastStart }) => lastStart > now)
      .toSorted((a, b) => a.amount - b.amount);
    this.#courses = new TypedFastBitSet(this.#offers.map(({ course }) => course));
    this.#endsAt = this.#offers.reduce((end, { lastStart }) => Math.min(end, lastStart), Infinity);
    this.#isInOrder = true;
  }

  get courses(): TypedFastBitSet {
    return this.#courses;
  }

  get isEmpty(): boolean {
    return this.#offers.length === 0;
  }

  /** @returns courses with an offer between two amounts, both included */
  coursesBetween(min: number, max: number): TypedFastBitSet {
    const courses = new TypedFastBitSet();
    for (const { course, amount } of this.#offers) {
      if (amount >= min && amount <= max) courses.add(course);
    }
    return courses;
  }

  /** @returns the lowest and the highest amount for which any of these courses is offered */
  amountsOf(courses: TypedFastBitSet): { min: number; max: number } | undefined {
    const isOf = ({ course }: CourseOffer) => courses.has(course);
    const lowest = this.#offers.find(isOf);
    const highest = this.#offers.findLast(isOf);
    return lowest && highest && { min: lowest.amount, max: highest.amount };
  }
}

/** What a filter says that this can tell: all but dates, and the words of a search. */
export type NarrowingFilter = Omit<CatalogueFilter, "query" | "from" | "to">;

/**
 * The catalogue as sets of courses, for each value that it is narrowed by: how many courses a choice would leave is then told by what two
 * sets have in common, 32 courses at a time. Follows the catalogue course by course.
 */
export class NarrowedBy {
  readonly #known = new Map<string, { readonly number: Course; readonly course: NarrowedCourse }>();
  /** Numbers of courses that have gone. */
  readonly #free: Course[] = [];
  readonly #all = new TypedFastBitSet();
  readonly #topics = new CoursesByValue();
  readonly #topicNames = new Map<string, string>();
  readonly #levels = new CoursesByValue();
  readonly #languages = new CoursesByValue();
  readonly #modes = new CoursesByValue();
  readonly #groups = new Map<string, OfferGroup>();

  /** Takes what a course is now in the place of what it was. */
  put(course: NarrowedCourse): void {
    this.remove(course.id);
    const number = this.#free.pop() ?? this.#known.size;
    this.#known.set(course.id, { number, course });
    this.#all.add(number);
    for (const { slug, name } of course.topics) {
      this.#topicNames.set(slug, name);
      this.#topics.add(slug, number);
    }
    if (course.level !== null) this.#levels.add(course.level, number);
    for (const language of course.languages) this.#languages.add(language, number);
    for (const mode of course.deliveryModes) this.#modes.add(mode, number);
    for (const offer of course.offers) {
      const key = groupKey(offer);
      let group = this.#groups.get(key);
      if (group === undefined) this.#groups.set(key, (group = new OfferGroup(offer)));
      group.add(number, offer);
    }
  }

  /** @param id of a course, known or not */
  remove(id: string): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    const { number, course } = known;
    this.#known.delete(id);
    this.#free.push(number);
    this.#all.remove(number);
    for (const { slug } of course.topics) this.#topics.remove(slug, number);
    if (course.level !== null) this.#levels.remove(course.level, number);
    for (const language of course.languages) this.#languages.remove(language, number);
    for (const mode of course.deliveryModes) this.#modes.remove(mode, number);
    for (const key of new Set(course.offers.map(groupKey))) this.#groups.get(key)?.remove(number);
  }

  /**
   * @param found ids of the courses that a search found; without it, all are meant
   * @param now in milliseconds since 1970: what has begun is not offered
   */
  facets(filter: NarrowingFilter, found: readonly string[] | undefined, now: number): Facets {
    const groups = this.#groupsAt(now);
    const isIn = {
      topic: chosen(filter.topics, this.#topics),
      level: chosen(filter.levels, this.#levels),
      language: chosen(filter.languages, this.#languages),
      mode: chosen(filter.deliveryModes, this.#modes),
    };
    const fitsCountry = oneOf(filter.countries);
    const fitsCity = oneOf(filter.cities);
    const { price } = filter;
    const priced = (group: OfferGroup) =>
      price === null || price === undefined
        ? group.courses
        : group.coursesBetween(price.min ?? 0, price.max ?? Infinity);
    const fitsCurrency = (group: OfferGroup) =>
      price === null || price === undefined || group.currency === price.currency;

    const [atPlace, inCountry, inCity] = [
      new TypedFastBitSet(),
      new CoursesByValue(),
      new CoursesByValue(),
    ];
    for (const group of groups) {
      if (!fitsCurrency(group)) continue;
      const [isCountry, isCity] = [fitsCountry(group.country), fitsCity(group.city)];
      if (!isCountry && !isCity) continue;
      const courses = priced(group);
      if (isCountry && isCity) atPlace.union(courses);
      if (isCity && group.country !== null) inCountry.join(group.country, courses);
      if (isCountry && group.city !== null) inCity.join(group.city, courses);
    }

    const anyPlace = fitsCountry === anything && fitsCity === anything && !price;
    const run = anyPlace ? undefined : atPlace;
    const base = found === undefined ? this.#all : this.#numbersOf(found);
    const but = (own: keyof typeof isIn | "run") => {
      const courses = base.clone();
      for (const [name, set] of Object.entries({ ...isIn, run })) {
        if (name !== own && set !== undefined) courses.intersection(set);
      }
      return courses;
    };

    const butRun = but("run");
    const named = (values: { value: string; count: number }[]) =>
      inFacetOrder(values.map((each) => ({ ...each, label: each.value })));
    return {
      topics: inFacetOrder(
        this.#topics.countIn(but("topic")).map(({ value, count }) => {
          return { value, label: this.#topicNames.get(value) ?? value, count };
        }),
      ),
      levels: inOrderOf(COURSE_LEVELS, named(this.#levels.countIn(but("level")))),
      languages: named(this.#languages.countIn(but("language"))),
      deliveryModes: inOrderOf(DELIVERY_MODES, named(this.#modes.countIn(but("mode")))),
      countries: named(inCountry.countIn(butRun)),
      cities: named(inCity.countIn(butRun)),
      currencies: currenciesOf(
        groups.filter(({ country, city }) => fitsCountry(country) && fitsCity(city)),
        butRun,
      ),
    };
  }

  #groupsAt(now: number): OfferGroup[] {
    const groups: OfferGroup[] = [];
    for (const [key, group] of this.#groups) {
      group.refresh(now);
      if (group.isEmpty) this.#groups.delete(key);
      else groups.push(group);
    }
    return groups;
  }

  #numbersOf(ids: readonly string[]): TypedFastBitSet {
    const courses = new TypedFastBitSet();
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known !== undefined) courses.add(known.number);
    }
    return courses;
  }
}

function currenciesOf(
  groups: readonly OfferGroup[],
  courses: TypedFastBitSet,
): Facets["currencies"] {
  const sold = new CoursesByValue();
  const amounts = new Map<string, { min: number; max: number }>();
  for (const group of groups) {
    if (group.currency === null) continue;
    const own = group.amountsOf(courses);
    if (own === undefined) continue;
    sold.join(group.currency, group.courses);
    const known = amounts.get(group.currency) ?? own;
    amounts.set(group.currency, {
      min: Math.min(known.min, own.min),
      max: Math.max(known.max, own.max),
    });
  }
  const counted = sold.countIn(courses).map((each) => ({ ...each, label: each.value }));
  return inFacetOrder(counted).map(({ value, count }) => ({
    currency: value,
    ...(amounts.get(value) ?? { min: 0, max: 0 }),
    count,
  }));
}

/** No place has a line break in its name. */
function groupKey({ country, city, currency }: Offer): string {
  return [country ?? "", city ?? "", currency ?? ""].join("\n");
}

/** No choice within a filter means the same as no filter. */
function chosen(
  values: readonly string[] | null | undefined,
  courses: CoursesByValue,
): TypedFastBitSet | undefined {
  return values === null || values === undefined || values.length === 0
    ? undefined
    : courses.withAny(values);
}

function anything(): boolean {
  return true;
}

function oneOf(values: readonly string[] | null | undefined): (value: string | null) => boolean {
  if (values === null || values === undefined || values.length === 0) return anything;
  const all = new Set<string | null>(values);
  return (value) => value !== null && all.has(value);
}
