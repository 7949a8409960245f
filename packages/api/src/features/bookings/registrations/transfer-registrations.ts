import { BookingDetail } from "@lectern/contract/bookings";
import {
  RegistrationsTransferred,
  type RegistrationsTransferInput,
} from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { invalid } from "../../../domain-error.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { type BookingRow, readBooking, requireBooking } from "../read-booking.ts";
import { duplicateLearner } from "../write-order.ts";
import { type Decision, decisionOf } from "./decision.ts";
import { lockRuns } from "./lock-runs.ts";
import { lockBooking, pickRegistrations } from "./locked-booking.ts";
import { StoredMove, movePlaces, withKey } from "./move-places.ts";
import { requireUnobstructed, whyNotTransferred } from "./obstacles.ts";
import { moneyOf } from "./plan-move.ts";
import { releasePlaces } from "./release-places.ts";
import { lockBookerOn } from "./target-run.ts";

type TransferInput = z.infer<typeof RegistrationsTransferInput>;

const StoredTransfer = RegistrationsTransferred.extend({ from: BookingDetail, to: StoredMove });
type StoredTransfer = z.infer<typeof StoredTransfer>;

/**
 * Moves registrations of a confirmed booking to another run of the same or another course, all of them
 * or none, in one transaction: places are taken there and given back here, where the queue is served.
 *
 * @returns the old booking, and the new one with its key
 * @throws NotFound; Invalid for the same run, or one in another currency; Conflict `wrong_state` for a
 *   registration that can't be moved, `duplicate_learner` for one who has a place there; NotBookable,
 *   SoldOut and TooManyPlaces of the new run; Forbidden for a waiver by others than staff;
 *   IdempotencyMismatch
 */
export async function transferRegistrations(
  db: Database,
  call: Call,
  input: TransferInput,
): Promise<RegistrationsTransferred> {
  const found = await requireBooking(db, call, input, "bookings.change.any");
  const decision = decisionOf(found, input);
  requireOtherRun(found, input.toRunId);
  try {
    const { to, ...answer } = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "registrations.transfer", input, StoredTransfer, () =>
        transfer(tx, call, input, { found, decision }),
      ),
    );
    call.changed(found.runId);
    call.changed(input.toRunId);
    return { ...answer, to: withKey(call, to) };
  } catch (error) {
    throw duplicateLearner(error);
  }
}

/** @throws Invalid for the run that the booking is of */
export function requireOtherRun(found: BookingRow, toRunId: string, path = "toRunId"): void {
  if (toRunId === found.runId) throw invalid(path, "The booking is of this date already.");
}

async function transfer(
  tx: Transaction,
  call: Call,
  input: TransferInput,
  { found, decision }: { found: BookingRow; decision: Decision },
): Promise<StoredTransfer> {
  await lockBookerOn(tx, [input.toRunId], found.bookerEmail);
  await lockRuns(tx, call, [found.runId, input.toRunId]);
  const locked = await lockBooking(tx, found.id);
  const rows = pickRegistrations(locked, input.registrationIds);
  requireUnobstructed(locked, rows, whyNotTransferred);
  const { moved, moves } = await movePlaces(tx, call, locked, rows, { target: input, decision });
  await releasePlaces(tx, call, locked, rows.length, {
    endedBy: "registration.transfer",
    reason: decision.reason,
  });
  return { ...moneyOf(moves), from: await readBooking(tx, call, found.reference), to: moved };
}
