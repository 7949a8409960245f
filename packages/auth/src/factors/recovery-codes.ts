import { createHash, randomBytes } from "node:crypto";

/**
 * Recovery codes: 140 random bits each, in letters and digits that nobody takes for one another. So many
 * bits can't be guessed, not even from a stolen table, so that their SHA-256 is all that has to be kept.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Of five bits a letter, 26 were enough for 128 bits: with two more, all groups are of four. */
const LENGTH = 28;

/** How a code is read that somebody writes down and types again. */
const MISTAKEN: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

/** @returns a new code, such as `7K3F-92QD-M4XA-0VNE-T8HW-5CJ1-RB6Y` */
export function newRecoveryCode(): string {
  // 32 letters: the lower five bits of a random byte pick each of them as often as any other.
  const letters = Array.from(randomBytes(LENGTH), (byte) =>
    ALPHABET.charAt(byte % ALPHABET.length),
  );
  return letters.join("").replaceAll(/(.{4})(?=.)/gu, "$1-");
}

/**
 * @param typed in any letter case, with or without hyphens and spaces
 * @returns what is kept of the code
 */
export function hashOfRecoveryCode(typed: string): Uint8Array {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, "")
    .replaceAll(/[OIL]/gu, (letter) => MISTAKEN[letter] ?? letter);
  return createHash("sha256").update(code).digest();
}
