import type { Words } from "../letters/words.ts";
import { accountsLetters } from "./en/accounts.ts";
import { bookingsLetters } from "./en/bookings.ts";
import { registrationsLetters } from "./en/registrations.ts";
import { waitlistLetters } from "./en/waitlist.ts";
import { runsLetters } from "./en/runs.ts";
import { paymentsLetters } from "./en/payments.ts";

/** Mails in English, with days and hours as the British write them. */
export const en: Words = {
  language: "en",
  locale: "en-GB",
  zoneTime: (place, offset) => `${place} time (${offset})`,
  moreSittings: (count, end) => `… and ${count} more, the last of which ends ${end}`,
  footer: (academy) =>
    `${academy} sends this because of a booking, a place in a queue, or an account. Nobody reads what is answered to it.`,
  calendar: {
    online: "Online",
    booked: (reference) => `Booking ${reference}`,
  },
  letters: {
    ...bookingsLetters,
    ...registrationsLetters,
    ...waitlistLetters,
    ...runsLetters,
    ...paymentsLetters,
    ...accountsLetters,
  },
};
