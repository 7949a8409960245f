import { createHash } from "node:crypto";
import type { FieldPlace } from "@lectern/auth/encryption/field-cipher";
import { idempotencyKey } from "@lectern/database/schema/operations";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../call.ts";
import { DomainError } from "../domain-error.ts";
import { auditIdOf } from "./audit.ts";

/**
 * Idempotency: key, actor, hash of the request and the answer are written in the transaction that
 * has the effect. The same key again gets the first answer; with another body it is refused.
 *
 * An answer may tell of people: it is kept encrypted, as personal fields are. Those of a hold, which its
 * statement writes by itself, tell of nobody, and stand as they are.
 */

/** An answer as it is kept. */
const EncryptedAnswer = z.strictObject({ e1: z.string() });

/** Where the answer for a key stands, to be encrypted there. */
export function answerPlaceOf(scope: string, key: string): FieldPlace {
  return { table: "idempotency_key", column: "answer", id: JSON.stringify([scope, key]) };
}

/** A keyed request, as use cases hand it on. */
export interface KeyedRequest {
  readonly idempotencyKey: string;
}

/** @returns whose key it is, and for what: the same key of another caller is another key */
export function idempotencyScope(call: Call, procedure: string): string {
  return `${call.actor.kind}:${auditIdOf(call.actor) ?? ""}|${procedure}`;
}

/**
 * For requests in which nothing is personal but what stands elsewhere as well, such as holds.
 *
 * @returns SHA-256 of a parsed request: its keys stand in the order of the contract's shape
 */
export function requestHash(request: KeyedRequest): Uint8Array {
  return createHash("sha256").update(JSON.stringify(request)).digest();
}

/**
 * The same with the academy's secret: of a request with nothing but a telephone number in it, a plain hash
 * would tell whoever has the database which number that is.
 */
function keyedHash({ accessKeys }: Call, request: KeyedRequest): Uint8Array {
  return Buffer.from(accessKeys.keyFor("request", JSON.stringify(request)), "base64url");
}

/** Earlier releases kept plain hashes. */
function isHashOf(call: Call, request: KeyedRequest, stored: Uint8Array): boolean {
  const hashes = [keyedHash(call, request), requestHash(request)];
  return hashes.some((hash) => Buffer.from(hash).equals(stored));
}

/** The key was used for something else before. */
export function idempotencyMismatch(): DomainError {
  return new DomainError(
    { code: "IdempotencyMismatch", data: {} },
    "This idempotency key was used for another request before. Use a new key for a new request.",
  );
}

/**
 * Runs an effect once for a key, whoever comes first: a second caller with the same key waits for
 * the first one's transaction, and then gets its answer.
 *
 * @param procedure such as `courses.create`
 * @param answerShape what the stored answer looks like
 * @param effect runs in this transaction; its answer must be plain JSON and hold no secret, though it
 *   is kept encrypted: what opens something is derived again
 * @throws IdempotencyMismatch when the key came with another request before
 */
export async function onceOnly<Shape extends z.ZodType>(
  tx: Transaction,
  call: Call,
  procedure: string,
  request: KeyedRequest,
  answerShape: Shape,
  effect: () => Promise<z.infer<Shape>>,
): Promise<z.infer<Shape>> {
  const scope = idempotencyScope(call, procedure);
  const hash = keyedHash(call, request);
  const isThisKey = and(
    eq(idempotencyKey.scope, scope),
    eq(idempotencyKey.key, request.idempotencyKey),
  );

  const claimed = await tx
    .insert(idempotencyKey)
    .values({ scope, key: request.idempotencyKey, requestHash: hash, answer: {} })
    .onConflictDoNothing()
    .returning({ key: idempotencyKey.key });
  if (claimed.length === 0) {
    const stored = await findStoredAnswer(tx, call, procedure, request, answerShape);
    if (stored === undefined) throw new Error("An idempotency key is taken and has no answer");
    return stored.answer;
  }

  const answer = await effect();
  const place = answerPlaceOf(scope, request.idempotencyKey);
  const e1 = await call.fields.encrypt(place, JSON.stringify(answer));
  await tx.update(idempotencyKey).set({ answer: { e1 } }).where(isThisKey);
  return answer;
}

/**
 * @returns the answer that was given for this key before, or `undefined` for a new key
 * @throws IdempotencyMismatch when it was given for another request
 */
async function findStoredAnswer<Shape extends z.ZodType>(
  tx: Transaction,
  call: Call,
  procedure: string,
  request: KeyedRequest,
  answerShape: Shape,
): Promise<{ answer: z.infer<Shape> } | undefined> {
  const scope = idempotencyScope(call, procedure);
  const [stored] = await tx
    .select({ requestHash: idempotencyKey.requestHash, answer: idempotencyKey.answer })
    .from(idempotencyKey)
    .where(and(eq(idempotencyKey.scope, scope), eq(idempotencyKey.key, request.idempotencyKey)));
  if (stored === undefined) return undefined;
  if (!isHashOf(call, request, stored.requestHash)) throw idempotencyMismatch();
  const place = answerPlaceOf(scope, request.idempotencyKey);
  return { answer: answerShape.parse(await openAnswer(call, place, stored.answer)) };
}

/** Earlier releases kept answers as they are. */
async function openAnswer({ fields }: Call, place: FieldPlace, stored: unknown): Promise<unknown> {
  const encrypted = EncryptedAnswer.safeParse(stored);
  if (!encrypted.success) return stored;
  return JSON.parse(await fields.decrypt(place, encrypted.data.e1));
}
