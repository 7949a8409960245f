import { z } from "zod";
import { CatalogueFilter } from "./filters.ts";
import {
  CountryCode,
  CourseCode,
  ExternalId,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  LocalDate,
  LocalDateTime,
  LocalTime,
  Email,
  Money,
  PageInput,
  PreferredLanguage,
  Price,
  Slug,
  TimeZone,
  WebUrl,
  line,
  page,
  Version,
} from "./primitives.ts";
import { PriceRules } from "./prices.ts";
import {
  AllocationKind,
  DeliveryMode,
  RegistrationStatus,
  RoomKind,
  RunStatus,
  RunVisibility,
  TaxCategory,
} from "./vocabulary.ts";

const Places = z.int().min(0).max(100_000);

export const VenueRef = z.object({
  id: Id,
  name: line(200),
  street: z.string().max(300).nullable(),
  city: line(100),
  country: CountryCode,
});

/** A stretch of time: the instants, and the wall-clock times in the zone that they are kept in. */
const When = z.object({
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone,
  localStart: LocalDateTime,
  localEnd: LocalDateTime,
});

/** Whether a run can be booked now, derived and never stored. */
export const Bookability = z.enum([
  "open",
  "sold_out",
  "not_open_yet",
  "closed",
  "cancelled",
  "not_published",
  "private",
]);

/** A run as lists show it. */
export const RunSummary = When.extend({
  id: Id,
  course: z.object({
    id: Id,
    code: CourseCode,
    slug: Slug,
    title: line(300),
    /** Language of the title as answered. */
    contentLanguage: LanguageTag,
  }),
  status: RunStatus,
  deliveryMode: DeliveryMode,
  language: LanguageTag,
  venue: VenueRef.nullable(),
  /** `null`: on request. */
  price: Money.nullable(),
  capacity: Places,
  placesLeft: Places,
  bookability: Bookability,
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunsUpcomingInput = CatalogueFilter.extend({
  ...PageInput.shape,
  course: Slug.nullish(),
  language: PreferredLanguage,
});
export const RunsUpcomingOutput = page(RunSummary).extend({
  /** Where there are very many, `total` says how many there are at least. */
  isTotalExact: z.boolean(),
});

export const RunByIdInput = z.object({ id: Id, language: PreferredLanguage });

export const SessionDetail = When.extend({
  id: Id,
  position: z.int().min(1),
  room: z.object({ id: Id, name: line(200), kind: RoomKind }).nullable(),
  instructors: z.array(z.object({ id: Id, name: line(200) })).max(20),
});

/** Days of notice, and what cancelling costs from then on, in hundredths of a per cent of the price. */
export const CancellationTier = z.object({
  daysBefore: z.int().min(0).max(365),
  feeBasisPoints: z.int().min(0).max(10_000),
  /** What moving to another run costs from then on; left out: nothing. */
  transferFeeBasisPoints: z.int().min(0).max(10_000).exactOptional(),
});
export const CancellationPolicy = z.object({ tiers: z.array(CancellationTier).max(10) });
export type CancellationPolicy = z.infer<typeof CancellationPolicy>;

export const RunDetail = RunSummary.extend({
  visibility: RunVisibility,
  minPlaces: Places,
  bookingOpensAt: Instant.nullable(),
  bookingClosesAt: Instant.nullable(),
  cancellationPolicy: CancellationPolicy,
  sessions: z.array(SessionDetail).max(400),
  sourceUrl: WebUrl.nullable(),
  version: Version,
});
export type RunDetail = z.infer<typeof RunDetail>;

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const Weekday = z.enum(WEEKDAYS);

/**
 * How sessions are made: so many sittings from a date on, at these hours, on these weekdays,
 * leaving out public holidays of a country (or one region of it) and single dates.
 * "3 days from Monday 09:00–17:00, skipping Oslo's public holidays" is
 * `{ from: "2027-05-10", sessions: 3, start: "09:00", end: "17:00", skipHolidaysOf: { country: "NO" } }`.
 */
export const SessionPattern = z.object({
  from: LocalDate,
  sessions: z.int().min(1).max(100),
  start: LocalTime,
  end: LocalTime,
  weekdays: z.array(Weekday).min(1).max(7).default(["mon", "tue", "wed", "thu", "fri"]),
  skipHolidaysOf: z
    .object({ country: CountryCode, region: z.string().min(1).max(10).nullish() })
    .nullish(),
  skipDates: z.array(LocalDate).max(100).default([]),
});
export type SessionPattern = z.infer<typeof SessionPattern>;

export const RunScheduleInput = z.object({
  courseId: Id,
  deliveryMode: DeliveryMode,
  venueId: Id.nullish(),
  roomId: Id.nullish(),
  instructorIds: z.array(Id).max(20).default([]),
  timeZone: TimeZone,
  language: LanguageTag,
  pattern: SessionPattern,
  minPlaces: Places.default(0),
  capacity: Places,
  price: Price.nullable(),
  /** Left out: standard. */
  taxCategory: TaxCategory.nullish(),
  /** Left out: none. */
  priceRules: PriceRules.nullish(),
  /** Most places that one booker may have; left out: 20. */
  placesPerBooker: z.int().min(1).max(100_000).nullish(),
  visibility: RunVisibility.default("public"),
  /** The company that a private run is for: its people see it, and its bookers need no invitation. */
  organisationId: Id.nullish(),
  /** `draft` is seen by staff alone. */
  status: z.enum(["draft", "tentative", "confirmed"]).default("confirmed"),
  bookingOpensAt: Instant.nullish(),
  bookingClosesAt: Instant.nullish(),
  cancellationPolicy: CancellationPolicy.nullish(),
  /** When it has to be known whether a tentative run takes place, before it begins; left out: nobody decides. */
  decisionAt: Instant.nullish(),
  /** How long an offer to the waiting list stands; left out: a day. */
  offerMinutes: z.int().min(1).max(43_200).nullish(),
  /** How long before the start the last offer ends; left out: two hours. */
  offerLeadMinutes: z.int().min(0).max(43_200).nullish(),
  idempotencyKey: IdempotencyKey,
});

/**
 * All sessions of a run, moved: by so many days, and to another time of day. A run that is never taught
 * at weekends keeps out of them, and its sessions as many working days apart as they were.
 */
export const RunShift = z.object({
  days: z.int().min(-3660).max(3660),
  minutes: z.int().min(-1439).max(1439).default(0),
  /** Days are counted as they come, weekends or not. */
  usesWeekends: z.boolean().default(false),
});
export type RunShift = z.infer<typeof RunShift>;

/** New times for a run that keeps its bookings: a pattern or a shift. Room and instructors stay unless given. */
export const RunRescheduleInput = z.object({
  id: Id,
  version: Version,
  pattern: SessionPattern.nullish(),
  shift: RunShift.nullish(),
  timeZone: TimeZone.nullish(),
  venueId: Id.nullish(),
  roomId: Id.nullish(),
  instructorIds: z.array(Id).max(20).nullish(),
  reason: line(500),
  idempotencyKey: IdempotencyKey,
});

export const RunCancelInput = z.object({
  id: Id,
  version: Version,
  reason: line(500),
  idempotencyKey: IdempotencyKey,
});

/** That a tentative run takes place, whatever its numbers. */
export const RunConfirmInput = z.object({
  id: Id,
  version: Version,
  idempotencyKey: IdempotencyKey,
});

/** Says which company a private run is for; `null`: for whoever is invited. */
export const RunSetOrganisationInput = z.object({
  id: Id,
  version: Version,
  organisationId: Id.nullable(),
  idempotencyKey: IdempotencyKey,
});

export const RunChangeCapacityInput = z.object({
  id: Id,
  capacity: Places,
  reason: line(500),
  idempotencyKey: IdempotencyKey,
});
export const RunCapacity = z.object({
  id: Id,
  capacity: Places,
  taken: Places,
  placesLeft: Places,
});
export type RunCapacity = z.infer<typeof RunCapacity>;

/** Places that staff keep back: for guests, say, or because chairs are missing. */
export const RunBlockPlacesInput = z.object({
  id: Id,
  quantity: z.int().min(1).max(100_000),
  reason: line(500),
  idempotencyKey: IdempotencyKey,
});
export const RunUnblockPlacesInput = z.object({
  allocationId: Id,
  idempotencyKey: IdempotencyKey,
});
/** The answer to blocking places and to unblocking them. */
export const RunBlockChanged = RunCapacity.extend({ allocationId: Id });
export type RunBlockChanged = z.infer<typeof RunBlockChanged>;

/** Who has places of a run, and since when. */
export const RunAllocation = z.object({
  allocationId: Id,
  kind: AllocationKind,
  quantity: z.int().min(1),
  /** Of the booking; `null` for offers and for places that staff block. */
  reference: z.string().max(20).nullable(),
  waitlistEntryId: Id.nullable(),
  /** Why staff block these places. */
  note: z.string().max(500).nullable(),
  takenAt: Instant,
  /** Of a hold or an offer. */
  expiresAt: Instant.nullable(),
});
export const RunLedgerInput = PageInput.extend({ id: Id });
/** The counter of a run's places, and the ledger behind it: newest first, a page at a time. */
export const RunLedger = page(RunAllocation).extend({
  ...RunCapacity.shape,
  /** False once the run is cancelled. */
  isOpen: z.boolean(),
  /** Parties in the waiting list. */
  waiting: z.int().min(0),
});
export type RunLedger = z.infer<typeof RunLedger>;

export const RunRosterInput = PageInput.extend({ id: Id });
/** A place of a run, and who comes. */
export const RosterItem = z.object({
  registrationId: Id,
  status: RegistrationStatus,
  /** `null`: nobody is named yet. */
  learner: z.object({ name: line(200), email: Email, timeZone: TimeZone.nullable() }).nullable(),
  reference: z.string().max(20),
  booker: z
    .object({ name: line(200), email: Email, company: z.string().max(200).nullable() })
    .nullable(),
});
/** Who comes to a run, by their names; places without a name last. */
export const RunRoster = page(RosterItem).extend({ run: RunSummary });
export type RunRoster = z.infer<typeof RunRoster>;

export const RunsUndecidedInput = PageInput;
/** A tentative run about which somebody has to decide, soon or since some time. */
export const UndecidedRun = z.object({
  run: RunSummary,
  version: Version,
  /** The run's date of decision, or its start where nobody set one. */
  decideBy: Instant,
  /** That date has passed. */
  isOverdue: z.boolean(),
  warnedAt: Instant.nullable(),
  minPlaces: Places,
  /** Places of confirmed bookings. */
  bookedPlaces: Places,
});
export const RunsUndecidedOutput = page(UndecidedRun);

export type RunChanged = z.infer<typeof RunChanged>;
export const RunChanged = z.object({
  id: Id,
  status: RunStatus,
  version: Version,
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone,
  sessions: z.int().min(0),
});

/** What the schedule form offers to choose from. */
export const SchedulingOptions = z.object({
  venues: z
    .array(
      VenueRef.extend({
        timeZone: TimeZone,
        rooms: z.array(z.object({ id: Id, name: line(200), capacity: Places })).max(500),
      }),
    )
    .max(1000),
  virtualRooms: z.array(z.object({ id: Id, name: line(200), capacity: Places })).max(500),
  instructors: z.array(z.object({ id: Id, name: line(200) })).max(5000),
});

/** One run as imports and exports carry it. */
export const RunRecord = z.object({
  externalId: ExternalId,
  /** External identifier of the course, which must be there already. */
  courseExternalId: ExternalId,
  sourceUrl: WebUrl.nullable(),
  status: RunStatus,
  deliveryMode: DeliveryMode,
  language: LanguageTag,
  timeZone: TimeZone,
  localStart: LocalDateTime,
  localEnd: LocalDateTime,
  /** Found by name, city and country, else created. */
  venue: z
    .object({
      name: line(200),
      street: z.string().max(300).nullable(),
      city: line(100),
      country: CountryCode,
    })
    .nullable(),
  /** `null`: not known. Nothing can be booked until staff give a capacity. */
  capacity: Places.nullable(),
  minPlaces: Places,
  price: Price.nullable(),
  /** A private run must not become public by moving from one academy to another. */
  visibility: RunVisibility.default("public"),
  bookingOpensAt: Instant.nullable().default(null),
  bookingClosesAt: Instant.nullable().default(null),
  sessions: z.array(z.object({ localStart: LocalDateTime, localEnd: LocalDateTime })).max(400),
});
export type RunRecord = z.infer<typeof RunRecord>;

export const RunImportInput = z.object({
  records: z.array(RunRecord).min(1).max(100),
  dryRun: z.boolean().default(false),
});

export const RunExportInput = PageInput;
/**
 * Cancellation policy, rooms and instructors are not part of an export. In the order of their
 * courses' export (see there); those of one course by local start, then by external identifier.
 */
export const RunExportOutput = page(RunRecord);
