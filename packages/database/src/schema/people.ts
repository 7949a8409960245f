import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  bytea,
  createdAt,
  encrypted,
  id,
  instant,
  instantOrNever,
  updatedAt,
  version,
} from "./columns.ts";
import { deviceGrantState, oneTimeKind, role, signInMethod } from "./enums.ts";
import { organisation } from "./organisations.ts";

/**
 * People, how they show who they are, and what they may do. No row holds anything that signs somebody
 * in: of secrets there are hashes, and keys in links are derived (`@lectern/auth/access-key`).
 */

export const person = pgTable(
  "person",
  {
    id: id(),
    name: text("name").notNull(),
    /** As it was typed; nobody else has it in another letter case. */
    email: text("email").notNull(),
    /** Nobody signs in before. */
    emailVerifiedAt: instantOrNever("email_verified_at"),
    language: text("language").notNull().default("en"),
    timeZone: text("time_zone"),
    phone: encrypted("phone"),
    address: encrypted("address"),
    dietaryNeeds: encrypted("dietary_needs"),
    accessNeeds: encrypted("access_needs"),
    suspendedAt: instantOrNever("suspended_at"),
    suspendedReason: text("suspended_reason"),
    /** The account that this one's things were moved to. */
    mergedIntoId: uuid("merged_into_id").references((): AnyPgColumn => person.id, {
      onDelete: "restrict",
    }),
    /** When everything that says who it was was taken out. */
    erasedAt: instantOrNever("erased_at"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("person_email_key").on(sql`lower(${table.email})`),
    index("person_merged_into_idx")
      .on(table.mergedIntoId)
      .where(sql`merged_into_id IS NOT NULL`),
    index("person_name_idx").on(sql`lower(${table.name})`, table.id),
    /** For who knows a part of either. */
    index("person_part_idx").using(
      "gin",
      sql`lower(${table.name}) gin_trgm_ops`,
      sql`lower(${table.email}) gin_trgm_ops`,
    ),
    check(
      "person_encrypted",
      sql`coalesce(${table.phone}, 'e1:') LIKE 'e1:%' AND coalesce(${table.address}, 'e1:') LIKE 'e1:%' AND coalesce(${table.dietaryNeeds}, 'e1:') LIKE 'e1:%' AND coalesce(${table.accessNeeds}, 'e1:') LIKE 'e1:%'`,
    ),
  ],
);

export const password = pgTable("password", {
  personId: uuid("person_id")
    .primaryKey()
    .references(() => person.id, { onDelete: "cascade" }),
  /** A PHC string: algorithm, parameters, salt and hash. */
  hash: text("hash").notNull(),
  changedAt: instant("changed_at").default(sql`clock_timestamp()`),
});

/** A signed-in browser. */
export const authSession = pgTable(
  "auth_session",
  {
    /** The public half of the token. */
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    /** SHA-256 of the other half. */
    secretHash: bytea("secret_hash").notNull(),
    method: signInMethod("method").notNull(),
    /** When a second factor was shown; a passkey that asked for its owner counts as both. */
    secondFactorAt: instantOrNever("second_factor_at"),
    /** When its owner last showed who they are, for what needs that again. */
    confirmedAt: instant("confirmed_at").default(sql`clock_timestamp()`),
    /** At signing in. */
    address: text("address"),
    /** What the browser calls itself. */
    client: text("client"),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at").default(sql`clock_timestamp()`),
    /** Unless it is used before: moves on with use, at most once an hour. */
    expiresAt: instant("expires_at"),
    /** However much it is used. */
    endsAt: instant("ends_at"),
  },
  (table) => [
    check("auth_session_id_form", sql`${table.id} ~ '^[A-Za-z0-9_-]{20,64}$'`),
    check("auth_session_ends", sql`${table.expiresAt} <= ${table.endsAt}`),
    index("auth_session_person_idx").on(table.personId),
    index("auth_session_expiry_idx").on(table.expiresAt),
  ],
);

/** A browser from which somebody has signed in before: guessing from elsewhere does not slow it down. */
export const knownDevice = pgTable(
  "known_device",
  {
    /** The public half of the device's token. */
    id: text("id").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    secretHash: bytea("secret_hash").notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at").default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.personId] }),
    index("known_device_person_idx").on(table.personId),
  ],
);

/**
 * What is good once, until a time: links in mails, and steps of ceremonies. Its key is derived from the
 * id, so that nothing here opens anything.
 */
export const oneTimeToken = pgTable(
  "one_time_token",
  {
    id: id(),
    kind: oneTimeKind("kind").notNull(),
    personId: uuid("person_id").references(() => person.id, { onDelete: "cascade" }),
    /** Where it was sent. */
    email: text("email"),
    data: jsonb("data").$type<unknown>().notNull().default({}),
    /** How often it was tried in vain. */
    attempts: integer("attempts").notNull().default(0),
    expiresAt: instant("expires_at"),
    usedAt: instantOrNever("used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("one_time_token_person_idx").on(table.personId, table.kind),
    index("one_time_token_expiry_idx").on(table.expiresAt),
    /** Whom an organisation has invited. */
    index("one_time_token_invitation_idx")
      .on(sql`(${table.data} ->> 'organisationId')`)
      .where(sql`kind = 'invitation'`),
  ],
);

/** Codes of an app, by RFC 6238. */
export const totpCredential = pgTable("totp_credential", {
  personId: uuid("person_id")
    .primaryKey()
    .references(() => person.id, { onDelete: "cascade" }),
  secret: encrypted("secret").notNull(),
  /** The time step of the last code that was taken: no earlier one, nor the same, is taken again. */
  lastStep: bigint("last_step", { mode: "number" }).notNull(),
  createdAt: createdAt(),
  lastUsedAt: instantOrNever("last_used_at"),
});

/** A public key of an authenticator (WebAuthn). */
export const passkey = pgTable(
  "passkey",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** base64url. */
    credentialId: text("credential_id").notNull().unique("passkey_credential_key"),
    publicKey: bytea("public_key").notNull(),
    counter: bigint("counter", { mode: "number" }).notNull(),
    transports: text("transports").array().notNull(),
    isBackedUp: boolean("is_backed_up").notNull(),
    createdAt: createdAt(),
    lastUsedAt: instantOrNever("last_used_at"),
  },
  (table) => [index("passkey_person_idx").on(table.personId)],
);

/** What lets somebody in who has lost their second factor, once each. */
export const recoveryCode = pgTable(
  "recovery_code",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    /** SHA-256: the codes are random, and long enough. */
    codeHash: bytea("code_hash").notNull(),
    usedAt: instantOrNever("used_at"),
    createdAt: createdAt(),
  },
  (table) => [unique("recovery_code_key").on(table.personId, table.codeHash)],
);

/**
 * How soon something may be tried again (GCRA: the theoretical arrival time of the next attempt). The key
 * is a hash: it names an address, or an account, only to who knows it.
 */
export const throttle = pgTable(
  "throttle",
  {
    key: bytea("key").primaryKey(),
    arrivesAt: instant("arrives_at"),
  },
  (table) => [index("throttle_arrives_idx").on(table.arrivesAt)],
);

/** Who has which role, and where it holds. */
export const roleAssignment = pgTable(
  "role_assignment",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    role: role("role").notNull(),
    /** The organisation that it holds in. */
    organisationId: uuid("organisation_id").references(() => organisation.id, {
      onDelete: "cascade",
    }),
    /** The country that it holds in; NULL: everywhere. */
    country: text("country"),
    grantedById: uuid("granted_by_id").references(() => person.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    check(
      "role_assignment_organisation",
      sql`(${table.organisationId} IS NOT NULL) = (${table.role} IN ('learner', 'company_booker', 'company_manager'))`,
    ),
    check(
      "role_assignment_country",
      sql`${table.country} IS NULL OR (${table.organisationId} IS NULL AND ${table.country} ~ '^[A-Z]{2}$')`,
    ),
    /** One role in each organisation. */
    uniqueIndex("role_assignment_member_key")
      .on(table.organisationId, table.personId)
      .where(sql`organisation_id IS NOT NULL`),
    unique("role_assignment_key")
      .on(table.personId, table.role, table.organisationId, table.country)
      .nullsNotDistinct(),
    index("role_assignment_granted_by_idx")
      .on(table.grantedById)
      .where(sql`granted_by_id IS NOT NULL`),
  ],
);

/** What programs of staff show. It can do no more than its owner can. */
export const apiToken = pgTable(
  "api_token",
  {
    id: id(),
    name: text("name").notNull(),
    /** The public half of the token. */
    lookup: text("lookup").notNull().unique("api_token_lookup_key"),
    secretHash: bytea("secret_hash").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    permissions: text("permissions").array().notNull(),
    expiresAt: instant("expires_at"),
    lastUsedAt: instantOrNever("last_used_at"),
    lastUsedAddress: text("last_used_address"),
    revokedAt: instantOrNever("revoked_at"),
    createdAt: createdAt(),
  },
  (table) => [index("api_token_person_idx").on(table.personId)],
);

/**
 * The secret address at which calendar programs find what somebody learns and teaches. What it holds beside the id is
 * derived from it, so that nothing here opens anything; another address is a row with another id.
 */
export const calendarFeed = pgTable("calendar_feed", {
  id: id(),
  personId: uuid("person_id")
    .notNull()
    .references(() => person.id, { onDelete: "cascade" })
    .unique("calendar_feed_person_key"),
  createdAt: createdAt(),
  /** Written once an hour at most. */
  lastReadAt: instantOrNever("last_read_at"),
});

/** A program that asks to be signed in, by RFC 8628: its owner approves in the browser. */
export const deviceGrant = pgTable(
  "device_grant",
  {
    id: id(),
    /** SHA-256 of what the program holds. */
    deviceCodeHash: bytea("device_code_hash").notNull().unique("device_grant_code_key"),
    /** What its owner types: eight letters. */
    userCode: text("user_code").notNull().unique("device_grant_user_code_key"),
    client: text("client"),
    address: text("address"),
    permissions: text("permissions").array().notNull(),
    state: deviceGrantState("state").notNull().default("pending"),
    personId: uuid("person_id").references(() => person.id, { onDelete: "cascade" }),
    polledAt: instantOrNever("polled_at"),
    /** When the program got its token: once. */
    usedAt: instantOrNever("used_at"),
    expiresAt: instant("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [
    check("device_grant_decided", sql`(${table.state} = 'pending') = (${table.personId} IS NULL)`),
    index("device_grant_person_idx")
      .on(table.personId)
      .where(sql`person_id IS NOT NULL`),
    index("device_grant_expiry_idx").on(table.expiresAt),
  ],
);

/** Where people of a company, or staff, sign in by OpenID Connect. */
export const identityProvider = pgTable(
  "identity_provider",
  {
    id: id(),
    slug: text("slug").notNull().unique("identity_provider_slug_key"),
    name: text("name").notNull(),
    issuer: text("issuer").notNull(),
    clientId: text("client_id").notNull(),
    clientSecret: encrypted("client_secret").notNull(),
    /** The organisation whose people sign in there; NULL: staff. */
    organisationId: uuid("organisation_id").references(() => organisation.id, {
      onDelete: "cascade",
    }),
    isEnabled: boolean("is_enabled").notNull().default(true),
    /** Whether the provider asks for a second factor itself, so that Lectern need not. */
    asksSecondFactor: boolean("asks_second_factor").notNull().default(false),
    /** What it has to say of how somebody signed in there (`acr`, `amr`), one of each; empty: nothing. */
    acrValues: text("acr_values").array().notNull().default([]),
    amrValues: text("amr_values").array().notNull().default([]),
    /** For how long that may be ago; NULL: for any time. */
    maxAgeSeconds: integer("max_age_seconds"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("identity_provider_organisation_idx")
      .on(table.organisationId)
      .where(sql`organisation_id IS NOT NULL`),
  ],
);

/** Who somebody is to a provider. */
export const externalIdentity = pgTable(
  "external_identity",
  {
    id: id(),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => identityProvider.id, { onDelete: "cascade" }),
    /** `sub` of the provider's tokens: never given to somebody else. */
    subject: text("subject").notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at").default(sql`clock_timestamp()`),
  },
  (table) => [
    unique("external_identity_subject_key").on(table.providerId, table.subject),
    index("external_identity_person_idx").on(table.personId),
  ],
);
