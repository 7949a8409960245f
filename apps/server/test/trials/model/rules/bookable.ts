import { type Academy, type Booking, type Run, bookingsOf } from "./academy.ts";
import { freeOf, isHolding, isOpen, isOver, placesLeft, seated, takenOf } from "./places.ts";
import { Refusal, notFound } from "./refusal.ts";

/** Whether places of a run can be had, and by whom. */

export type Bookability =
  | "open"
  | "sold_out"
  | "not_open_yet"
  | "closed"
  | "cancelled"
  | "not_published"
  | "private";

/** @param isInvited whether private runs are open to whoever asks */
export function bookability(academy: Academy, run: Run, isInvited: boolean): Bookability {
  const { now } = academy;
  if (run.status === "cancelled") return "cancelled";
  if (run.status === "draft") return "not_published";
  if (run.visibility === "private" && !isInvited) return "private";
  if (!isOpen(run) || isOver(run.startsAt, now) || isOver(run.closesAt, now)) return "closed";
  // Nobody knows yet how many places it has.
  if (run.capacity === 0) return "closed";
  if (run.opensAt !== null && run.opensAt > now) return "not_open_yet";
  return placesLeft(academy, run) > 0 ? "open" : "sold_out";
}

export function canBeBooked(state: Bookability): boolean {
  return state === "open" || state === "sold_out";
}

/** @throws Refusal NotFound for a draft, NotBookable */
export function requireBookable(academy: Academy, run: Run, isInvited: boolean): void {
  if (run.status === "draft") throw notFound("run", run.name);
  const reason = bookability(academy, run, isInvited);
  if (!canBeBooked(reason)) throw new Refusal("NotBookable", { runId: run.name, reason });
}

export function hasRoom(academy: Academy, run: Run, places: number): boolean {
  return run.status !== "cancelled" && takenOf(academy, run) + places <= run.capacity;
}

export function soldOut(academy: Academy, run: Run, requested: number, keepsSettled = false) {
  return new Refusal(
    "SoldOut",
    { runId: run.name, placesLeft: placesLeft(academy, run), requested },
    { keepsSettled },
  );
}

/** What staff are told, who look at the ledger itself. */
export function tooFew(academy: Academy, run: Run, requested: number): Refusal {
  return new Refusal("SoldOut", {
    runId: run.name,
    placesLeft: freeOf(academy, run),
    requested,
  });
}

export function tooManyPlaces(run: Run, alreadyBooked: number, requested: number): Refusal {
  const limit = run.placesPerBooker;
  return new Refusal("TooManyPlaces", { runId: run.name, limit, alreadyBooked, requested });
}

/**
 * Holds a booker to what the run allows one to have: places that are set aside count until their time is over.
 *
 * @param besides a booking that is not counted, because it is the one that is wanted
 */
export function checkLimit(
  academy: Academy,
  run: Run,
  wanted: { readonly email: string; readonly places: number; readonly besides?: Booking },
): void {
  const { email, places, besides } = wanted;
  const booked = bookingsOf(academy, run.name)
    .filter((booking) => booking !== besides && booking.bookerEmail === email)
    .filter((booking) => !isHolding(booking) || !isOver(booking.expiresAt, academy.now))
    .reduce((sum, booking) => sum + seated(booking).length, 0);
  if (booked + places > run.placesPerBooker) throw tooManyPlaces(run, booked, places);
}
