import { HOLD_MINUTES } from "@lectern/contract/bookings";
import type { Queryable } from "@lectern/database/queryable";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { auditIdOf } from "../../../shared/audit.ts";
import { moneyOrNull } from "../../../shared/money.ts";
import type { Quote } from "../../billing/quote-places.ts";
import { createReference } from "../reference.ts";
import { ClaimPrices, type Pricings } from "./claim-prices.ts";
import { StoredHold, claimStatement } from "./claim-statement.ts";

/** A hold that somebody asks for. */
export interface Claim {
  readonly call: Call;
  readonly runId: string;
  readonly places: number;
  readonly region: string | null;
  readonly bookerEmail: string | null;
  /** Whether private runs are open to the caller, too. */
  readonly isInvited: boolean;
  readonly idempotency: { readonly scope: string; readonly key: string; readonly hash: Uint8Array };
}

/** What became of a claim: held, or the answer from the time when its key was used first. */
export type Outcome =
  | { readonly hold: StoredHold }
  /** The key was used for another request. */
  | { readonly isMismatch: true };

interface Priced {
  readonly claim: Claim;
  /** Position among the prices of all claims, from 1. */
  readonly price: number;
  readonly bookingId: string;
  readonly answer: Omit<StoredHold, Instants>;
}

/** What the database adds to the answer to a hold: the time is the database's. */
type Instants = "expiresAt" | "serverTime";

/**
 * Takes the places of all these claims of one run, or of none: see `claimStatement`.
 *
 * @param claims of one run, all invited or none, no two with the same key
 * @param pricings of all their regions, read together
 * @returns the outcomes by claim; none for a claim that got nothing. Where a key was used before, only
 *   the claims with such keys have one, and the others may go again
 * @throws a violation of `booking_reference_key` for a reference that exists, and of
 *   `idempotency_key_scope_key_pk` for a key that somebody else uses at the same time
 */
export async function claimPlaces(
  db: Queryable,
  claims: readonly Claim[],
  pricings: Pricings,
): Promise<Map<Claim, Outcome>> {
  const [first] = claims;
  if (first === undefined) return new Map();
  const prices = new ClaimPrices(pricings);
  const priced = claims.map((claim) => {
    const price = prices.positionFor(claim);
    const bookingId = uuidv7();
    return { claim, price, bookingId, answer: answerOf(claim, prices.at(price).quote, bookingId) };
  });
  // Pricings that were read at different times: one statement can't vouch for both.
  if (prices.version === undefined) return new Map();
  const answered = await claimStatement.execute(db, {
    runId: first.runId,
    pricingVersion: prices.version,
    quotedUntil: prices.validUntil,
    holdMinutes: HOLD_MINUTES,
    isInvited: first.isInvited,
    allPlaces: claims.reduce((sum, { places }) => sum + places, 0),
    mostPlaces: Math.max(...claims.map(({ places }) => places)),
    outboxId: uuidv7(),
    ...columnsOfRequests(priced),
    ...columnsOfRegistrations(priced),
    ...prices.columns(),
  });
  const instants = answered.map(instantsOf).find((found) => found !== undefined);
  if (instants === undefined) return outcomesOf(claims, answered.filter(isOfKey));
  return new Map(priced.map(({ claim, answer }) => [claim, { hold: { ...answer, ...instants } }]));
}

type AnsweredRow = Awaited<ReturnType<typeof claimStatement.execute>>[number];

function isOfKey(row: AnsweredRow): row is AnsweredRow & { scope: string; key: string } {
  return row.scope !== null && row.key !== null;
}

function instantsOf({ heldAt, expiresAt }: AnsweredRow): Pick<StoredHold, Instants> | undefined {
  if (heldAt === null || expiresAt === null) return undefined;
  return { expiresAt: expiresAt.toISOString(), serverTime: heldAt.toISOString() };
}

function answerOf(claim: Claim, quote: Quote, bookingId: string): Omit<StoredHold, Instants> {
  const { runId, places } = claim;
  return { bookingId, reference: createReference(), runId, places, ...priceOf(quote) };
}

function columnsOfRequests(priced: readonly Priced[]) {
  const claims = priced.map(({ claim }) => claim);
  return {
    places: claims.map(({ places }) => places),
    bookingIds: priced.map(({ bookingId }) => bookingId),
    references: priced.map(({ answer }) => answer.reference),
    allocationIds: claims.map(() => uuidv7()),
    scopes: claims.map(({ idempotency }) => idempotency.scope),
    keys: claims.map(({ idempotency }) => idempotency.key),
    requestHashes: claims.map(({ idempotency }) => idempotency.hash),
    answers: priced.map(({ answer }) => answer),
    regions: claims.map(({ region }) => region),
    bookerEmails: claims.map(({ bookerEmail }) => bookerEmail),
    actorKinds: claims.map(({ call }) => call.actor.kind),
    actorIds: claims.map(({ call }) => auditIdOf(call.actor)),
    requestIds: claims.map(({ call }) => call.requestId),
    addresses: claims.map(({ call }) => call.origin.address),
    clients: claims.map(({ call }) => call.origin.client),
  };
}

/** @returns what the answer to a hold says of its price */
export function priceOf({
  places,
  total,
  currency,
}: Quote): Pick<StoredHold, "unitPrice" | "total"> {
  return {
    unitPrice: moneyOrNull(places[0]?.amount ?? null, currency),
    total: moneyOrNull(total, currency),
  };
}

function columnsOfRegistrations(priced: readonly Priced[]) {
  const registrations = priced.flatMap(({ claim, price, bookingId }) =>
    Array.from({ length: claim.places }, (_, index) => ({ price, bookingId, position: index + 1 })),
  );
  return {
    registrationBookingIds: registrations.map(({ bookingId }) => bookingId),
    registrationIds: registrations.map(() => uuidv7()),
    registrationPositions: registrations.map(({ position }) => position),
    registrationPrices: registrations.map(({ price }) => price),
  };
}

/** A row of what is stored for a key. */
interface Answer {
  readonly scope: string;
  readonly key: string;
  readonly answer: unknown;
  readonly requestHash: Uint8Array | null;
}

/** @returns what these answers mean for the claims whose keys they have */
export function outcomesOf(
  claims: readonly Claim[],
  answers: readonly Answer[],
): Map<Claim, Outcome> {
  const byKey = new Map(answers.map((answer) => [`${answer.scope} ${answer.key}`, answer]));
  const outcomes = new Map<Claim, Outcome>();
  for (const claim of claims) {
    const { scope, key, hash } = claim.idempotency;
    const found = byKey.get(`${scope} ${key}`);
    if (found === undefined) continue;
    const isOther =
      found.requestHash !== null && !Buffer.from(found.requestHash).equals(Buffer.from(hash));
    outcomes.set(claim, isOther ? { isMismatch: true } : { hold: StoredHold.parse(found.answer) });
  }
  return outcomes;
}
