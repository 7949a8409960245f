import { z } from "zod";
import {
  CountryCode,
  CourseCode,
  Cursor,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  LocalDate,
  LocalDateTime,
  Price,
  TimeZone,
  line,
} from "./primitives.ts";
import {
  CancellationPolicy,
  RunChanged,
  RunRescheduleInput,
  RunSummary,
  SessionPattern,
  VenueRef,
  Weekday,
} from "./runs.ts";
import { DeliveryMode, MailKind, RunStatus, RunVisibility, TaxCategory } from "./vocabulary.ts";

/** What staff plan the academy's calendar with. */

const Places = z.int().min(0).max(100_000);
const Count = z.int().min(0);

/** Days of one calendar: a month with the weeks around it, and some. */
export const CALENDAR_DAYS_MAX = 62;
export const CALENDAR_RUNS_MAX = 500;
/** Runs of one series. */
export const SERIES_RUNS_MAX = 100;
const SESSIONS_MAX = 100;
const FINDINGS_MAX = 200;
const INSTRUCTORS_MAX = 20;
const NAMED_MAX = 50;

const NamedRef = z.object({ id: Id, name: line(200) });

const Chosen = z.array(Id).max(100).nullish();

/**
 * Runs of which something happens between two days, on the clocks where they are held. Choices within
 * one filter are alternatives; filters combine.
 */
export const RunsCalendarInput = z.object({
  from: LocalDate,
  /** The last day that counts, at most 62 in all. */
  to: LocalDate,
  /** Left out: all but cancelled ones. */
  statuses: z.array(RunStatus).min(1).max(6).nullish(),
  courseIds: Chosen,
  venueIds: Chosen,
  roomIds: Chosen,
  instructorIds: Chosen,
  countries: z.array(CountryCode).max(50).nullish(),
  deliveryModes: z.array(DeliveryMode).min(1).max(4).nullish(),
  cursor: Cursor.nullish(),
  limit: z.int().min(1).max(CALENDAR_RUNS_MAX).default(CALENDAR_RUNS_MAX),
});

/** A sitting within the days that were asked for. */
export const CalendarSession = z.object({
  id: Id,
  position: z.int().min(1),
  startsAt: Instant,
  endsAt: Instant,
  localStart: LocalDateTime,
  localEnd: LocalDateTime,
  roomId: Id.nullable(),
  instructorIds: z.array(Id).max(INSTRUCTORS_MAX),
});
export type CalendarSession = z.infer<typeof CalendarSession>;

/** A run as calendars show it. */
export const CalendarRun = RunSummary.pick({
  id: true,
  status: true,
  deliveryMode: true,
  language: true,
  venue: true,
  capacity: true,
  startsAt: true,
  endsAt: true,
  timeZone: true,
  localStart: true,
  localEnd: true,
}).extend({
  course: z.object({ id: Id, code: CourseCode, title: line(300) }),
  version: z.int().min(1),
  visibility: RunVisibility,
  /** The company that a private run is for. */
  organisation: NamedRef.nullable(),
  minPlaces: Places,
  taken: Places,
  /** Parties in the waiting list. */
  waiting: Count,
  /** Sessions in all; those of other days are not told. None: the run alone has times. */
  sessionCount: Count,
  sessions: z.array(CalendarSession).max(400),
});
export type CalendarRun = z.infer<typeof CalendarRun>;

export const RunsCalendarOutput = z.object({
  /** In the order in which they begin. */
  runs: z.array(CalendarRun).max(CALENDAR_RUNS_MAX),
  /** Where more begin; `null`: these are all. */
  nextCursor: Cursor.nullable(),
  /** All rooms and instructors that the sessions name. */
  rooms: z.array(NamedRef.extend({ capacity: Places, venueId: Id.nullable() })).max(10_000),
  instructors: z.array(NamedRef).max(10_000),
});
export type RunsCalendarOutput = z.infer<typeof RunsCalendarOutput>;

/** What a course is taught with, and when. */
export const ScheduleProposal = z.object({
  /** The run that these would be the new times of: its own sessions are not in the way. */
  runId: Id.nullish(),
  courseId: Id.nullish(),
  deliveryMode: DeliveryMode,
  venueId: Id.nullish(),
  roomId: Id.nullish(),
  instructorIds: z.array(Id).max(INSTRUCTORS_MAX).default([]),
  timeZone: TimeZone,
  capacity: Places,
  pattern: SessionPattern,
});

/** The run that is in the way; `null` where it is not for the reader to see. */
const InTheWay = z
  .object({
    runId: Id,
    courseCode: CourseCode,
    courseTitle: line(300),
    localStart: LocalDateTime,
    localEnd: LocalDateTime,
  })
  .nullable();

const At = { at: LocalDateTime };

/** What stands against a proposal (`isBlocking`), or should be known about it. */
export const ScheduleFinding = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("room_taken"),
    isBlocking: z.literal(true),
    ...At,
    room: NamedRef,
    by: InTheWay,
  }),
  z.object({
    kind: z.literal("instructor_taken"),
    isBlocking: z.literal(true),
    ...At,
    instructor: NamedRef,
    by: InTheWay,
  }),
  /** Two runs of one series want the room or an instructor at the same time. */
  z.object({
    kind: z.literal("same_series"),
    isBlocking: z.literal(true),
    ...At,
    start: LocalDate,
  }),
  z.object({
    kind: z.literal("room_too_small"),
    isBlocking: z.literal(true),
    room: NamedRef,
    capacity: Places,
    wanted: Places,
  }),
  z.object({ kind: z.literal("room_elsewhere"), isBlocking: z.literal(true), room: NamedRef }),
  z.object({ kind: z.literal("venue_missing"), isBlocking: z.literal(true) }),
  /** Without a venue it is of no country: that takes the permission for all of them. */
  z.object({ kind: z.literal("beyond_reach"), isBlocking: z.literal(true) }),
  z.object({ kind: z.literal("course_retired"), isBlocking: z.literal(true) }),
  /** The pattern makes no sessions. */
  z.object({
    kind: z.literal("pattern"),
    isBlocking: z.literal(true),
    path: z.string().max(100),
    message: z.string().max(1000),
  }),
  z.object({
    kind: z.literal("public_holiday"),
    isBlocking: z.literal(false),
    ...At,
    name: z.string().max(200),
    country: CountryCode,
  }),
  z.object({ kind: z.literal("past"), isBlocking: z.literal(false), ...At }),
  /** A time that the clocks skip that day; it becomes the one after the gap. */
  z.object({
    kind: z.literal("clock_skips"),
    isBlocking: z.literal(false),
    ...At,
    becomes: LocalDateTime,
  }),
  /** A time that the clocks show twice that day; the first is meant. */
  z.object({ kind: z.literal("clock_repeats"), isBlocking: z.literal(false), ...At }),
  /** The clocks change while the session goes on: it is so many minutes longer (or, less than 0, shorter) than they say. */
  z.object({
    kind: z.literal("clock_changes"),
    isBlocking: z.literal(false),
    ...At,
    minutes: z.int(),
  }),
  /** They have never taught this course. */
  z.object({
    kind: z.literal("new_to_course"),
    isBlocking: z.literal(false),
    instructor: NamedRef,
  }),
  /** They teach in another city that day. */
  z.object({
    kind: z.literal("other_city"),
    isBlocking: z.literal(false),
    ...At,
    instructor: NamedRef,
    city: line(100),
    by: InTheWay,
  }),
]);
export type ScheduleFinding = z.infer<typeof ScheduleFinding>;

/** A sitting as it would be. */
export const ProposedSession = z.object({
  localStart: LocalDateTime,
  localEnd: LocalDateTime,
  startsAt: Instant,
  endsAt: Instant,
});

export const ScheduleCheck = z.object({
  sessions: z.array(ProposedSession).max(SESSIONS_MAX),
  /** What stands against it first; the first 200. */
  findings: z.array(ScheduleFinding).max(FINDINGS_MAX),
  /** Nothing stands against it at this moment. */
  isPossible: z.boolean(),
});
export type ScheduleCheck = z.infer<typeof ScheduleCheck>;

export const RunPreviewRescheduleInput = RunRescheduleInput.omit({
  reason: true,
  idempotencyKey: true,
});

/** When and with what a run is taught. */
const TaughtThen = z.object({
  startsAt: Instant,
  endsAt: Instant,
  localStart: LocalDateTime,
  localEnd: LocalDateTime,
  timeZone: TimeZone,
  venue: VenueRef.nullable(),
  room: NamedRef.nullable(),
  instructors: z.array(NamedRef).max(INSTRUCTORS_MAX),
  sessions: z.array(ProposedSession).max(400),
});

/** Whom and what moving a run concerns. Numbers of people are of registrations, as one person has one place. */
export const RescheduleEffects = z.object({
  /** Bookings with a place, and their registrations: each may choose to stay, another date, or its money back. */
  bookings: Count,
  registrations: Count,
  /** Registrations that nobody is named for. */
  unnamed: Count,
  /** Companies among them: those with the most places first, the first 50. */
  organisations: z.array(NamedRef.extend({ registrations: Count })).max(NAMED_MAX),
  organisationCount: Count,
  /** Holds that end sooner, as they can't outlast the start; and those that end at once. */
  holdsShortened: Count,
  holdsEnded: Count,
  /** The same of offers to the waiting list, and offers that are made because there is time for them again. */
  offersShortened: Count,
  offersEnded: Count,
  offersMade: Count,
  /** Parties that go on waiting. */
  waiting: Count,
  /** Dates of the run that are pulled to its new start. */
  datesPulled: z.array(z.enum(["bookingOpensAt", "bookingClosesAt", "decisionAt"])).max(3),
  /** Mails that will be written, by kind. */
  mails: z.array(z.object({ kind: MailKind, mails: Count })).max(10),
});
export type RescheduleEffects = z.infer<typeof RescheduleEffects>;

export const ReschedulePreview = z.object({
  before: TaughtThen,
  after: TaughtThen,
  findings: z.array(ScheduleFinding).max(FINDINGS_MAX),
  /** `null`: it can't be moved like that; the findings say why. */
  effects: RescheduleEffects.nullable(),
});
export type ReschedulePreview = z.infer<typeof ReschedulePreview>;

/** When the runs of a series begin. */
export const SeriesStarts = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("dates"), dates: z.array(LocalDate).min(1).max(SERIES_RUNS_MAX) }),
  /** On these days of every so manieth week, from the week of a date on. */
  z.object({
    kind: z.literal("weekly"),
    from: LocalDate,
    everyWeeks: z.int().min(1).max(52),
    weekdays: z.array(Weekday).min(1).max(7),
    runs: z.int().min(1).max(SERIES_RUNS_MAX),
  }),
]);
export type SeriesStarts = z.infer<typeof SeriesStarts>;

/** Runs that differ in nothing but when they begin. */
export const RunsPreviewSeriesInput = ScheduleProposal.omit({
  runId: true,
  pattern: true,
}).extend({
  starts: SeriesStarts,
  /** The sessions of each, from its start on. */
  pattern: SessionPattern.omit({ from: true }),
});
export const SeriesPreview = z.object({
  runs: z.array(ScheduleCheck.extend({ start: LocalDate })).max(SERIES_RUNS_MAX),
});
export type SeriesPreview = z.infer<typeof SeriesPreview>;

const DaysBefore = z.int().min(0).max(365).nullish();

export const RunsScheduleSeriesInput = RunsPreviewSeriesInput.extend({
  courseId: Id,
  /** The starts that are wanted of those that the pattern makes; left out: all. */
  only: z.array(LocalDate).min(1).max(SERIES_RUNS_MAX).nullish(),
  language: LanguageTag,
  minPlaces: Places.default(0),
  price: Price.nullable(),
  taxCategory: TaxCategory.nullish(),
  placesPerBooker: z.int().min(1).max(100_000).nullish(),
  visibility: RunVisibility.default("public"),
  organisationId: Id.nullish(),
  status: z.enum(["draft", "tentative", "confirmed"]).default("confirmed"),
  cancellationPolicy: CancellationPolicy.nullish(),
  /** So many days before each start, at its time of day; left out: no such date. */
  bookingClosesDaysBefore: DaysBefore,
  decisionDaysBefore: z.int().min(1).max(365).nullish(),
  offerMinutes: z.int().min(1).max(43_200).nullish(),
  offerLeadMinutes: z.int().min(0).max(43_200).nullish(),
  idempotencyKey: IdempotencyKey,
});

export const RunSeriesScheduled = z.object({ runs: z.array(RunChanged).max(SERIES_RUNS_MAX) });
export type RunSeriesScheduled = z.infer<typeof RunSeriesScheduled>;
