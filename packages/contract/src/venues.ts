import { z } from "zod";
import {
  CountryCode,
  Id,
  IdempotencyKey,
  Instant,
  PageInput,
  TimeZone,
  Version,
  line,
  page,
} from "./primitives.ts";
import { RunSummary, VenueRef } from "./runs.ts";

/** Where courses are taught, for whoever plans them there. */

const ROOMS_MAX = 500;
const COUNTRIES_MAX = 300;
/** Most dates that a preview names. */
export const TOO_LARGE_MAX = 20;

const Count = z.int().min(0);
const Capacity = z.int().min(1).max(100_000);
const Street = z.string().max(300).nullable();

export const VenuesListInput = PageInput.extend({
  /** A part of its name, street or city. */
  query: line(200).nullish(),
  country: CountryCode.nullish(),
  /** Those as well where nothing is planned any more. */
  withRetired: z.boolean().default(false),
});

export const VenueListItem = VenueRef.extend({
  timeZone: TimeZone,
  /** From when on nothing is planned there any more. */
  retiredAt: Instant.nullable(),
  /** In use, and how many people fit into the largest; 0 without any. */
  rooms: Count,
  largestRoom: Count,
  /** When the next date there begins, as far as any is planned. */
  nextStartsAt: Instant.nullable(),
});
export type VenueListItem = z.infer<typeof VenueListItem>;

export const VenuesListOutput = page(VenueListItem).extend({
  /** Of all that are within reach, in the order of their codes. */
  countries: z.array(CountryCode).max(COUNTRIES_MAX),
  /** Whether all countries are within reach: only then virtual rooms are as well. */
  isEverywhere: z.boolean(),
});

export const RoomDetail = z.object({
  id: Id,
  name: line(200),
  capacity: Capacity,
  retiredAt: Instant.nullable(),
  /** Dates that go on or are still to come with a session in it. */
  upcomingRuns: Count,
  version: Version,
});
export type RoomDetail = z.infer<typeof RoomDetail>;

export const VenueDetail = VenueRef.extend({
  timeZone: TimeZone,
  retiredAt: Instant.nullable(),
  /** In the order of their names, retired ones last. */
  rooms: z.array(RoomDetail).max(ROOMS_MAX),
  /** Dates there that go on or are still to come. */
  upcomingRuns: Count,
  version: Version,
});
export type VenueDetail = z.infer<typeof VenueDetail>;

export const VenueByIdInput = z.object({ id: Id });

/** Rooms that are nowhere: where people meet online. */
export const VirtualRooms = z.object({ rooms: z.array(RoomDetail).max(ROOMS_MAX) });

const VenueFields = z.object({
  name: line(200),
  street: Street,
  city: line(100),
  country: CountryCode,
  timeZone: TimeZone,
});

export const VenueCreateInput = VenueFields.extend({ idempotencyKey: IdempotencyKey });

/** Dates that are planned keep their times and the zone that they have; all else they have from their venue. */
export const VenueUpdateInput = VenueFields.extend({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** Retires a venue or a room, or takes it back into use. */
export const VenueVersionInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

const RoomFields = z.object({ name: line(200), capacity: Capacity });

export const RoomCreateInput = RoomFields.extend({
  /** `null`: a virtual one. */
  venueId: Id.nullable(),
  idempotencyKey: IdempotencyKey,
});

export const RoomUpdateInput = RoomFields.extend({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

export const RoomTooLargeInput = z.object({ id: Id, capacity: Capacity });

/** Dates that have more places than a room would have, by when they begin: the first of them, and how many there are. */
export const RoomTooLarge = z.object({
  items: z.array(RunSummary.extend({ taken: Count })).max(TOO_LARGE_MAX),
  total: Count,
});
export type RoomTooLarge = z.infer<typeof RoomTooLarge>;
