import { PaymentRecorded, type PaymentResolveInput } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import { booking } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { DomainError, conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { findRunSummaryRow } from "../find-run-summary-row.ts";
import { placesLeft } from "../../../shared/run-summary.ts";
import type { BookingRow } from "../read-booking.ts";
import { tell } from "../../notifications/tell.ts";
import { seatPaid } from "./seat-paid.ts";

type ResolveInput = z.infer<typeof PaymentResolveInput>;

/**
 * Decides about money that came too late: `seat` tries for the places again, `refund` says that it is
 * to be given back, `refunded` that it was.
 *
 * @throws NotFound; Conflict (`wrong_state`) for money about which nothing is to be decided; SoldOut
 *   while there are too few places; IdempotencyMismatch
 */
export async function resolvePayment(
  db: Database,
  call: Call,
  input: ResolveInput,
): Promise<PaymentRecorded> {
  let runId: string | undefined;
  const answer = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "bookings.resolvePayment", input, PaymentRecorded, async () => {
      const [row] = await tx
        .select({ payment, booking })
        .from(payment)
        .innerJoin(booking, eq(booking.id, payment.bookingId))
        .where(eq(payment.id, input.id));
      if (row === undefined) throw notFound("payment", input.id);
      ({ runId } = row.booking);
      if (input.decision === "seat") await seat(tx, call, row.booking);
      // Read again under the lock: two of staff may decide at once.
      const [current] = await tx
        .select({ outcome: payment.outcome })
        .from(payment)
        .where(eq(payment.id, input.id))
        .for("update");
      const outcome = nextOutcome(current?.outcome ?? row.payment.outcome, input.decision);
      await tx
        .update(payment)
        .set({ outcome, resolvedAt: sql`clock_timestamp()`, resolution: input.note ?? null })
        .where(eq(payment.id, input.id));
      const [after] = await tx
        .update(booking)
        .set({
          ...(outcome === "applied" && { paymentState: "paid" as const }),
          ...(outcome === "refunded" && { paymentState: "refunded" as const }),
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(booking.id, row.booking.id))
        .returning({ status: booking.status, paymentState: booking.paymentState });
      if (outcome === "applied") await tell(tx, "late_payment_seated", input.id);
      await recordAudit(tx, call, {
        action: "payment.resolve",
        entity: "payment",
        entityId: input.id,
        before: { outcome: row.payment.outcome },
        after: { outcome, decision: input.decision },
      });
      return {
        paymentId: input.id,
        outcome,
        status: after?.status ?? row.booking.status,
        paymentState: after?.paymentState ?? row.booking.paymentState,
      };
    }),
  );
  if (runId !== undefined) call.changed(runId);
  return answer;
}

async function seat(tx: Transaction, call: Call, found: BookingRow): Promise<void> {
  if (await seatPaid(tx, call, found, true)) return;
  const run = await findRunSummaryRow(tx, found.runId);
  throw new DomainError(
    {
      code: "SoldOut",
      data: {
        runId: found.runId,
        placesLeft: run === undefined ? 0 : placesLeft(run),
        requested: found.places,
      },
    },
    "There are too few places: raise the capacity, or refund the payment.",
  );
}

/** @throws Conflict for a step that does not follow */
function nextOutcome(
  outcome: (typeof payment.$inferSelect)["outcome"],
  decision: ResolveInput["decision"],
): (typeof payment.$inferSelect)["outcome"] {
  if (outcome === "late" && decision === "seat") return "applied";
  if (outcome === "late" && decision === "refund") return "refund_due";
  if ((outcome === "late" || outcome === "refund_due") && decision === "refunded") {
    return "refunded";
  }
  throw conflict("payment", "wrong_state", "About this payment was decided already.", outcome);
}
