import { Secret, TOTP } from "otpauth";

/**
 * Codes of an app, by RFC 6238, as every app takes them: SHA-1, six digits, thirty seconds. Which step a
 * code belongs to is told here; that it is taken once is up to who keeps the steps.
 */

/** As long as what SHA-1 gives (RFC 4226, 4, R6). */
const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;

const SIX_DIGITS = /^[0-9]{6}$/u;

/** How far the clock of somebody's phone may be out, in steps. */
const WINDOW = 1;

/** @returns a new secret: 32 characters of base32 */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

export interface TotpLabel {
  /** What the academy is called. */
  readonly academy: string;
  /** Of the account, as its owner tells it from others. */
  readonly email: string;
}

function totpOf(secret: string, { academy, email }: TotpLabel): TOTP {
  return new TOTP({
    issuer: academy,
    label: email,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });
}

/** @returns the address that an app reads from a picture: `otpauth://totp/…`; it holds the secret */
export function totpUri(secret: string, label: TotpLabel): string {
  return totpOf(secret, label).toString();
}

/** The time step in which a moment lies (RFC 6238, 4.2). */
export function totpStepAt(at: Date): number {
  return Math.floor(at.getTime() / (PERIOD_SECONDS * 1000));
}

/**
 * @param code six digits, with any spaces between them
 * @returns the step whose code it is, of the present one and those beside it; `undefined` for a wrong code
 */
export function stepOfCode(secret: string, code: string, now = new Date()): number | undefined {
  const token = code.replaceAll(/\s/gu, "");
  if (!SIX_DIGITS.test(token)) return undefined;
  const delta = totpOf(secret, { academy: "", email: "" }).validate({
    token,
    timestamp: now.getTime(),
    window: WINDOW,
  });
  return delta === null ? undefined : totpStepAt(now) + delta;
}
