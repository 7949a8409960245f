import { z } from "zod";
import {
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  TimeZone,
  line,
  multiline,
  Version,
} from "./primitives.ts";
import { Role, SignInMethod } from "./vocabulary.ts";

/** Accounts: who somebody is, and how they show it. */

/**
 * A password that somebody wants to set. How strong it is is judged by the server, which knows more
 * words than a shape can say.
 */
export const NewPassword = z.string().min(8, "use at least 8 characters").max(128);

/** A password that somebody shows: whatever it is, it is right or wrong. */
export const Password = z.string().min(1, "must not be empty").max(128);

/** What shows that somebody has a link, or is in the midst of something: good once, until a time. */
export const OneTimeProof = z.object({
  id: Id,
  key: z
    .string()
    .max(43)
    .regex(/^[A-Za-z0-9_-]{43}$/u, "is not a key"),
});
export type OneTimeProof = z.infer<typeof OneTimeProof>;

/** What mutations answer that have nothing to tell. */
export const Done = z.object({ done: z.literal(true) });
export type Done = z.infer<typeof Done>;

export const SignUpInput = z.object({
  name: line(200),
  email: Email,
  password: NewPassword,
  language: LanguageTag.nullish(),
  timeZone: TimeZone.nullish(),
  acceptsTerms: z.literal(true),
  acceptsNewsletter: z.boolean().nullish(),
  idempotencyKey: IdempotencyKey,
});

export const EmailInput = z.object({ email: Email, idempotencyKey: IdempotencyKey });

export const SignInInput = z.object({
  email: Email,
  password: Password,
  idempotencyKey: IdempotencyKey,
});

/** The ways in which a second factor can be shown. */
export const FACTOR_KINDS = ["totp", "passkey", "recovery_code"] as const;
export const FactorKind = z.enum(FACTOR_KINDS);
export type FactorKind = z.infer<typeof FactorKind>;

/** Signed in; or a second factor is to be shown first, with this proof. */
export const SignInAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("signed_in") }),
  z.object({
    state: z.literal("second_factor"),
    step: OneTimeProof,
    factors: z.array(FactorKind).max(3),
    expiresAt: Instant,
  }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;

export const ResetPasswordInput = z.object({
  proof: OneTimeProof,
  password: NewPassword,
  idempotencyKey: IdempotencyKey,
});

export const ChangePasswordInput = z.object({
  /** The one so far; nobody has to have one. */
  current: Password.nullish(),
  password: NewPassword,
  idempotencyKey: IdempotencyKey,
});

/** Shows again who one is: by the password. Factors have procedures of their own. */
export const ConfirmInput = z.object({ password: Password, idempotencyKey: IdempotencyKey });

export const UpdateAccountInput = z.object({
  name: line(200).optional(),
  language: LanguageTag.optional(),
  timeZone: TimeZone.nullable().optional(),
  phone: line(40).nullable().optional(),
  address: multiline(500).nullable().optional(),
  dietaryNeeds: multiline(500).nullable().optional(),
  accessNeeds: multiline(500).nullable().optional(),
  version: Version,
  idempotencyKey: IdempotencyKey,
});

export const RoleHeld = z.object({
  role: Role,
  /** Where it holds; neither: everywhere. */
  organisation: z.object({ id: Id, name: z.string().max(200) }).nullable(),
  country: z.string().max(2).nullable(),
});

/** Who is signed in, and what they can do; to anybody else `null`. */
export const Me = z.object({
  id: Id,
  name: z.string().max(200),
  email: Email,
  roles: z.array(RoleHeld).max(200),
  /** The permissions that they have, if only for a part of the academy. */
  permissions: z.array(z.string().max(100)).max(200),
  hasSecondFactor: z.boolean(),
  /** What they have to do before anything else. */
  mustSetUpSecondFactor: z.boolean(),
  mustShowSecondFactor: z.boolean(),
  /** Until when they need not show again who they are. */
  confirmedUntil: Instant,
});
export const MeOutput = z.object({ me: Me.nullable() });
export type Me = z.infer<typeof Me>;

export const Account = z.object({
  id: Id,
  name: z.string().max(200),
  email: Email,
  language: LanguageTag,
  timeZone: TimeZone.nullable(),
  phone: z.string().max(40).nullable(),
  address: z.string().max(500).nullable(),
  dietaryNeeds: z.string().max(500).nullable(),
  accessNeeds: z.string().max(500).nullable(),
  hasPassword: z.boolean(),
  createdAt: Instant,
  version: Version,
});
export type Account = z.infer<typeof Account>;

/** A signed-in browser. */
export const SignedIn = z.object({
  id: z.string().max(64),
  method: SignInMethod,
  hasSecondFactor: z.boolean(),
  /** Such as `Firefox on Windows`; what it calls itself where that says nothing. */
  device: z.string().max(200),
  address: z.string().max(100).nullable(),
  createdAt: Instant,
  lastSeenAt: Instant,
  isThisOne: z.boolean(),
});
export const SignedInList = z.object({ items: z.array(SignedIn).max(100) });

export const RevokeSessionInput = z.object({
  id: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/u, "is not the id of a sign-in"),
  idempotencyKey: IdempotencyKey,
});

export const KeyedInput = z.object({ idempotencyKey: IdempotencyKey });

/** Adds the password that was chosen at signing up: who only has the mail can't finish what somebody else began. */
export const FinishSignUpInput = z.object({
  proof: OneTimeProof,
  password: Password,
  idempotencyKey: IdempotencyKey,
});

export const ConfirmEmailChangeInput = z.object({
  proof: OneTimeProof,
  idempotencyKey: IdempotencyKey,
});

/** What a link that invites somebody says. */
export const InvitationInput = z.object({ proof: OneTimeProof });
export const Invitation = z.object({
  name: z.string().max(200),
  email: Email,
  role: Role,
  organisation: z.string().max(200).nullable(),
  inviter: z.string().max(200).nullable(),
  /** Whether there is an account with this address: it is joined by its owner's password. */
  hasAccount: z.boolean(),
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

export const AcceptInvitationInput = z.object({
  proof: OneTimeProof,
  /** Of the account that is made; an account that is there keeps its own. */
  name: line(200).nullish(),
  /**
   * New for an account that is made. An account that is there shows its own, unless it is signed in; one
   * with a second factor has to be.
   */
  password: Password.nullish(),
  acceptsTerms: z.literal(true),
  language: LanguageTag.nullish(),
  timeZone: TimeZone.nullish(),
  idempotencyKey: IdempotencyKey,
});

/** Makes the first administrator, by the link that the start of an academy prints. */
export const BecomeAdministratorInput = z.object({
  proof: OneTimeProof,
  name: line(200),
  email: Email,
  password: NewPassword,
  language: LanguageTag.nullish(),
  timeZone: TimeZone.nullish(),
  idempotencyKey: IdempotencyKey,
});
