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
  "Den som har lenken til bestillingen, kan se, endre og avbestille den: ikke gi den videre.";

export function places(count: number): string {
  return count === 1 ? "1 plass" : `${count} plasser`;
}

/** `plassen` or `plassene`: those that were spoken of. */
export function thePlaces(count: number): string {
  return count === 1 ? "plassen" : "plassene";
}

/** `plassen din` or `plassene dine`. */
export function yourPlaces(count: number): string {
  return `${thePlaces(count)} ${yours(count)}`;
}

export function yours(count: number): string {
  return count === 1 ? "din" : "dine";
}

/** What they are called after the first time. */
export function they(count: number): string {
  return count === 1 ? "den" : "de";
}

export function seatName({ position, learner }: SeatFacts): string {
  return learner ?? `Plass ${position} (uten navn ennå)`;
}

/** @returns the sentence with a capital at its beginning */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function whenAndWhere(run: RunFacts, say: Speech): [string, string[] | string | null][] {
  const rooms = new Set(run.sittings.map(({ room }) => room));
  const [room] = rooms.size === 1 ? rooms : [null];
  const place = run.place === null ? "På nett" : [room, run.place].filter(Boolean).join(", ");
  return [
    ["Når", say.sittings(run)],
    ["Hvor", place],
  ];
}

export function joining({ joinUrl }: RunFacts): [string, string | null][] {
  return [["Bli med her", joinUrl]];
}

export function orderOf(
  booking: Omit<BookingFacts, "url">,
  say: Speech,
): [string, string[] | string | null][] {
  return [
    ["Plasser", booking.seats.map(seatName)],
    ["Sum", booking.total && `${say.money(booking.total)} uten avgift`],
    ["Innkjøpsnummer", booking.purchaseOrder],
    ["Referanse", booking.reference],
  ];
}

export function costs(
  { fee, surcharge, refund }: CostFacts,
  say: Speech,
): [string, string | null][] {
  return [
    ["Gebyr", fee && fee.amount > 0 ? say.money(fee) : null],
    ["Gjenstår å betale", surcharge && surcharge.amount > 0 ? say.money(surcharge) : null],
    ["Du får tilbake", refund && refund.amount > 0 ? say.money(refund) : null],
  ];
}

export function claims(booking: BookingFacts): Block[] {
  const open: Link[] = booking.seats.flatMap(({ position, claimUrl }) =>
    claimUrl === null ? [] : [{ label: `Plass ${position}`, url: claimUrl }],
  );
  if (open.length === 0) return [];
  return [
    text(
      open.length === 1
        ? "Én plass har ikke fått navn ennå. Send denne lenken til den som kommer: med den kan vedkommende selv oppgi navnet sitt."
        : "Ikke alle plassene har fått navn ennå. Send hver av disse lenkene til én som kommer: med den kan vedkommende selv oppgi navnet sitt.",
    ),
    ...links(open),
  ];
}

export function party({ quantity, takesFewer }: QueueFacts): string {
  return takesFewer && quantity > 1 ? `${places(quantity)}, eller færre` : places(quantity);
}
