import { approval } from "./en/approval.ts";
import { booked } from "./en/booked.ts";
import { booking } from "./en/booking.ts";
import { claim } from "./en/claim.ts";
import { forms } from "./en/forms.ts";
import { links } from "./en/links.ts";
import { prices } from "./en/prices.ts";
import { quote } from "./en/quote.ts";
import { refusals } from "./en/refusals.ts";
import { waitlist } from "./en/waitlist.ts";

/** The words of the pages around a booking, which come with those pages: see `booking-words.tsx`. */
export const messages = {
  booking,
  booked,
  prices,
  quote,
  refusals,
  waitlist,
  claim,
  approval,
  links,
  forms,
};
