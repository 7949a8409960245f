import type { CourseSummary } from "@lectern/contract/courses";
import { int8 } from "@lectern/database/codecs";
import { course } from "@lectern/database/schema/catalogue";
import { sql } from "drizzle-orm";

/**
 * A course as cards show it, as columns of a query on `course`. What it says of runs comes from
 * `run_calendar`, but for the next one itself. The outer column is spelled out as `course.id`: in a
 * query on one table Drizzle would write `"id"`, which the inner tables have too.
 */

const topics = sql<CourseSummary["topics"]>`(
  SELECT coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name) ORDER BY ct.position, t.name), '[]')
  FROM course_topic AS ct JOIN topic AS t ON t.id = ct.topic_id
  WHERE ct.course_id = course.id)`;

const nextRun = sql<CourseSummary["nextRun"]>`(
  SELECT json_build_object('id', r.id, 'timeZone', r.time_zone, 'city', v.city, 'deliveryMode', r.delivery_mode,
    'startsAt', to_char(r.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM (
    SELECT id, time_zone, venue_id, delivery_mode, starts_at FROM course_run
    WHERE course_id = course.id AND starts_at > now()
      AND visibility = 'public' AND status IN ('tentative', 'confirmed')
    ORDER BY starts_at, id LIMIT 1
  ) AS r LEFT JOIN venue AS v ON v.id = r.venue_id)`;

const upcomingRuns = sql`(
  SELECT coalesce(sum(cardinality(o.starts) - width_bucket(now(), o.starts)), 0)
  FROM run_calendar AS o WHERE o.course_id = course.id)`.mapWith(int8);

const pricesFrom = sql<CourseSummary["pricesFrom"]>`(
  SELECT coalesce(json_agg(json_build_object('amount', lowest.amount, 'currency', lowest.currency)), '[]')
  FROM (
    SELECT o.price_currency AS currency, min(o.price_amount) AS amount
    FROM run_calendar AS o
    WHERE o.course_id = course.id AND o.price_currency IS NOT NULL
      AND o.starts[cardinality(o.starts)] > now()
    GROUP BY o.price_currency ORDER BY o.price_currency LIMIT 20
  ) AS lowest)`;

/** What every view of a course begins with. */
export const courseColumns = {
  id: course.id,
  code: course.code,
  slug: course.slug,
  title: course.title,
  summary: course.summary,
  contentLanguage: course.contentLanguage,
  level: course.level,
  durationDays: course.durationDays,
  deliveryModes: course.deliveryModes,
  languages: course.languages,
  topics: topics.as("topics"),
};

export const courseSummaryColumns = {
  ...courseColumns,
  nextRun: nextRun.as("next_run"),
  upcomingRuns: upcomingRuns.as("upcoming_runs"),
  pricesFrom: pricesFrom.as("prices_from"),
};
