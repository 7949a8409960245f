import { Id, Instant } from "@lectern/contract/primitives";
import type { OwnRegistrations, OwnRegistrationsInput } from "@lectern/contract/registrations";
import { int8, nullable, timestamptz, uuid } from "@lectern/database/codecs";
import { type Slots, prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { type SQL, and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { withRunsInLanguage } from "../../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../../shared/run-summary.ts";

const PARAMETERS = {
  learnerId: uuid,
  fromStart: nullable(timestamptz),
  fromId: nullable(uuid),
  limit: int8,
};
type PageSlots = Slots<typeof PARAMETERS>;

/** Of a `registration` and its `course_run`: its learner will come. */
const IS_AHEAD = sql`(course_run.ends_at > now() AND registration.status NOT IN ('cancelled', 'transferred'))`;

/** One of the lists of somebody's places. */
interface Kind {
  readonly name: string;
  readonly isOfKind: SQL;
  readonly order: SQL;
  /** That a place comes after the last of the page before, in this order. */
  readonly isAfter: ($: PageSlots) => SQL;
}

function listOf({ name, isOfKind, order, isAfter }: Kind) {
  return {
    page: prepared(name, PARAMETERS, (q, $) =>
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
            isOfKind,
            sql`(${$.fromId} IS NULL OR ${isAfter($)})`,
          ),
        )
        .orderBy(order)
        .limit($.limit),
    ),
    count: prepared(`${name}.count`, { learnerId: uuid }, (q, $) =>
      q
        .select({ total: sql`count(*)`.mapWith(int8) })
        .from(registration)
        .innerJoin(courseRun, eq(courseRun.id, registration.runId))
        .where(and(eq(registration.learnerId, $.learnerId), isOfKind)),
    ),
  };
}

const lists = {
  all: listOf({
    name: "registrations.mine",
    isOfKind: sql`true`,
    // Ids are made in the order of time (UUIDv7).
    order: sql`registration.id DESC`,
    isAfter: ($) => sql`registration.id < ${$.fromId}`,
  }),
  upcoming: listOf({
    name: "registrations.mine.upcoming",
    isOfKind: IS_AHEAD,
    order: sql`course_run.starts_at, registration.id`,
    isAfter: ($) => sql`(course_run.starts_at, registration.id) > (${$.fromStart}, ${$.fromId})`,
  }),
  past: listOf({
    name: "registrations.mine.past",
    isOfKind: sql`NOT ${IS_AHEAD}`,
    order: sql`course_run.starts_at DESC, registration.id DESC`,
    isAfter: ($) => sql`(course_run.starts_at, registration.id) < (${$.fromStart}, ${$.fromId})`,
  }),
};

/**
 * The places of a person as a learner, whoever booked them.
 *
 * @param language that they read, for what courses are called
 * @throws Invalid for a cursor that is not of this list
 */
export async function listOwnRegistrations(
  db: Database,
  personId: string,
  language: string | null,
  input: z.infer<typeof OwnRegistrationsInput>,
): Promise<z.infer<typeof OwnRegistrations>> {
  const kind = input.when ?? "all";
  const from = decodeCursor(input.cursor, z.tuple([z.literal(kind), Instant, Id]));
  const list = lists[kind];
  const [found, counted] = await Promise.all([
    list.page.execute(db, {
      learnerId: personId,
      fromStart: from === undefined ? null : new Date(from[1]),
      fromId: from?.[2] ?? null,
      limit: input.limit + 1,
    }),
    list.count.first(db, { learnerId: personId }),
  ]);
  const items = found
    .slice(0, input.limit)
    .map(({ run, createdAt, bookerName: name, bookerCompany: company, ...row }) => ({
      ...row,
      run: toRunSummary(run),
      booker: name === null ? null : { name, company },
      createdAt: createdAt.toISOString(),
    }));
  const last = found.length > input.limit ? items.at(-1) : undefined;
  return {
    items: await withRunsInLanguage(db, language, items),
    nextCursor: last === undefined ? null : encodeCursor([kind, last.run.startsAt, last.id]),
    total: counted?.total ?? 0,
  };
}
