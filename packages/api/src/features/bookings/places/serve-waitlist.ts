import { runCapacity, seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import { waitlistSkip } from "@lectern/database/schema/waitlist";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { tell } from "../../notifications/tell.ts";
import { settleLater } from "./settle-later.ts";

/** So many of the queue are looked at in one go. */
const PAGE = 100;

interface Waiting {
  readonly id: string;
  readonly ticket: number;
  readonly quantity: number;
  readonly takesFewer: boolean;
}

/** What an offer is made of: how many places are free, and until when it would stand. */
interface Room {
  free: number;
  readonly expiresAt: Date;
}

/**
 * Offers the free places of a run to its queue, in order. Called in the transaction that freed them,
 * with the run's counter locked, so that nobody gets in before those who wait.
 *
 * An offer stands until the earliest of: now and the run's window, the end of booking, the start less
 * the run's lead. Who does not fit is passed over with a reason in `waitlist_skip`: a group is offered
 * all its places, or fewer if it said so, and never a part otherwise.
 *
 * @returns how many places were offered
 */
export async function serveWaitlist(tx: Transaction, call: Call, runId: string): Promise<number> {
  const room = await roomOf(tx, runId);
  if (room === undefined) return 0;
  const freeBefore = room.free;
  let after = 0;
  for (;;) {
    const page = await waitingAfter(tx, runId, after);
    const offered: { entry: Waiting; quantity: number }[] = [];
    const skipped: { entry: Waiting; free: number }[] = [];
    for (const entry of page) {
      if (room.free === 0) break;
      const quantity = fitting(entry, room.free);
      if (quantity === 0) skipped.push({ entry, free: room.free });
      else offered.push({ entry, quantity });
      room.free -= quantity;
    }
    await recordTooFew(tx, skipped);
    await writeOffers(tx, call, runId, room.expiresAt, offered);
    const last = page.at(-1);
    if (room.free === 0 || last === undefined || page.length < PAGE) break;
    after = last.ticket;
  }
  return freeBefore - room.free;
}

function fitting({ quantity, takesFewer }: Waiting, free: number): number {
  if (quantity <= free) return quantity;
  return takesFewer ? free : 0;
}

/** @returns what can be offered, or `undefined` where nothing can or nobody waits */
async function roomOf(tx: Transaction, runId: string): Promise<Room | undefined> {
  const [row] = await tx
    .select({
      free: sql<number>`${runCapacity.capacity} - ${runCapacity.taken}`,
      waiting: runCapacity.waiting,
      isOpen: runCapacity.isOpen,
      status: courseRun.status,
      expiresAt: sql`date_trunc('milliseconds', least(
        clock_timestamp() + make_interval(mins => ${courseRun.offerMinutes}),
        ${courseRun.bookingClosesAt},
        ${courseRun.startsAt} - make_interval(mins => ${courseRun.offerLeadMinutes})
      ))`.mapWith(courseRun.startsAt),
      now: sql`clock_timestamp()`.mapWith(courseRun.startsAt),
    })
    .from(runCapacity)
    .innerJoin(courseRun, eq(courseRun.id, runCapacity.runId))
    .where(eq(runCapacity.runId, runId));
  if (row === undefined || row.waiting === 0 || row.free <= 0 || !row.isOpen) return undefined;
  if (row.status !== "tentative" && row.status !== "confirmed") return undefined;
  if (row.expiresAt <= row.now) {
    await recordTooLate(tx, runId, row.free);
    return undefined;
  }
  return { free: row.free, expiresAt: row.expiresAt };
}

async function waitingAfter(tx: Transaction, runId: string, ticket: number): Promise<Waiting[]> {
  return tx
    .select({
      id: waitlistEntry.id,
      ticket: waitlistEntry.ticket,
      quantity: waitlistEntry.quantity,
      takesFewer: waitlistEntry.takesFewer,
    })
    .from(waitlistEntry)
    .where(
      and(
        eq(waitlistEntry.runId, runId),
        eq(waitlistEntry.status, "waiting"),
        gt(waitlistEntry.ticket, ticket),
      ),
    )
    .orderBy(asc(waitlistEntry.ticket))
    .limit(PAGE);
}

/** An offer made now would be over already: nobody who waits gets one any more. */
async function recordTooLate(tx: Transaction, runId: string, free: number): Promise<void> {
  await tx.execute(sql`
    INSERT INTO waitlist_skip (entry_id, reason, free, wanted)
    SELECT e.id, 'too_late', ${free}::int, e.quantity FROM waitlist_entry AS e
    WHERE e.run_id = ${runId}::uuid AND e.status = 'waiting' AND NOT EXISTS (
      SELECT FROM waitlist_skip AS s WHERE s.entry_id = e.id AND s.reason = 'too_late'
    )
    ORDER BY e.ticket`);
}

/** Writes down whose group did not fit; the same with the same numbers is not written again. */
async function recordTooFew(
  tx: Transaction,
  skipped: readonly { entry: Waiting; free: number }[],
): Promise<void> {
  for (const { entry, free } of skipped) {
    const [last] = await tx
      .select({ reason: waitlistSkip.reason, free: waitlistSkip.free })
      .from(waitlistSkip)
      .where(eq(waitlistSkip.entryId, entry.id))
      .orderBy(desc(waitlistSkip.id))
      .limit(1);
    if (last?.reason === "too_few_places" && last.free === free) continue;
    await tx
      .insert(waitlistSkip)
      .values({ entryId: entry.id, reason: "too_few_places", free, wanted: entry.quantity });
  }
}

async function writeOffers(
  tx: Transaction,
  call: Call,
  runId: string,
  expiresAt: Date,
  offered: readonly { entry: Waiting; quantity: number }[],
): Promise<void> {
  if (offered.length === 0) return;
  const places = offered.reduce((sum, { quantity }) => sum + quantity, 0);
  await tx
    .update(runCapacity)
    .set({
      taken: sql`${runCapacity.taken} + ${places}`,
      waiting: sql`${runCapacity.waiting} - ${offered.length}`,
    })
    .where(eq(runCapacity.runId, runId));
  await tx.insert(seatAllocation).values(
    offered.map(({ entry, quantity }) => ({
      id: uuidv7(),
      runId,
      waitlistEntryId: entry.id,
      quantity,
      kind: "offer" as const,
      expiresAt,
    })),
  );
  for (const { entry, quantity } of offered) {
    await tx
      .update(waitlistEntry)
      .set({
        status: "offered",
        offeredQuantity: quantity,
        offeredAt: sql`clock_timestamp()`,
        offerExpiresAt: expiresAt,
        updatedAt: sql`clock_timestamp()`,
      })
      .where(eq(waitlistEntry.id, entry.id));
    await tell(tx, "offer", entry.id);
  }
  await settleLater(tx, runId, expiresAt);
  await recordAudit(
    tx,
    call,
    offered.map(({ entry, quantity }) => ({
      action: "waitlist.offer",
      entity: "waitlist_entry",
      entityId: entry.id,
      before: { status: "waiting" },
      after: { status: "offered", quantity, expiresAt: expiresAt.toISOString() },
    })),
  );
}
