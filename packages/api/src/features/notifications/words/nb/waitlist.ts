import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import { party, places, sentence, thePlaces, whenAndWhere, yours } from "./phrases.ts";

export const waitlistLetters = {
  waitlist_joined: ({ run, entry }, say) => ({
    subject: `På ventelisten: ${run.title}, ${say.days(run)}`,
    preheader:
      entry.position === null ? "Du står på listen" : `Du er nummer ${entry.position} i køen`,
    heading: "Du står på ventelisten",
    blocks: [
      text(
        `Hei, ${entry.name}!\n${run.title} er utsolgt for øyeblikket. Så snart det blir ledig og turen har kommet til deg, får du et tilbud i en e-post som denne.`,
      ),
      ...facts([
        ["Nummer i køen", entry.position === null ? null : String(entry.position)],
        ["Du ønsker", party(entry)],
        ...whenAndWhere(run, say),
      ]),
      button("Se hvor du står", entry.url),
      note("Der kan du også gå ut av listen. Hold denne e-posten for deg selv."),
    ],
  }),

  offer: ({ run, entry }, say) => {
    const count = entry.offered ?? entry.quantity;
    return {
      subject: `Til deg: ${places(count)} på ${run.title}, ${say.days(run)}`,
      preheader:
        entry.offerExpiresAt === null
          ? "Det er din tur"
          : `Holdes av til ${say.moment(entry.offerExpiresAt, run.zone)}`,
      heading: "Det er din tur",
      blocks: [
        text(
          `Hei, ${entry.name}!\n${places(count)} på ${run.title} er holdt av til deg. Godta tilbudet i tide, så er ${thePlaces(count)} ${yours(count)}. Takker du nei, går tilbudet til den neste i køen.`,
        ),
        ...facts([
          ["Holdes av til", entry.offerExpiresAt && say.moment(entry.offerExpiresAt, run.zone)],
          ["Du ønsket", party(entry)],
          ...whenAndWhere(run, say),
        ]),
        button("Godta eller takk nei", entry.url),
        note("Den som har denne lenken, kan godta i ditt navn: hold denne e-posten for deg selv."),
      ],
    };
  },

  offer_lapsed: ({ run, entry }, say) => {
    const count = entry.offered ?? entry.quantity;
    return {
      subject: `Tilbudet er utløpt: ${run.title}, ${say.days(run)}`,
      preheader: `${sentence(thePlaces(count))} gikk til den neste i køen`,
      heading: "Tilbudet er utløpt",
      blocks: [
        text(
          `Hei, ${entry.name}!\n${sentence(thePlaces(count))} på ${run.title} som var holdt av til deg, ble ikke tatt i tide og gikk til den neste i køen. Du kan stille deg i kø igjen.`,
        ),
        ...facts(whenAndWhere(run, say)),
        button("Se datoene", run.courseUrl),
      ],
    };
  },

  waitlist_closed: ({ run, entry }, say) => ({
    subject: `Ventelisten er stengt: ${run.title}, ${say.days(run)}`,
    preheader: "Det ble ikke ledig i tide",
    heading: "Ventelisten er stengt",
    blocks: [
      text(
        `Hei, ${entry.name}!\nDet ble ikke ledig til deg på ${run.title} i tide, og nå kan ingen lenger bestille plass på denne datoen. Vi beklager. Kanskje passer en annen dato.`,
      ),
      ...facts(whenAndWhere(run, say)),
      button("Se andre datoer", run.courseUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "waitlist_joined" | "offer" | "offer_lapsed" | "waitlist_closed"
>;
