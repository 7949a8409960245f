import { randomInt } from "node:crypto";
import { invalid } from "../../domain-error.ts";

/**
 * Booking references such as `LC-7K3F-92QD`: seven random characters and a check character, so that
 * a slip of the tongue or the pen is told from a booking that does not exist. The alphabet is
 * Crockford's Base32 (no I, L, O and U; Douglas Crockford, "Base 32", 2019) without Z, which makes
 * it 31 characters long: a prime.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY";
const BODY_LENGTH = 7;

/**
 * A weighted sum modulo the alphabet's length: as that is prime and the weights differ and are no
 * multiples of it, every single wrong character and every swap of two is caught.
 */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const [index, character] of [...body].entries()) {
    sum += (index + 2) * ALPHABET.indexOf(character);
  }
  return ALPHABET.charAt(sum % ALPHABET.length);
}

function format(characters: string): string {
  return `LC-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/** @returns a new reference; 31⁷ of them exist, so the database still has to refuse the odd twin */
export function createReference(): string {
  let body = "";
  for (let i = 0; i < BODY_LENGTH; i += 1) body += ALPHABET.charAt(randomInt(ALPHABET.length));
  return format(body + checkCharacter(body));
}

/**
 * Reads a reference as people type it: any letter case, with or without prefix, hyphens and spaces,
 * O for 0 and I or L for 1.
 *
 * @returns the reference in its one written form
 * @throws Invalid when it can't be a reference, a mistyped one included
 */
export function parseReference(text: string): string {
  const compact = text
    .toUpperCase()
    .replace(/[\s-]/gu, "")
    .replace(/^LC(?=.{8}$)/u, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1");
  const isWellFormed =
    compact.length === BODY_LENGTH + 1 && [...compact].every((c) => ALPHABET.includes(c));
  if (
    !isWellFormed ||
    checkCharacter(compact.slice(0, BODY_LENGTH)) !== compact.slice(BODY_LENGTH)
  ) {
    throw invalid(
      "reference",
      `${text} is not a booking reference: please check it for a typing error.`,
    );
  }
  return format(compact);
}
