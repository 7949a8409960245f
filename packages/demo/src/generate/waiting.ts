import type { WAITLIST_STATUSES } from "@lectern/contract/vocabulary";
import type { Random } from "../random.ts";
import { type Person, createParty } from "./people.ts";
import type { PlannedRun } from "./runs.ts";

/** A party in the queue for a run. */
export interface GeneratedWait {
  readonly status: Extract<
    (typeof WAITLIST_STATUSES)[number],
    "waiting" | "declined" | "lapsed" | "closed"
  >;
  readonly person: Person;
  readonly company: string | null;
  readonly quantity: number;
  readonly joinedAt: Date;
  /** When places were offered to it, if they were. */
  readonly offeredAt: Date | null;
  /** `null`: it still waits. */
  readonly endedAt: Date | null;
}

/** What has become of a run. */
interface Standing {
  readonly isFull: boolean;
  readonly isCompleted: boolean;
}

const DAY = 24 * 60 * 60_000;
/** People begin to wait this long before a run. */
const FROM_DAYS = 40;
const SIZES = [1, 1, 1, 2, 2, 3];

/**
 * @param today nobody has joined after its midnight (UTC)
 * @returns the queue of a run, in its order: of one that is full, parties that wait; of some that are over, what became of
 *   those that did
 */
export function createQueue(
  run: PlannedRun,
  { isFull, isCompleted }: Standing,
  today: Temporal.PlainDate,
  random: Random,
): GeneratedWait[] {
  if (!isFull && !(isCompleted && run.sessions.length > 0 && random.chance(0.25))) return [];
  const known = new Set<string>();
  const midnight = today.toZonedDateTime("UTC").epochMilliseconds;
  const latest = Math.min(run.startsAt.getTime() - 3 * DAY, midnight - DAY / 2);
  const earliest = Math.min(run.startsAt.getTime() - FROM_DAYS * DAY, latest - 14 * DAY);
  const joined = Array.from(
    { length: random.integer(2, 4) },
    () => earliest + random.fraction() * (latest - earliest),
  ).toSorted((a, b) => a - b);
  return joined.map((moment) => {
    const quantity = random.pick(SIZES);
    const { company, members } = createParty(quantity, random, known);
    const base = { person: members[0], company, quantity, joinedAt: new Date(moment) };
    if (!isCompleted) return { ...base, status: "waiting", offeredAt: null, endedAt: null };
    const status = random.pick(["declined", "lapsed", "closed", "closed"] as const);
    if (status === "closed") return { ...base, status, offeredAt: null, endedAt: run.startsAt };
    const offeredAt = new Date(moment + random.fraction() * DAY);
    const answeredAfter = status === "lapsed" ? DAY : random.fraction() * DAY;
    return { ...base, status, offeredAt, endedAt: new Date(offeredAt.getTime() + answeredAfter) };
  });
}
