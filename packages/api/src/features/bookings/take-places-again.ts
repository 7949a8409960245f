import { booking, registration, seatAllocation } from "@lectern/database/schema/bookings";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import type { Transaction } from "@lectern/database/transaction";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../call.ts";
import { DomainError, conflict } from "../../domain-error.ts";
import { bookability } from "../../shared/run-summary.ts";
import { takeDiscount } from "../billing/use-discount.ts";
import { findRunSummaryRow } from "./find-run-summary-row.ts";
import { takePlaces } from "./places/counter.ts";
import { lockSettled } from "./places/settle-places.ts";
import type { BookingRow } from "./read-booking.ts";

/** What became of the places of a booking whose time was over. */
export type TakenAgain = "taken" | "gone";

/** How places are kept, or taken again. */
export interface Keeping {
  /** When their hold ends; `null`: they are the booking's for good. */
  readonly until: Date | null;
  /** What becomes of the learners that were named for a hold past its time: an order names them anew. */
  readonly learners: "kept" | "forgotten";
}

/**
 * Takes the places of an expired booking again, if there are any: as a hold until a time, or for good.
 * The use of its discount code is taken again, too.
 *
 * @returns whether the places could be had
 * @throws Conflict (`wrong_state`) for a booking that is not expired, NotBookable when the run can't be
 *   booked any more, DiscountNotUsable when its code was used up meanwhile
 */
export async function takePlacesAgain(
  tx: Transaction,
  call: Call,
  found: BookingRow,
  { until, learners }: Keeping,
): Promise<TakenAgain> {
  await lockSettled(tx, call, found.runId);
  const [current] = await tx
    .select({ status: booking.status })
    .from(booking)
    .where(eq(booking.id, found.id))
    .for("update");
  if (current?.status !== "expired") {
    throw conflict(
      "booking",
      "wrong_state",
      "This booking can't be confirmed any more.",
      current?.status,
    );
  }
  await checkBookable(tx, found.runId);
  // What was cancelled one by one, before the time was over, has a date; it is not taken again.
  const lapsed = and(
    eq(registration.bookingId, found.id),
    eq(registration.status, "cancelled"),
    isNull(registration.cancelledAt),
  );
  const places = await tx.$count(registration, lapsed);
  if (places === 0 || !(await takePlaces(tx, found.runId, places))) return "gone";
  await tx.insert(seatAllocation).values({
    id: uuidv7(),
    runId: found.runId,
    bookingId: found.id,
    quantity: places,
    ...(until === null ? { kind: "booking" } : { kind: "hold", expiresAt: until }),
  });
  await tx
    .update(registration)
    .set({
      status: "reserved",
      // Who was to come then may have another place by now.
      ...(learners === "forgotten" && {
        learnerId: null,
        learnerName: null,
        learnerEmail: null,
      }),
      updatedAt: sql`clock_timestamp()`,
    })
    .where(lapsed);
  await takeDiscountAgain(tx, found);
  return "taken";
}

/** A private run was opened to the booker when the places were held. */
async function checkBookable(tx: Transaction, runId: string): Promise<void> {
  const run = await findRunSummaryRow(tx, runId);
  const state = run === undefined ? "not_published" : bookability({ ...run, visibility: "public" });
  if (state === "open" || state === "sold_out") return;
  throw new DomainError(
    { code: "NotBookable", data: { runId, reason: state } },
    "This date can't be booked any more.",
  );
}

async function takeDiscountAgain(tx: Transaction, found: BookingRow): Promise<void> {
  const [used] = await tx
    .select({
      code: discountCode.code,
      courseId: sql<string>`(SELECT course_id FROM course_run WHERE id = ${found.runId}::uuid)`,
      currency: sql<string | null>`(
        SELECT price_currency FROM registration WHERE booking_id = ${found.id}::uuid LIMIT 1)`,
    })
    .from(discountUse)
    .innerJoin(discountCode, eq(discountCode.id, discountUse.discountCodeId))
    .where(eq(discountUse.bookingId, found.id))
    .orderBy(desc(discountUse.id))
    .limit(1);
  if (used === undefined) return;
  // For the moment at which the booking was priced: a code that has ended since still counts.
  await takeDiscount(tx, { ...used, bookingId: found.id, at: found.createdAt });
}
