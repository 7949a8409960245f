import { z } from "zod";
import { Email, Id, Instant, LocalDateTime, PageInput, line, page } from "./primitives.ts";
import { RunSummary } from "./runs.ts";

/** What waits for a decision of staff's. */

/** What may stand in the way of a run that is there already. Nothing is taught in one place twice: that can't be. */
export const RunConflictKind = z.enum([
  "room_missing",
  "room_too_small",
  "room_elsewhere",
  "instructor_missing",
  "other_city",
  "link_missing",
  "public_holiday",
]);
export type RunConflictKind = z.infer<typeof RunConflictKind>;

export const RunConflict = z.object({
  kind: RunConflictKind,
  /** How many of its sessions, and when the first of them begins. */
  sessions: z.int().min(1),
  at: LocalDateTime,
  /** The room, the instructor or the holiday. */
  name: z.string().max(200).nullable(),
  /** Where else the instructor teaches that day. */
  city: z.string().max(100).nullable(),
  /** Places of the room. */
  places: z.int().min(0).nullable(),
});
export type RunConflict = z.infer<typeof RunConflict>;

export const RunsConflictsInput = PageInput.extend({
  /** Sessions of so many days from now on are looked at. */
  days: z.int().min(1).max(60).default(14),
});
export const RunInConflict = z.object({
  run: RunSummary,
  /** By what is worst first. */
  conflicts: z.array(RunConflict).min(1).max(100),
});
export type RunInConflict = z.infer<typeof RunInConflict>;
/** By when they begin. */
export const RunsConflictsOutput = page(RunInConflict);

export const WaitlistOffersInput = PageInput;
/** Places that are offered to a party, and how long still. */
export const OpenOffer = z.object({
  entryId: Id,
  run: RunSummary,
  name: line(200),
  email: Email,
  company: z.string().max(200).nullable(),
  quantity: z.int().min(1),
  offeredAt: Instant,
  expiresAt: Instant,
});
export type OpenOffer = z.infer<typeof OpenOffer>;
/** The first to lapse first. */
export const WaitlistOffersOutput = page(OpenOffer);

export const WaitlistDemandInput = PageInput;
/** A run that people wait for. */
export const RunInDemand = z.object({
  run: RunSummary,
  parties: z.int().min(1),
  /** Places that they want together. */
  places: z.int().min(1),
  waitingSince: Instant,
});
export type RunInDemand = z.infer<typeof RunInDemand>;
/** By when they begin. */
export const WaitlistDemandOutput = page(RunInDemand);
