import type { DeliveryMode } from "@lectern/contract/vocabulary";
import { instructor, room, venue } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { eq, inArray } from "drizzle-orm";
import { invalid, notFound } from "../../domain-error.ts";
import type { Teaching } from "./write-sessions.ts";

export interface WantedTeaching extends Teaching {
  readonly deliveryMode: DeliveryMode;
  readonly venueId: string | null;
  readonly capacity: number;
}

/**
 * Checks that venue, room and instructors exist and go together: a room is of the run's venue, a
 * classroom has a venue, and the room is large enough.
 *
 * @returns the venue: the one that was given, or the room's
 * @throws NotFound, Invalid
 */
export async function checkTeaching(
  tx: Transaction,
  wanted: WantedTeaching,
): Promise<string | null> {
  const { roomId, instructorIds, capacity, deliveryMode } = wanted;
  let { venueId } = wanted;
  if (roomId !== null) {
    const [found] = await tx
      .select({ venueId: room.venueId, capacity: room.capacity, name: room.name })
      .from(room)
      .where(eq(room.id, roomId));
    if (found === undefined) throw notFound("room", roomId);
    if (found.capacity < capacity) {
      throw invalid(
        "capacity",
        `${found.name} has ${found.capacity} places, and ${capacity} are asked for.`,
      );
    }
    if (venueId !== null && found.venueId !== venueId) {
      throw invalid("roomId", `${found.name} is not a room of that venue.`);
    }
    venueId ??= found.venueId;
  }
  if (venueId !== null) {
    const [found] = await tx.select({ id: venue.id }).from(venue).where(eq(venue.id, venueId));
    if (found === undefined) throw notFound("venue", venueId);
  } else if (deliveryMode === "classroom") {
    throw invalid("venueId", "A classroom date needs a venue or a room.");
  }
  const known = await tx
    .select({ id: instructor.id })
    .from(instructor)
    .where(inArray(instructor.id, [...instructorIds]));
  const missing = instructorIds.find((id) => known.every((one) => one.id !== id));
  if (missing !== undefined) throw notFound("instructor", missing);
  return venueId;
}
