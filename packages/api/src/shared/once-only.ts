import { createHash } from "node:crypto";
import { idempotencyKey } from "@lectern/database/schema/operations";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../call.ts";
import { DomainError } from "../domain-error.ts";
import { auditIdOf } from "./audit.ts";

/**
 * Idempotency: key, actor, hash of the request and the answer are written in the transaction that
 * has the effect. The same key again gets the first answer; with another body it is refused.
 */

/** A keyed request, as use cases hand it on. */
export interface KeyedRequest {
  readonly idempotencyKey: string;
}

/** @returns whose key it is, and for what: the same key of another caller is another key */
export function idempotencyScope(call: Call, procedure: string): string {
  return `${call.actor.kind}:${auditIdOf(call.actor) ?? ""}|${procedure}`;
}

/** @returns SHA-256 of a parsed request: its keys stand in the order of the contract's shape */
export function requestHash(request: KeyedRequest): Uint8Array {
  return createHash("sha256").update(JSON.stringify(request)).digest();
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
 * @param effect runs in this transaction; its answer must be plain JSON and hold no secret
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
  const hash = requestHash(request);
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
  await tx.update(idempotencyKey).set({ answer }).where(isThisKey);
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
  if (!Buffer.from(stored.requestHash).equals(requestHash(request))) throw idempotencyMismatch();
  return { answer: answerShape.parse(stored.answer) };
}
