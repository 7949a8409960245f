import type { WaitlistProof, WaitlistEntryDetail } from "@lectern/contract/waitlist";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { withRunInLanguage } from "../../shared/in-language.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { requireEntry, standingOf } from "./read-entry.ts";

/** What an entry's page shows beside the entry itself. */
const aboutEntry = prepared("waitlist.aboutEntry", { id: waitlistEntry.id }, (q, $) =>
  q
    .select({ run: runSummaryColumns, bookingId: booking.id, reference: booking.reference })
    .from(waitlistEntry)
    .innerJoin(courseRun, eq(courseRun.id, waitlistEntry.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .leftJoin(booking, eq(booking.id, waitlistEntry.bookingId))
    .where(eq(waitlistEntry.id, $.id)),
);

/**
 * An entry of the waiting list, for whoever holds its key: where the party stands, what is offered to
 * it, and the booking that an accepted offer became.
 *
 * @throws NotFound
 */
export async function findEntry(
  db: Database,
  call: Call,
  input: z.infer<typeof WaitlistProof>,
): Promise<WaitlistEntryDetail> {
  // At once, to save a round trip: what was read goes to nobody who may not see it.
  const [placed, about] = await Promise.all([
    requireEntry(db, call, input),
    aboutEntry.first(db, { id: input.entryId }),
  ]);
  if (about === undefined) throw notFound("waitlist_entry", input.entryId);
  const { entry } = placed;
  return withRunInLanguage(db, call.language, {
    ...standingOf(placed),
    run: toRunSummary(about.run),
    name: entry.name,
    email: entry.email,
    company: entry.company,
    joinedAt: entry.createdAt.toISOString(),
    endedAt: entry.endedAt?.toISOString() ?? null,
    booking: bookingMade(call, about),
  });
}

function bookingMade(
  call: Call,
  { bookingId, reference }: { bookingId: string | null; reference: string | null },
): WaitlistEntryDetail["booking"] {
  if (bookingId === null || reference === null) return null;
  return { reference, accessKey: call.accessKeys.keyFor("booking", bookingId) };
}
