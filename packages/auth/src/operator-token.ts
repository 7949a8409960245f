import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Actor, operatorActor } from "./actor.ts";

/**
 * The operator token: what staff and tools show until people can sign in. Recognisable by its
 * prefix (so that secret scanners find it), 256 random bits, and a checksum that tells a mistyped
 * token from a wrong one without looking anything up.
 */
const PREFIX = "lectern_op_";
const BODY = /^lectern_op_([A-Za-z0-9_-]{43})_([0-9a-f]{8})$/u;

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, "0");
}

/** @returns a new operator token */
export function createOperatorToken(): string {
  const body = randomBytes(32).toString("base64url");
  return `${PREFIX}${body}_${checksum(body)}`;
}

/** @returns whether the text has the form of an operator token, its checksum included */
export function isOperatorToken(text: string): boolean {
  const match = BODY.exec(text);
  const [, body, sum] = match ?? [];
  return body !== undefined && checksum(body) === sum;
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * @param expected the operator token of this academy
 * @returns a function that gives the actor for a presented token, or `undefined` for a wrong one;
 *   it takes the same time however much of the token is right
 */
export function operatorTokenVerifier(expected: string): (presented: string) => Actor | undefined {
  if (!isOperatorToken(expected))
    throw new Error("The operator token does not have the right form");
  const expectedHash = sha256(expected);
  const actor = operatorActor(expectedHash.toString("hex").slice(0, 12));
  return (presented) => (timingSafeEqual(sha256(presented), expectedHash) ? actor : undefined);
}
