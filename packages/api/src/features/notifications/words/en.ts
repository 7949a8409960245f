import type { Words } from "../letters/words.ts";
import { accountsLetters } from "./en/accounts.ts";
import { bookingsLetters } from "./en/bookings.ts";
import { registrationsLetters } from "./en/registrations.ts";
import { waitlistLetters } from "./en/waitlist.ts";
import { runsLetters } from "./en/runs.ts";
import { paymentsLetters } from "./en/payments.ts";
import { quotesLetters } from "./en/quotes.ts";

/** Mails in English, with days and hours as the British write them. */
export const en: Words = {
  language: "en",
  alsoFor: [],
  locale: "en-GB",
  onDay: (day, hours) => `${day}, ${hours}`,
  zoneTime: (place, offset) => `${place} time (${offset})`,
  moreSittings: (count, end) => `… and ${count} more, the last of which ends ${end}`,
  footer: (academy) =>
    `${academy} sends this because of a booking, a quote, a place in a queue, or an account. Nobody reads what is answered to it.`,
  answeredFooter: (academy) =>
    `${academy} sends this because you have a place, or booked one. Answer this mail to write to ${academy}.`,
  calendar: {
    online: "Online",
    booked: (reference) => `Booking ${reference}`,
    join: (url) => `Join from 15 minutes before: ${url}`,
    name: (academy) => `Trainings at ${academy}`,
    teaching: (title) => `You teach: ${title}`,
    session: (title, position, of) => `${title} (${position} of ${of})`,
  },
  letters: {
    ...bookingsLetters,
    ...registrationsLetters,
    ...waitlistLetters,
    ...runsLetters,
    ...paymentsLetters,
    ...quotesLetters,
    ...accountsLetters,
  },
};
