import type { QuoteFacts } from "../../letters/facts.ts";
import { button, facts, note, text } from "../../letters/letter.ts";
import type { Speech } from "../../letters/speech.ts";
import type { Words } from "../../letters/words.ts";
import { are, placeWord, places, whenAndWhere } from "./phrases.ts";

type Told = Omit<QuoteFacts, "url">;

function priceOf({ places: count, unitPrice, total }: Told, say: Speech): [string, string][] {
  return [
    ["Places", String(count)],
    ["Price of a place", `${say.money(unitPrice)}, without tax`],
    ["Total", `${say.money(total)}, without tax`],
  ];
}

export const quotesLetters = {
  quote: ({ run, quote }, say) => ({
    subject: `Your quote ${quote.number}: ${run.title}, ${say.days(run)}`,
    preheader: `${places(quote.places)} for ${say.money(quote.total)}, good until ${say.day(quote.until, quote.zone)}`,
    heading: `Quote ${quote.number}`,
    blocks: [
      text(
        `Hello ${quote.name},\nthank you for your enquiry. This is what we offer you on ${run.title}.`,
      ),
      ...(quote.message === null ? [] : [text(quote.message)]),
      ...facts([
        ...whenAndWhere(run, say),
        ...priceOf(quote, say),
        ["For", quote.company],
        ["Good until", say.moment(quote.until, quote.zone)],
      ]),
      button("See the quote and answer", quote.url),
      note(
        `The ${placeWord(quote.places)} ${are(quote.places)} not set aside before you accept: then ${quote.places === 1 ? "it is yours, as long as there is one left" : "they are yours, as long as there are enough left"}. Whoever has this link can answer in your name, so pass it on with care.`,
      ),
    ],
  }),

  quote_accepted: ({ run, quote, booking }, say) => ({
    subject: `Accepted: quote ${quote.number}, ${run.title}`,
    preheader: `Confirm your booking until ${say.moment(booking.expiresAt, run.zone)}`,
    heading: "Thank you for accepting",
    blocks: [
      text(
        `Hello ${quote.name},\n${places(quote.places)} on ${run.title} ${are(quote.places)} set aside for you at the agreed price. Say who comes, and confirm the booking in time: after that, the ${placeWord(quote.places)} will go to others.`,
      ),
      ...facts([
        ["Confirm until", say.moment(booking.expiresAt, run.zone)],
        ...whenAndWhere(run, say),
        ...priceOf(quote, say),
        ["Reference", booking.reference],
      ]),
      button("Confirm the booking", booking.url),
      note(
        "Whoever has the link to the booking can see, change and cancel it: don’t pass it on. Places can be named later, too.",
      ),
    ],
  }),

  quote_withdrawn: ({ run, quote }, say) => ({
    subject: `Not good any more: quote ${quote.number}, ${run.title}`,
    preheader: "We have withdrawn this quote",
    heading: `Quote ${quote.number} is withdrawn`,
    blocks: [
      text(
        `Hello ${quote.name},\nwe have withdrawn our quote for ${places(quote.places)} on ${run.title}: it can’t be accepted any more. If we have another one for you, it comes in a mail of its own.`,
      ),
      ...facts([...whenAndWhere(run, say), ...priceOf(quote, say)]),
      button("See the course", run.courseUrl),
    ],
  }),

  quote_answered: ({ run, quote, isAccepted, reason, reference, enquiryUrl }, say) => ({
    subject: `${isAccepted ? "Accepted" : "Declined"}: quote ${quote.number}, ${run.title}`,
    preheader: `${quote.name}: ${places(quote.places)} for ${say.money(quote.total)}`,
    heading: isAccepted ? "A quote was accepted" : "A quote was declined",
    blocks: [
      text(
        isAccepted
          ? `${quote.name} has accepted quote ${quote.number}. The ${placeWord(quote.places)} ${are(quote.places)} set aside, and the booking waits to be confirmed.`
          : `${quote.name} has declined quote ${quote.number}.`,
      ),
      ...facts([
        ["Why", reason],
        ["For", [quote.name, quote.company].filter((line) => line !== null)],
        ["Course", run.title],
        ...whenAndWhere(run, say),
        ...priceOf(quote, say),
        ["Booking", reference],
      ]),
      button("Open the enquiry", enquiryUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "quote" | "quote_accepted" | "quote_withdrawn" | "quote_answered"
>;
