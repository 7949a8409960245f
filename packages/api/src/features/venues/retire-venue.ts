import { RoomDetail, VenueDetail, type VenueVersionInput } from "@lectern/contract/venues";
import type { Database } from "@lectern/database/queryable";
import { room, venue } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { type DomainError, conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor } from "../../shared/reach.ts";
import { countRunsAt, countRunsInRooms } from "./upcoming-runs.ts";
import { lockRoom, lockVenue, readRoom, readVenue } from "./venue-detail.ts";

type VersionInput = z.infer<typeof VenueVersionInput>;
type Entity = "venue" | "room";

/**
 * From now on, nothing is planned at a venue any more. What was there stays.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state` for one that is retired, and `has_upcoming_runs` while
 *   dates go on there or are planned; IdempotencyMismatch
 */
export async function retireVenue(
  db: Database,
  call: Call,
  input: VersionInput,
): Promise<VenueDetail> {
  return moveVenue(db, call, input, true);
}

/**
 * Takes a retired venue back into use, with the rooms that it had.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for one that is in use; IdempotencyMismatch
 */
export async function restoreVenue(
  db: Database,
  call: Call,
  input: VersionInput,
): Promise<VenueDetail> {
  return moveVenue(db, call, input, false);
}

/** The same as `retireVenue`, of a room. */
export async function retireRoom(
  db: Database,
  call: Call,
  input: VersionInput,
): Promise<RoomDetail> {
  return moveRoom(db, call, input, true);
}

/** The same as `restoreVenue`, of a room. */
export async function restoreRoom(
  db: Database,
  call: Call,
  input: VersionInput,
): Promise<RoomDetail> {
  return moveRoom(db, call, input, false);
}

async function moveVenue(
  db: Database,
  call: Call,
  input: VersionInput,
  isRetired: boolean,
): Promise<VenueDetail> {
  const reach = reachFor(call, "runs.write");
  const { id, version } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, `venues.${verbOf(isRetired)}`, input, VenueDetail, async () => {
      // What is being planned there has locked it as well: it is waited for, and seen.
      const found = await lockVenue(tx, reach, input, "update");
      requireOther("venue", found.retiredAt !== null, isRetired);
      if (isRetired) requireNone("venue", await countRunsAt(tx, id));
      await tx
        .update(venue)
        .set({ retiredAt: momentOf(isRetired), ...changedNow(version) })
        .where(eq(venue.id, id));
      await record(tx, call, "venue", id, isRetired);
      return readVenue(tx, reach, id);
    }),
  );
}

async function moveRoom(
  db: Database,
  call: Call,
  input: VersionInput,
  isRetired: boolean,
): Promise<RoomDetail> {
  const reach = reachFor(call, "runs.write");
  const { id, version } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, `venues.${verbOf(isRetired)}Room`, input, RoomDetail, async () => {
      const { row } = await lockRoom(tx, reach, input, "update");
      requireOther("room", row.retiredAt !== null, isRetired);
      if (isRetired) requireNone("room", (await countRunsInRooms(tx, [id])).get(id) ?? 0);
      await tx
        .update(room)
        .set({ retiredAt: momentOf(isRetired), ...changedNow(version) })
        .where(eq(room.id, id));
      await record(tx, call, "room", id, isRetired);
      return readRoom(tx, id);
    }),
  );
}

function verbOf(isRetired: boolean): "retire" | "restore" {
  return isRetired ? "retire" : "restore";
}

function momentOf(isRetired: boolean) {
  return isRetired ? sql`clock_timestamp()` : null;
}

function changedNow(version: number) {
  return { version: version + 1, updatedAt: sql`clock_timestamp()` };
}

/** @throws Conflict `wrong_state` */
function requireOther(entity: Entity, is: boolean, wanted: boolean): void {
  if (is !== wanted) return;
  const state = is ? "retired" : "in use";
  throw conflict(entity, "wrong_state", `This ${entity} is ${state} already.`, state);
}

/** @throws Conflict `has_upcoming_runs`, with how many */
function requireNone(entity: Entity, upcoming: number): void {
  if (upcoming > 0) throw hasUpcoming(entity, upcoming);
}

function hasUpcoming(entity: Entity, upcoming: number): DomainError {
  return conflict(
    entity,
    "has_upcoming_runs",
    `${upcoming} dates of this ${entity} are not over: move or cancel them first.`,
    String(upcoming),
  );
}

async function record(
  tx: Transaction,
  call: Call,
  entity: Entity,
  entityId: string,
  isRetired: boolean,
): Promise<void> {
  await recordAudit(tx, call, {
    action: `${entity}.${verbOf(isRetired)}`,
    entity,
    entityId,
    before: { isRetired: !isRetired },
    after: { isRetired },
  });
}
