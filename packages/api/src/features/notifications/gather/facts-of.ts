import type { Queryable } from "@lectern/database/queryable";
import { moneyOrNull } from "../../../shared/money.ts";
import type {
  BookingFacts,
  CostFacts,
  PaymentFacts,
  QueueFacts,
  RunFacts,
  SeatFacts,
} from "../letters/facts.ts";
import { withoutMarks } from "../keys-in-mails.ts";
import { isTimeZone } from "../letters/speech.ts";
import {
  type LinkParts,
  bookingLink,
  claimLink,
  courseLink,
  joinLink,
  waitlistLink,
} from "../links.ts";
import { plainName, plainReason } from "./plain-text.ts";
import {
  type BookingRow,
  type ChangeRow,
  type EntryRow,
  type PaymentRow,
  type RegistrationRow,
  type RunRow,
  type SittingRow,
  findChanges,
} from "./rows.ts";

/** Makes what mails speak of from rows. */

/** Whether people come to it, or to a part of it, from where they sit. */
export function isOnline({ deliveryMode, sittings }: Pick<RunRow, "deliveryMode" | "sittings">) {
  const isByItself = deliveryMode === "virtual";
  if (sittings.length === 0) return isByItself;
  return sittings.some(({ roomKind }) => (roomKind === null ? isByItself : roomKind === "virtual"));
}

/**
 * @param readerZone of whoever reads it; `null` where nobody told
 * @param seat the reader's own place, if they have one
 * @returns the run, with its times in the zone of its rooms, or in the reader's where it has none
 */
export function runFacts(
  links: LinkParts,
  run: RunRow,
  readerZone: string | null,
  seat: RegistrationRow | null = null,
): RunFacts {
  const place = [run.venueName, run.venueStreet, run.venueCity].filter((part) => part !== null);
  function roomOf({ roomName, roomKind }: SittingRow): string | null {
    return roomKind === "physical" && roomName !== null ? withoutMarks(roomName) : null;
  }
  const isAtHome = run.venueName === null;
  return {
    title: withoutMarks(run.courseTitle),
    courseUrl: courseLink(links, run.courseSlug),
    deliveryMode: run.deliveryMode,
    place: isAtHome ? null : withoutMarks(place.join(", ")),
    joinUrl: seat !== null && takesPlace(seat) && isOnline(run) ? joinLink(links, seat) : null,
    startsAt: run.startsAt,
    endsAt: run.endsAt,
    sittings:
      run.sittings.length === 0
        ? [{ startsAt: run.startsAt, endsAt: run.endsAt, room: null }]
        : run.sittings.map((row) => ({
            startsAt: row.startsAt,
            endsAt: row.endsAt,
            room: roomOf(row),
          })),
    zone: isAtHome && readerZone !== null && isTimeZone(readerZone) ? readerZone : run.timeZone,
  };
}

const TAKES_A_PLACE = new Set<RegistrationRow["status"]>([
  "reserved",
  "confirmed",
  "completed",
  "no_show",
]);

export function takesPlace({ status }: Pick<RegistrationRow, "status">): boolean {
  return TAKES_A_PLACE.has(status);
}

export function seatFacts(links: LinkParts, row: RegistrationRow, run: RunRow): SeatFacts {
  const canBeNamed =
    row.learnerName === null && takesPlace(row) && run.status !== "cancelled" && !run.isBegun;
  return {
    position: row.position,
    learner: row.learnerName === null ? null : plainName(row.learnerName),
    claimUrl: canBeNamed ? claimLink(links, row) : null,
  };
}

/** @param registrations all of the booking's: those that take a place are shown, and add up to the total */
export function bookingFacts(
  links: LinkParts,
  booking: BookingRow,
  registrations: readonly RegistrationRow[],
  run: RunRow,
): BookingFacts {
  const live = registrations.filter(takesPlace);
  // Of a booking that is over, all: it is told what there was.
  const shown = live.length > 0 ? live : registrations;
  return {
    reference: booking.reference,
    url: bookingLink(links, booking),
    booker: plainName(booking.bookerName ?? ""),
    company: booking.bookerCompany === null ? null : plainName(booking.bookerCompany),
    purchaseOrder: booking.purchaseOrder === null ? null : plainName(booking.purchaseOrder),
    seats: shown.map((row) => seatFacts(links, row, run)),
    total: totalOf(shown),
    expiresAt: booking.expiresAt,
  };
}

/** All prices of a booking are of one run and one currency. */
function totalOf(rows: readonly RegistrationRow[]): BookingFacts["total"] {
  let amount = 0;
  for (const { priceAmount } of rows) {
    if (priceAmount === null) return null;
    amount += priceAmount;
  }
  return moneyOrNull(amount, rows[0]?.priceCurrency ?? null);
}

/**
 * @param kind the changes that count: of each registration the newest one
 * @returns what they cost together
 */
export async function costFacts(
  db: Queryable,
  registrationIds: readonly string[],
  kind: ChangeRow["kind"],
): Promise<CostFacts> {
  const changes = (await findChanges(db, registrationIds)).filter((row) => row.kind === kind);
  const newest = changes.filter(
    (row, index) =>
      changes.findIndex(({ registrationId }) => registrationId === row.registrationId) === index,
  );
  function sum(amountOf: (row: ChangeRow) => number | null) {
    const amounts = newest.map(amountOf).filter((amount) => amount !== null);
    if (amounts.length === 0) return null;
    const total = amounts.reduce((one, other) => one + other, 0);
    return moneyOrNull(Math.max(0, total), newest[0]?.currency ?? null);
  }
  return {
    fee: sum((row) => row.feeAmount),
    refund: sum((row) => row.refundAmount),
    surcharge: sum((row) => row.differenceAmount),
  };
}

export function queueFacts(links: LinkParts, row: EntryRow, position: number): QueueFacts {
  return {
    name: plainName(row.name),
    quantity: row.quantity,
    takesFewer: row.takesFewer,
    position: row.status === "waiting" ? position : null,
    offered: row.offeredQuantity,
    offerExpiresAt: row.offerExpiresAt,
    url: waitlistLink(links, row.id),
  };
}

export function paymentFacts(row: PaymentRow): PaymentFacts {
  return {
    amount: { amount: row.amount, currency: row.currency },
    receivedAt: row.receivedAt,
    reference: plainName(row.reference),
  };
}

export function reasonOf(reason: string | null): string | null {
  return reason === null ? null : plainReason(reason);
}
