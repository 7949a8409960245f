import type { ScheduleCheck, ScheduleProposal } from "@lectern/contract/scheduling";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { reachFor, requireRunWithin } from "../../shared/reach.ts";
import { type Reaches, judgeSchedule } from "./judge-schedule.ts";
import { sessionsOf } from "./session-pattern.ts";

/**
 * Lays a run's sessions out, and looks for what stands against them and what should be known: for a form
 * that is being filled in. Nothing is set aside: what is free now may be taken a moment later.
 *
 * @throws NotFound for run, course, venue, room or instructor; Invalid for a pattern without sessions
 */
export async function checkSchedule(
  db: Database,
  call: Call,
  proposal: z.infer<typeof ScheduleProposal>,
): Promise<ScheduleCheck> {
  const { runId, courseId, venueId, roomId, pattern, timeZone, ...rest } = proposal;
  if (runId) await requireRunWithin(db, call, "runs.write", runId);
  const sittings = await sessionsOf(pattern, timeZone);
  const wanted = {
    ...rest,
    runId: runId ?? null,
    courseId: courseId ?? null,
    venueId: venueId ?? null,
    roomId: roomId ?? null,
    skipHolidaysOf: pattern.skipHolidaysOf,
  };
  const { checks } = await judgeSchedule(db, reachesOf(call), wanted, [sittings]);
  const [check] = checks;
  if (check === undefined) throw new Error("Times that were judged have no check");
  return check;
}

/** @returns where the caller may schedule, and of which runs they may know */
export function reachesOf(call: Call): Reaches {
  return { write: reachFor(call, "runs.write"), read: reachFor(call, "runs.read") };
}
