import { Id, type PageInput } from "@lectern/contract/primitives";
import type { OwnRegistrations } from "@lectern/contract/registrations";
import { int8, nullable, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { runSummaryColumns, toRunSummary } from "../../../shared/run-summary.ts";

const ownRegistrations = prepared(
  "registrations.mine",
  { learnerId: uuid, beforeId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        id: registration.id,
        status: registration.status,
        createdAt: registration.createdAt,
        bookerName: booking.bookerName,
        bookerCompany: booking.bookerCompany,
        run: runSummaryColumns,
      })
      .from(registration)
      .innerJoin(booking, eq(booking.id, registration.bookingId))
      .innerJoin(courseRun, eq(courseRun.id, registration.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          eq(registration.learnerId, $.learnerId),
          sql`(${$.beforeId} IS NULL OR "registration"."id" < ${$.beforeId})`,
        ),
      )
      // Ids are made in the order of time (UUIDv7).
      .orderBy(desc(registration.id))
      .limit($.limit),
);

const countOwn = prepared("registrations.mine.count", { learnerId: uuid }, (q, $) =>
  q
    .select({ total: sql`count(*)`.mapWith(int8) })
    .from(registration)
    .where(eq(registration.learnerId, $.learnerId)),
);

const Before = z.tuple([Id]);

/**
 * The places of a person as a learner, whoever booked them, the newest first.
 *
 * @throws Invalid for a cursor that is not of this list
 */
export async function listOwnRegistrations(
  db: Database,
  personId: string,
  input: z.infer<typeof PageInput>,
): Promise<z.infer<typeof OwnRegistrations>> {
  const before = decodeCursor(input.cursor, Before);
  const [found, counted] = await Promise.all([
    ownRegistrations.execute(db, {
      learnerId: personId,
      beforeId: before?.[0] ?? null,
      limit: input.limit + 1,
    }),
    countOwn.first(db, { learnerId: personId }),
  ]);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ run, createdAt, bookerName: name, bookerCompany: company, ...row }) => ({
      ...row,
      run: toRunSummary(run),
      booker: name === null ? null : { name, company },
      createdAt: createdAt.toISOString(),
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total: counted?.total ?? 0,
  };
}
