import { booking } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { organisation } from "@lectern/database/schema/organisations";
import {
  apiToken,
  authSession,
  deviceGrant,
  externalIdentity,
  knownDevice,
  oneTimeToken,
  passkey,
  password,
  person,
  recoveryCode,
  roleAssignment,
  totpCredential,
} from "@lectern/database/schema/people";
import { consent, privacyRequest } from "@lectern/database/schema/privacy";
import { instructor } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { rewriteApprovals } from "../erasure/rewrite-bookings.ts";
import {
  rewriteInstructors,
  rewriteOrganisations,
  rewritePeople,
  rewritePrivacyRequests,
} from "../erasure/rewrite-others.ts";
import { isActivityOf, readActivity } from "../export/read-activity.ts";
import { personal, type PersonalTable } from "../personal-table.ts";
import { isTheirAddress, isTheirId } from "../subject.ts";

const AS_THE_ACCOUNT = "as long as the account";

const AS_THE_BOOKING = "as the booking";

/** Who people are, how they sign in, and what they did. See `PERSONAL_DATA`. */
export const ACCOUNTS: readonly PersonalTable[] = [
  personal(booking, {
    whose: "who was asked to approve it",
    key: "approvals",
    isTheirs: (subject) => isTheirAddress(booking.approverEmail, subject),
    exported: ["reference", "approverName", "approverEmail", "approvedAt", "createdAt"],
    withheld: [],
    erasure: { kind: "rewritten", to: "without the approver", rewrite: rewriteApprovals },
    keptFor: AS_THE_BOOKING,
  }),
  personal(organisation, {
    whose: "who has a role in it, or gets its invoices",
    key: "organisations",
    isTheirs: (subject) => sql`(${isTheirAddress(organisation.billingEmail, subject)} OR EXISTS (
      SELECT FROM role_assignment member
      WHERE member.organisation_id = ${organisation.id} AND ${isTheirId(sql`member.person_id`, subject)}
    ))`,
    exported: ["id", "name", "country"],
    withheld: [
      "registrationNumber",
      "billingEmail",
      "billingAddress",
      "archivedAt",
      "version",
      "createdAt",
      "updatedAt",
    ],
    erasure: {
      kind: "rewritten",
      to: "without an address for invoices, if it was theirs",
      rewrite: rewriteOrganisations,
    },
    keptFor: "as long as the company is a customer",
  }),
  personal(instructor, {
    whose: "who signs in as the instructor",
    key: "instructors",
    isTheirs: (subject) => isTheirId(instructor.personId, subject),
    exported: ["id", "slug", "name", "bio", "createdAt"],
    withheld: ["personId"],
    erasure: {
      kind: "rewritten",
      to: "a former instructor without a name",
      rewrite: rewriteInstructors,
    },
    keptFor: "as long as the runs that they taught",
  }),
  personal(authSession, {
    whose: "who signed in",
    key: "signIns",
    isTheirs: (subject) => isTheirId(authSession.personId, subject),
    exported: [
      "method",
      "secondFactorAt",
      "confirmedAt",
      "address",
      "client",
      "createdAt",
      "lastSeenAt",
      "expiresAt",
      "endsAt",
    ],
    withheld: ["id", "personId", "secretHash"],
    erasure: { kind: "deleted" },
    keptFor: "until it is over",
  }),
  personal(knownDevice, {
    whose: "who signed in with it",
    key: "devices",
    isTheirs: (subject) => isTheirId(knownDevice.personId, subject),
    exported: ["createdAt", "lastUsedAt"],
    withheld: ["id", "personId", "secretHash"],
    erasure: { kind: "deleted" },
    keptFor: "400 days without use",
  }),
  personal(oneTimeToken, {
    whose: "whom it was made for, or whose address it was sent to",
    key: "links",
    isTheirs: (subject) =>
      sql`(${isTheirId(oneTimeToken.personId, subject)} OR ${isTheirAddress(oneTimeToken.email, subject)})`,
    exported: ["kind", "email", "attempts", "expiresAt", "usedAt", "createdAt"],
    withheld: ["id", "personId", "data"],
    erasure: { kind: "deleted" },
    keptFor: "until a week after it is over",
  }),
  personal(password, {
    whose: "whose it is",
    key: "passwords",
    isTheirs: (subject) => isTheirId(password.personId, subject),
    exported: ["changedAt"],
    withheld: ["personId", "hash"],
    erasure: { kind: "deleted" },
    keptFor: AS_THE_ACCOUNT,
  }),
  personal(totpCredential, {
    whose: "whose it is",
    key: "authenticatorApps",
    isTheirs: (subject) => isTheirId(totpCredential.personId, subject),
    exported: ["createdAt", "lastUsedAt"],
    withheld: ["personId", "secret", "lastStep"],
    erasure: { kind: "deleted" },
    keptFor: AS_THE_ACCOUNT,
  }),
  personal(passkey, {
    whose: "whose it is",
    key: "passkeys",
    isTheirs: (subject) => isTheirId(passkey.personId, subject),
    exported: ["name", "transports", "isBackedUp", "createdAt", "lastUsedAt"],
    withheld: ["id", "personId", "credentialId", "publicKey", "counter"],
    erasure: { kind: "deleted" },
    keptFor: AS_THE_ACCOUNT,
  }),
  personal(recoveryCode, {
    whose: "whose it is",
    key: "recoveryCodes",
    isTheirs: (subject) => isTheirId(recoveryCode.personId, subject),
    exported: ["usedAt", "createdAt"],
    withheld: ["id", "personId", "codeHash"],
    erasure: { kind: "deleted" },
    keptFor: AS_THE_ACCOUNT,
  }),
  personal(roleAssignment, {
    whose: "who has the role",
    key: "roles",
    isTheirs: (subject) => isTheirId(roleAssignment.personId, subject),
    exported: ["role", "organisationId", "country", "createdAt"],
    withheld: ["id", "personId", "grantedById"],
    erasure: { kind: "deleted" },
    keptFor: "as long as they have it",
  }),
  personal(apiToken, {
    whose: "who made it",
    key: "apiTokens",
    isTheirs: (subject) => isTheirId(apiToken.personId, subject),
    exported: [
      "name",
      "permissions",
      "expiresAt",
      "lastUsedAt",
      "lastUsedAddress",
      "revokedAt",
      "createdAt",
    ],
    withheld: ["id", "lookup", "secretHash", "personId"],
    erasure: { kind: "deleted" },
    keptFor: "a year after it is over",
  }),
  personal(deviceGrant, {
    whose: "who decided on it",
    key: "programs",
    isTheirs: (subject) => isTheirId(deviceGrant.personId, subject),
    exported: [
      "client",
      "address",
      "permissions",
      "state",
      "polledAt",
      "usedAt",
      "expiresAt",
      "createdAt",
    ],
    withheld: ["id", "deviceCodeHash", "userCode", "personId"],
    erasure: { kind: "deleted" },
    keptFor: "until its time is over",
  }),
  personal(externalIdentity, {
    whose: "who signs in with it",
    key: "externalIdentities",
    isTheirs: (subject) => isTheirId(externalIdentity.personId, subject),
    exported: ["providerId", "subject", "createdAt", "lastUsedAt"],
    withheld: ["id", "personId"],
    erasure: { kind: "deleted" },
    keptFor: AS_THE_ACCOUNT,
  }),
  personal(consent, {
    whose: "who agreed",
    key: "consents",
    isTheirs: (subject) => isTheirId(consent.personId, subject),
    exported: ["purpose", "textVersion", "givenAt", "withdrawnAt", "address", "client"],
    withheld: ["id", "personId"],
    // Proof that nobody in particular agreed is worth nothing.
    erasure: { kind: "deleted" },
    keptFor: "as long as the account; three years once withdrawn",
  }),
  personal(privacyRequest, {
    whose: "who asked",
    key: "privacyRequests",
    isTheirs: (subject) => isTheirId(privacyRequest.personId, subject),
    exported: ["id", "kind", "state", "dueAt", "doneAt", "archiveUntil", "report", "createdAt"],
    withheld: ["personId", "archive"],
    erasure: {
      kind: "rewritten",
      to: "that it was asked for and done, without copies of data",
      rewrite: rewritePrivacyRequests,
    },
    keptFor: "three years; copies for 24 hours",
  }),
  personal(auditEntry, {
    whose: "who did it, or whom it was done to",
    key: "activity",
    isTheirs: isActivityOf,
    read: readActivity,
    exported: [
      "at",
      "actorKind",
      "action",
      "entity",
      "entityId",
      "before",
      "after",
      "address",
      "client",
    ],
    withheld: ["id", "actorId", "requestId"],
    erasure: {
      kind: "kept",
      why: "sealed against changes, as proof of what was done and from where; names nobody, but by the number of an account that is nobody's any more",
    },
    keptFor: "for good",
  }),
  personal(person, {
    whose: "whose account it is, and those merged into it",
    key: "accounts",
    isTheirs: (subject) => isTheirId(person.id, subject),
    exported: [
      "id",
      "name",
      "email",
      "emailVerifiedAt",
      "language",
      "timeZone",
      "suspendedAt",
      "suspendedReason",
      "createdAt",
      "updatedAt",
    ],
    encrypted: ["phone", "address", "dietaryNeeds", "accessNeeds"],
    withheld: ["mergedIntoId", "erasedAt", "version"],
    erasure: {
      kind: "rewritten",
      to: "a number that nobody has, for what refers to it",
      rewrite: rewritePeople,
    },
    keptFor: "until it is erased; 30 days if its address was never shown to be theirs",
  }),
];
