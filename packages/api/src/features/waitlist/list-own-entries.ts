import { Id, type PageInput } from "@lectern/contract/primitives";
import type { OwnWaitlistEntries } from "@lectern/contract/waitlist";
import { int8, nullable, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { withRunsInLanguage } from "../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { entryPosition, standingOf } from "./read-entry.ts";

const ownEntries = prepared(
  "waitlist.mine",
  { personId: uuid, beforeId: nullable(uuid), limit: int8 },
  (q, $) =>
    q
      .select({
        entry: getTableColumns(waitlistEntry),
        position: entryPosition.as("position"),
        serverTime: sql`clock_timestamp()`.mapWith(waitlistEntry.createdAt).as("server_time"),
        run: runSummaryColumns,
      })
      .from(waitlistEntry)
      .innerJoin(courseRun, eq(courseRun.id, waitlistEntry.runId))
      .innerJoin(course, eq(course.id, courseRun.courseId))
      .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
      .leftJoin(venue, eq(venue.id, courseRun.venueId))
      .where(
        and(
          eq(waitlistEntry.personId, $.personId),
          sql`(${$.beforeId} IS NULL OR waitlist_entry.id < ${$.beforeId})`,
        ),
      )
      // Ids are made in the order of time (UUIDv7).
      .orderBy(desc(waitlistEntry.id))
      .limit($.limit),
);

const countOwn = prepared("waitlist.mine.count", { personId: uuid }, (q, $) =>
  q
    .select({ total: sql`count(*)`.mapWith(int8) })
    .from(waitlistEntry)
    .where(eq(waitlistEntry.personId, $.personId)),
);

const Before = z.tuple([Id]);

/**
 * Where a person waits, or has waited, the newest first.
 *
 * @param language that they read, for what courses are called
 * @throws Invalid for a cursor that is not of this list
 */
export async function listOwnEntries(
  db: Database,
  personId: string,
  language: string | null,
  input: z.infer<typeof PageInput>,
): Promise<z.infer<typeof OwnWaitlistEntries>> {
  const before = decodeCursor(input.cursor, Before);
  const [found, counted] = await Promise.all([
    ownEntries.execute(db, {
      personId,
      beforeId: before?.[0] ?? null,
      limit: input.limit + 1,
    }),
    countOwn.first(db, { personId }),
  ]);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1)?.entry : undefined;
  return {
    items: await withRunsInLanguage(
      db,
      language,
      page.map(({ run, ...placed }) => ({
        ...standingOf(placed),
        run: toRunSummary(run),
        joinedAt: placed.entry.createdAt.toISOString(),
        endedAt: placed.entry.endedAt?.toISOString() ?? null,
      })),
    ),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total: counted?.total ?? 0,
  };
}
