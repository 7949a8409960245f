import type { RouterInputs } from "@lectern/client";
import { MOVED_RUN_MINUTES, type Minutes } from "../rules/academy.ts";
import type { World } from "./world.ts";

type RescheduleInput = RouterInputs["runs"]["reschedule"];

const NOON = 12;

/**
 * @returns one session that begins so many minutes from now, as staff ask for it: by the wall clock of a
 *   zone in which it begins between noon and one, so that it does not end on another day
 */
export function sessionPatternIn(
  world: World,
  minutes: Minutes,
): Pick<RescheduleInput, "pattern" | "timeZone"> {
  const start = Temporal.Instant.fromEpochMilliseconds(world.clock.dateIn(minutes).getTime());
  const ahead = NOON - start.toZonedDateTimeISO("UTC").hour;
  // POSIX counts zones the other way round.
  const timeZone = `Etc/GMT${ahead < 0 ? "+" : "-"}${Math.abs(ahead)}`;
  const local = start.toZonedDateTimeISO(timeZone);
  const end = local.add({ minutes: MOVED_RUN_MINUTES });
  return {
    timeZone,
    pattern: {
      from: local.toPlainDate().toString(),
      sessions: 1,
      start: local.toPlainTime().toString({ smallestUnit: "minute" }),
      end: end.toPlainTime().toString({ smallestUnit: "minute" }),
      weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    },
  };
}
