import { z } from "zod";
import {
  AccessKey,
  GROUP_PLACES_MAX,
  BookingDetail,
  BookingProof,
  BookingReference,
  LearnerInput,
} from "./bookings.ts";
import {
  CurrencyCode,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  Money,
  PageInput,
  TimeZone,
  line,
  page,
} from "./primitives.ts";
import { RunSummary } from "./runs.ts";
import { RegistrationStatus, RunChoiceKind, RunChoiceState } from "./vocabulary.ts";

/** What becomes of registrations after their places were booked. */

const RegistrationIds = z.array(Id).min(1).max(GROUP_PLACES_MAX);

/** Why a registration can't be cancelled, moved to another date or given to another learner. */
export const REGISTRATION_OBSTACLES = [
  "cancelled",
  "transferred",
  "hold_expired",
  "not_confirmed",
  "begun",
] as const;
export const RegistrationObstacle = z.enum(REGISTRATION_OBSTACLES);
export type RegistrationObstacle = z.infer<typeof RegistrationObstacle>;

/** The fee of the policy's tier at this notice, in hundredths of a per cent of the price. */
const Tier = z.object({
  /** Whole days until the run begins; below zero once it has begun. */
  noticeDays: z.int(),
  feeBasisPoints: z.int().min(0).max(10_000),
});

/** Money that may be less than nothing, such as the difference of two prices. */
export const SignedMoney = z.object({
  amount: z.int().min(-100_000_000_00).max(100_000_000_00),
  currency: CurrencyCode,
});
export type SignedMoney = z.infer<typeof SignedMoney>;

export const RegistrationsCancelInput = BookingProof.extend({
  registrationIds: RegistrationIds,
  reason: line(500).nullish(),
  /** Staff may let it cost nothing. */
  waiveFee: z.boolean().nullish(),
  idempotencyKey: IdempotencyKey,
});

export const CancellationCostInput = BookingProof.extend({
  /** Left out: all of the booking. */
  registrationIds: RegistrationIds.nullish(),
});

/** What cancelling would cost now: what it does cost, if nothing changes meanwhile. */
export const CancellationCost = Tier.extend({
  reference: BookingReference,
  registrations: z
    .array(
      z.object({
        registrationId: Id,
        /** `null`: on request, and so are fee and refund. */
        price: Money.nullable(),
        /** What the academy keeps of the price, and what it gives back. */
        fee: Money.nullable(),
        refund: Money.nullable(),
        /** No fee is asked for: the date was moved, and its people are asked again. */
        isFree: z.boolean(),
        canBeCancelled: z.boolean(),
        obstacle: RegistrationObstacle.nullable(),
      }),
    )
    .max(GROUP_PLACES_MAX),
  /** Of those together that can be cancelled; `null` where one has no price. */
  fee: Money.nullable(),
  refund: Money.nullable(),
  serverTime: Instant,
});
export type CancellationCost = z.infer<typeof CancellationCost>;

/** To which run, and what opens it if it is private. */
const Target = z.object({ toRunId: Id, invitationKey: AccessKey.nullish() });

export const RegistrationsTransferInput = BookingProof.extend({
  registrationIds: RegistrationIds,
  ...Target.shape,
  reason: line(500).nullish(),
  /** Staff may let it cost nothing; the difference of the prices remains. */
  waiveFee: z.boolean().nullish(),
  idempotencyKey: IdempotencyKey,
});

/** What a transfer costs: fee and difference settled against each other, so that one of the last two is nothing. */
const TransferMoney = z.object({
  fee: Money.nullable(),
  /** The new price less the old one. */
  difference: SignedMoney.nullable(),
  /** What is still to be paid, once the old price was. */
  toPay: Money.nullable(),
  refund: Money.nullable(),
});
export type TransferMoney = z.infer<typeof TransferMoney>;

export const TransferCostInput = BookingProof.extend({
  /** Left out: all of the booking that can be transferred. */
  registrationIds: RegistrationIds.nullish(),
  ...Target.shape,
});

export const TransferCost = Tier.extend({
  ...TransferMoney.shape,
  reference: BookingReference,
  /** The run to transfer to, with the places that it has left. */
  run: RunSummary,
  registrations: z
    .array(
      TransferMoney.extend({
        registrationId: Id,
        oldPrice: Money.nullable(),
        newPrice: Money.nullable(),
        isFree: z.boolean(),
        canBeTransferred: z.boolean(),
        obstacle: RegistrationObstacle.nullable(),
      }),
    )
    .max(GROUP_PLACES_MAX),
  serverTime: Instant,
});
export type TransferCost = z.infer<typeof TransferCost>;

/** A booking that registrations were transferred to. */
export const BookingMoved = z.object({
  reference: BookingReference,
  accessKey: AccessKey,
  runId: Id,
  registrations: z
    .array(z.object({ fromId: Id, toId: Id, position: z.int().min(1) }))
    .max(GROUP_PLACES_MAX),
});
export type BookingMoved = z.infer<typeof BookingMoved>;

export const RegistrationsTransferred = TransferMoney.extend({
  from: BookingDetail,
  to: BookingMoved,
});
export type RegistrationsTransferred = z.infer<typeof RegistrationsTransferred>;

/** Gives a place to another learner, or names the learner of an unnamed one. */
export const RegistrationSubstituteInput = BookingProof.extend({
  registrationId: Id,
  learner: LearnerInput,
  idempotencyKey: IdempotencyKey,
});

export const ClaimLinkInput = BookingProof.extend({
  registrationId: Id,
  /** Makes the links that were given so far worthless. */
  renew: z.boolean().nullish(),
  /** Sends the link to that address, too. */
  sendTo: Email.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** What opens a claim: to be handed on behind the `#` of an address, where no log sees it. */
export const ClaimProof = z.object({
  registrationId: Id,
  claimVersion: z.int().min(1).max(1_000_000),
  claimKey: AccessKey,
});
export const ClaimLink = z.object(ClaimProof.shape);
export type ClaimLink = z.infer<typeof ClaimLink>;

/** A place, as whoever holds its claim link sees it. */
export const ClaimDetails = z.object({
  registrationId: Id,
  run: RunSummary,
  booker: z.object({ name: line(200), company: z.string().max(200).nullable() }),
  /** Somebody has the place already. */
  isTaken: z.boolean(),
  /** Why nobody can take it any more. */
  obstacle: RegistrationObstacle.nullable(),
  serverTime: Instant,
});
export type ClaimDetails = z.infer<typeof ClaimDetails>;

export const ClaimInput = ClaimProof.extend({
  learner: LearnerInput,
  acceptsTerms: z.literal(true),
  idempotencyKey: IdempotencyKey,
});

export const PlaceClaimed = z.object({
  registrationId: Id,
  run: RunSummary,
  learner: z.object({ name: line(200), email: Email, timeZone: TimeZone.nullable() }),
  claimedAt: Instant,
});
export type PlaceClaimed = z.infer<typeof PlaceClaimed>;

/** Of one's own places: those that are ahead, or those that are over, cancelled or moved. */
export const OWN_PLACES = ["upcoming", "past"] as const;

/** Without a choice all of them, the newest first; ahead: the next first; behind: the last first. */
export const OwnRegistrationsInput = PageInput.extend({ when: z.enum(OWN_PLACES).nullish() });

/** A place of whoever is signed in, as a learner. */
export const OwnRegistration = z.object({
  id: Id,
  status: RegistrationStatus,
  run: RunSummary,
  /** Who booked it. */
  booker: z.object({ name: line(200), company: z.string().max(200).nullable() }).nullable(),
  createdAt: Instant,
});
export const OwnRegistrations = page(OwnRegistration);

/** What a registration that is asked again can choose. */
export const CHOICES = ["stays", "another_date", "refund"] as const;
export const Choice = z.enum(CHOICES);
export type Choice = z.infer<typeof Choice>;

/** Most dates that are proposed instead of one that was cancelled or moved. */
export const ALTERNATIVES_MAX = 6;

export const ChoicesInput = BookingProof;

/** The registrations of a booking that are asked again, or were: the latest question of each. */
export const Choices = z.object({
  reference: BookingReference,
  /** The run as it is now: cancelled, or with its new times. */
  run: RunSummary,
  choices: z
    .array(
      z.object({
        id: Id,
        registrationId: Id,
        position: z.int().min(1),
        status: RegistrationStatus,
        learner: z.object({ name: line(200), email: Email }).nullable(),
        price: Money.nullable(),
        kind: RunChoiceKind,
        state: RunChoiceState,
        /** What can be chosen; nothing once it is decided. */
        options: z.array(Choice).max(CHOICES.length),
        askedAt: Instant,
        decidedAt: Instant.nullable(),
      }),
    )
    .max(GROUP_PLACES_MAX),
  /** The next dates of the same course that have places. */
  alternatives: z.array(RunSummary).max(ALTERNATIVES_MAX),
  serverTime: Instant,
});
export type Choices = z.infer<typeof Choices>;

export const ChooseInput = BookingProof.extend({
  choices: z
    .array(
      z.object({
        registrationId: Id,
        /** Of the question that is answered: refused when another one has replaced it. */
        choiceId: Id.nullish(),
        choice: Choice,
        /** Of `another_date`. */
        toRunId: Id.nullish(),
        invitationKey: AccessKey.nullish(),
      }),
    )
    .min(1)
    .max(GROUP_PLACES_MAX),
  idempotencyKey: IdempotencyKey,
});
export type ChooseInput = z.infer<typeof ChooseInput>;

export const Chosen = z.object({
  booking: BookingDetail,
  /** One booking for each date that was chosen instead. */
  moved: z.array(BookingMoved).max(GROUP_PLACES_MAX),
});
export type Chosen = z.infer<typeof Chosen>;
