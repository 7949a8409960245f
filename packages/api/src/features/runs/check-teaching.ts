import type { Reach } from "@lectern/auth/actor";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import { instructor, room, venue } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { eq, inArray } from "drizzle-orm";
import { DomainError, invalid, notFound } from "../../domain-error.ts";
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
 * @param reach of whoever wants it: without reach of a venue, there is none, nor a room of it
 * @returns the venue: the one that was given, or the room's
 * @throws NotFound, Invalid; Forbidden for a run without a venue where the reach is not everywhere
 */
export async function checkTeaching(
  tx: Transaction,
  reach: Reach,
  wanted: WantedTeaching,
): Promise<string | null> {
  const { roomId, instructorIds, capacity, deliveryMode } = wanted;
  let { venueId } = wanted;
  if (roomId !== null) {
    const [found] = await tx
      .select({
        venueId: room.venueId,
        country: venue.country,
        capacity: room.capacity,
        name: room.name,
      })
      .from(room)
      .leftJoin(venue, eq(venue.id, room.venueId))
      .where(eq(room.id, roomId));
    if (found === undefined || !isWithin(reach, found.country)) throw notFound("room", roomId);
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
    const [found] = await tx
      .select({ country: venue.country })
      .from(venue)
      .where(eq(venue.id, venueId));
    if (found === undefined || !isWithin(reach, found.country)) throw notFound("venue", venueId);
  } else if (deliveryMode === "classroom") {
    throw invalid("venueId", "A classroom date needs a venue or a room.");
  } else if (!reach.everywhere) {
    throw new DomainError(
      { code: "Forbidden", data: { permission: "runs.write" } },
      "A date without a venue is of no country: that needs the permission for all of them.",
    );
  }
  const known = await tx
    .select({ id: instructor.id })
    .from(instructor)
    .where(inArray(instructor.id, [...instructorIds]));
  const missing = instructorIds.find((id) => known.every((one) => one.id !== id));
  if (missing !== undefined) throw notFound("instructor", missing);
  return venueId;
}

/** A virtual room is of no country. Whether a run may do without a venue is asked of the run. */
function isWithin({ everywhere, countries }: Reach, country: string | null): boolean {
  return everywhere || country === null || countries.includes(country);
}
