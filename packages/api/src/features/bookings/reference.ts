import { randomInt } from "node:crypto";
import {
  REFERENCE_ALPHABET,
  REFERENCE_BODY_LENGTH,
  completeReference,
  readReference,
} from "@lectern/contract/booking-reference";
import { invalid } from "../../domain-error.ts";

/** @returns a new reference; 31⁷ of them exist, so the database still has to refuse the odd twin */
export function createReference(): string {
  let body = "";
  for (let i = 0; i < REFERENCE_BODY_LENGTH; i += 1) {
    body += REFERENCE_ALPHABET.charAt(randomInt(REFERENCE_ALPHABET.length));
  }
  return completeReference(body);
}

/**
 * @param text a reference as people type it
 * @returns the reference in its one written form
 * @throws Invalid when it can't be a reference, a mistyped one included
 */
export function parseReference(text: string): string {
  const reference = readReference(text);
  if (reference === undefined) {
    throw invalid(
      "reference",
      `${text} is not a booking reference: please check it for a typing error.`,
    );
  }
  return reference;
}
