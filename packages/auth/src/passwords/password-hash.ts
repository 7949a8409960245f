import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/**
 * Passwords by Argon2id (RFC 9106), kept as PHC strings:
 * `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
 */
export interface HashParameters {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The first choice of the OWASP Password Storage Cheat Sheet (2025) for Argon2id. */
export const CURRENT_PARAMETERS: HashParameters = { memory: 19_456, passes: 2, parallelism: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/u;

const derive = promisify(argon2);

/** Beyond this a stored hash is not worked out: it would be a way to keep the server busy. */
const MOST_MEMORY = 262_144;
const MOST_PASSES = 16;

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replaceAll("=", "");
}

async function digest(
  password: string,
  salt: Uint8Array,
  length: number,
  { memory, passes, parallelism }: HashParameters,
): Promise<Buffer> {
  return derive("argon2id", {
    // The same password in another Unicode form is the same password (NIST SP 800-63B, 3.1.1.2).
    message: password.normalize("NFKC"),
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength: length,
  });
}

/** @returns the PHC string to keep */
export async function hashPassword(
  password: string,
  parameters: HashParameters = CURRENT_PARAMETERS,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await digest(password, salt, HASH_BYTES, parameters);
  const { memory, passes, parallelism } = parameters;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

interface StoredHash {
  readonly parameters: HashParameters;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

function parse(stored: string): StoredHash | undefined {
  const [, memory, passes, parallelism, salt, hash] = FORM.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const parameters = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  };
  if (parameters.memory > MOST_MEMORY || parameters.passes > MOST_PASSES) return undefined;
  return { parameters, salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64") };
}

/** @returns whether it is the password behind a PHC string; never for a string that is none */
export async function isPassword(stored: string, password: string): Promise<boolean> {
  const parsed = parse(stored);
  if (parsed === undefined) return false;
  const given = await digest(password, parsed.salt, parsed.hash.length, parsed.parameters);
  return timingSafeEqual(given, parsed.hash);
}

/** @returns whether it was hashed with other parameters than passwords are to be hashed with */
export function needsRehash(stored: string, wanted: HashParameters = CURRENT_PARAMETERS): boolean {
  const parameters = parse(stored)?.parameters;
  return (
    parameters === undefined ||
    parameters.memory !== wanted.memory ||
    parameters.passes !== wanted.passes ||
    parameters.parallelism !== wanted.parallelism
  );
}
