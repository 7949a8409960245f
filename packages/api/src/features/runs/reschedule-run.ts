import { RunChanged, type RunRescheduleInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { wallClockFromRow } from "../../shared/zoned-time.ts";
import { moveRun } from "./move-run.ts";
import { readRunChanged } from "./run-changed.ts";
import { scheduleConflict } from "./write-sessions.ts";

type RescheduleInput = z.infer<typeof RunRescheduleInput>;

/**
 * Moves a run to other times, with its bookings; room and instructors stay unless others are given.
 * An event in the run's history, and not a state. Everybody with a place is asked whether the new times
 * suit; dates such as the end of booking, and what is set aside, end with the new start at the latest.
 *
 * @throws NotFound; Invalid; Forbidden for leaving every venue by staff of some countries; Conflict `changed_meanwhile`, and `wrong_state` for a run that has begun,
 *   ended or been cancelled; ScheduleConflict when the room or an instructor is taken;
 *   IdempotencyMismatch
 */
export async function rescheduleRun(
  db: Database,
  call: Call,
  input: RescheduleInput,
): Promise<RunChanged> {
  await requireRunWithin(db, call, "runs.write", input.id);
  try {
    const moved = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "runs.reschedule", input, RunChanged, () => reschedule(tx, call, input)),
    );
    call.changed(input.id);
    return moved;
  } catch (error) {
    throw scheduleConflict(error) ?? error;
  }
}

async function reschedule(
  tx: Transaction,
  call: Call,
  input: RescheduleInput,
): Promise<RunChanged> {
  const { run, after } = await moveRun(tx, call, input);
  await recordAudit(tx, call, {
    action: "run.reschedule",
    entity: "run",
    entityId: run.id,
    before: {
      localStart: wallClockFromRow(run.localStart),
      localEnd: wallClockFromRow(run.localEnd),
      timeZone: run.timeZone,
      venueId: run.venueId,
    },
    after: { ...after, reason: input.reason },
  });
  return readRunChanged(tx, run.id);
}
