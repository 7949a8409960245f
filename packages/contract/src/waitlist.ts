import { z } from "zod";
import { AccessKey, BOOKING_PLACES_MAX, BookingReference } from "./bookings.ts";
import {
  CountryCode,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  Money,
  PageInput,
  TimeZone,
  line,
  page,
} from "./primitives.ts";
import { RunSummary } from "./runs.ts";
import { WaitlistSkipReason, WaitlistStatus } from "./vocabulary.ts";

const Quantity = z.int().min(1).max(BOOKING_PLACES_MAX);

/** A party gets in line for places of a run. */
export const WaitlistJoinInput = z.object({
  runId: Id,
  quantity: Quantity,
  /** Whether fewer places than that would do, if fewer become free. A group is never split otherwise. */
  takesFewer: z.boolean().default(false),
  name: line(200),
  email: Email,
  company: line(200).nullish(),
  language: LanguageTag.nullish(),
  /** For the times in mails. */
  timeZone: TimeZone.nullish(),
  /** Of a private run. */
  invitationKey: AccessKey.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** What shows that the caller may see and change an entry of the waiting list: its key; staff need none. */
export const WaitlistProof = z.object({ entryId: Id, accessKey: AccessKey.nullish() });

/** Places that are set aside for the party, until it accepts or declines them or the time is over. */
export const WaitlistOffer = z.object({
  quantity: z.int().min(1),
  offeredAt: Instant,
  expiresAt: Instant,
});

/** Where a party stands. */
export const WaitlistStanding = z.object({
  entryId: Id,
  status: WaitlistStatus,
  quantity: Quantity,
  takesFewer: z.boolean(),
  /** 1 for the next in line; `null` for a party that does not wait any more. */
  position: z.int().min(1).nullable(),
  /** Parties that were there before and still wait. */
  partiesBefore: z.int().min(0).nullable(),
  /** While it stands. */
  offer: WaitlistOffer.nullable(),
  /** The server's clock when it answered, so that a countdown does not trust the reader's. */
  serverTime: Instant,
});
export type WaitlistStanding = z.infer<typeof WaitlistStanding>;

export const WaitlistJoined = WaitlistStanding.extend({ runId: Id, accessKey: AccessKey });
export type WaitlistJoined = z.infer<typeof WaitlistJoined>;

/** An entry of the waiting list, as the party sees it. */
export const WaitlistEntryDetail = WaitlistStanding.extend({
  run: RunSummary,
  name: line(200),
  email: Email,
  company: z.string().max(200).nullable(),
  joinedAt: Instant,
  endedAt: Instant.nullable(),
  /** What accepting the offer made. */
  booking: z.object({ reference: BookingReference, accessKey: AccessKey }).nullable(),
});
export type WaitlistEntryDetail = z.infer<typeof WaitlistEntryDetail>;

/** An entry of whoever is signed in. */
export const OwnWaitlistEntry = WaitlistStanding.extend({
  run: RunSummary,
  joinedAt: Instant,
  endedAt: Instant.nullable(),
});
/** The newest first. */
export const OwnWaitlistEntries = page(OwnWaitlistEntry);

export const WaitlistAcceptInput = WaitlistProof.extend({
  /** Fewer than were offered, if that will do; the rest goes to the next in line. */
  places: Quantity.nullish(),
  /** The country whose price is asked for; the run's base price where it has none for it. */
  region: CountryCode.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** The booking that an accepted offer became: confirmed, to be paid by invoice. */
export const WaitlistAccepted = z.object({
  entryId: Id,
  runId: Id,
  reference: BookingReference,
  accessKey: AccessKey,
  places: z.int().min(1),
  total: Money.nullable(),
});
export type WaitlistAccepted = z.infer<typeof WaitlistAccepted>;

/** To decline an offer, or to leave the queue. */
export const WaitlistEndInput = WaitlistProof.extend({ idempotencyKey: IdempotencyKey });

/** What became of an entry. */
export const WaitlistEnded = z.object({ entryId: Id, runId: Id, status: WaitlistStatus });
export type WaitlistEnded = z.infer<typeof WaitlistEnded>;

export const WaitlistListInput = PageInput.extend({
  runId: Id,
  statuses: z.array(WaitlistStatus).max(7).nullish(),
});
/** An entry as staff see it: with why it was passed over, latest first, the last ten times. */
export const WaitlistListItem = WaitlistStanding.omit({
  serverTime: true,
  partiesBefore: true,
}).extend({
  name: line(200),
  email: Email,
  company: z.string().max(200).nullable(),
  joinedAt: Instant,
  endedAt: Instant.nullable(),
  reference: BookingReference.nullable(),
  skips: z
    .array(
      z.object({
        reason: WaitlistSkipReason,
        /** Places that were free at that moment, and those that the party wants. */
        free: z.int().min(0),
        wanted: z.int().min(1),
        at: Instant,
      }),
    )
    .max(10),
});
/** In the order of the queue, those who left it included. */
export const WaitlistListOutput = page(WaitlistListItem);
