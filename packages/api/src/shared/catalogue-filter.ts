import type { CatalogueFilter } from "@lectern/contract/filters";
import { arrayOf, bool, date, int8, nullable, text } from "@lectern/database/codecs";
import type { Slots, Values } from "@lectern/database/prepared";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * The catalogue's filter in SQL. In these fragments `c` is `course`, `o` is `run_calendar` and `v`
 * its venue, joined on the left.
 *
 * A choice that was not made is NULL. It is told by CASE and not by OR, because the planner, which
 * plans each statement once for all values, takes every OR for a choice that leaves few rows, and
 * after four of them expects one row where thousands come.
 */
export const FILTER_PARAMETERS = {
  topics: nullable(arrayOf(text)),
  levels: nullable(arrayOf(course.level)),
  languages: nullable(arrayOf(text)),
  deliveryModes: nullable(arrayOf(courseRun.deliveryMode)),
  countries: nullable(arrayOf(text)),
  cities: nullable(arrayOf(text)),
  from: nullable(date),
  to: nullable(date),
  currency: nullable(text),
  priceMin: nullable(int8),
  priceMax: nullable(int8),
  /** Whether any choice speaks of runs: then a course without a fitting run is left out. */
  isAboutRuns: bool,
};
export type FilterSlots = Slots<typeof FILTER_PARAMETERS>;

/** No choice within a filter means the same as no filter. */
function chosen<Choice>(choices: readonly Choice[] | null | undefined): readonly Choice[] | null {
  return choices === null || choices === undefined || choices.length === 0 ? null : choices;
}

function dateOrNull(local: string | null | undefined): Temporal.PlainDate | null {
  return local === null || local === undefined ? null : Temporal.PlainDate.from(local);
}

/** @returns what a filter from the wire gives for the parameters */
export function filterValues(filter: CatalogueFilter): Values<typeof FILTER_PARAMETERS> {
  const runs = {
    countries: chosen(filter.countries),
    cities: chosen(filter.cities),
    from: dateOrNull(filter.from),
    to: dateOrNull(filter.to),
    currency: filter.price?.currency ?? null,
  };
  return {
    ...runs,
    topics: chosen(filter.topics),
    levels: chosen(filter.levels),
    languages: chosen(filter.languages),
    deliveryModes: chosen(filter.deliveryModes),
    priceMin: filter.price?.min ?? null,
    priceMax: filter.price?.max ?? null,
    isAboutRuns: Object.values(runs).some((choice) => choice !== null),
  };
}

/** Whether a filter from the wire leaves anything out. */
export function isAnythingChosen(filter: CatalogueFilter): boolean {
  const { topics, levels, languages, deliveryModes, isAboutRuns } = filterValues(filter);
  return (
    isAboutRuns || [topics, levels, languages, deliveryModes].some((choice) => choice !== null)
  );
}

/** True where nothing was chosen. */
export function unlessNull(choice: SQLWrapper, condition: SQL): SQL {
  return sql`CASE WHEN ${choice} IS NULL THEN true ELSE coalesce(${condition}, false) END`;
}

export function hasTopic($: Pick<FilterSlots, "topics">): SQL {
  return unlessNull(
    $.topics,
    sql`c.id IN (
      SELECT ct.course_id FROM course_topic AS ct JOIN topic AS t ON t.id = ct.topic_id
      WHERE t.slug = ANY (${$.topics}))`,
  );
}

export function hasLevel($: Pick<FilterSlots, "levels">): SQL {
  return unlessNull($.levels, sql`c.level = ANY (${$.levels})`);
}

/** Of the course: one of the languages that it is offered in. */
export function isOfferedInLanguage($: Pick<FilterSlots, "languages">): SQL {
  return unlessNull($.languages, sql`c.languages && ${$.languages}`);
}

/** Of the course: one of the modes that it is offered in. */
export function isOfferedInMode($: Pick<FilterSlots, "deliveryModes">): SQL {
  return unlessNull($.deliveryModes, sql`c.delivery_modes && ${$.deliveryModes}`);
}

export function isInCountry($: Pick<FilterSlots, "countries">): SQL {
  return unlessNull($.countries, sql`v.country = ANY (${$.countries})`);
}

export function isInCity($: Pick<FilterSlots, "cities">): SQL {
  return unlessNull($.cities, sql`v.city = ANY (${$.cities})`);
}

/** A price on request is in no range. */
export function isPriced($: Pick<FilterSlots, "currency" | "priceMin" | "priceMax">): SQL {
  return unlessNull(
    $.currency,
    sql`o.price_currency = ${$.currency}
      AND o.price_amount >= coalesce(${$.priceMin}, 0)
      AND o.price_amount <= coalesce(${$.priceMax}, 9223372036854775807)`,
  );
}

type DateSlots = Pick<FilterSlots, "from" | "to">;

/**
 * How many of `o.starts` lie before what is asked for: those that have begun, and those on earlier
 * dates of their own zone. `width_bucket` counts the elements up to and including a bound.
 */
export function startsBefore($: DateSlots): SQL {
  return sql`width_bucket(
    CASE WHEN ${$.from} IS NULL THEN now()
      ELSE greatest(now(), (${$.from}::timestamp AT TIME ZONE o.time_zone) - interval '1 microsecond')
    END, o.starts)`;
}

/** How many of `o.starts` lie before the end of what is asked for. */
export function startsUntil($: DateSlots): SQL {
  return sql`CASE WHEN ${$.to} IS NULL THEN cardinality(o.starts)
    ELSE width_bucket(
      ((${$.to} + 1)::timestamp AT TIME ZONE o.time_zone) - interval '1 microsecond', o.starts)
    END`;
}

/** Whether any of `o.starts` is asked for. Without an end the last of them tells, which is quicker than counting. */
export function hasStart($: DateSlots): SQL {
  return sql`CASE WHEN ${$.from} IS NULL AND ${$.to} IS NULL
    THEN o.starts[cardinality(o.starts)] > now()
    ELSE ${startsUntil($)} > ${startsBefore($)}
  END`;
}
