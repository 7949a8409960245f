import { ownerOf } from "@lectern/auth/actor";
import type { WaitlistProof, WaitlistStanding } from "@lectern/contract/waitlist";
import type { WaitlistStatus } from "@lectern/contract/vocabulary";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { waitlistEntry } from "@lectern/database/schema/bookings";
import { eq, getTableColumns, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { asStaff, reachFor, reachesRun } from "../../shared/reach.ts";
import { type DomainError, conflict, notFound } from "../../domain-error.ts";

export type EntryRow = typeof waitlistEntry.$inferSelect;

/** An entry with its place in the line, at a moment of the database's clock. */
export interface PlacedEntry {
  readonly entry: EntryRow;
  /** 1 for the next in line; `null` for a party that does not wait. */
  readonly position: number | null;
  readonly serverTime: Date;
}

/** Of a `waitlist_entry`: 1 for the next in line; NULL for a party that does not wait. */
export const entryPosition = sql<number | null>`CASE WHEN waitlist_entry.status = 'waiting' THEN (
  SELECT count(*) FROM waitlist_entry AS other
  WHERE other.run_id = waitlist_entry.run_id AND other.status = 'waiting'
    AND other.ticket <= waitlist_entry.ticket
)::int END`;

const entryById = prepared("waitlist.entry", { id: waitlistEntry.id }, (q, $) =>
  q
    .select({
      entry: getTableColumns(waitlistEntry),
      position: entryPosition,
      serverTime: sql`clock_timestamp()`.mapWith(waitlistEntry.createdAt),
    })
    .from(waitlistEntry)
    .where(eq(waitlistEntry.id, $.id)),
);

/** @returns the entry, or `undefined` where there is none */
export async function findPlacedEntry(
  db: Queryable,
  entryId: string,
): Promise<PlacedEntry | undefined> {
  return entryById.first(db, { id: entryId });
}

/**
 * Finds an entry of the waiting list for whoever holds its key, whose own it is, and for staff who may
 * change bookings of its run.
 *
 * @throws NotFound for an entry that does not exist and for a wrong key alike, so that neither can be
 *   told from the other
 */
export async function requireEntry(
  db: Queryable,
  call: Call,
  proof: z.infer<typeof WaitlistProof>,
): Promise<PlacedEntry> {
  const { entryId, accessKey } = proof;
  const found = await findPlacedEntry(db, entryId);
  if (found === undefined || !(await mayUse(db, call, found, accessKey))) {
    throw notFound("waitlist_entry", entryId);
  }
  return found;
}

async function mayUse(
  db: Queryable,
  call: Call,
  { entry }: PlacedEntry,
  accessKey: string | null | undefined,
): Promise<boolean> {
  const { actor, accessKeys } = call;
  if (accessKey != null) return accessKeys.isKeyFor("waitlist", entry.id, accessKey);
  if (entry.personId !== null && entry.personId === ownerOf(actor)) return true;
  return reachesRun(db, asStaff(reachFor(call, "bookings.change.any")), entry.runId);
}

/**
 * @returns where the party stands; an offer past its time is shown as lapsed even before its places
 *   go to somebody else
 */
export function standingOf({ entry, position, serverTime }: PlacedEntry): WaitlistStanding {
  const status = statusAt(entry, serverTime);
  return {
    entryId: entry.id,
    status,
    quantity: entry.quantity,
    takesFewer: entry.takesFewer,
    position,
    partiesBefore: position === null ? null : position - 1,
    offer: status === "offered" ? offerOf(entry) : null,
    serverTime: serverTime.toISOString(),
  };
}

function statusAt(entry: EntryRow, now: Date): WaitlistStatus {
  const isOver = entry.offerExpiresAt !== null && entry.offerExpiresAt <= now;
  return entry.status === "offered" && isOver ? "lapsed" : entry.status;
}

function offerOf(entry: EntryRow): WaitlistStanding["offer"] {
  const { offeredQuantity: quantity, offeredAt, offerExpiresAt } = entry;
  if (quantity === null || offeredAt === null || offerExpiresAt === null) return null;
  return {
    quantity,
    offeredAt: offeredAt.toISOString(),
    expiresAt: offerExpiresAt.toISOString(),
  };
}

const WHY_NOT: Readonly<Record<WaitlistStatus, string>> = {
  waiting: "Nothing has been offered to this party yet.",
  offered: "Places are offered to this party.",
  accepted: "This offer was accepted already.",
  declined: "This offer was declined.",
  lapsed: "The time of this offer is over, and its places have gone to the next in line.",
  withdrawn: "This party has left the waiting list.",
  closed: "The waiting list of this date is closed.",
};

/** What the state of an entry does not allow. */
export function entryInWrongState(status: WaitlistStatus): DomainError {
  return conflict("waitlist_entry", "wrong_state", WHY_NOT[status], status);
}
