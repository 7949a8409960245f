import { booking, seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { settleLater } from "../bookings/places/settle-later.ts";
import { openChoices } from "../bookings/registrations/open-choices.ts";
import { tell } from "../notifications/tell.ts";
import { lastOfferAt } from "../waitlist/last-offer.ts";
import type { RunRow } from "./run-changed.ts";

/** Dates of a run that make no sense after it has begun. */
type RunDates = Pick<
  RunRow,
  "bookingOpensAt" | "bookingClosesAt" | "decisionAt" | "decisionWarnedAt"
>;

/**
 * What a run's dates become when it is moved: what would lie after the new start is pulled back to it,
 * and staff are warned again of a decision whose date has changed. Booking that would open only then
 * opens at once.
 */
export function datesBefore(startsAt: Date, dates: RunDates): RunDates {
  const decisionAt = earlierOf(dates.decisionAt, startsAt);
  const bookingClosesAt = earlierOf(dates.bookingClosesAt, startsAt);
  const { bookingOpensAt } = dates;
  const opensTooLate = bookingOpensAt !== null && bookingOpensAt >= (bookingClosesAt ?? startsAt);
  return {
    bookingOpensAt: opensTooLate ? null : bookingOpensAt,
    bookingClosesAt,
    decisionAt,
    decisionWarnedAt: decisionAt === dates.decisionAt ? dates.decisionWarnedAt : null,
  };
}

function earlierOf(date: Date | null, limit: Date): Date | null {
  return date !== null && date > limit ? limit : date;
}

/** Whom and what the new times of a run concern. */
export interface MoveEffects {
  /** Registrations that are asked again. */
  readonly asked: readonly string[];
  /** Bookings whose hold, and entries whose offer, ends sooner. */
  readonly holdsShortened: readonly string[];
  readonly offersShortened: readonly string[];
}

/**
 * What else a run's new times mean, once they are written, with the run and its counter locked: what is
 * set aside ends before the run begins, its people are asked again, and the queue is served, which may
 * have been too late before.
 */
export async function afterMove(tx: Transaction, call: Call, runId: string): Promise<MoveEffects> {
  const limits = await limitsOf(tx, runId);
  const holdsShortened = await shortenHolds(tx, runId, limits.hold);
  const offersShortened = await shortenOffers(tx, runId, limits.offer);
  await lockSettled(tx, call, runId);
  const asked = await openChoices(tx, call, runId, "run_rescheduled");
  return { asked, holdsShortened, offersShortened };
}

/** @returns until when holds and offers of the run can stand */
async function limitsOf(tx: Transaction, runId: string): Promise<{ hold: Date; offer: Date }> {
  const [limits] = await tx
    .select({
      hold: sql`least(${courseRun.bookingClosesAt}, ${courseRun.startsAt})`.mapWith(
        courseRun.startsAt,
      ),
      offer: sql`${lastOfferAt}`.mapWith(courseRun.startsAt),
    })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (limits === undefined) throw new Error("A run that was moved has gone");
  return limits;
}

/** @returns the ids of their bookings */
async function shortenHolds(tx: Transaction, runId: string, limit: Date): Promise<string[]> {
  const shortened = await tx
    .update(seatAllocation)
    .set({ expiresAt: limit })
    .where(outlasting(runId, "hold", limit))
    .returning({ bookingId: seatAllocation.bookingId });
  const ids = shortened.map(({ bookingId }) => bookingId).filter((id) => id !== null);
  if (ids.length === 0) return ids;
  await tx
    .update(booking)
    .set({ expiresAt: limit, updatedAt: sql`clock_timestamp()` })
    .where(inArray(booking.id, ids));
  await settleLater(tx, runId, limit);
  return ids;
}

/** @returns the ids of their entries */
async function shortenOffers(tx: Transaction, runId: string, limit: Date): Promise<string[]> {
  const shortened = await tx
    .update(seatAllocation)
    .set({ expiresAt: limit })
    .where(outlasting(runId, "offer", limit))
    .returning({ entryId: seatAllocation.waitlistEntryId });
  const ids = shortened.map(({ entryId }) => entryId).filter((id) => id !== null);
  if (ids.length === 0) return ids;
  await tx
    .update(waitlistEntry)
    .set({ offerExpiresAt: limit, updatedAt: sql`clock_timestamp()` })
    .where(inArray(waitlistEntry.id, ids));
  // With the new end of its time; nothing goes out for one that is over by then.
  for (const id of ids) await tell(tx, "offer", id);
  await settleLater(tx, runId, limit);
  return ids;
}

function outlasting(runId: string, kind: "hold" | "offer", limit: Date) {
  return and(
    eq(seatAllocation.runId, runId),
    eq(seatAllocation.state, "active"),
    eq(seatAllocation.kind, kind),
    gt(seatAllocation.expiresAt, limit),
  );
}
