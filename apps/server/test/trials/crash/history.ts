/**
 * What clients did and were told, and what is in the database afterwards: compared, as Jepsen compares
 * them. An operation was acknowledged (`ok`), refused, or nobody knows what became of it (`unknown`).
 */

export type Outcome = "ok" | "refused" | "unknown";

interface Operation {
  /** Of the client's own making, and new for each operation. */
  readonly key: string;
  readonly outcome: Outcome;
}

export interface Hold extends Operation {
  readonly kind: "hold";
  readonly runId: string;
  readonly places: number;
  /** What the client was told, where it was told anything. */
  readonly reference: string | undefined;
}

/** Of a booking whose hold was acknowledged. */
export interface Change extends Operation {
  readonly kind: "confirm" | "cancel";
  readonly reference: string;
}

export type Entry = Hold | Change;

export interface StoredBooking {
  readonly reference: string;
  readonly runId: string;
  readonly status: string;
  readonly places: number;
  /** Of its active allocations. */
  readonly allocated: number;
}

/** What the database says when all is over. */
export interface Aftermath {
  readonly bookings: readonly StoredBooking[];
  /** The booking that each key of a hold has made. */
  readonly holdKeys: ReadonlyMap<string, string>;
  readonly runs: readonly {
    readonly id: string;
    readonly capacity: number;
    readonly taken: number;
    readonly allocated: number;
  }[];
}

const TAKING = new Set(["held", "confirmed"]);

/** @returns what is wrong, a line each; nothing when everything that was acknowledged is there, once */
export function findContradictions(
  history: readonly Entry[],
  { bookings, holdKeys, runs }: Aftermath,
): string[] {
  const found: string[] = [];
  const byReference = new Map(bookings.map((booking) => [booking.reference, booking]));
  const invoked = new Set(history.map(({ key }) => key));
  const holds = history.filter((entry) => entry.kind === "hold");

  for (const hold of holds) found.push(...contradictionsOfHold(hold, byReference, holdKeys));
  for (const [key, reference] of holdKeys) {
    if (!invoked.has(key)) found.push(`${reference} was made by a key that nobody has used`);
  }
  const made = new Set(holdKeys.values());
  if (made.size !== holdKeys.size) found.push("Two keys have made one booking");
  for (const { reference } of bookings) {
    if (!made.has(reference)) found.push(`${reference} was made by no request`);
  }
  for (const [reference, changes] of changesByBooking(history)) {
    found.push(...contradictionsOfChanges(reference, changes, byReference.get(reference)));
  }
  for (const { reference, status, places, allocated } of bookings) {
    const expected = TAKING.has(status) ? places : 0;
    if (allocated !== expected) {
      found.push(`${reference} is ${status} and has ${allocated} places instead of ${expected}`);
    }
  }
  for (const { id, capacity, taken, allocated } of runs) {
    if (taken !== allocated) found.push(`Run ${id} counts ${taken} places, and has ${allocated}`);
    if (allocated > capacity) found.push(`Run ${id} has ${allocated} of ${capacity} places taken`);
  }
  return found;
}

function contradictionsOfHold(
  hold: Hold,
  byReference: ReadonlyMap<string, StoredBooking>,
  holdKeys: ReadonlyMap<string, string>,
): string[] {
  const made = holdKeys.get(hold.key);
  switch (hold.outcome) {
    case "unknown":
      return [];
    case "refused":
      return made === undefined ? [] : [`A hold was refused, and ${made} was made`];
    case "ok": {
      const { reference = "(nothing)" } = hold;
      const stored = byReference.get(reference);
      if (stored === undefined) return [`${reference} was acknowledged, and is lost`];
      if (made !== reference) return [`${reference} was acknowledged, and its key has ${made}`];
      return stored.runId === hold.runId && stored.places === hold.places
        ? []
        : [`${reference} is not what was acknowledged`];
    }
  }
}

function changesByBooking(history: readonly Entry[]): Map<string, Change[]> {
  const changes = new Map<string, Change[]>();
  for (const entry of history) {
    if (entry.kind === "hold") continue;
    changes.set(entry.reference, [...(changes.get(entry.reference) ?? []), entry]);
  }
  return changes;
}

/** The changes of one booking come from one client, one after the other. */
function contradictionsOfChanges(
  reference: string,
  changes: readonly Change[],
  stored: StoredBooking | undefined,
): string[] {
  if (stored === undefined) return [`${reference} was changed, and is lost`];
  const found: string[] = [];
  const isCancelled = stored.status === "cancelled";
  const cancels = changes.filter(({ kind }) => kind === "cancel");
  const wasCancelled = cancels.some(({ outcome }) => outcome === "ok");
  const mayBeCancelled = cancels.some(({ outcome }) => outcome !== "refused");
  if (wasCancelled && !isCancelled) found.push(`The cancellation of ${reference} is lost`);
  if (isCancelled && !mayBeCancelled) found.push(`${reference} was cancelled by nobody`);
  const confirms = changes.filter(({ kind }) => kind === "confirm");
  const wasConfirmed = confirms.some(({ outcome }) => outcome === "ok");
  const mayBeConfirmed = confirms.some(({ outcome }) => outcome !== "refused");
  if (wasConfirmed && !isCancelled && stored.status !== "confirmed") {
    found.push(`The confirmation of ${reference} is lost`);
  }
  if (stored.status === "confirmed" && !mayBeConfirmed) {
    found.push(`${reference} was confirmed by nobody`);
  }
  return found;
}
