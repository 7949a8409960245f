import { button, facts, markdown, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import { joining, KEEP_THE_LINK, orderOf, places, whenAndWhere, yourPlaces } from "./phrases.ts";

export const runsLetters = {
  run_cancelled: (told, say) => {
    const { run, reason, isAsked } = told;
    const what: [string, string[] | string | null][] = [
      ["Skulle vært", say.sittings(run)],
      ["Årsak", reason],
    ];
    return {
      subject: `Avlyst: ${run.title}, ${say.days(run)}`,
      preheader:
        told.role === "booker" && isAsked
          ? "En annen dato eller pengene tilbake: du velger"
          : "Denne kursdatoen er avlyst",
      heading: "Denne kursdatoen er avlyst",
      blocks:
        told.role === "booker"
          ? [
              text(
                `Hei, ${told.booking.booker}!\nVi beklager: ${run.title} blir ikke gjennomført på denne datoen.${isAsked ? ` ${told.booking.seats.length === 1 ? "Velg hva du vil ha i stedet" : "Velg for hver plass"}: en annen dato eller pengene tilbake. Ingen av delene koster deg noe.` : ""}`,
              ),
              ...facts([...what, ...orderOf(told.booking, say)]),
              button(isAsked ? "Velg nå" : "Se bestillingen", told.booking.url),
              note(KEEP_THE_LINK),
            ]
          : [
              text(
                `Vi beklager: ${run.title}, der du har plass, blir ikke gjennomført på denne datoen.${isAsked ? ` ${told.bookedBy}, som bestilte plassen, velger om du kommer på en annen dato.` : ""}`,
              ),
              ...facts([...what, ["Referanse", told.reference]]),
              button("Se andre datoer", run.courseUrl),
            ],
    };
  },

  run_rescheduled: (told, say) => {
    const { run, isAsked } = told;
    return {
      subject: `Ny dato: ${run.title}, ${say.days(run)}`,
      preheader: `Begynner ${say.moment(run.startsAt, run.zone)}`,
      heading: "Kurset har fått en ny dato",
      blocks:
        told.role === "booker"
          ? [
              text(
                `Hei, ${told.booking.booker}!\n${run.title} er flyttet. Du beholder ${yourPlaces(told.booking.seats.length)}.${isAsked ? " Den som ikke kan komme da, tar en annen dato, eller du får pengene tilbake: si fra til oss, det koster deg ingenting." : ""}`,
              ),
              ...facts([...whenAndWhere(run, say), ...joining(run), ...orderOf(told.booking, say)]),
              button(isAsked ? "Si fra hvem som kommer" : "Åpne bestillingen", told.booking.url),
              note(KEEP_THE_LINK),
            ]
          : [
              text(
                `${run.title} er flyttet, og plassen din med det.${isAsked ? ` Kan du ikke komme da? Si fra til ${told.bookedBy}, som bestilte plassen og kan endre den.` : ""}`,
              ),
              ...facts([...whenAndWhere(run, say), ...joining(run), ["Referanse", told.reference]]),
              button("Se kurset", run.courseUrl),
            ],
    };
  },

  run_confirmed: ({ run, booking }, say) => ({
    subject: `Kurset blir gjennomført: ${run.title}, ${say.days(run)}`,
    preheader: "Det er nok deltakere: datoen er sikker",
    heading: "Kurset blir gjennomført",
    blocks: [
      text(
        `Hei, ${booking.booker}!\nNå er det sikkert at ${run.title} blir gjennomført. Du kan bestille reisen.`,
      ),
      ...facts([...whenAndWhere(run, say), ...joining(run), ...orderOf(booking, say)]),
      button("Åpne bestillingen", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  run_message: ({ run, subject, body, author }, say) => ({
    subject,
    preheader: `${run.title}, ${say.days(run)}`,
    heading: subject,
    blocks: [
      markdown(body),
      ...facts([["Fra", author], ["Om", run.title], ...whenAndWhere(run, say)]),
      button("Se kurset", run.courseUrl),
    ],
  }),

  run_undecided: ({ run, runId, decisionAt, taken, minPlaces }, say) => ({
    subject: `Må avgjøres: ${run.title}, ${say.days(run)}`,
    preheader: `${taken} av minst ${places(minPlaces)} er tatt`,
    heading: "Blir denne kursdatoen gjennomført?",
    blocks: [
      text(
        `${run.title} er fortsatt foreløpig, og færre plasser er tatt enn det som trengs. Bekreft kursdatoen likevel, flytt den eller avlys den.`,
      ),
      ...facts([
        ["Plasser tatt", `${taken} av minst ${minPlaces}`],
        ["Avgjøres innen", decisionAt && say.moment(decisionAt, run.zone)],
        ...whenAndWhere(run, say),
        ["Kursdato", runId],
      ]),
      button("Se kurset", run.courseUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "run_cancelled" | "run_rescheduled" | "run_confirmed" | "run_message" | "run_undecided"
>;
