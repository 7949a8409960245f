import type { RunChoiceKind } from "@lectern/contract/vocabulary";
import {
  booking,
  registration,
  registrationChange,
  runChoice,
} from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { type SQL, and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { tell } from "../../notifications/tell.ts";

/** So many rows go in one statement: PostgreSQL takes 65,535 parameters. */
const BATCH = 5000;

/**
 * Asks the people of a run again, in the transaction that cancelled or moved it, and tells them. A
 * question that is still open is replaced by the new one.
 *
 * - `run_cancelled`, called after the run's bookings were cancelled: each registration of a confirmed
 *   booking that this transaction cancelled. It chooses between another date and its money back.
 * - `run_rescheduled`: each registration that has a place, and whose booker is known. It may stay, too.
 *
 * @returns the ids of the registrations that are asked
 */
export async function openChoices(
  tx: Transaction,
  call: Call,
  runId: string,
  kind: RunChoiceKind,
): Promise<string[]> {
  const asked = await tx
    .select({ id: registration.id })
    .from(booking)
    .innerJoin(registration, eq(registration.bookingId, booking.id))
    // Registrations of a run are found by its bookings: no index has them by the run.
    .where(and(eq(booking.runId, runId), kind === "run_cancelled" ? justCancelled() : seated()))
    .orderBy(asc(registration.bookingId), asc(registration.position));
  for (let from = 0; from < asked.length; from += BATCH) {
    await writeChoices(tx, call, kind, asked.slice(from, from + BATCH));
  }
  const ids = asked.map(({ id }) => id);
  await tell(tx, kind, ids);
  return ids;
}

function seated(): SQL | undefined {
  return and(
    inArray(registration.status, ["reserved", "confirmed"]),
    inArray(booking.status, ["awaiting_payment", "awaiting_approval", "confirmed"]),
  );
}

/** What its booker had cancelled before says so in `registration_change`, and is not asked. */
function justCancelled(): SQL | undefined {
  return and(
    eq(registration.status, "cancelled"),
    isNotNull(booking.confirmedAt),
    // The transaction's own writes: it began no later than they were made.
    sql`${registration.updatedAt} >= date_trunc('milliseconds', now())`,
    sql`NOT EXISTS (
      SELECT FROM ${registrationChange}
      WHERE ${registrationChange.registrationId} = ${registration.id}
        AND ${registrationChange.kind} = 'cancellation'
    )`,
  );
}

async function writeChoices(
  tx: Transaction,
  call: Call,
  kind: RunChoiceKind,
  asked: readonly { readonly id: string }[],
): Promise<void> {
  await tx
    .insert(runChoice)
    .values(asked.map(({ id }) => ({ id: uuidv7(), registrationId: id, kind })))
    .onConflictDoUpdate({
      target: runChoice.registrationId,
      targetWhere: sql`state = 'open'`,
      // A new id: who answers the question as it was before is told that it has changed.
      set: { id: sql`excluded.id`, kind, createdAt: sql`clock_timestamp()` },
    });
  await recordAudit(
    tx,
    call,
    asked.map(({ id }) => ({
      action: "registration.ask",
      entity: "registration",
      entityId: id,
      before: null,
      after: { kind },
    })),
  );
}
