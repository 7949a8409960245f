import type { Reach } from "@lectern/auth/actor";
import type { RunsPrivateInput, RunsPrivateOutput } from "@lectern/contract/run-office";
import { int8, nullable, text } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { organisation } from "@lectern/database/schema/organisations";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { partOf } from "../../shared/part-of.ts";
import { REACH, runIsWithin } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";

const privateRuns = prepared(
  "runs.private",
  { ...REACH, part: nullable(text), limit: int8 },
  (q, $) =>
    q
      .select({ run: runSummaryColumns, organisationId: organisation.id, name: organisation.name })
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .leftJoin(organisation, eq(organisation.id, courseRun.organisationId))
      .where(
        and(
          sql`course_run.visibility = 'private' AND course_run.status IN ('tentative', 'confirmed')`,
          sql`course_run.starts_at > now()`,
          runIsWithin($, sql`course_run.id`),
          sql`(${$.part} IS NULL OR lower(${course.title}) LIKE ${$.part} OR lower(${course.code}) LIKE ${$.part}
            OR lower(${venue.city}) LIKE ${$.part} OR lower(${organisation.name}) LIKE ${$.part})`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
      .limit($.limit),
);

/**
 * Private dates within reach that are to come, which no search of the catalogue finds: for staff who book on one,
 * quote for one, or look for it. The soonest first, and no more than are asked for.
 */
export async function listPrivateRuns(
  db: Database,
  reach: Reach,
  { query, limit }: z.infer<typeof RunsPrivateInput>,
): Promise<z.infer<typeof RunsPrivateOutput>> {
  const part = query == null || query === "" ? null : partOf(query);
  const found = await privateRuns.execute(db, { ...reach, part, limit });
  return {
    items: found.map(({ run, organisationId, name }) => ({
      // As for those who are invited: whether a place can be had does not hang on that it is private.
      ...toRunSummary({ ...run, visibility: "public" }),
      organisation: organisationId === null || name === null ? null : { id: organisationId, name },
    })),
  };
}
