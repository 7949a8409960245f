import type { QuoteFacts } from "../../letters/facts.ts";
import { button, facts, note, text } from "../../letters/letter.ts";
import type { Speech } from "../../letters/speech.ts";
import type { Words } from "../../letters/words.ts";
import { KEEP_THE_LINK, places, sentence, thePlaces, whenAndWhere } from "./phrases.ts";

type Told = Omit<QuoteFacts, "url">;

function priceOf({ places: count, unitPrice, total }: Told, say: Speech): [string, string][] {
  return [
    ["Plasser", String(count)],
    ["Pris per plass", `${say.money(unitPrice)} uten avgift`],
    ["Sum", `${say.money(total)} uten avgift`],
  ];
}

export const quotesLetters = {
  quote: ({ run, quote }, say) => ({
    subject: `Pristilbud ${quote.number}: ${run.title}, ${say.days(run)}`,
    preheader: `${places(quote.places)} for ${say.money(quote.total)}, gjelder til og med ${say.day(quote.until, quote.zone)}`,
    heading: `Pristilbud ${quote.number}`,
    blocks: [
      text(
        `Hei, ${quote.name}!\nTakk for henvendelsen. Her er det vi kan tilby deg på ${run.title}.`,
      ),
      ...(quote.message === null ? [] : [text(quote.message)]),
      ...facts([
        ...whenAndWhere(run, say),
        ...priceOf(quote, say),
        ["Til", quote.company],
        ["Gjelder til", say.moment(quote.until, quote.zone)],
      ]),
      button("Se tilbudet og svar", quote.url),
      note(
        `${sentence(thePlaces(quote.places))} holdes ikke av før du godtar: da er ${quote.places === 1 ? "den din, så lenge det er ledig" : "de dine, så lenge det er nok ledige"}. Den som har denne lenken, kan svare i ditt navn, så vær nøye med hvem du gir den videre til.`,
      ),
    ],
  }),

  quote_accepted: ({ run, quote, booking }, say) => ({
    subject: `Godtatt: pristilbud ${quote.number}, ${run.title}`,
    preheader: `Bekreft bestillingen innen ${say.moment(booking.expiresAt, run.zone)}`,
    heading: "Takk for at du godtok tilbudet",
    blocks: [
      text(
        `Hei, ${quote.name}!\n${places(quote.places)} på ${run.title} er holdt av til deg til avtalt pris. Si hvem som kommer, og bekreft bestillingen i tide: etter det går ${thePlaces(quote.places)} til andre.`,
      ),
      ...facts([
        ["Bekreft innen", say.moment(booking.expiresAt, run.zone)],
        ...whenAndWhere(run, say),
        ...priceOf(quote, say),
        ["Referanse", booking.reference],
      ]),
      button("Bekreft bestillingen", booking.url),
      note(`${KEEP_THE_LINK} Navn kan også oppgis senere.`),
    ],
  }),

  quote_withdrawn: ({ run, quote }, say) => ({
    subject: `Gjelder ikke lenger: pristilbud ${quote.number}, ${run.title}`,
    preheader: "Vi har trukket tilbake dette tilbudet",
    heading: `Pristilbud ${quote.number} er trukket tilbake`,
    blocks: [
      text(
        `Hei, ${quote.name}!\nVi har trukket tilbake tilbudet om ${places(quote.places)} på ${run.title}: det kan ikke godtas lenger. Har vi et nytt til deg, kommer det i en egen e-post.`,
      ),
      ...facts([...whenAndWhere(run, say), ...priceOf(quote, say)]),
      button("Se kurset", run.courseUrl),
    ],
  }),

  quote_answered: ({ run, quote, isAccepted, reason, reference, enquiryUrl }, say) => ({
    subject: `${isAccepted ? "Godtatt" : "Takket nei"}: pristilbud ${quote.number}, ${run.title}`,
    preheader: `${quote.name}: ${places(quote.places)} for ${say.money(quote.total)}`,
    heading: isAccepted ? "Et pristilbud er godtatt" : "Noen har takket nei til et pristilbud",
    blocks: [
      text(
        isAccepted
          ? `${quote.name} har godtatt pristilbud ${quote.number}. ${sentence(thePlaces(quote.places))} er holdt av, og bestillingen venter på å bli bekreftet.`
          : `${quote.name} har takket nei til pristilbud ${quote.number}.`,
      ),
      ...facts([
        ["Hvorfor", reason],
        ["Til", [quote.name, quote.company].filter((line) => line !== null)],
        ["Kurs", run.title],
        ...whenAndWhere(run, say),
        ...priceOf(quote, say),
        ["Bestilling", reference],
      ]),
      button("Åpne henvendelsen", enquiryUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "quote" | "quote_accepted" | "quote_withdrawn" | "quote_answered"
>;
