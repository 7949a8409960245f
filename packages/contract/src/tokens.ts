import { z } from "zod";
import { Id, IdempotencyKey, Instant, PageInput, line, page } from "./primitives.ts";

/** What programs show: API tokens, and the way in which a program on a device comes by one. */

/** Name of a permission, such as `catalogue.export`. Which there are is the server's to say. */
export const PermissionName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-z]+(?:[._][a-z]+)*$/u, "use the name of a permission such as catalogue.export");

const PermissionNames = z.array(PermissionName).max(100);

/** A token as it is shown: a secret. */
const Token = z.string().max(200);

export const TOKEN_DAYS_MAX = 365;
export const TOKEN_DAYS_DEFAULT = 90;

export const TokenCreateInput = z.object({
  /** For whoever sees it in the list: what uses it. */
  name: line(100),
  /** Of those that whoever makes it has. */
  permissions: PermissionNames.min(1, "choose at least one"),
  expiresInDays: z.int().min(1).max(TOKEN_DAYS_MAX).default(TOKEN_DAYS_DEFAULT),
  idempotencyKey: IdempotencyKey,
});

export const TOKEN_STATES = ["active", "expired", "revoked"] as const;

/** A token as lists show it. Nobody can read again what it is shown as. */
export const ApiToken = z.object({
  id: Id,
  name: z.string().max(200),
  /** What it was given. It can do less where its owner does not have these any more. */
  permissions: PermissionNames,
  /** Whoever made it. */
  owner: z.object({ id: Id, name: z.string().max(200) }),
  state: z.enum(TOKEN_STATES),
  createdAt: Instant,
  expiresAt: Instant,
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
  lastUsedAddress: z.string().max(100).nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

/** The one time that a token is shown. */
export const TokenCreated = z.object({ token: Token, about: ApiToken });
export type TokenCreated = z.infer<typeof TokenCreated>;

export const TokensListInput = PageInput.extend({
  /** Everybody's are for whoever looks after people. */
  of: z.enum(["mine", "everybody"]).default("mine"),
  /** Those that expired or were revoked, too. */
  includeEnded: z.boolean().default(false),
});
export const TokensListOutput = page(ApiToken);

export const TokenRevokeInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });

/** Who shows a token, and what it can do at this moment. */
export const TokenSelf = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("token"),
    id: Id,
    name: z.string().max(200),
    /** Those that its owner still has, if only for a part of the academy. */
    permissions: PermissionNames,
    expiresAt: Instant,
    owner: z.object({ id: Id, name: z.string().max(200) }),
  }),
  /** The academy's operator, who may do everything. */
  z.object({ kind: z.literal("operator") }),
]);
export type TokenSelf = z.infer<typeof TokenSelf>;

export const DeviceBeginInput = z.object({
  /** What the program calls itself, and where it runs: its owner reads it before they decide. */
  client: line(100),
  /** What it would like to be allowed. */
  permissions: PermissionNames,
  idempotencyKey: IdempotencyKey,
});

/** A program asks to be signed in (RFC 8628). */
export const DeviceBegun = z.object({
  /** What the program comes back with: a secret. */
  deviceCode: z.string().max(43),
  /** What its owner types: `XXXX-XXXX`. */
  userCode: z.string().max(9),
  /** Where they type it. */
  verificationUrl: z.string().max(2048),
  /** How long to wait between two polls, at least. */
  intervalSeconds: z.int().min(1),
  expiresInSeconds: z.int().min(1),
});
export type DeviceBegun = z.infer<typeof DeviceBegun>;

/** As it was typed: blanks, hyphens and letter case do not matter. */
export const UserCode = z.string().min(1).max(40);

export const DeviceDescribeInput = z.object({ userCode: UserCode });

/** What asks to be signed in, for whoever decides. */
export const DeviceDescribed = z.object({
  /** What the program calls itself; nobody has checked it. */
  client: z.string().max(200),
  /** From where it asked. */
  address: z.string().max(100).nullable(),
  requestedAt: Instant,
  expiresAt: Instant,
  /** What it would like, and whether whoever decides has it, if only for a part of the academy. */
  permissions: z.array(z.object({ name: PermissionName, isHeld: z.boolean() })).max(100),
  /** For how long it gets in, if it is let in. */
  tokenDays: z.int().min(1).max(TOKEN_DAYS_MAX),
  /** Whether their roles let them have tokens at all. */
  mayApprove: z.boolean(),
});
export type DeviceDescribed = z.infer<typeof DeviceDescribed>;

export const DeviceDecideInput = z.object({
  userCode: UserCode,
  decision: z.enum(["approve", "deny"]),
  /** What it gets, of what it asked for and its owner has; for a denial, nothing. */
  permissions: PermissionNames.default([]),
  idempotencyKey: IdempotencyKey,
});

export const DeviceDecided = z.object({
  state: z.enum(["approved", "denied"]),
  permissions: PermissionNames,
});
export type DeviceDecided = z.infer<typeof DeviceDecided>;

export const DevicePollInput = z.object({
  deviceCode: z
    .string()
    .max(43)
    .regex(/^[A-Za-z0-9_-]{43}$/u, "is not a device code"),
  idempotencyKey: IdempotencyKey,
});

export const DevicePolled = z.discriminatedUnion("state", [
  z.object({ state: z.literal("pending") }),
  /** Asked again too soon: from now on wait five seconds longer. */
  z.object({ state: z.literal("slow_down") }),
  z.object({ state: z.literal("denied") }),
  /** Too old, unknown, or its token was given already. */
  z.object({ state: z.literal("expired") }),
  /** Once. */
  z.object({ state: z.literal("granted"), token: Token, about: ApiToken }),
]);
export type DevicePolled = z.infer<typeof DevicePolled>;
