import { reachOf } from "@lectern/auth/actor";
import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import type { Call } from "../../../call.ts";
import { DomainError, notFound } from "../../../domain-error.ts";
import { reachesRun } from "../../../shared/reach.ts";
import { type RunSummaryRow, bookability, placesLeft } from "../../../shared/run-summary.ts";
import { checkBookerLimit, lockBooker } from "../booker-limit.ts";
import { findRunSummaryRow } from "../find-run-summary-row.ts";
import { takePlaces } from "../places/counter.ts";
import type { Decision } from "./decision.ts";
import type { LockedBooking } from "./locked-booking.ts";

/** A run that registrations are to be moved to, and what opens it if it is private. */
export interface Target {
  readonly toRunId: string;
  readonly invitationKey?: string | null | undefined;
}

async function isInvited(
  db: Queryable,
  call: Call,
  { toRunId, invitationKey }: Target,
): Promise<boolean> {
  if (await reachesRun(db, reachOf(call.actor, "bookings.make.any"), toRunId)) return true;
  return invitationKey != null && call.accessKeys.isKeyFor("invitation", toRunId, invitationKey);
}

/**
 * @returns the run, if places of it can be booked, or could if there were any
 * @throws NotFound for a run that does not exist or is a draft; NotBookable
 */
export async function requireTarget(
  db: Queryable,
  call: Call,
  target: Target,
): Promise<RunSummaryRow> {
  const runId = target.toRunId;
  const row = await findRunSummaryRow(db, runId);
  if (row === undefined || row.status === "draft") throw notFound("run", runId);
  const state = bookability(
    (await isInvited(db, call, target)) ? { ...row, visibility: "public" } : row,
  );
  if (state === "open" || state === "sold_out") return row;
  throw new DomainError(
    { code: "NotBookable", data: { runId, reason: state } },
    "This date can't be booked.",
  );
}

/**
 * Makes transfers of one booker to the same runs wait for each other. Taken before anything else is
 * locked, and in the order of the runs' ids.
 */
export async function lockBookerOn(
  tx: Transaction,
  runIds: readonly string[],
  email: string | null,
): Promise<void> {
  if (email === null) return;
  for (const runId of [...new Set(runIds)].toSorted()) await lockBooker(tx, runId, email);
}

/**
 * Counts places of the new run as taken, within what its booker may have of it. Staff may give more, and
 * whom the academy asks again is not held to it. The run's counter is locked and settled.
 *
 * @throws NotFound, NotBookable; TooManyPlaces; SoldOut with the places that are left
 */
export async function takeTarget(
  tx: Transaction,
  call: Call,
  target: Target,
  { places, locked, decision }: { places: number; locked: LockedBooking; decision: Decision },
): Promise<void> {
  const runId = target.toRunId;
  const row = await requireTarget(tx, call, target);
  const { bookerEmail: email } = locked.booking;
  if (email !== null && decision.decidedBy === "booker") {
    await checkBookerLimit(tx, { runId, email, places });
  }
  if (await takePlaces(tx, runId, places)) return;
  const left = placesLeft(row);
  throw new DomainError(
    { code: "SoldOut", data: { runId, placesLeft: left, requested: places } },
    left === 0 ? "This date is sold out." : `Only ${left} of the ${places} places are left.`,
  );
}
