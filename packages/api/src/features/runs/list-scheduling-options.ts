import type { Reach } from "@lectern/auth/actor";
import type { SchedulingOptions } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { instructor, room, venue } from "@lectern/database/schema/scheduling";
import { and, asc, inArray, isNull } from "drizzle-orm";
import type { z } from "zod";

/**
 * Venues within reach that are in use, with their rooms, virtual rooms and instructors, each in the order of their names.
 * Whoever schedules in some countries alone can't use a virtual room, which is in none.
 */
export async function listSchedulingOptions(
  db: Database,
  { everywhere, countries }: Reach,
): Promise<z.infer<typeof SchedulingOptions>> {
  const [venues, rooms, instructors] = await Promise.all([
    db
      .select()
      .from(venue)
      .where(
        and(
          isNull(venue.retiredAt),
          everywhere ? undefined : inArray(venue.country, [...countries]),
        ),
      )
      .orderBy(asc(venue.city), asc(venue.name)),
    db.select().from(room).where(isNull(room.retiredAt)).orderBy(asc(room.name)),
    db.select().from(instructor).orderBy(asc(instructor.name)),
  ]);
  const roomsOf = Map.groupBy(rooms, ({ venueId }) => venueId);
  const listed = (venueId: string | null) =>
    (roomsOf.get(venueId) ?? []).map(({ id, name, capacity }) => ({ id, name, capacity }));
  return {
    venues: venues.map(({ id, name, street, city, country, timeZone }) => ({
      id,
      name,
      street,
      city,
      country,
      timeZone,
      rooms: listed(id),
    })),
    virtualRooms: everywhere ? listed(null) : [],
    instructors: instructors.map(({ id, name }) => ({ id, name })),
  };
}
