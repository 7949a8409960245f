import { hash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Tokens of two halves: a public id, which finds the row, and a secret, of which the row holds the
 * SHA-256 alone. A stolen table holds nothing that can be shown, and nothing secret is compared by the
 * database, whose time could tell how much of it is right.
 */
export interface SplitToken {
  readonly id: string;
  readonly secret: string;
}

const ID_BYTES = 18;
const SECRET_BYTES = 32;
const FORM = /^([A-Za-z0-9_-]{24})\.([A-Za-z0-9_-]{43})$/u;

/** @returns a new token: 144 random bits to find it by, 256 to keep */
export function newSplitToken(): SplitToken {
  return {
    id: randomBytes(ID_BYTES).toString("base64url"),
    secret: randomBytes(SECRET_BYTES).toString("base64url"),
  };
}

/** @returns the token as it is handed out, `<id>.<secret>` */
export function formatSplitToken({ id, secret }: SplitToken): string {
  return `${id}.${secret}`;
}

/** @returns the halves, or `undefined` for what is no token */
export function parseSplitToken(text: string): SplitToken | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** @returns what is stored of a secret. SHA-256 is enough for what nobody can guess. */
export function hashOfSecret(secret: string): Uint8Array {
  return hash("sha256", secret, "buffer");
}

/** @returns whether it is the secret that was stored, in time that does not depend on what was given */
export function isSecretOf(stored: Uint8Array, secret: string): boolean {
  const given = hashOfSecret(secret);
  return stored.length === given.length && timingSafeEqual(stored, given);
}
