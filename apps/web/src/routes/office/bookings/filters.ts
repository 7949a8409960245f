import {
  BOOKING_SORTS,
  type BookingFound,
  type BookingsSearchInput,
} from "@lectern/contract/booking-office";
import { Id, CountryCode } from "@lectern/contract/primitives";
import { BookingStatus, PaymentState } from "@lectern/contract/vocabulary";
import { z } from "zod";
import {
  type FiltersOf,
  dayFilter,
  flagFilter,
  manyFilter,
  oneFilter,
  textFilter,
} from "../../../office/address-filters.ts";

/** What bookings are looked for by, as it stands in the address. */
export const BOOKING_FILTERS = z.object({
  q: textFilter(),
  status: manyFilter(BookingStatus),
  payment: manyFilter(PaymentState),
  course: oneFilter(Id),
  run: oneFilter(Id),
  organisation: oneFilter(Id),
  person: oneFilter(Id),
  country: oneFilter(CountryCode),
  made: dayFilter(),
  madeTo: dayFilter(),
  from: dayFilter(),
  to: dayFilter(),
  late: flagFilter(),
  sort: oneFilter(z.enum(BOOKING_SORTS)),
});

export type BookingFilters = FiltersOf<typeof BOOKING_FILTERS>;

/** Unless others are asked for: what is only set aside, and what came to nothing, is not among them. */
const USUAL: readonly BookingFound["status"][] = [
  "awaiting_payment",
  "awaiting_approval",
  "confirmed",
  "cancelled",
];

/** @returns the moment at which a day begins where the reader is, so many days later */
function beginOf(day: string | undefined, daysLater = 0): string | null {
  if (day === undefined) return null;
  const begin = new Date(`${day}T00:00`);
  begin.setDate(begin.getDate() + daysLater);
  return begin.toISOString();
}

/** @returns what the API is asked for */
export function searchOf(
  filters: BookingFilters,
): Omit<z.input<typeof BookingsSearchInput>, "cursor" | "limit"> {
  const { q, status, payment, course, run, organisation, person, country, late, sort } = filters;
  // Who asks for one booking by its reference, or for all of a name, wants it in whatever state.
  const usual = q === undefined ? [...USUAL] : null;
  return {
    query: q ?? null,
    statuses: status ?? usual,
    paymentStates: payment ?? null,
    courseId: course ?? null,
    runId: run ?? null,
    organisationId: organisation ?? null,
    personId: person ?? null,
    country: country ?? null,
    createdFrom: beginOf(filters.made),
    createdTo: beginOf(filters.madeTo, 1),
    startsFrom: beginOf(filters.from),
    startsTo: beginOf(filters.to, 1),
    hasLateMoney: late ?? null,
    sort: sort ?? "newest",
  };
}

export function keyOf({ reference }: BookingFound): string {
  return reference;
}

/** What a booking is called where it is chosen. */
export function nameOf({ reference, booker }: BookingFound): string {
  return booker === null ? reference : `${reference}, ${booker.name}`;
}
