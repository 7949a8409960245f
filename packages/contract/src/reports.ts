import { z } from "zod";
import { CountryCode, CurrencyCode, LocalDate, Slug, TimeZone, line } from "./primitives.ts";
import { DeliveryMode, EnquiryKind } from "./vocabulary.ts";

/** Periods that people ask for by name; the academy's calendar says which days these are. */
export const REPORT_PRESETS = [
  "last_30_days",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  "last_12_months",
  "next_30_days",
  "next_12_months",
] as const;
/** What a period is cut into. Weeks begin on Mondays. */
export const REPORT_STEPS = ["day", "week", "month", "quarter", "year"] as const;
/** What the numbers of a report are told apart by. */
export const REPORT_DIMENSIONS = ["topic", "country", "city", "delivery_mode", "booker"] as const;
/** Who books: a company, or people for themselves. */
export const REPORT_BOOKERS = ["company", "individual"] as const;
/** Who cancelled a place, and where the academy did, what it had done to the date. */
export const REPORT_CANCELLATION_CAUSES = [
  "booker",
  "staff",
  "run_cancelled",
  "run_rescheduled",
] as const;
/** The fewest days of notice of each band. */
export const REPORT_NOTICE_BANDS = [0, 1, 7, 14, 30] as const;

export const ReportPreset = z.enum(REPORT_PRESETS);
export const ReportStep = z.enum(REPORT_STEPS);
export const ReportDimension = z.enum(REPORT_DIMENSIONS);
export const ReportBooker = z.enum(REPORT_BOOKERS);
export const ReportCancellationCause = z.enum(REPORT_CANCELLATION_CAUSES);
export type ReportPreset = z.infer<typeof ReportPreset>;
export type ReportStep = z.infer<typeof ReportStep>;
export type ReportDimension = z.infer<typeof ReportDimension>;
export type ReportBooker = z.infer<typeof ReportBooker>;
export type ReportCancellationCause = z.infer<typeof ReportCancellationCause>;

/** Days that a period may have: ten years and a bit. */
export const REPORT_DAYS_MAX = 3_660;
/** Steps that it may be cut into. */
export const REPORT_STEPS_MAX = 120;
const CHOICES_MAX = 50;
const ROWS_MAX = 2_000;
const CURRENCIES_MAX = 200;

/** Both dates, the last included, or a preset: of the dates of one that has both, the preset says nothing more. */
const Period = z.object({
  preset: ReportPreset.default("last_12_months"),
  from: LocalDate.nullish(),
  to: LocalDate.nullish(),
  /** Without one, such a step that there are neither too few nor too many. */
  step: ReportStep.nullish(),
});

/** Choices within one filter are alternatives; filters combine. */
const Places = z.object({
  topics: z.array(Slug).max(CHOICES_MAX).nullish(),
  /** Of the venue: what has none, such as a virtual run, is in no country and no city. */
  countries: z.array(CountryCode).max(CHOICES_MAX).nullish(),
  cities: z.array(line(100)).max(CHOICES_MAX).nullish(),
  deliveryModes: z.array(DeliveryMode).max(4).nullish(),
});

const BookingFilter = Places.extend({ booker: ReportBooker.nullish() });

const Days = z.object({ from: LocalDate, to: LocalDate });

/** The period that a report is about, in the academy's calendar, and the one before that it is compared with. */
export const ReportPeriod = z.object({
  ...Days.shape,
  timeZone: TimeZone,
  /** There. */
  today: LocalDate,
  step: ReportStep,
  steps: z.array(Days).max(REPORT_STEPS_MAX),
  before: Days.extend({ steps: z.array(Days).max(REPORT_STEPS_MAX) }),
});
export type ReportPeriod = z.infer<typeof ReportPeriod>;

const Count = z.int().min(0);
/** A sum of minor units: may be less than nothing where more was given back than was sold. */
const Amount = z.int();

/** What a row of a report is about; `value` is empty where there is none, such as the city of a virtual run. */
export const ReportKey = z.object({
  value: z.string().max(200),
  /** What people read of it; codes are left to the reader's locale. */
  label: z.string().max(300),
  /** Of a city. */
  country: CountryCode.nullable(),
});
export type ReportKey = z.infer<typeof ReportKey>;

export const BookingFigures = z.object({
  bookings: Count,
  /** Booked; of bookings that were made by a transfer, see `movedPlaces`. */
  places: Count,
  cancelledPlaces: Count,
  /** What came by transfers less what went. */
  movedPlaces: z.int(),
  /** Each currency by itself, in its minor units. */
  revenue: z
    .array(
      z.object({
        currency: CurrencyCode,
        booked: Amount,
        givenBack: Amount,
        moved: Amount,
        /** Booked and moved, less what was given back. */
        net: Amount,
      }),
    )
    .max(CURRENCIES_MAX),
});
export type BookingFigures = z.infer<typeof BookingFigures>;

export const BookingsReportInput = Period.extend({
  ...BookingFilter.shape,
  by: ReportDimension.default("topic"),
});
export type BookingsReportInput = z.infer<typeof BookingsReportInput>;

export const BookingsReport = z.object({
  period: ReportPeriod,
  by: ReportDimension,
  total: BookingFigures,
  totalBefore: BookingFigures,
  /** One for each step. */
  series: z.array(BookingFigures).max(REPORT_STEPS_MAX),
  seriesBefore: z.array(BookingFigures).max(REPORT_STEPS_MAX),
  /** By topic a course counts with each of its topics: these may come to more than the total. */
  rows: z
    .array(z.object({ key: ReportKey, figures: BookingFigures, before: BookingFigures }))
    .max(ROWS_MAX),
});
export type BookingsReport = z.infer<typeof BookingsReport>;

export const OccupancyFigures = z.object({
  runs: Count,
  capacity: Count,
  /** Booked, held, offered or blocked. */
  taken: Count,
});
export type OccupancyFigures = z.infer<typeof OccupancyFigures>;

export const OccupancyReportInput = Period.extend({
  ...Places.shape,
  /** Whether runs count of which nobody knows yet whether they take place. */
  withTentative: z.boolean().default(false),
});
export type OccupancyReportInput = z.infer<typeof OccupancyReportInput>;

export const OccupancyReport = z.object({
  period: ReportPeriod,
  total: OccupancyFigures,
  totalBefore: OccupancyFigures,
  series: z.array(OccupancyFigures).max(REPORT_STEPS_MAX),
  seriesBefore: z.array(OccupancyFigures).max(REPORT_STEPS_MAX),
  cities: z
    .array(z.object({ key: ReportKey, figures: OccupancyFigures, before: OccupancyFigures }))
    .max(ROWS_MAX),
  topics: z
    .array(z.object({ key: ReportKey, figures: OccupancyFigures, before: OccupancyFigures }))
    .max(ROWS_MAX),
  /** Each city with each topic that is taught there. */
  cells: z
    .array(z.object({ city: ReportKey, topic: ReportKey, figures: OccupancyFigures }))
    .max(10_000),
});
export type OccupancyReport = z.infer<typeof OccupancyReport>;

export const DemandFigures = z.object({
  entries: Count,
  /** Asked for. */
  places: Count,
  /** Entries that got an offer, and what became of it; others are still offered to. */
  offered: Count,
  accepted: Count,
  declined: Count,
  lapsed: Count,
  /** Without an offer so far. */
  waiting: Count,
  /** Places that nobody could offer. */
  unmetPlaces: Count,
  /** What these would have cost at the price of their run; those with a price on request are in none. */
  unmet: z.array(z.object({ currency: CurrencyCode, amount: Amount })).max(CURRENCIES_MAX),
});
export type DemandFigures = z.infer<typeof DemandFigures>;

export const DemandReportInput = Period.extend(Places.shape);
export type DemandReportInput = z.infer<typeof DemandReportInput>;

/** So many courses and cities, those with most unmet places first. */
export const DEMAND_ROWS_MAX = 200;

export const DemandReport = z.object({
  period: ReportPeriod,
  total: DemandFigures,
  totalBefore: DemandFigures,
  series: z.array(DemandFigures).max(REPORT_STEPS_MAX),
  seriesBefore: z.array(DemandFigures).max(REPORT_STEPS_MAX),
  rows: z
    .array(z.object({ course: ReportKey, city: ReportKey, figures: DemandFigures }))
    .max(DEMAND_ROWS_MAX),
  /** Whether these are all. */
  isComplete: z.boolean(),
});
export type DemandReport = z.infer<typeof DemandReport>;

/** Of enquiries that came in the period, whenever what became of them happened; spam is not counted. */
export const EnquiryFigures = z.object({
  received: Count,
  /** Taken up by somebody. */
  answered: Count,
  quoted: Count,
  won: Count,
  lost: Count,
  /** Seconds from when it came to when it was taken up: half of those that were took longer. */
  medianAnswerSeconds: z.number().min(0).nullable(),
});
export type EnquiryFigures = z.infer<typeof EnquiryFigures>;

export const EnquiriesReportInput = Period.extend({
  kinds: z.array(EnquiryKind).max(3).nullish(),
});
export type EnquiriesReportInput = z.infer<typeof EnquiriesReportInput>;

export const EnquiriesReport = z.object({
  period: ReportPeriod,
  total: EnquiryFigures,
  totalBefore: EnquiryFigures,
  series: z.array(EnquiryFigures).max(REPORT_STEPS_MAX),
  seriesBefore: z.array(EnquiryFigures).max(REPORT_STEPS_MAX),
  kinds: z
    .array(z.object({ kind: EnquiryKind, figures: EnquiryFigures, before: EnquiryFigures }))
    .max(3),
});
export type EnquiriesReport = z.infer<typeof EnquiriesReport>;

export const CancellationFigures = z.object({
  places: Count,
  /** Of these, those of which it is not said yet what becomes of the money: their people were asked. */
  unsettled: Count,
  /** Summed over the places: an average is this by the places. */
  noticeDays: z.int(),
  /** What was kept and what was given back, each currency by itself. */
  costs: z
    .array(z.object({ currency: CurrencyCode, fee: Amount, refund: Amount }))
    .max(CURRENCIES_MAX),
});
export type CancellationFigures = z.infer<typeof CancellationFigures>;

export const CancellationsReportInput = Period.extend({
  ...BookingFilter.shape,
  by: ReportDimension.default("topic"),
});
export type CancellationsReportInput = z.infer<typeof CancellationsReportInput>;

export const CancellationsReport = z.object({
  period: ReportPeriod,
  by: ReportDimension,
  total: CancellationFigures,
  totalBefore: CancellationFigures,
  /** Places that were booked in the same time: what the cancelled ones are a share of. */
  bookedPlaces: Count,
  bookedPlacesBefore: Count,
  series: z.array(CancellationFigures).max(REPORT_STEPS_MAX),
  seriesBefore: z.array(CancellationFigures).max(REPORT_STEPS_MAX),
  causes: z
    .array(
      z.object({
        cause: ReportCancellationCause,
        figures: CancellationFigures,
        before: CancellationFigures,
      }),
    )
    .max(REPORT_CANCELLATION_CAUSES.length),
  notice: z
    .array(
      z.object({
        /** Days: the fewest of the band. */
        from: z.int().min(0),
        figures: CancellationFigures,
        before: CancellationFigures,
      }),
    )
    .max(REPORT_NOTICE_BANDS.length),
  /** By topic a course counts with each of its topics: these may come to more than the total. */
  rows: z
    .array(z.object({ key: ReportKey, figures: CancellationFigures, bookedPlaces: Count }))
    .max(ROWS_MAX),
});
export type CancellationsReport = z.infer<typeof CancellationsReport>;

/** What reports can be narrowed down to. */
export const ReportOptions = z.object({
  timeZone: TimeZone,
  today: LocalDate,
  topics: z.array(z.object({ slug: Slug, name: z.string().max(300) })).max(1_000),
  cities: z.array(z.object({ city: line(100), country: CountryCode })).max(5_000),
});
export type ReportOptions = z.infer<typeof ReportOptions>;
