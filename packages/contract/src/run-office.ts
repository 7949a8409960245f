import { z } from "zod";
import { AttendanceWindow } from "./attendance.ts";
import { AuditEntry } from "./audit.ts";
import {
  Cursor,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  PageInput,
  Version,
  line,
  multiline,
  page,
} from "./primitives.ts";
import { CancellationPolicy, RunSummary, SessionDetail } from "./runs.ts";
import { RunVisibility, TaxCategory } from "./vocabulary.ts";

/** One run as staff and those who teach it work with it. */

const Count = z.int().min(0);

export const RunForStaffInput = z.object({ id: Id });

/** A session, with when the caller can mark who is there. */
export const StaffSession = SessionDetail.extend({
  /** `null`: the caller marks nobody. */
  attendance: AttendanceWindow.nullable(),
});
export type StaffSession = z.infer<typeof StaffSession>;

/** Whose the places of a run are. */
export const RunPlaces = z.object({
  capacity: Count,
  taken: Count,
  /** Of confirmed bookings: those that count towards the minimum. */
  booked: Count,
  /** Of bookings that await payment or approval. */
  awaited: Count,
  held: Count,
  offered: Count,
  blocked: Count,
  free: Count,
  /** Parties in the waiting list. */
  waiting: Count,
});
export type RunPlaces = z.infer<typeof RunPlaces>;

/** What the caller may do with the run as it is now, by permission and state. */
export const RunAbilities = z.object({
  confirm: z.boolean(),
  cancel: z.boolean(),
  reschedule: z.boolean(),
  changeCapacity: z.boolean(),
  blockPlaces: z.boolean(),
  setPrices: z.boolean(),
  invite: z.boolean(),
  readBookings: z.boolean(),
  readRoster: z.boolean(),
  mark: z.boolean(),
  message: z.boolean(),
});
export type RunAbilities = z.infer<typeof RunAbilities>;

export const RunForStaff = RunSummary.extend({
  version: Version,
  visibility: RunVisibility,
  /** The company that a private run is for. */
  organisation: z.object({ id: Id, name: line(200) }).nullable(),
  minPlaces: Count,
  placesPerBooker: z.int().min(1),
  bookingOpensAt: Instant.nullable(),
  bookingClosesAt: Instant.nullable(),
  decisionAt: Instant.nullable(),
  cancelledReason: z.string().max(500).nullable(),
  taxCategory: TaxCategory,
  cancellationPolicy: CancellationPolicy,
  places: RunPlaces,
  sessions: z.array(StaffSession).max(400),
  can: RunAbilities,
  /** So that a device that shows it knows how far its clock is off. */
  serverTime: Instant,
});
export type RunForStaff = z.infer<typeof RunForStaff>;

export const RunsPrivateInput = z.object({
  /** A part of the course's title or code, of the city, or of the company's name. */
  query: line(200).nullish(),
  limit: z.int().min(1).max(50).default(20),
});
/** The private dates to come, the soonest first, with the places that whoever is invited can have. */
export const RunsPrivateOutput = z.object({
  items: z
    .array(RunSummary.extend({ organisation: z.object({ id: Id, name: line(200) }).nullable() }))
    .max(50),
});

export const RunCancelPreviewInput = z.object({ id: Id });

/** Whom cancelling a run would concern, at this moment. */
export const RunCancelPreview = z.object({
  id: Id,
  version: Version,
  canBeCancelled: z.boolean(),
  /** Bookings, by what they wait for, and the places of those that are confirmed: each is offered another date or its money back. */
  confirmed: z.object({ bookings: Count, places: Count, learners: Count }),
  awaited: Count,
  held: Count,
  /** Parties that wait, and those that have an offer. */
  waiting: Count,
  offered: Count,
  /** People who get a mail. */
  told: Count,
});
export type RunCancelPreview = z.infer<typeof RunCancelPreview>;

export const RunsTeachingInput = PageInput.extend({
  /** `ahead`: not over yet, the next first; `past`: the last first. */
  when: z.enum(["ahead", "past"]).default("ahead"),
});
export const TaughtRun = z.object({
  run: RunSummary,
  /** Sessions that the caller teaches; the run may have others. */
  sessions: Count,
  /** The next of them that is not over. */
  next: SessionDetail.pick({
    id: true,
    startsAt: true,
    endsAt: true,
    timeZone: true,
    localStart: true,
    localEnd: true,
    room: true,
  }).nullable(),
  /** Places of people who come. */
  comes: Count,
});
export type TaughtRun = z.infer<typeof TaughtRun>;
/** What somebody teaches. */
export const RunsTeachingOutput = page(TaughtRun);

/** Longest message to participants. */
export const RUN_MESSAGE_MAX = 10_000;
export const RUN_MESSAGE_SUBJECT_MAX = 150;
/** Places of one choice. */
export const RUN_MESSAGE_CHOSEN_MAX = 500;
/** Messages of one run in an hour. */
export const RUN_MESSAGES_PER_HOUR = 5;

export const RunPreviewMessageInput = z.object({
  id: Id,
  subject: line(RUN_MESSAGE_SUBJECT_MAX),
  /** Markdown. */
  body: multiline(RUN_MESSAGE_MAX).min(1).regex(/\S/u, "must not be empty"),
  /** Places whose learners get it; left out: everybody who comes. Of a place without a name, the booker does. */
  registrationIds: z.array(Id).min(1).max(RUN_MESSAGE_CHOSEN_MAX).nullish(),
});
export const RunSendMessageInput = RunPreviewMessageInput.extend({
  /** How many recipients the sender was shown: if there are others now, nothing is sent. */
  recipients: z.int().min(1).max(2_147_483_647),
  idempotencyKey: IdempotencyKey,
});

/** A message as its recipients would get it. */
export const RunMessagePreview = z.object({
  /** Addresses that it goes to: a booker with several unnamed places gets it once. */
  recipients: Count,
  /** Chosen places with nobody to write to any more. */
  unreachable: Count,
  subject: z.string().max(500),
  html: z.string().max(500_000),
  text: z.string().max(100_000),
  language: LanguageTag,
});
export type RunMessagePreview = z.infer<typeof RunMessagePreview>;

export const RunMessageSent = z.object({ messageId: Id, runId: Id, recipients: z.int().min(1) });
export type RunMessageSent = z.infer<typeof RunMessageSent>;

export const RunMessagesInput = PageInput.extend({ id: Id });

/** A message that was sent, and what became of its mails. */
export const RunMessage = z.object({
  id: Id,
  subject: z.string().max(500),
  body: z.string().max(RUN_MESSAGE_MAX),
  sentAt: Instant,
  /** `null` for a program. */
  sentBy: z.string().max(200).nullable(),
  isToAll: z.boolean(),
  recipients: z.int().min(1),
  /** Mails by state. What is missing is not written yet, or was removed after its time. */
  mails: z.object({ queued: Count, sent: Count, failed: Count }),
  /** Those that it could not be delivered to, the first ten. */
  failures: z.array(z.object({ name: line(200), email: Email })).max(10),
});
export type RunMessage = z.infer<typeof RunMessage>;
/** The newest first. */
export const RunMessagesOutput = page(RunMessage);

export const RunHistoryInput = z.object({
  id: Id,
  cursor: Cursor.nullish(),
  limit: z.int().min(1).max(100).default(50),
});

/** What happened to a run or, for who may see them, its bookings, places and queue. */
export const RunHistoryItem = AuditEntry.pick({
  id: true,
  at: true,
  action: true,
  entity: true,
  entityId: true,
  before: true,
  after: true,
}).extend({
  actor: AuditEntry.shape.actor.pick({ kind: true }).extend({
    /** Of a person. */
    name: z.string().max(200).nullable(),
  }),
  /** Of the booking that it is about. */
  reference: z.string().max(20).nullable(),
});
export type RunHistoryItem = z.infer<typeof RunHistoryItem>;
/** What was written last first. */
export const RunHistory = z.object({
  items: z.array(RunHistoryItem).max(100),
  nextCursor: Cursor.nullable(),
  /** Whether bookings, places and the queue are in it. */
  includesBookings: z.boolean(),
});
export type RunHistory = z.infer<typeof RunHistory>;

export const RunNeedsInput = z.object({ id: Id });
/** What those who come to a run need, as they say in their profiles, and what their bookers noted. */
export const RunNeeds = z.object({
  /** Of those who said something; of a run with more than 500 such places, the first. */
  items: z
    .array(
      z.object({
        registrationId: Id,
        dietary: z.string().max(500).nullable(),
        access: z.string().max(500).nullable(),
        /** Of the booking. */
        note: z.string().max(2000).nullable(),
      }),
    )
    .max(500),
});
export type RunNeeds = z.infer<typeof RunNeeds>;
