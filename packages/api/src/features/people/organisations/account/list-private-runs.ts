import type {
  OrganisationPageInput,
  OrganisationPrivateRuns,
} from "@lectern/contract/organisations";
import { Id, Instant } from "@lectern/contract/primitives";
import { bool, int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "../../../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import { reachFor, reachesOrganisation } from "../../../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../../../shared/run-summary.ts";
import type { PersonCall } from "../../accounts/person-call.ts";

/** Of a run: it is to come, and takes place as far as is known. */
const IS_UPCOMING = sql`course_run.visibility = 'private'
  AND course_run.status IN ('tentative', 'confirmed') AND course_run.starts_at > clock_timestamp()`;

const privateRuns = prepared(
  "organisations.privateRuns",
  {
    organisationId: uuid,
    afterStart: nullable(timestamptz),
    afterId: nullable(uuid),
    limit: int8,
  },
  (q, $) =>
    q
      .select(runSummaryColumns)
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          eq(courseRun.organisationId, $.organisationId),
          IS_UPCOMING,
          sql`(${$.afterId} IS NULL OR (${courseRun.startsAt}, ${courseRun.id}) > (${$.afterStart}, ${$.afterId}))`,
        ),
      )
      .orderBy(asc(courseRun.startsAt), asc(courseRun.id))
      .limit($.limit),
);

const count = prepared("organisations.privateRuns.count", { organisationId: uuid }, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM course_run
      WHERE course_run.organisation_id = ${$.organisationId} AND ${IS_UPCOMING}`,
  ),
);

const membership = prepared(
  "organisations.membership",
  { organisationId: uuid, personId: uuid },
  (_, $) =>
    rowsOf(
      { isMember: bool },
      sql`SELECT EXISTS (
        SELECT FROM role_assignment a JOIN organisation o ON o.id = a.organisation_id
        WHERE o.id = ${$.organisationId} AND a.person_id = ${$.personId} AND o.archived_at IS NULL
      ) AS is_member`,
    ),
);

/** When the last run of the page before begins, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/**
 * The private dates of an organisation that are to come, with the places that are left: for all its people,
 * whatever their role, and for staff. The soonest first.
 *
 * @throws NotFound for an organisation that they are not in; Invalid for a cursor of another list
 */
export async function listPrivateRuns(
  db: Database,
  call: PersonCall,
  { organisationId, cursor, limit }: z.infer<typeof OrganisationPageInput>,
): Promise<z.infer<typeof OrganisationPrivateRuns>> {
  const after = decodeCursor(cursor, CursorKey);
  if (!reachesOrganisation(reachFor(call, "organisations.read"), organisationId)) {
    const found = await membership.first(db, { organisationId, personId: call.actor.id });
    if (found?.isMember !== true) throw notFound("organisation", organisationId);
  }
  const [runs, counted] = await Promise.all([
    privateRuns.execute(db, {
      organisationId,
      afterStart: after === undefined ? null : new Date(after[0]),
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    count.first(db, { organisationId }),
  ]);
  const page = runs.slice(0, limit);
  const last = runs.length > limit ? page.at(-1) : undefined;
  return {
    // As for those who are invited: whether a place can be had does not hang on that it is private.
    items: page.map((run) => toRunSummary({ ...run, visibility: "public" })),
    nextCursor: last === undefined ? null : encodeCursor([last.startsAt.toISOString(), last.id]),
    total: counted?.total ?? 0,
  };
}
