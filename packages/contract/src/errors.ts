import { z } from "zod";
import { DOMAIN_ERROR_CODES, DOMAIN_ERROR_STATUS, type DomainErrorCode } from "./error-codes.ts";
import { Id, Instant } from "./primitives.ts";
import { AllocationKind } from "./vocabulary.ts";

export { DOMAIN_ERROR_CODES, DOMAIN_ERROR_STATUS, type DomainErrorCode };

/**
 * The domain errors: a closed union that reaches the client as data. A procedure declares which of
 * them it may answer with. `code` says what happened, `data` what a program needs to react.
 */

export const ENTITIES = [
  "course",
  "course_version",
  "topic",
  "run",
  "session",
  "venue",
  "room",
  "instructor",
  "booking",
  "registration",
  "waitlist_entry",
  "payment",
  "allocation",
  "job",
  "mail",
  "enquiry",
  "quote",
  "article",
  "discount_code",
  "person",
  "role_assignment",
  "auth_session",
  "passkey",
  "organisation",
  "organisation_domain",
  "invitation",
  "identity_provider",
  "external_identity",
  "api_token",
  "device_grant",
  "privacy_request",
  "calendar_feed",
  "key_rotation",
  "academy",
] as const;

export const SIGN_IN_FAILURES = ["wrong", "suspended"] as const;

export const CONFLICT_REASONS = [
  "already_exists",
  "changed_meanwhile",
  "wrong_state",
  "duplicate_learner",
  "has_upcoming_runs",
  /** Something has to be there first; the detail names it. */
  "incomplete",
  /** As many places are free, and nobody waits for them: book them. */
  "places_free",
  "below_used",
  /** It would leave somebody, or the academy, without what they need: the last factor, the last administrator. */
  "last_one",
] as const;

export const NOT_BOOKABLE_REASONS = [
  "not_published",
  "cancelled",
  "not_open_yet",
  "closed",
  "started",
  "private",
] as const;

/** Why a discount code is good for nothing here and now. */
export const DISCOUNT_NOT_USABLE_REASONS = [
  "unknown",
  "inactive",
  "not_yet",
  "over",
  "used_up",
  "other_course",
  "other_currency",
] as const;

const Issue = z.object({
  /** Where in the input, such as `learners.0.email`; empty for the input as a whole. */
  path: z.string().max(500),
  message: z.string().max(1000),
});

/** The data of each domain error, by its code. */
export const DOMAIN_ERROR_DATA = {
  NotFound: z.object({ entity: z.enum(ENTITIES), id: z.string().max(2048) }),
  Invalid: z.object({ issues: z.array(Issue).max(100) }),
  Conflict: z.object({
    reason: z.enum(CONFLICT_REASONS),
    entity: z.enum(ENTITIES),
    /** The field that is taken, or the state that the entity is in. */
    detail: z.string().max(500).nullable(),
  }),
  Unauthenticated: z.object({}),
  Forbidden: z.object({ permission: z.string().max(100) }),
  /** Policy asks for a second factor: it has to be shown, or, where there is none yet, to be set up. */
  SecondFactorRequired: z.object({ isEnrolled: z.boolean() }),
  /** Whoever is signed in has to show again who they are: see `account.confirm`. */
  ConfirmationRequired: z.object({}),
  /** `wrong` tells neither what is wrong nor whether there is such an account. */
  SignInFailed: z.object({ reason: z.enum(SIGN_IN_FAILURES) }),
  /** A link, code or step that is unknown, used, or too old. */
  LinkNotUsable: z.object({}),
  /** The provider by which somebody signs in does not answer: it is for them to try again, or another way. */
  ProviderUnreachable: z.object({ name: z.string().max(200) }),
  SoldOut: z.object({ runId: Id, placesLeft: z.int().min(0), requested: z.int().min(1) }),
  NotBookable: z.object({ runId: Id, reason: z.enum(NOT_BOOKABLE_REASONS) }),
  /** More than one booker may have of a run. */
  TooManyPlaces: z.object({
    runId: Id,
    limit: z.int().min(1),
    alreadyBooked: z.int().min(0),
    requested: z.int().min(1),
  }),
  HoldExpired: z.object({ reference: z.string().max(20), expiredAt: Instant }),
  ScheduleConflict: z.object({
    kind: z.enum(["room", "instructor"]),
    /** The sitting that could not be placed, as far as the database told. */
    startsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
  }),
  CapacityBelowTaken: z.object({
    runId: Id,
    taken: z.int().min(0),
    requested: z.int().min(0),
    /** What would have to move to get down to it: newest first, the first 200. */
    mustMove: z
      .array(
        z.object({
          allocationId: Id,
          kind: AllocationKind,
          quantity: z.int().min(1),
          /** Of the booking; `null` for offers and for places that staff block. */
          reference: z.string().max(20).nullable(),
          waitlistEntryId: Id.nullable(),
          takenAt: Instant,
        }),
      )
      .max(200),
  }),
  DiscountNotUsable: z.object({
    code: z.string().max(40),
    reason: z.enum(DISCOUNT_NOT_USABLE_REASONS),
  }),
  IdempotencyMismatch: z.object({}),
  RateLimited: z.object({ retryAfterSeconds: z.int().min(0) }),
  Unavailable: z.object({ retryAfterSeconds: z.int().min(0) }),
} as const satisfies Record<DomainErrorCode, z.ZodType>;

export type DomainErrorData<Code extends DomainErrorCode> = z.infer<
  (typeof DOMAIN_ERROR_DATA)[Code]
>;

/** One domain error as the wire carries it: `error.data.domain` of a failed call. */
export type DomainErrorBody<Code extends DomainErrorCode = DomainErrorCode> = {
  [C in Code]: { code: C; data: DomainErrorData<C> };
}[Code];
