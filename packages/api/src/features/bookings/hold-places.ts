import type { BookingHeld, BookingHoldInput } from "@lectern/contract/bookings";
import type { DomainErrorData } from "@lectern/contract/errors";
import { violates } from "@lectern/database/errors";
import type { Database, Queryable } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, notFound } from "../../domain-error.ts";
import { findStoredAnswer, idempotencyScope, requestHash } from "../../shared/once-only.ts";
import { bookability, placesLeft } from "../../shared/run-summary.ts";
import { type Claim, StoredHold, claimPlaces } from "./claim-places.ts";
import { lockCapacity, releaseLapsedHolds } from "./release-lapsed-holds.ts";
import { findRunSummaryRow } from "./find-run-summary-row.ts";

const PROCEDURE = "bookings.hold";

/** So many new references are tried when the database knows one already: one in 27,000 million does. */
const REFERENCE_ATTEMPTS = 5;

type HoldInput = z.infer<typeof BookingHoldInput>;

/**
 * Sets places of a run aside for fifteen minutes.
 *
 * The usual way is one statement. Only when that finds too few places does a second way lock the
 * counter, release holds past their time, and try again.
 *
 * @returns the hold with the booking's key
 * @throws NotFound, NotBookable, SoldOut (with the places that are left), IdempotencyMismatch
 */
export async function holdPlaces(db: Database, call: Call, input: HoldInput): Promise<BookingHeld> {
  const claim: Claim = {
    call,
    runId: input.runId,
    places: input.places,
    idempotency: {
      scope: idempotencyScope(call, PROCEDURE),
      key: input.idempotencyKey,
      hash: requestHash(input),
    },
  };
  const { bookingId, ...held } =
    (await firstOrRepeated(db, call, input, () => claimPlaces(db, claim))) ??
    (await claimAfterRelease(db, claim, input));
  return { ...held, accessKey: call.accessKeys.keyFor(bookingId) };
}

/** Gives a reference that is taken another try, and answers a key that was used with its first answer. */
async function firstOrRepeated(
  db: Queryable,
  call: Call,
  input: HoldInput,
  take: () => Promise<StoredHold | undefined>,
): Promise<StoredHold | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take();
    } catch (error) {
      if (violates(error, "idempotency_key_scope_key_pk")) {
        const stored = await findStoredAnswer(db, call, PROCEDURE, input, StoredHold);
        return stored?.answer;
      }
      if (!violates(error, "booking_reference_key") || attempt >= REFERENCE_ATTEMPTS) throw error;
    }
  }
}

async function claimAfterRelease(
  db: Database,
  claim: Claim,
  input: HoldInput,
): Promise<StoredHold> {
  const { call, runId } = claim;
  const held = await firstOrRepeated(db, call, input, () =>
    transaction(db, { idempotent: true }, async (tx) => {
      const locked = await lockCapacity(tx, runId);
      if (locked === undefined) throw notFound("run", runId);
      // The guard fails before the key is looked at: a repeated hold may have taken the last places.
      const stored = await findStoredAnswer(tx, call, PROCEDURE, input, StoredHold);
      if (stored !== undefined) return stored.answer;
      await releaseLapsedHolds(tx, call, runId);
      return claimPlaces(tx, claim);
    }),
  );
  if (held !== undefined) return held;
  throw await whyNot(db, claim);
}

/** Told apart after the fact, so that the usual way does not pay for it. */
async function whyNot(db: Database, claim: Claim): Promise<DomainError> {
  const { runId, places } = claim;
  const row = await findRunSummaryRow(db, runId);
  if (row === undefined || row.status === "draft") return notFound("run", runId);
  const reason = notBookableReason(bookability(row));
  if (reason !== undefined) {
    return new DomainError(
      { code: "NotBookable", data: { runId, reason } },
      "This date can't be booked.",
    );
  }
  const left = placesLeft(row);
  return new DomainError(
    { code: "SoldOut", data: { runId, placesLeft: left, requested: places } },
    left === 0 ? "This date is sold out." : `Only ${left} of the ${places} places are left.`,
  );
}

function notBookableReason(
  state: ReturnType<typeof bookability>,
): DomainErrorData<"NotBookable">["reason"] | undefined {
  return state === "open" || state === "sold_out" ? undefined : state;
}
