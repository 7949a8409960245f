import { RunChanged, type RunScheduleInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor } from "../../shared/reach.ts";
import { insertRuns, requireSensible } from "./insert-runs.ts";
import { readRunChanged } from "./run-changed.ts";
import { sessionsOf } from "./session-pattern.ts";
import { scheduleConflict } from "./write-sessions.ts";

type ScheduleInput = z.infer<typeof RunScheduleInput>;

/**
 * Schedules a run of a course, its sessions laid out from a pattern.
 *
 * @throws NotFound for course, venue, room, instructor or organisation; Invalid; Forbidden for a run
 *   without a venue by staff of some countries; Conflict `wrong_state` for a retired course and an archived
 *   organisation; ScheduleConflict when the room or an instructor is taken; IdempotencyMismatch
 */
export async function scheduleRun(
  db: Database,
  call: Call,
  input: ScheduleInput,
): Promise<RunChanged> {
  const sittings = await sessionsOf(input.pattern, input.timeZone);
  requireSensible(input);
  const reach = reachFor(call, "runs.write");
  const planned = {
    sittings,
    bookingOpensAt: dateOrNull(input.bookingOpensAt),
    bookingClosesAt: dateOrNull(input.bookingClosesAt),
    decisionAt: dateOrNull(input.decisionAt),
  };
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "runs.schedule", input, RunChanged, async () => {
        const [id] = await insertRuns(tx, call, reach, input, [planned]);
        if (id === undefined) throw new Error("The run was not inserted");
        return readRunChanged(tx, id);
      }),
    );
  } catch (error) {
    throw scheduleConflict(error) ?? error;
  }
}

function dateOrNull(instant: string | null | undefined): Date | null {
  return instant === null || instant === undefined ? null : new Date(instant);
}
