import type { DomainErrorData } from "@lectern/contract/errors";
import { Id, Instant } from "@lectern/contract/primitives";
import type { RunLedger, RunLedgerInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { booking, runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";

type MustMove = DomainErrorData<"CapacityBelowTaken">["mustMove"];

/** So many allocations are named when a capacity is refused. */
const MUST_MOVE_MAX = 200;

/** When the last allocation of the page before was made, and its id. */
const CursorKey = z.tuple([Instant, Id]);

/**
 * The ledger of a run's places for staff, newest first, a page at a time, with the counter that it adds
 * up to. Holds and offers past their time are there until somebody needs their places.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function readLedger(
  db: Database,
  call: Call,
  { id: runId, cursor, limit }: z.infer<typeof RunLedgerInput>,
): Promise<RunLedger> {
  await requireRunWithin(db, call, "bookings.read.any", runId);
  const after = decodeCursor(cursor, CursorKey);
  const isActive = and(eq(seatAllocation.runId, runId), eq(seatAllocation.state, "active"));
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${seatAllocation.createdAt}, ${seatAllocation.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [[counter], rows, total] = await Promise.all([
    db.select().from(runCapacity).where(eq(runCapacity.runId, runId)),
    db
      .select({
        id: seatAllocation.id,
        kind: seatAllocation.kind,
        quantity: seatAllocation.quantity,
        reference: booking.reference,
        waitlistEntryId: seatAllocation.waitlistEntryId,
        note: seatAllocation.note,
        createdAt: seatAllocation.createdAt,
        expiresAt: seatAllocation.expiresAt,
      })
      .from(seatAllocation)
      .leftJoin(booking, eq(booking.id, seatAllocation.bookingId))
      .where(and(isActive, isAfter))
      .orderBy(desc(seatAllocation.createdAt), desc(seatAllocation.id))
      .limit(limit + 1),
    db.$count(seatAllocation, isActive),
  ]);
  if (counter === undefined) throw notFound("run", runId);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const { capacity, taken, isOpen, waiting } = counter;
  return {
    id: runId,
    capacity,
    taken,
    placesLeft: capacity - taken,
    isOpen,
    waiting,
    items: page.map(({ id, createdAt, expiresAt, ...row }) => ({
      ...row,
      allocationId: id,
      takenAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}

/**
 * What would have to move for a run to have so many places fewer taken: its allocations, newest first,
 * until they are enough.
 */
export async function placesToMove(
  tx: Transaction,
  runId: string,
  excess: number,
): Promise<MustMove> {
  const newest = tx
    .select({
      allocationId: seatAllocation.id,
      kind: seatAllocation.kind,
      quantity: seatAllocation.quantity,
      reference: booking.reference,
      waitlistEntryId: seatAllocation.waitlistEntryId,
      createdAt: seatAllocation.createdAt,
      upToHere: sql<number>`sum(${seatAllocation.quantity}) OVER (
        ORDER BY ${seatAllocation.createdAt} DESC, ${seatAllocation.id} DESC
      )::int`.as("up_to_here"),
    })
    .from(seatAllocation)
    .leftJoin(booking, eq(booking.id, seatAllocation.bookingId))
    .where(and(eq(seatAllocation.runId, runId), eq(seatAllocation.state, "active")))
    .as("newest");
  const rows = await tx
    .select()
    .from(newest)
    .where(sql`${newest.upToHere} - ${newest.quantity} < ${excess}`)
    .orderBy(desc(newest.createdAt), desc(newest.allocationId))
    .limit(MUST_MOVE_MAX);
  return rows.map((row) => ({
    allocationId: row.allocationId,
    kind: row.kind,
    quantity: row.quantity,
    reference: row.reference,
    waitlistEntryId: row.waitlistEntryId,
    takenAt: row.createdAt.toISOString(),
  }));
}
