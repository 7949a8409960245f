import type { ReportPeriod } from "@lectern/contract/reports";
import { arrayOf, date, int4, text } from "@lectern/database/codecs";
import type { Slots, Values } from "@lectern/database/prepared";
import { type SQL, sql } from "drizzle-orm";

/** The steps of a period, for reports that read the rows themselves. */
export const STEPS_ASKED = {
  timeZone: text,
  numbers: arrayOf(int4),
  froms: arrayOf(date),
  tos: arrayOf(date),
};

/** Steps are numbered from 0; those of the period before from -1 downwards. */
export function stepsOf(period: ReportPeriod): Values<typeof STEPS_ASKED> {
  const steps = [
    ...period.steps.map((step, index) => ({ ...step, number: index })),
    ...period.before.steps.map((step, index) => ({ ...step, number: -1 - index })),
  ];
  return {
    timeZone: period.timeZone,
    numbers: steps.map(({ number }) => number),
    froms: steps.map(({ from }) => Temporal.PlainDate.from(from)),
    tos: steps.map(({ to }) => Temporal.PlainDate.from(to)),
  };
}

/** Clocks are moved by this much at most, and midnight with them. */
const MARGIN = sql`interval '3 hours'`;

/** @returns the relation of the steps, with moments that lie around them for the index, and moments that lie well within */
export function steps($: Slots<typeof STEPS_ASKED>): SQL {
  return sql`steps AS MATERIALIZED (
    SELECT number, first, last, midnight - ${MARGIN} AS begins, next_midnight + ${MARGIN} AS ends,
      midnight + ${MARGIN} AS surely_begun, next_midnight - ${MARGIN} AS surely_on
    FROM unnest(${$.numbers}, ${$.froms}, ${$.tos}) AS step (number, first, last)
      CROSS JOIN LATERAL (
        SELECT first::timestamp AT TIME ZONE ${$.timeZone} AS midnight,
          (last + 1)::timestamp AT TIME ZONE ${$.timeZone} AS next_midnight
      ) AS zoned
  )`;
}

/**
 * @returns whether a moment is in a step of that relation, in the academy's calendar: its day is looked up only around
 *   midnight, for that takes longer than all the rest
 */
export function isInStep($: Slots<typeof STEPS_ASKED>, moment: SQL): SQL {
  return sql`${moment} >= steps.begins AND ${moment} < steps.ends
    AND (${moment} >= steps.surely_begun AND ${moment} < steps.surely_on
      OR (${moment} AT TIME ZONE ${$.timeZone})::date BETWEEN steps.first AND steps.last)`;
}
