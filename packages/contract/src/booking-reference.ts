/**
 * Booking references such as `LC-7K3F-92QD`: seven characters of the maker's choice and a check
 * character, so that a slip of the tongue or the pen is told from a booking that does not exist. The
 * alphabet is Crockford's Base32 (no I, L, O and U; Douglas Crockford, "Base 32", 2019) without Z,
 * which makes it 31 characters long: a prime.
 */
export const REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY";

/** Characters before the check character. */
export const REFERENCE_BODY_LENGTH = 7;

/**
 * A weighted sum modulo the alphabet's length: as that is prime and the weights differ and are no
 * multiples of it, every single wrong character and every swap of two is caught.
 */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const [index, character] of [...body].entries()) {
    sum += (index + 2) * REFERENCE_ALPHABET.indexOf(character);
  }
  return REFERENCE_ALPHABET.charAt(sum % REFERENCE_ALPHABET.length);
}

/**
 * @param body as many characters of the alphabet as `REFERENCE_BODY_LENGTH` says
 * @returns the reference in its one written form, with its check character
 */
export function completeReference(body: string): string {
  return `LC-${body.slice(0, 4)}-${body.slice(4)}${checkCharacter(body)}`;
}

/**
 * Reads a reference as people type it: any letter case, with or without prefix, hyphens and spaces,
 * O for 0 and I or L for 1.
 *
 * @returns the reference in its one written form, or `undefined` when it can't be one, a mistyped
 *   one included
 */
export function readReference(text: string): string | undefined {
  const compact = text
    .toUpperCase()
    .replace(/[\s-]/gu, "")
    .replace(/^LC(?=.{8}$)/u, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1");
  const isWellFormed =
    compact.length === REFERENCE_BODY_LENGTH + 1 &&
    [...compact].every((character) => REFERENCE_ALPHABET.includes(character));
  const body = compact.slice(0, REFERENCE_BODY_LENGTH);
  if (!isWellFormed || checkCharacter(body) !== compact.slice(REFERENCE_BODY_LENGTH))
    return undefined;
  return completeReference(body);
}
