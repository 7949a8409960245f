import { personOf } from "@lectern/auth/actor";
import type {
  OrganisationBookings,
  OrganisationBookingsInput,
} from "@lectern/contract/organisations";
import { Id } from "@lectern/contract/primitives";
import { int8, nullable, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import { runSummaryColumns, toRunSummary } from "../../../../shared/run-summary.ts";
import { bookingItemColumns, toBookingItem } from "../../../bookings/booking-item.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";

const WANTED = { organisationId: uuid, status: nullable(booking.status) };

const bookings = prepared(
  "organisations.bookings",
  { ...WANTED, beforeId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        item: bookingItemColumns,
        bookerId: booking.bookerId,
        approverName: booking.approverName,
        approverEmail: booking.approverEmail,
        run: runSummaryColumns,
      })
      .from(booking)
      .innerJoin(courseRun, eq(courseRun.id, booking.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          eq(booking.organisationId, $.organisationId),
          sql`(${$.status} IS NULL OR "booking"."status" = ${$.status})`,
          sql`(${$.beforeId} IS NULL OR "booking"."id" < ${$.beforeId})`,
        ),
      )
      // Ids are made in the order of time (UUIDv7).
      .orderBy(desc(booking.id))
      .limit($.limit),
);

const count = prepared("organisations.bookings.count", WANTED, (_, $) =>
  rows(
    { total: int8 },
    sql`SELECT count(*) AS total FROM booking b
      WHERE b.organisation_id = ${$.organisationId}
        AND (${$.status} IS NULL OR b.status = ${$.status})`,
  ),
);

const Before = z.tuple([Id]);

/**
 * The bookings of an organisation, whoever made them, the newest first.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listOrganisationBookings(
  db: Database,
  call: Call,
  { organisationId, status, cursor, limit }: z.infer<typeof OrganisationBookingsInput>,
): Promise<z.infer<typeof OrganisationBookings>> {
  requireOrganisationWithin(call, "bookings.read.any", organisationId);
  const before = decodeCursor(cursor, Before);
  const wanted = { organisationId, status: status ?? null };
  const [found, counted] = await Promise.all([
    bookings.execute(db, { ...wanted, beforeId: before?.[0] ?? null, limit: limit + 1 }),
    count.first(db, wanted),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1)?.item : undefined;
  const own = personOf(call.actor);
  return {
    items: page.map(({ item, run, bookerId, approverName: name, approverEmail: email }) => ({
      ...toBookingItem(item),
      run: toRunSummary(run),
      approver: name === null || email === null ? null : { name, email },
      isOwn: own !== null && bookerId === own,
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total: counted?.total ?? 0,
  };
}
