import type { Database } from "@lectern/database/connect";
import { type View, byName } from "../view.ts";
import type { Clock } from "./clock.ts";
import { everything } from "./everything.ts";
import type { Names } from "./names.ts";

/**
 * Looks at everything that the engine has of a history, and gives the registrations their names.
 *
 * @param known the history's runs and codes, names, and its time
 */
export async function readEngine(
  db: Database,
  known: {
    readonly runIds: readonly string[];
    readonly codeIds: readonly string[];
    readonly names: Names;
    readonly clock: Clock;
  },
): Promise<View> {
  const { runIds, codeIds, names, clock } = known;
  const found = await everything.first(db, { runIds, codeIds });
  if (found === undefined) throw new Error("The statement answered nothing");
  for (const { reference, id } of found.bookings) {
    names.add(`${names.nameOf(reference)} itself`, id);
  }
  for (const { id, reference, position } of found.registrations) {
    names.add(`${names.nameOf(reference)}.${position}`, id);
  }
  const nameOrNull = (id: string | null) => (id === null ? null : names.nameOf(id));
  const whenOrNull = (at: number | null) => (at === null ? null : clock.minutesAt(at));
  return {
    runs: byName(found.runs, (run) => [
      names.nameOf(run.id),
      {
        status: run.status,
        version: run.version,
        startsAt: clock.minutesAt(run.starts),
        endsAt: clock.minutesAt(run.ends),
        opensAt: whenOrNull(run.opens),
        closesAt: whenOrNull(run.closes),
        isOpen: run.isOpen,
        capacity: run.capacity,
        taken: run.taken,
        waiting: run.waiting,
      },
    ]),
    ledger: byName(found.ledger, ({ id, runId, reference, entryId, kind, quantity, until }) => [
      names.nameOf(reference ?? entryId ?? id),
      { run: names.nameOf(runId), kind, quantity, until: whenOrNull(until) },
    ]),
    bookings: byName(found.bookings, (booking) => [
      names.nameOf(booking.reference),
      {
        run: names.nameOf(booking.runId),
        status: booking.status,
        paymentState: booking.paymentState,
        places: booking.places,
        region: booking.region,
        bookerEmail: personOf(booking.bookerEmail),
        hasApprover: booking.hasApprover,
        isExtended: booking.isExtended,
        expiresAt:
          booking.status === "confirmed" || booking.status === "cancelled"
            ? null
            : whenOrNull(booking.expires),
        origin: nameOrNull(booking.origin),
        code: nameOrNull(booking.code),
      },
    ]),
    registrations: byName(found.registrations, (registration) => [
      names.nameOf(registration.id),
      {
        status: registration.status,
        learner: personOf(registration.learner),
        isClaimed: registration.isClaimed,
        claimVersion: registration.claimVersion,
        price: registration.price,
        currency: registration.currency,
        steps: registration.steps,
        successor: nameOrNull(registration.successorId),
        choices: registration.choices,
        changes: registration.changes,
      },
    ]),
    entries: byName(found.entries, (entry) => [
      names.nameOf(entry.id),
      {
        run: names.nameOf(entry.runId),
        email: personOf(entry.email),
        status: entry.status,
        quantity: entry.quantity,
        takesFewer: entry.takesFewer,
        offered: entry.offered,
        offerExpiresAt: whenOrNull(entry.expires),
        booking: nameOrNull(entry.reference),
        skips: entry.skips,
      },
    ]),
    codes: byName(found.codes, ({ code, ...rest }) => [names.nameOf(code), rest]),
    payments: byName(found.payments, ({ id, reference, ...payment }) => [
      names.nameOf(id),
      { ...payment, booking: names.nameOf(reference) },
    ]),
  };
}

/** @returns who has an address, whatever its letter case */
function personOf(email: string): string;
function personOf(email: string | null): string | null;
function personOf(email: string | null): string | null {
  return email === null ? null : email.slice(0, email.indexOf("@")).toLowerCase();
}
