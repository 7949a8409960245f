import type { Reach } from "@lectern/auth/actor";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import { instructor, room, venue } from "@lectern/database/schema/scheduling";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { DomainError, invalid, notFound } from "../../domain-error.ts";
import type { Teaching } from "./write-sessions.ts";

export interface WantedTeaching extends Teaching {
  readonly deliveryMode: DeliveryMode;
  readonly venueId: string | null;
  readonly capacity: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is wrong with a venue, a room and instructors that are all there. */
export type TeachingProblem =
  | {
      readonly kind: "room_too_small";
      readonly room: Named;
      readonly capacity: number;
      readonly wanted: number;
    }
  | { readonly kind: "room_elsewhere"; readonly room: Named }
  | { readonly kind: "venue_missing" }
  | { readonly kind: "beyond_reach" };

export interface JudgedTeaching {
  /** The one that was given, or the room's. */
  readonly venue: { readonly id: string; readonly city: string; readonly country: string } | null;
  readonly room: Named | null;
  readonly instructors: readonly Named[];
  readonly problems: readonly TeachingProblem[];
}

/**
 * Looks whether venue, room and instructors go together: a room is of the run's venue, a classroom has a
 * venue, and the room is large enough.
 *
 * @param reach of whoever wants it: without reach of a venue, there is none, nor a room of it
 * @throws NotFound, for what is retired as well
 */
export async function judgeTeaching(
  db: Queryable,
  reach: Reach,
  wanted: WantedTeaching,
): Promise<JudgedTeaching> {
  const { roomId, venueId, instructorIds, capacity, deliveryMode } = wanted;
  const [foundRoom, foundVenue, instructors] = await Promise.all([
    roomId === null ? undefined : findRoom(db, roomId),
    venueId === null ? undefined : findVenue(db, venueId),
    findInstructors(db, instructorIds),
  ]);
  const problems: TeachingProblem[] = [];
  const named = foundRoom && { id: foundRoom.id, name: foundRoom.name };
  if (roomId !== null) {
    if (foundRoom === undefined || named === undefined || !isWithin(reach, foundRoom.venue)) {
      throw notFound("room", roomId);
    }
    if (foundRoom.capacity < capacity) {
      problems.push({
        kind: "room_too_small",
        room: named,
        capacity: foundRoom.capacity,
        wanted: capacity,
      });
    }
    if (venueId !== null && foundRoom.venue?.id !== venueId) {
      problems.push({ kind: "room_elsewhere", room: named });
    }
  }
  if (venueId !== null && (foundVenue === undefined || !isWithin(reach, foundVenue))) {
    throw notFound("venue", venueId);
  }
  const where = foundVenue ?? foundRoom?.venue ?? null;
  if (where === null) {
    if (deliveryMode === "classroom") problems.push({ kind: "venue_missing" });
    else if (!reach.everywhere) problems.push({ kind: "beyond_reach" });
  }
  const missing = instructorIds.find((id) => instructors.every((one) => one.id !== id));
  if (missing !== undefined) throw notFound("instructor", missing);
  return { venue: where, room: named ?? null, instructors, problems };
}

/**
 * The same for what is about to be written. Venue and room stay in use until that is done: whoever retires them waits.
 *
 * @returns the venue: the one that was given, or the room's
 * @throws NotFound, Invalid; Forbidden for a run without a venue where the reach is not everywhere
 */
export async function checkTeaching(
  db: Transaction,
  reach: Reach,
  wanted: WantedTeaching,
): Promise<string | null> {
  const { venue: found, room: chosen, problems } = await judgeTeaching(db, reach, wanted);
  const [problem] = problems;
  if (problem !== undefined) throw refusalFor(problem);
  if (found !== null) await keepInUse(db, "venue", found.id);
  if (chosen !== null) await keepInUse(db, "room", chosen.id);
  return found?.id ?? null;
}

/** @throws NotFound for what was retired meanwhile */
async function keepInUse(tx: Transaction, kind: "venue" | "room", id: string): Promise<void> {
  const table = kind === "venue" ? venue : room;
  const kept = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.id, id), isNull(table.retiredAt)))
    .for("key share");
  if (kept.length === 0) throw notFound(kind, id);
}

function refusalFor(problem: TeachingProblem): DomainError {
  switch (problem.kind) {
    case "room_too_small":
      return invalid(
        "capacity",
        `${problem.room.name} has ${problem.capacity} places, and ${problem.wanted} are asked for.`,
      );
    case "room_elsewhere":
      return invalid("roomId", `${problem.room.name} is not a room of that venue.`);
    case "venue_missing":
      return invalid("venueId", "A classroom date needs a venue or a room.");
    case "beyond_reach":
      return new DomainError(
        { code: "Forbidden", data: { permission: "runs.write" } },
        "A date without a venue is of no country: that needs the permission for all of them.",
      );
  }
}

const VENUE = { id: venue.id, city: venue.city, country: venue.country };

async function findRoom(db: Queryable, roomId: string) {
  const [found] = await db
    .select({ id: room.id, name: room.name, capacity: room.capacity, venue: VENUE })
    .from(room)
    .leftJoin(venue, eq(venue.id, room.venueId))
    // Of a virtual room there is no venue that could be retired.
    .where(and(eq(room.id, roomId), isNull(room.retiredAt), isNull(venue.retiredAt)));
  return found;
}

async function findVenue(db: Queryable, venueId: string) {
  const [found] = await db
    .select(VENUE)
    .from(venue)
    .where(and(eq(venue.id, venueId), isNull(venue.retiredAt)));
  return found;
}

async function findInstructors(db: Queryable, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: instructor.id, name: instructor.name })
    .from(instructor)
    .where(inArray(instructor.id, [...ids]))
    .orderBy(asc(instructor.name), asc(instructor.id));
}

/** A virtual room is of no country. Whether a run may do without a venue is asked of the run. */
function isWithin(
  { everywhere, countries }: Reach,
  at: { readonly country: string } | null,
): boolean {
  return everywhere || at === null || countries.includes(at.country);
}
