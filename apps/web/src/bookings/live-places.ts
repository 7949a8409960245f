import type { Money } from "@lectern/contract/primitives";
import type { RegistrationStatus } from "@lectern/contract/vocabulary";
import type { Api } from "../data/api.ts";

/** A booking as the API answers with it. */
export type BookingNow = Api["bookings"]["byReference"]["~types"]["output"];

/** One place of a booking. */
export type Place = BookingNow["registrations"][number];

/** The states of a registration that has its place. */
const LIVE: readonly RegistrationStatus[] = ["reserved", "confirmed", "completed", "no_show"];

/** A booking as far as its places go. */
interface WithPlaces<Each> {
  readonly registrations: readonly Each[];
}

/** @returns the places of a booking that were neither cancelled nor moved */
export function livePlaces<Each extends Pick<Place, "status">>({
  registrations,
}: WithPlaces<Each>): Each[] {
  return registrations.filter(({ status }) => LIVE.includes(status));
}

/** @returns what prices come to together; `null` without any, or where one is on request */
export function sumOf(prices: readonly (Money | null)[]): Money | null {
  const [first] = prices;
  if (first == null) return null;
  let amount = 0;
  for (const price of prices) {
    if (price === null) return null;
    amount += price.amount;
  }
  return { amount, currency: first.currency };
}
