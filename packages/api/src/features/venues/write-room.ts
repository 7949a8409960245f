import { type RoomCreateInput, RoomDetail, type RoomUpdateInput } from "@lectern/contract/venues";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { room } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor } from "../../shared/reach.ts";
import { changesOf } from "./changes-of.ts";
import { lockRoom, lockVenue, readRoom, requireCountry } from "./venue-detail.ts";

/**
 * Adds a room to a venue, or a virtual one.
 *
 * @throws NotFound for the venue; Forbidden for a virtual one, by whoever plans in some countries; Conflict
 *   `already_exists` for another of this name there, and `wrong_state` for a retired venue; IdempotencyMismatch
 */
export async function createRoom(
  db: Database,
  call: Call,
  input: z.infer<typeof RoomCreateInput>,
): Promise<RoomDetail> {
  const reach = reachFor(call, "runs.write");
  const { venueId, name, capacity } = input;
  if (venueId === null) requireCountry(reach, null);
  return writing(db, (tx) =>
    onceOnly(tx, call, "venues.addRoom", input, RoomDetail, async () => {
      if (venueId !== null) {
        const { retiredAt } = await lockVenue(tx, reach, { id: venueId });
        if (retiredAt !== null)
          throw conflict("venue", "wrong_state", "This place is retired.", "retired");
      }
      const id = uuidv7();
      const kind = venueId === null ? "virtual" : "physical";
      await tx.insert(room).values({ id, venueId, kind, name, capacity });
      await recordAudit(tx, call, {
        action: "room.create",
        entity: "room",
        entityId: id,
        before: null,
        after: { venueId, name, capacity },
      });
      return readRoom(tx, id);
    }),
  );
}

/**
 * Changes what a room is called, and how many people fit. Dates that are too large for it then stay as they are: see
 * `findTooLarge`.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `already_exists` for another of this name there; IdempotencyMismatch
 */
export async function updateRoom(
  db: Database,
  call: Call,
  input: z.infer<typeof RoomUpdateInput>,
): Promise<RoomDetail> {
  const reach = reachFor(call, "runs.write");
  return writing(db, (tx) =>
    onceOnly(tx, call, "venues.updateRoom", input, RoomDetail, async () => {
      const { id, name, capacity } = input;
      const { row } = await lockRoom(tx, reach, input);
      const changes = changesOf({ name: row.name, capacity: row.capacity }, { name, capacity });
      if (changes === undefined) return readRoom(tx, id);
      await tx
        .update(room)
        .set({ ...changes.after, version: row.version + 1, updatedAt: sql`clock_timestamp()` })
        .where(eq(room.id, id));
      await recordAudit(tx, call, {
        action: "room.update",
        entity: "room",
        entityId: id,
        ...changes,
      });
      return readRoom(tx, id);
    }),
  );
}

async function writing<Answer>(
  db: Database,
  work: (tx: Transaction) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await transaction(db, { idempotent: true }, work);
  } catch (error) {
    if (!violates(error, "room_name_key")) throw error;
    throw conflict("room", "already_exists", "There is such a room there already.", "name");
  }
}
