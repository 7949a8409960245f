import type { QuoteForCustomer } from "@lectern/contract/quotes";

/** What became of a quote, as far as the customer is told. */
export type Outcome =
  | "sent"
  | "held"
  | "open"
  | "confirmed"
  | "lapsed"
  | "cancelled"
  | "declined"
  | "expired"
  | "withdrawn";

/** @returns what became of it: of one that was accepted, how its booking stands */
export function outcomeOf({
  status,
  isWithdrawn,
  booking,
}: Pick<QuoteForCustomer, "status" | "isWithdrawn" | "booking">): Outcome {
  switch (status) {
    case "sent":
    case "declined":
      return status;
    case "expired":
      return isWithdrawn ? "withdrawn" : "expired";
    case "accepted":
      break;
  }
  switch (booking?.status) {
    case "held":
    case "confirmed":
    case "cancelled":
      return booking.status;
    case "expired":
      return "lapsed";
    case "awaiting_payment":
    case "awaiting_approval":
    case undefined:
      return "open";
  }
}
