import { z } from "zod";
import { RoleHeld } from "./accounts.ts";
import {
  CountryCode,
  Email,
  Id,
  IdempotencyKey,
  Instant,
  LanguageTag,
  PageInput,
  line,
  page,
} from "./primitives.ts";
import { Role, StaffRole } from "./vocabulary.ts";

/** People, as staff see them. */

export const PeopleListInput = PageInput.extend({
  /** Part of a name or an address. */
  query: line(200).nullish(),
  role: Role.nullish(),
  /** `true`: those who are suspended alone; `false`: those who are not. */
  isSuspended: z.boolean().nullish(),
});

export const PersonSummary = z.object({
  id: Id,
  name: z.string().max(200),
  email: Email,
  roles: z.array(RoleHeld.extend({ assignmentId: Id })).max(200),
  isSuspended: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAt: Instant,
  /** `null`: never, or so long ago that it is forgotten. */
  lastSeenAt: Instant.nullable(),
});
export type PersonSummary = z.infer<typeof PersonSummary>;

export const PeopleListOutput = page(PersonSummary);

export const PersonByIdInput = z.object({ id: Id });

export const PersonDetail = PersonSummary.extend({
  language: LanguageTag,
  suspendedReason: z.string().max(500).nullable(),
  suspendedAt: Instant.nullable(),
  /** The instructor that they are, in the catalogue. */
  instructor: z.object({ id: Id, name: z.string().max(200) }).nullable(),
  bookings: z.int().min(0),
  registrations: z.int().min(0),
  /** Of waiting lists, whatever became of them. */
  waitlistEntries: z.int().min(0),
});
export type PersonDetail = z.infer<typeof PersonDetail>;

/** Of somebody who is to work for the academy. */
export const PersonInviteInput = z.object({
  name: line(200),
  email: Email,
  role: StaffRole,
  /** Where the role holds; without it everywhere. */
  country: CountryCode.nullish(),
  language: LanguageTag.nullish(),
  idempotencyKey: IdempotencyKey,
});
export const PersonInvited = z.object({ email: Email, expiresAt: Instant });

export const PersonSuspendInput = z.object({
  id: Id,
  reason: line(500),
  idempotencyKey: IdempotencyKey,
});
export const PersonChangeInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });

export const RoleAssignInput = z.object({
  personId: Id,
  role: StaffRole,
  country: CountryCode.nullish(),
  idempotencyKey: IdempotencyKey,
});
export const RoleRevokeInput = z.object({ assignmentId: Id, idempotencyKey: IdempotencyKey });

/** Two accounts of one person: what the one has goes to the other, which stays. */
export const PeopleMergeInput = z.object({
  fromId: Id,
  intoId: Id,
  idempotencyKey: IdempotencyKey,
});
export const PeopleMerged = z.object({
  id: Id,
  moved: z.object({
    bookings: z.int().min(0),
    registrations: z.int().min(0),
    waitlistEntries: z.int().min(0),
    roles: z.int().min(0),
  }),
});

export const InstructorLinkInput = z.object({
  personId: Id,
  /** `null`: none any more. */
  instructorId: Id.nullable(),
  idempotencyKey: IdempotencyKey,
});
