import type { WaitlistEnded } from "@lectern/contract/waitlist";
import type { WaitlistStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { runCapacity, seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { DomainError } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { givePlacesBack } from "../bookings/places/counter.ts";
import { serveWaitlist } from "../bookings/places/serve-waitlist.ts";
import { lockSettled, settlePlaces } from "../bookings/places/settle-places.ts";
import { type EntryRow, entryInWrongState } from "./read-entry.ts";

/**
 * Ends an entry by the party's own wish: offered places go back, and to the next in line in the same
 * transaction.
 *
 * @param from the states in which it can be done
 * @throws Conflict `wrong_state` for every other state: what has ended stays as it ended
 */
export async function endEntry(
  tx: Transaction,
  call: Call,
  entry: Pick<EntryRow, "id" | "runId">,
  from: readonly WaitlistStatus[],
  to: "declined" | "withdrawn",
): Promise<WaitlistEnded> {
  const { id, runId } = entry;
  await lockSettled(tx, call, runId);
  const status = await currentStatus(tx, id);
  if (!from.includes(status)) throw entryInWrongState(status);
  const places = await releaseOffer(tx, id);
  await endAs(tx, id, status, to);
  if (status === "waiting") {
    await tx
      .update(runCapacity)
      .set({ waiting: sql`${runCapacity.waiting} - 1` })
      .where(eq(runCapacity.runId, runId));
  }
  await givePlacesBack(tx, runId, places);
  await recordAudit(tx, call, {
    action: to === "declined" ? "waitlist.decline" : "waitlist.withdraw",
    entity: "waitlist_entry",
    entityId: id,
    before: { status },
    after: { status: to, places },
  });
  if (places > 0) await serveWaitlist(tx, call, runId);
  return { entryId: id, runId, status: to };
}

/** The state of an entry whose run's counter is locked: nobody else can change it. */
async function currentStatus(tx: Transaction, entryId: string): Promise<WaitlistStatus> {
  const [row] = await tx
    .select({ status: waitlistEntry.status })
    .from(waitlistEntry)
    .where(eq(waitlistEntry.id, entryId));
  if (row === undefined) throw new Error("An entry of the waiting list has gone");
  return row.status;
}

async function releaseOffer(tx: Transaction, entryId: string): Promise<number> {
  const [released] = await tx
    .update(seatAllocation)
    .set({ state: "released", endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(seatAllocation.waitlistEntryId, entryId),
        eq(seatAllocation.kind, "offer"),
        eq(seatAllocation.state, "active"),
      ),
    )
    .returning({ quantity: seatAllocation.quantity });
  return released?.quantity ?? 0;
}

async function endAs(
  tx: Transaction,
  entryId: string,
  from: WaitlistStatus,
  to: WaitlistStatus,
): Promise<void> {
  const ended = await tx
    .update(waitlistEntry)
    .set({ status: to, endedAt: sql`clock_timestamp()`, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(waitlistEntry.id, entryId), eq(waitlistEntry.status, from)))
    .returning({ id: waitlistEntry.id });
  if (ended.length === 0) throw entryInWrongState(from);
}

/**
 * Answers a party. A refusal because the offer's time is over takes back with it that the offer has
 * lapsed: so that is done again, on its own.
 */
export async function answering<Answer>(
  db: Database,
  call: Call,
  runId: string,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const given = await answer();
    call.changed(runId);
    return given;
  } catch (error) {
    if (isRefusedAsLapsed(error)) await settlePlaces(db, call, runId);
    throw error;
  }
}

function isRefusedAsLapsed(error: unknown): boolean {
  if (!(error instanceof DomainError) || error.body.code !== "Conflict") return false;
  const { entity, detail } = error.body.data;
  return entity === "waitlist_entry" && detail === ("lapsed" satisfies WaitlistStatus);
}
