import { registration } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { and, eq, isNotNull } from "drizzle-orm";
import { tell } from "../notifications/tell.ts";
import { considerRun } from "../runs/run-queues.ts";
import type { BookingRow } from "./read-booking.ts";

/**
 * What a booking sets off once it is confirmed: the booker is told, every learner who is named, and a
 * tentative run may have got its minimum.
 */
export async function announceConfirmed(tx: Transaction, found: BookingRow): Promise<void> {
  await tell(tx, "booking_confirmed", found.id);
  const named = await tx
    .select({ id: registration.id })
    .from(registration)
    .where(
      and(
        eq(registration.bookingId, found.id),
        eq(registration.status, "confirmed"),
        isNotNull(registration.learnerEmail),
      ),
    );
  for (const { id } of named) await tell(tx, "learner_named", id);
  const [run] = await tx
    .select({ status: courseRun.status })
    .from(courseRun)
    .where(eq(courseRun.id, found.runId));
  if (run?.status === "tentative") await enqueue(tx, considerRun, { runId: found.runId });
}
