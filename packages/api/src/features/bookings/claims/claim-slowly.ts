import { arrayOf, bytea, jsonb, text } from "@lectern/database/codecs";
import { violates } from "@lectern/database/errors";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { lockSettled } from "../places/settle-places.ts";
import { type Claim, type Outcome, claimPlaces, outcomesOf } from "./claim.ts";
import type { PricingCache } from "./pricing-cache.ts";

const answersByKey = prepared(
  "bookings.answers",
  { scopes: arrayOf(text), keys: arrayOf(text) },
  (_, $) =>
    rows(
      { scope: text, key: text, answer: jsonb((value) => value), requestHash: bytea },
      sql`
    SELECT k.scope, k.key, k.answer, k.request_hash
    FROM unnest(${$.scopes}, ${$.keys}) AS w (scope, key)
      JOIN idempotency_key k ON k.scope = w.scope AND k.key = w.key`,
    ),
);

/** A price may change between its reading and the claim, but hardly so often in a row. */
const PRICING_ATTEMPTS = 3;

/**
 * The second way, for claims of one run that the one statement did not grant: locks the counter, frees
 * what is past its time, serves the queue, and grants the claims one after the other, in the order in
 * which they came, as long as there are places. A group that does not fit gets nothing; who comes after
 * it may fit.
 *
 * @returns the outcomes by claim; none for a claim that got nothing
 * @throws NotFound for a run that does not exist; violations as `claimPlaces`
 */
export async function claimSlowly(
  db: Database,
  claims: readonly Claim[],
  cache: PricingCache,
): Promise<Map<Claim, Outcome>> {
  const [first] = claims;
  if (first === undefined) return new Map();
  return transaction(db, { idempotent: true }, async (tx) => {
    const counter = await lockSettled(tx, first.call, first.runId);
    // The guard fails before keys are looked at: a repeated hold may have taken the last places.
    const outcomes = outcomesOf(claims, await storedAnswers(tx, claims));
    let free = counter.isOpen ? counter.capacity - counter.taken : 0;
    const limit = await placesPerBooker(tx, first.runId);
    let granted: Claim[] = [];
    for (const claim of claims) {
      // One that the statement refuses would take all the others along.
      if (outcomes.has(claim) || claim.places > Math.min(free, limit)) continue;
      free -= claim.places;
      granted.push(claim);
    }
    for (let attempt = 1; granted.length > 0 && attempt <= PRICING_ATTEMPTS; attempt += 1) {
      const pricings = await cache.refresh(tx, granted);
      if (pricings === undefined) break;
      const held = await claimPlaces(tx, granted, pricings);
      for (const [claim, outcome] of held) outcomes.set(claim, outcome);
      // Somebody may have used a key for another run since the keys were looked at.
      granted = granted.filter((claim) => !held.has(claim));
    }
    return outcomes;
  });
}

async function placesPerBooker(tx: Transaction, runId: string): Promise<number> {
  const [run] = await tx
    .select({ limit: courseRun.placesPerBooker })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  return run?.limit ?? 0;
}

/** @returns what is stored for the keys of these claims: see `outcomesOf` */
export async function storedAnswers(tx: Transaction, claims: readonly Claim[]) {
  return answersByKey.execute(tx, {
    scopes: claims.map(({ idempotency }) => idempotency.scope),
    keys: claims.map(({ idempotency }) => idempotency.key),
  });
}

/** Whether somebody else was faster with a reference or a key, so that another try may do. */
export function isOvertaken(error: unknown): boolean {
  return (
    violates(error, "booking_reference_key") || violates(error, "idempotency_key_scope_key_pk")
  );
}
