import { randomInt } from "node:crypto";

/**
 * What people read on one screen and type on another (RFC 8628, 6.1): consonants alone, so that no two
 * look alike and no code is a word. Of eight there are 20^8, some 35 bits: few for a secret, and enough
 * for what can be guessed at a few times, and is good for minutes.
 */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const LENGTH = 8;
const FORM = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/u;

/** @returns a new code, as it is kept */
export function newUserCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join("");
}

/** @returns the code as people read it, `XXXX-XXXX` */
export function formatUserCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** @returns the code that somebody typed, as it is kept; `undefined` for what can't be one */
export function parseUserCode(typed: string): string | undefined {
  const code = typed.replaceAll(/[\s\p{Pd}]/gu, "").toUpperCase();
  return FORM.test(code) ? code : undefined;
}
