import type { Reach } from "@lectern/auth/actor";
import type { RoomDetail, VenueDetail } from "@lectern/contract/venues";
import type { Queryable } from "@lectern/database/queryable";
import { room, venue } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { asc, eq, isNull, sql } from "drizzle-orm";
import { DomainError, conflict, notFound } from "../../domain-error.ts";
import { countRunsAt, countRunsInRooms } from "./upcoming-runs.ts";

export type VenueRow = typeof venue.$inferSelect;
type RoomRow = typeof room.$inferSelect;

/** A room with its venue; `null` for a virtual one. */
interface FoundRoom {
  readonly row: RoomRow;
  readonly country: string | null;
}

/** @returns whether somebody plans there: what is in no country is for those who do everywhere */
export function isWithin({ everywhere, countries }: Reach, country: string | null): boolean {
  return everywhere || (country !== null && countries.includes(country));
}

/** @throws Forbidden for a country in which they plan nothing */
export function requireCountry(reach: Reach, country: string | null): void {
  if (isWithin(reach, country)) return;
  throw new DomainError(
    { code: "Forbidden", data: { permission: "runs.write" } },
    country === null
      ? "A virtual room is of no country: that needs the permission for all of them."
      : `This needs the permission runs.write for ${country}.`,
  );
}

/**
 * Keeps a venue as it is, for whoever changes it.
 *
 * @param strength `update` where what is being planned there has to wait, or is seen
 * @throws NotFound for one out of reach, as for one that does not exist; Conflict `changed_meanwhile`
 */
export async function lockVenue(
  tx: Transaction,
  reach: Reach,
  { id, version }: { readonly id: string; readonly version?: number },
  strength: "update" | "no key update" = "no key update",
): Promise<VenueRow> {
  const [found] = await tx.select().from(venue).where(eq(venue.id, id)).for(strength);
  if (found === undefined || !isWithin(reach, found.country)) throw notFound("venue", id);
  if (version !== undefined && version !== found.version) throw changed("venue", found.version);
  return found;
}

/** The same of a room. */
export async function lockRoom(
  tx: Transaction,
  reach: Reach,
  { id, version }: { readonly id: string; readonly version: number },
  strength: "update" | "no key update" = "no key update",
): Promise<FoundRoom> {
  const [found] = await tx
    .select({ row: room, country: venue.country })
    .from(room)
    .leftJoin(venue, eq(venue.id, room.venueId))
    .where(eq(room.id, id))
    .for(strength, { of: room });
  if (found === undefined || !isWithin(reach, found.country)) throw notFound("room", id);
  if (version !== found.row.version) throw changed("room", found.row.version);
  return found;
}

function changed(entity: "venue" | "room", version: number): DomainError {
  return conflict(
    entity,
    "changed_meanwhile",
    `Somebody changed this ${entity} since you read it: read it again.`,
    `version ${version}`,
  );
}

/** @returns a venue with its rooms. @throws NotFound for one out of reach, as for one that does not exist */
export async function readVenue(db: Queryable, reach: Reach, id: string): Promise<VenueDetail> {
  const [[found], rows, upcomingRuns] = await Promise.all([
    db.select().from(venue).where(eq(venue.id, id)),
    db
      .select()
      .from(room)
      .where(eq(room.venueId, id))
      .orderBy(...inOrder()),
    countRunsAt(db, id),
  ]);
  if (found === undefined || !isWithin(reach, found.country)) throw notFound("venue", id);
  const { createdAt: _createdAt, updatedAt: _updatedAt, retiredAt, ...fields } = found;
  return {
    ...fields,
    retiredAt: retiredAt?.toISOString() ?? null,
    rooms: await withRuns(db, rows),
    upcomingRuns,
  };
}

/** @returns the rooms that are nowhere */
export async function readVirtualRooms(db: Queryable): Promise<RoomDetail[]> {
  const rows = await db
    .select()
    .from(room)
    .where(isNull(room.venueId))
    .orderBy(...inOrder());
  return withRuns(db, rows);
}

/** @returns one room. @throws NotFound */
export async function readRoom(db: Queryable, id: string): Promise<RoomDetail> {
  const rows = await db.select().from(room).where(eq(room.id, id));
  const [found] = await withRuns(db, rows);
  if (found === undefined) throw notFound("room", id);
  return found;
}

/** Those in use first. */
function inOrder() {
  return [sql`${room.retiredAt} IS NOT NULL`, asc(room.name), asc(room.id)];
}

async function withRuns(db: Queryable, rows: readonly RoomRow[]): Promise<RoomDetail[]> {
  const runs = await countRunsInRooms(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, name, capacity, retiredAt, version }) => ({
    id,
    name,
    capacity,
    retiredAt: retiredAt?.toISOString() ?? null,
    upcomingRuns: runs.get(id) ?? 0,
    version,
  }));
}
