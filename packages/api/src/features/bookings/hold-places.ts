import { reachOf } from "@lectern/auth/actor";
import type { BookingHeld, BookingHoldInput } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { reachesRun } from "../../shared/reach.ts";
import { idempotencyScope, requestHash } from "../../shared/once-only.ts";
import type { Claim } from "./claims/claim.ts";
import { claimInTurn } from "./claims/claim-queue.ts";
import { claimWithTerms } from "./claims/claim-with-terms.ts";
import { whyNotHeld } from "./claims/why-not-held.ts";

const HOLD_PROCEDURE = "bookings.hold";

export type HoldInput = z.infer<typeof BookingHoldInput>;

/**
 * Sets places of a run aside for fifteen minutes.
 *
 * The usual way is one statement, shared with whoever asks for the same run at the same time. Only when
 * that finds too few places does a second way lock the counter, release what is past its time, serve
 * the queue, and try again. A discount code and a booker's limit have to be looked at first, and go
 * their own way.
 *
 * @returns the hold with the booking's key
 * @throws NotFound, NotBookable, SoldOut (with the places that are left), TooManyPlaces,
 *   DiscountNotUsable, IdempotencyMismatch
 */
export async function holdPlaces(db: Database, call: Call, input: HoldInput): Promise<BookingHeld> {
  const claim = await claimOf(db, call, input);
  const hasTerms = input.discountCode != null || claim.bookerEmail !== null;
  const held = await (
    hasTerms ? claimWithTerms(db, claim, input.discountCode ?? null) : claimInTurn(db, claim)
  ).finally(() => {
    // Refused or not: what was past its time may have been freed for it, and offered to the queue.
    call.changed(input.runId);
  });
  if (held === undefined) throw await whyNotHeld(db, claim);
  const { bookingId, ...answer } = held;
  return { ...answer, accessKey: call.accessKeys.keyFor("booking", bookingId) };
}

async function claimOf(db: Database, call: Call, input: HoldInput): Promise<Claim> {
  const { runId, places, invitationKey } = input;
  const isInvited =
    (await reachesRun(db, reachOf(call.actor, "bookings.make.any"), runId)) ||
    (invitationKey != null && call.accessKeys.isKeyFor("invitation", runId, invitationKey));
  return {
    call,
    runId,
    places,
    region: input.region ?? null,
    bookerEmail: input.bookerEmail ?? null,
    isInvited,
    idempotency: {
      scope: idempotencyScope(call, HOLD_PROCEDURE),
      key: input.idempotencyKey,
      hash: requestHash(input),
    },
  };
}
