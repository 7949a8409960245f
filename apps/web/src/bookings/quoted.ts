import type { BookingNow } from "./live-places.ts";

/** Whether a booking comes of a quote: its prices say so. */
export function isQuoted({ registrations }: Pick<BookingNow, "registrations">): boolean {
  return registrations.some(({ priceExplanation }) =>
    priceExplanation.some(({ kind }) => kind === "quote"),
  );
}

/** Whether such a booking waits to be confirmed: also once its time is over, while there are places. */
export function isQuotedHold(booking: Pick<BookingNow, "registrations" | "status">): boolean {
  return (booking.status === "held" || booking.status === "expired") && isQuoted(booking);
}
