import type { WaitlistProof, WaitlistEntryDetail } from "@lectern/contract/waitlist";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { toRunSummary } from "../../shared/run-summary.ts";
import { findRunSummaryRow } from "../bookings/find-run-summary-row.ts";
import { requireEntry, standingOf } from "./read-entry.ts";

const referenceOf = prepared("waitlist.bookingMade", { id: booking.id }, (q, $) =>
  q.select({ reference: booking.reference }).from(booking).where(eq(booking.id, $.id)),
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
  const placed = await requireEntry(db, call, input);
  const { entry } = placed;
  const [run, made] = await Promise.all([
    findRunSummaryRow(db, entry.runId),
    entry.bookingId === null ? null : findBookingMade(db, call, entry.bookingId),
  ]);
  if (run === undefined) throw notFound("run", entry.runId);
  return {
    ...standingOf(placed),
    run: toRunSummary(run),
    name: entry.name,
    email: entry.email,
    company: entry.company,
    joinedAt: entry.createdAt.toISOString(),
    endedAt: entry.endedAt?.toISOString() ?? null,
    booking: made,
  };
}

async function findBookingMade(
  db: Database,
  call: Call,
  bookingId: string,
): Promise<WaitlistEntryDetail["booking"]> {
  const row = await referenceOf.first(db, { id: bookingId });
  if (row === undefined) return null;
  return { ...row, accessKey: call.accessKeys.keyFor("booking", bookingId) };
}
