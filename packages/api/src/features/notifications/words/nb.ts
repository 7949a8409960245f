import type { Words } from "../letters/words.ts";
import { accountsLetters } from "./nb/accounts.ts";
import { bookingsLetters } from "./nb/bookings.ts";
import { registrationsLetters } from "./nb/registrations.ts";
import { waitlistLetters } from "./nb/waitlist.ts";
import { runsLetters } from "./nb/runs.ts";
import { paymentsLetters } from "./nb/payments.ts";
import { quotesLetters } from "./nb/quotes.ts";

/** Mails in Norwegian (bokmål). The vocabulary is that of `docs/translating.md`. */
export const nb: Words = {
  language: "nb",
  // What is meant by Norwegian where nothing else is said, and the other written Norwegian.
  alsoFor: ["no", "nn"],
  locale: "nb-NO",
  onDay: (day, hours) => `${day} kl. ${hours}`,
  zoneTime: (place, offset) => `${place}-tid (${offset})`,
  moreSittings: (count, end) =>
    count === 1 ? `… og én til, som slutter ${end}` : `… og ${count} til; den siste slutter ${end}`,
  footer: (academy) =>
    `${academy} sender dette på grunn av en bestilling, et pristilbud, en plass i en kø eller en konto. Ingen leser svar på denne e-posten.`,
  answeredFooter: (academy) =>
    `${academy} sender dette fordi du har en plass, eller har bestilt en. Svar på denne e-posten for å skrive til ${academy}.`,
  calendar: {
    online: "På nett",
    booked: (reference) => `Bestilling ${reference}`,
    join: (url) => `Bli med fra 15 minutter før: ${url}`,
    name: (academy) => `Kurs hos ${academy}`,
    teaching: (title) => `Du underviser: ${title}`,
    session: (title, position, of) => `${title} (${position} av ${of})`,
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
