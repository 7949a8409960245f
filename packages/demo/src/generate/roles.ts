import type { Random } from "../random.ts";
import type { PlannedRun } from "./runs.ts";

/** What a run is there to show, beside being a date of a course. */
export type Role = "full" | "nearly_full" | "tentative" | "cancelled";

const NEARLY_FULL = 7;
const DAY = 24 * 60 * 60_000;

/** Picks, among the runs to come, those that show what else can become of a run. */
export function castRoles(
  runs: readonly PlannedRun[],
  today: Temporal.PlainDate,
  random: Random,
): ReadonlyMap<PlannedRun, Role> {
  const roles = new Map<PlannedRun, Role>();
  const midnight = today.toZonedDateTime("UTC").epochMilliseconds;
  const candidates = random.shuffled(
    runs.filter((run) => run.sessions.length > 0 && !crossesClockChange(run)),
  );

  function cast(role: Role, count: number, fromDays: number, toDays: number): void {
    const fitting = candidates.filter((run) => {
      const days = (run.startsAt.getTime() - midnight) / DAY;
      return !roles.has(run) && days >= fromDays && days < toDays;
    });
    for (const run of fitting.slice(0, count)) roles.set(run, role);
  }
  cast("full", 1, 9, 60);
  cast("nearly_full", NEARLY_FULL, 5, 120);
  cast("cancelled", 1, 20, 120);
  cast("tentative", 1, 60, 240);
  return roles;
}

/** Whether the clocks change between the first sitting and the last. */
export function crossesClockChange(run: PlannedRun): boolean {
  const wallClock = Date.parse(`${run.localEnd}Z`) - Date.parse(`${run.localStart}Z`);
  return run.sessions.length > 0 && wallClock !== run.endsAt.getTime() - run.startsAt.getTime();
}
