import { course } from "@lectern/database/schema/catalogue";
import { sql } from "drizzle-orm";
import type { Checkable } from "./course-checks.ts";

/** What `checkCourse` wants to know, as columns of a query on `course`, but for the translations. */
export const checkableColumns = {
  summary: course.summary,
  hasBody: sql<boolean>`(course.body ~ '\\S')`.as("has_body"),
  topicCount:
    sql<number>`(SELECT count(*)::int FROM course_topic AS ct WHERE ct.course_id = course.id)`.as(
      "topic_count",
    ),
  deliveryModes: course.deliveryModes,
  languages: course.languages,
  level: course.level,
  durationDays: course.durationDays,
  outcomeCount: sql<number>`cardinality(course.outcomes)`.as("outcome_count"),
  moduleCount: sql<number>`jsonb_array_length(course.syllabus)`.as("module_count"),
};

interface CheckableRow {
  summary: string;
  hasBody: boolean;
  topicCount: number;
  deliveryModes: readonly unknown[];
  languages: readonly unknown[];
  level: string | null;
  durationDays: number | null;
  outcomeCount: number;
  moduleCount: number;
}

/** @returns the row as `checkCourse` wants it */
export function toCheckable(row: CheckableRow, areTranslationsUpToDate: boolean): Checkable {
  return {
    summary: row.summary,
    hasBody: row.hasBody,
    topics: row.topicCount,
    deliveryModes: row.deliveryModes.length,
    languages: row.languages.length,
    level: row.level,
    durationDays: row.durationDays,
    outcomes: row.outcomeCount,
    syllabus: row.moduleCount,
    areTranslationsUpToDate,
  };
}
