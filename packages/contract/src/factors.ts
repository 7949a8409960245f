import { z } from "zod";
import { OneTimeProof } from "./accounts.ts";
import { Id, IdempotencyKey, Instant, line } from "./primitives.ts";

/** Second factors: codes of an app, passkeys, and recovery codes. */

/** A code of an app, by RFC 6238. Spaces are how apps show it. */
export const TotpCode = z
  .string()
  .max(20)
  .regex(/^\s*(?:\d\s*){6}$/u, "use the six digits that the app shows");

/** A recovery code as somebody types it: in any letter case, with or without hyphens. */
export const RecoveryCode = z.string().min(1, "must not be empty").max(60);

/** How many passkeys somebody can have. */
export const PASSKEYS_MAX = 20;
/** How many recovery codes are given at once. */
export const RECOVERY_CODES = 10;

/** As somebody tells their passkeys apart. */
export const PasskeyName = line(60);

/** base64url without padding, as WebAuthn writes bytes. */
function bytes(max: number) {
  return z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/u, "is not base64url");
}

/** Of at most 1,023 bytes (WebAuthn level 3, 6.1.1). */
const CredentialId = bytes(1364).min(1, "must not be empty");
const Challenge = bytes(100);
const Transport = z
  .string()
  .max(40)
  .regex(/^[A-Za-z0-9-]*$/u, "is no transport");
const CredentialType = z.literal("public-key");
const UserVerification = z.enum(["required", "preferred", "discouraged"]);
const Attachment = z.enum(["platform", "cross-platform"]);
const Descriptor = z.object({
  id: CredentialId,
  type: CredentialType,
  transports: z.array(Transport).max(10),
});

/** For `navigator.credentials.create`, as JSON. */
export const PasskeyCreationOptions = z.object({
  rp: z.object({ id: z.string().max(253), name: z.string().max(200) }),
  user: z.object({
    id: bytes(100),
    name: z.string().max(254),
    displayName: z.string().max(200),
  }),
  challenge: Challenge,
  pubKeyCredParams: z.array(z.object({ type: CredentialType, alg: z.int() })).max(10),
  timeout: z.int().min(1),
  excludeCredentials: z.array(Descriptor).max(PASSKEYS_MAX),
  authenticatorSelection: z.object({
    residentKey: z.enum(["required", "preferred", "discouraged"]),
    requireResidentKey: z.boolean(),
    userVerification: UserVerification,
  }),
  attestation: z.literal("none"),
});
export type PasskeyCreationOptions = z.infer<typeof PasskeyCreationOptions>;

/** For `navigator.credentials.get`, as JSON. Without credentials the browser offers those that it has. */
export const PasskeyRequestOptions = z.object({
  rpId: z.string().max(253),
  challenge: Challenge,
  timeout: z.int().min(1),
  userVerification: UserVerification,
  allowCredentials: z.array(Descriptor).max(PASSKEYS_MAX),
});
export type PasskeyRequestOptions = z.infer<typeof PasskeyRequestOptions>;

/** What an authenticator answers when a passkey is made. */
export const PasskeyCreated = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: CredentialType,
  authenticatorAttachment: Attachment.nullish(),
  response: z.object({
    clientDataJSON: bytes(8192),
    attestationObject: bytes(32_768),
    transports: z.array(Transport).max(10).nullish(),
  }),
});
export type PasskeyCreated = z.infer<typeof PasskeyCreated>;

/** What an authenticator answers when a passkey is used. */
export const PasskeyAssertion = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: CredentialType,
  authenticatorAttachment: Attachment.nullish(),
  response: z.object({
    clientDataJSON: bytes(8192),
    authenticatorData: bytes(8192),
    signature: bytes(8192),
    userHandle: bytes(100).nullish(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

/** To be handed to the authenticator; `proof` goes back with what it answers, and is good once. */
export const PasskeyCreation = z.object({ proof: OneTimeProof, options: PasskeyCreationOptions });
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;
export const PasskeyRequest = z.object({ proof: OneTimeProof, options: PasskeyRequestOptions });
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

export const Passkey = z.object({
  id: Id,
  name: z.string().max(60),
  /** Whether a copy of it is kept elsewhere, such as with the maker of the device. */
  isBackedUp: z.boolean(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

/** The second factors of whoever is signed in. */
export const Factors = z.object({
  totp: z.object({ createdAt: Instant, lastUsedAt: Instant.nullable() }).nullable(),
  passkeys: z.array(Passkey).max(PASSKEYS_MAX),
  recoveryCodesLeft: z.int().min(0).max(RECOVERY_CODES),
  /** Whether the last factor has to stay, as one of their roles needs it. */
  isRequired: z.boolean(),
});
export type Factors = z.infer<typeof Factors>;

/** To be set up in an app, by its address (as a picture) or by typing the secret. Shown this once. */
export const TotpBegun = z.object({
  proof: OneTimeProof,
  /** `otpauth://totp/…` */
  uri: z.string().max(2048),
  /** base32. */
  secret: z.string().max(64),
  expiresAt: Instant,
});
export type TotpBegun = z.infer<typeof TotpBegun>;

export const TotpCompleteInput = z.object({
  proof: OneTimeProof,
  code: TotpCode,
  idempotencyKey: IdempotencyKey,
});

/** Shown this once: they are kept as hashes. */
const RecoveryCodeList = z.array(z.string().max(60)).max(RECOVERY_CODES);
export const RecoveryCodesGiven = z.object({ recoveryCodes: RecoveryCodeList });
export type RecoveryCodesGiven = z.infer<typeof RecoveryCodesGiven>;

/** With the first factor come recovery codes; `null` for a further one, as those from before stay good. */
export const FactorAdded = z.object({ recoveryCodes: RecoveryCodeList.nullable() });
export type FactorAdded = z.infer<typeof FactorAdded>;

export const PasskeyCompleteInput = z.object({
  proof: OneTimeProof,
  name: PasskeyName,
  created: PasskeyCreated,
  idempotencyKey: IdempotencyKey,
});

export const PasskeyRenameInput = z.object({
  id: Id,
  name: PasskeyName,
  idempotencyKey: IdempotencyKey,
});
export const PasskeyRemoveInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });

export const PasskeySignInInput = z.object({
  proof: OneTimeProof,
  assertion: PasskeyAssertion,
  idempotencyKey: IdempotencyKey,
});

/** `step` is the proof that signing in answered with. */
export const TotpStepInput = z.object({
  step: OneTimeProof,
  code: TotpCode,
  idempotencyKey: IdempotencyKey,
});
export const RecoveryCodeStepInput = z.object({
  step: OneTimeProof,
  code: RecoveryCode,
  idempotencyKey: IdempotencyKey,
});
export const PasskeyStepOptionsInput = z.object({
  step: OneTimeProof,
  idempotencyKey: IdempotencyKey,
});
export const PasskeyStepInput = z.object({
  step: OneTimeProof,
  proof: OneTimeProof,
  assertion: PasskeyAssertion,
  idempotencyKey: IdempotencyKey,
});

/** Shows again who one is. */
export const TotpConfirmInput = z.object({ code: TotpCode, idempotencyKey: IdempotencyKey });
export const PasskeyConfirmInput = z.object({
  proof: OneTimeProof,
  assertion: PasskeyAssertion,
  idempotencyKey: IdempotencyKey,
});
