import { z } from "zod";
import { Id, Instant } from "./primitives.ts";
import { Bookability } from "./runs.ts";
import { WaitlistStatus } from "./vocabulary.ts";

/**
 * What can be watched as it changes. A subscription tells the state first, and again whenever it differs;
 * what came in between two events is not told.
 */

/** Most runs that one subscription may watch. */
export const WATCHED_RUNS_MAX = 50;

/** The id of the last event that the watcher got, to go on from there. Opaque; the client sends it by itself. */
const LastEventId = z.string().max(1000).nullish();

export const RunsWatchInput = z.object({
  runIds: z.array(Id).min(1).max(WATCHED_RUNS_MAX),
  lastEventId: LastEventId,
});

/** How many places of a run are left, and whether they can be booked. */
export const RunState = z.object({
  runId: Id,
  capacity: z.int().min(0),
  placesLeft: z.int().min(0),
  bookability: Bookability,
  /** Parties in the waiting list. */
  waiting: z.int().min(0),
});
export type RunState = z.infer<typeof RunState>;

export const WaitlistWatchInput = z.object({ entryId: Id, lastEventId: LastEventId });

/** Where a party stands in the waiting list of a run. */
export const WaitlistState = z.object({
  entryId: Id,
  status: WaitlistStatus,
  /** 1 for the next in line; `null` for who does not wait. */
  position: z.int().min(1).nullable(),
  /** Of the offer that stands; `null` where none does. */
  offeredQuantity: z.int().min(1).nullable(),
  offerExpiresAt: Instant.nullable(),
  /** Parties in the waiting list. */
  waiting: z.int().min(0),
  /** The server's clock when it looked, so that a countdown does not trust the reader's. */
  serverTime: Instant,
});
export type WaitlistState = z.infer<typeof WaitlistState>;
