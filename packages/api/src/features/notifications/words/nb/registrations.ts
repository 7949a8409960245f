import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import {
  claims,
  costs,
  joining,
  KEEP_THE_LINK,
  places,
  seatName,
  sentence,
  thePlaces,
  whenAndWhere,
} from "./phrases.ts";

export const registrationsLetters = {
  registration_cancelled: (told, say) => {
    const { run, seats, cost } = told;
    if (told.role === "booker") {
      return {
        subject: `Avbestilt: ${places(seats.length)} på ${run.title}, ${say.days(run)}`,
        preheader: say.list(seats.map(seatName)),
        heading: `${sentence(thePlaces(seats.length))} er avbestilt`,
        blocks: [
          text(
            `Hei, ${told.booking.booker}!\n${places(seats.length)} i bestillingen din på ${run.title} er avbestilt.`,
          ),
          ...facts([
            ["Avbestilt", seats.map(seatName)],
            ["Når", say.sittings(run)],
            ...costs(cost, say),
            ["Referanse", told.booking.reference],
          ]),
          button("Åpne bestillingen", told.booking.url),
          note(KEEP_THE_LINK),
        ],
      };
    }
    return {
      subject: `${told.isReplaced ? "Noen andre kommer i stedet" : "Avbestilt"}: ${run.title}, ${say.days(run)}`,
      preheader: "Du har ikke lenger plass",
      heading: told.isReplaced ? "Plassen din gikk til noen andre" : "Plassen din er avbestilt",
      blocks: [
        text(
          told.isReplaced
            ? `${told.bookedBy} har gitt plassen din på ${run.title} til noen andre. Du trenger ikke å gjøre noe.`
            : `Plassen din på ${run.title}, som ${told.bookedBy} hadde bestilt, er avbestilt.`,
        ),
        ...facts([
          ["Tidspunkt", say.sittings(run)],
          ["Referanse", told.reference],
        ]),
        button("Se kurset", run.courseUrl),
      ],
    };
  },

  registration_transferred: (told, say) => {
    const { run, from, cost } = told;
    const before: [string, string | null] = [
      "Tidligere",
      from && `${from.title}, ${say.days(from)}`,
    ];
    if (told.role === "booker") {
      return {
        subject: `Flyttet: ${run.title}, ${say.days(run)}`,
        preheader: `${say.list(told.booking.seats.map(seatName))}: nå ${say.days(run)}`,
        heading: "Flyttet til en annen dato",
        blocks: [
          text(
            `Hei, ${told.booking.booker}!\n${places(told.booking.seats.length)} som du har bestilt, er flyttet til en annen dato: ${run.title}, ${say.days(run)}.`,
          ),
          ...facts([
            ["Hvem", told.booking.seats.map(seatName)],
            before,
            ...whenAndWhere(run, say),
            ...joining(run),
            ...costs(cost, say),
            ["Referanse", told.booking.reference],
          ]),
          button("Åpne bestillingen", told.booking.url),
          ...claims(told.booking),
          note(KEEP_THE_LINK),
        ],
      };
    }
    return {
      subject: `Flyttet: ${run.title}, ${say.days(run)}`,
      preheader: `Den nye datoen er ${say.days(run)}`,
      heading: "Du har fått en annen dato",
      blocks: [
        text(
          `Plassen din på ${run.title} er flyttet til en annen dato, slik ${told.bookedBy} ønsket.`,
        ),
        ...facts([
          before,
          ...whenAndWhere(run, say),
          ...joining(run),
          ["Referanse", told.reference],
        ]),
        button("Se kurset", run.courseUrl),
      ],
    };
  },

  learner_named: ({ run, learner, bookedBy, reference }, say) => ({
    subject: `Du har fått plass: ${run.title}, ${say.days(run)}`,
    preheader: `${bookedBy} har bestilt den til deg`,
    heading: "Du har fått plass",
    blocks: [
      text(`Hei, ${learner}!\n${bookedBy} har bestilt en plass på ${run.title} til deg.`),
      ...facts([...whenAndWhere(run, say), ...joining(run), ["Referanse", reference]]),
      button("Les om kurset", run.courseUrl),
      note(
        `Kan du ikke komme? Si fra til ${bookedBy}, som kan sende noen andre eller velge en annen dato.`,
      ),
    ],
  }),

  claim_link: (told, say) => {
    const { run, position, claimUrl } = told;
    if (told.role === "booker") {
      return {
        subject: `Hvem tar plass ${position}? ${run.title}, ${say.days(run)}`,
        preheader: "En lenke til den som kommer",
        heading: `Hvem tar plass ${position}?`,
        blocks: [
          text(
            `Hei, ${told.booking.booker}!\nPlass ${position} i bestillingen din på ${run.title} har ikke fått navn ennå. Send denne lenken til den som kommer: med den kan vedkommende selv oppgi navnet sitt.`,
          ),
          button("Oppgi hvem som kommer", claimUrl),
          ...facts([...whenAndWhere(run, say), ["Referanse", told.booking.reference]]),
          note(
            "Lenken gjelder bare denne ene plassen. Når det lages en ny, slutter de gamle å virke.",
          ),
        ],
      };
    }
    return {
      subject: `En plass til deg? ${run.title}, ${say.days(run)}`,
      preheader: `${told.bookedBy} har bestilt den`,
      heading: "Det er en plass til deg",
      blocks: [
        text(
          `${told.bookedBy} har bestilt en plass på ${run.title} som ikke har fått navn ennå, og har bedt oss sende deg denne lenken. Oppgi navnet ditt, så er plassen din.`,
        ),
        button("Ta plassen", claimUrl),
        ...facts([...whenAndWhere(run, say), ["Referanse", told.reference]]),
        note(
          "Den som har denne lenken, kan ta plassen. Hvis den ikke er til deg, trenger du ikke å gjøre noe.",
        ),
      ],
    };
  },

  reminder: (told, say) => {
    const { run } = told;
    return {
      subject: `Snart: ${run.title}, ${say.days(run)}`,
      preheader: `Begynner ${say.moment(run.startsAt, run.zone)}`,
      heading: "Vi ses snart",
      blocks: [
        text(
          told.role === "booker"
            ? `Hei, ${told.booking.booker}!\n${run.title} begynner ${say.moment(run.startsAt, run.zone)}. ${told.isForOthers ? "Gi gjerne beskjed videre til alle som kommer." : "Du har plass."}`
            : `${run.title} begynner ${say.moment(run.startsAt, run.zone)}. Du har en plass, som ${told.bookedBy} har bestilt.`,
        ),
        ...facts([
          ...whenAndWhere(run, say),
          ["Referanse", told.role === "booker" ? told.booking.reference : told.reference],
        ]),
        ...(run.joinUrl === null
          ? [button("Les om kurset", run.courseUrl)]
          : [button("Bli med", run.joinUrl)]),
        ...(told.role === "booker" ? claims(told.booking) : []),
      ],
    };
  },
} satisfies Pick<
  Words["letters"],
  | "registration_cancelled"
  | "registration_transferred"
  | "learner_named"
  | "claim_link"
  | "reminder"
>;
