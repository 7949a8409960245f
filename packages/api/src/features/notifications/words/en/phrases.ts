import type {
  BookingFacts,
  CostFacts,
  QueueFacts,
  RunFacts,
  SeatFacts,
} from "../../letters/facts.ts";
import { type Block, type Link, links, text } from "../../letters/letter.ts";
import type { Speech } from "../../letters/speech.ts";

/** Phrases and parts that several letters have in common. */

export const KEEP_THE_LINK =
  "Whoever has the link to the booking can see, change and cancel it: don’t pass it on.";

export function places(count: number): string {
  return count === 1 ? "1 place" : `${count} places`;
}

/** `place` or `places`, where their number was said before or does not matter. */
export function placeWord(count: number): string {
  return count === 1 ? "place" : "places";
}

export function are(count: number): string {
  return count === 1 ? "is" : "are";
}

export function seatName({ position, learner }: SeatFacts): string {
  return learner ?? `Place ${position}, to be named`;
}

export function whenAndWhere(run: RunFacts, say: Speech): [string, string[] | string | null][] {
  const rooms = new Set(run.sittings.map(({ room }) => room));
  const [room] = rooms.size === 1 ? rooms : [null];
  const place = run.place === null ? "Online" : [room, run.place].filter(Boolean).join(", ");
  return [
    ["When", say.sittings(run)],
    ["Where", place],
  ];
}

export function joining({ joinUrl }: RunFacts): [string, string | null][] {
  return [["Join at", joinUrl]];
}

export function orderOf(
  booking: Omit<BookingFacts, "url">,
  say: Speech,
): [string, string[] | string | null][] {
  return [
    ["Places", booking.seats.map(seatName)],
    ["Total", booking.total && `${say.money(booking.total)}, without tax`],
    ["Purchase order", booking.purchaseOrder],
    ["Reference", booking.reference],
  ];
}

export function costs(
  { fee, surcharge, refund }: CostFacts,
  say: Speech,
): [string, string | null][] {
  return [
    ["Fee", fee && fee.amount > 0 ? say.money(fee) : null],
    ["To be paid", surcharge && surcharge.amount > 0 ? say.money(surcharge) : null],
    ["You get back", refund && refund.amount > 0 ? say.money(refund) : null],
  ];
}

export function claims(booking: BookingFacts): Block[] {
  const open: Link[] = booking.seats.flatMap(({ position, claimUrl }) =>
    claimUrl === null ? [] : [{ label: `Place ${position}`, url: claimUrl }],
  );
  if (open.length === 0) return [];
  return [
    text(
      open.length === 1
        ? "One place has no name yet. Send this link to whoever comes: it lets them enter their own name."
        : "Not everybody is named yet. Send each of these links to one person who comes: it lets them enter their own name.",
    ),
    ...links(open),
  ];
}

export function party({ quantity, takesFewer }: QueueFacts): string {
  return takesFewer && quantity > 1 ? `${places(quantity)}, or fewer` : places(quantity);
}
