import type { RunStatus } from "@lectern/contract/vocabulary";
import { type Random, createRandom } from "../random.ts";
import { type GeneratedBooking, createBookings } from "./bookings.ts";
import { type Role, castRoles } from "./roles.ts";
import type { PlannedRun } from "./runs.ts";
import { planSchedule } from "./schedule.ts";
import { planSelfPaced } from "./self-paced.ts";
import { type GeneratedWait, createQueue } from "./waiting.ts";

/** A run with what has become of it by today. */
export interface GeneratedRun extends PlannedRun {
  readonly status: RunStatus;
  readonly cancelledReason: string | null;
  readonly bookings: readonly GeneratedBooking[];
  /** Its waiting list. */
  readonly waiting: readonly GeneratedWait[];
}

const CANCELLED_REASON =
  "The instructor is unwell, and nobody else could teach this date. The next dates are open.";

const DAY = 24 * 60 * 60_000;

/**
 * The runs of the demo academy around a date, with their bookings, earliest first. The same date and
 * seed give the same runs on every machine; nothing else is looked at.
 */
export function generateRuns(today: Temporal.PlainDate, seed: string): GeneratedRun[] {
  const random = createRandom(seed);
  const planned = [
    ...planSchedule(today, random.fork("schedule")),
    ...planSelfPaced(today, random.fork("self-paced")),
  ].toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const roles = castRoles(planned, today, random.fork("roles"));
  return planned.map((run, i) => {
    const role = roles.get(run);
    const status = statusOf(run, role, today);
    const cancelledReason = status === "cancelled" ? CANCELLED_REASON : null;
    const own = random.fork(`bookings ${i}`);
    const demand = {
      taken: takenPlaces(run, role, status, today, own),
      isCompleted: status === "completed",
      cancelledReason,
    };
    const standing = { isFull: role === "full", isCompleted: status === "completed" };
    return {
      ...run,
      status,
      cancelledReason,
      bookings: createBookings(run, demand, today, own),
      waiting: createQueue(run, standing, today, random.fork(`waiting ${i}`)),
    };
  });
}

function statusOf(run: PlannedRun, role: Role | undefined, today: Temporal.PlainDate): RunStatus {
  if (role === "tentative" || role === "cancelled") return role;
  const [first, last] = [run.localStart, run.localEnd].map((local) =>
    Temporal.PlainDate.from(local),
  );
  if (last && Temporal.PlainDate.compare(last, today) < 0) return "completed";
  return first && Temporal.PlainDate.compare(first, today) <= 0 ? "in_progress" : "confirmed";
}

/** The nearer a run is, the more of its places are taken. */
function takenPlaces(
  run: PlannedRun,
  role: Role | undefined,
  status: RunStatus,
  today: Temporal.PlainDate,
  random: Random,
): number {
  switch (role) {
    case "full":
      return run.capacity;
    case "nearly_full":
      return run.capacity - random.integer(1, 2);
    case "tentative":
      return 2;
    case "cancelled":
      return 3;
    case undefined:
      break;
  }
  const days = (run.startsAt.getTime() - today.toZonedDateTime("UTC").epochMilliseconds) / DAY;
  const nearness = Math.max(0, 1 - Math.max(0, days) / 200);
  const share = nearness * (0.35 + random.fraction() * 0.45);
  // A run that took place had at least the places that it needed, and none of the others is full.
  const least = status === "completed" || status === "in_progress" ? run.minPlaces : 0;
  return Math.min(Math.max(least, Math.round(run.capacity * share)), run.capacity - 3);
}
