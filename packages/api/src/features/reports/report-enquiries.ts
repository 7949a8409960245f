import type {
  EnquiriesReport,
  EnquiriesReportInput,
  EnquiryFigures,
} from "@lectern/contract/reports";
import { ENQUIRY_KINDS } from "@lectern/contract/vocabulary";
import { arrayOf, float8, int4, int8, nullable, text } from "@lectern/database/codecs";
import { type RowOf, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { enquiry } from "@lectern/database/schema/enquiries";
import { sql } from "drizzle-orm";
import { readCalendar } from "./academy-calendar.ts";
import { periodOf } from "./period.ts";
import { STEPS_ASKED, isInStep, steps, stepsOf } from "./steps-asked.ts";

const COLUMNS = {
  /** `step`, `half` or `kind`: what the row is of. */
  part: text,
  /** Of a step; of others 0, and -1 for the period before. */
  number: int4,
  kind: nullable(enquiry.kind),
  received: int8,
  answered: int8,
  quoted: int8,
  won: int8,
  lost: int8,
  medianAnswerSeconds: nullable(float8),
};

const figures = prepared(
  "reports.enquiries",
  { ...STEPS_ASKED, kinds: nullable(arrayOf(enquiry.kind)) },
  (_, $) =>
    rows(
      COLUMNS,
      sql`WITH ${steps($)}, received AS (
      SELECT steps.number, CASE WHEN steps.number < 0 THEN -1 ELSE 0 END AS half, asked.*
      FROM steps CROSS JOIN LATERAL (
        SELECT e.kind, e.status, e.answered_at, e.quoted_at,
          extract(epoch FROM e.answered_at - e.created_at)::float8 AS waited
        FROM enquiry AS e
        WHERE e.status <> 'spam' AND (${$.kinds} IS NULL OR e.kind = ANY(${$.kinds})) AND ${isInStep($, sql`e.created_at`)}
        OFFSET 0
      ) AS asked
    )
    SELECT CASE WHEN grouping(number) = 0 THEN 'step' WHEN grouping(kind) = 0 THEN 'kind' ELSE 'half' END AS part,
      coalesce(number, half) AS number, kind, count(*) AS received,
      count(*) FILTER (WHERE status <> 'new' OR answered_at IS NOT NULL) AS answered,
      count(*) FILTER (WHERE status = 'quoted' OR quoted_at IS NOT NULL) AS quoted,
      count(*) FILTER (WHERE status = 'won') AS won,
      count(*) FILTER (WHERE status = 'lost') AS lost,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) AS median_answer_seconds
    FROM received GROUP BY GROUPING SETS ((number), (half), (half, kind))`,
    ),
);

type FigureRow = RowOf<typeof COLUMNS>;

const NONE: EnquiryFigures = {
  received: 0,
  answered: 0,
  quoted: 0,
  won: 0,
  lost: 0,
  medianAnswerSeconds: null,
};

/**
 * What became of the enquiries that came in a period, whenever that was: step by step and by kind, compared with the period
 * before. Enquiries are about no country: whoever may see reports of a part of the academy alone may not see this one.
 *
 * @throws Invalid for a period that is none, or has too many steps
 */
export async function reportEnquiries(
  db: Database,
  input: EnquiriesReportInput,
): Promise<EnquiriesReport> {
  const period = periodOf(input, await readCalendar(db), "nothing");
  const kinds = input.kinds == null || input.kinds.length === 0 ? null : input.kinds;
  const found = await figures.execute(db, { ...stepsOf(period), kinds });
  const of = (part: string, number: number, kind: FigureRow["kind"] = null): EnquiryFigures => {
    const row = found.find(
      (one) => one.part === part && one.number === number && one.kind === kind,
    );
    return row === undefined ? NONE : toFigures(row);
  };
  return {
    period,
    total: of("half", 0),
    totalBefore: of("half", -1),
    series: period.steps.map((_, index) => of("step", index)),
    seriesBefore: period.before.steps.map((_, index) => of("step", -1 - index)),
    kinds: ENQUIRY_KINDS.filter((kind) => kinds?.includes(kind) ?? true).map((kind) => ({
      kind,
      figures: of("kind", 0, kind),
      before: of("kind", -1, kind),
    })),
  };
}

function toFigures(row: FigureRow): EnquiryFigures {
  const { received, answered, quoted, won, lost, medianAnswerSeconds } = row;
  return { received, answered, quoted, won, lost, medianAnswerSeconds };
}
