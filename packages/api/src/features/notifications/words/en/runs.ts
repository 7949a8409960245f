import { button, facts, markdown, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import {
  are,
  joining,
  KEEP_THE_LINK,
  orderOf,
  placeWord,
  places,
  whenAndWhere,
} from "./phrases.ts";

export const runsLetters = {
  run_cancelled: (told, say) => {
    const { run, reason, isAsked } = told;
    const what: [string, string[] | string | null][] = [
      ["When it was", say.sittings(run)],
      ["Reason", reason],
    ];
    return {
      subject: `Does not take place: ${run.title}, ${say.days(run)}`,
      preheader:
        told.role === "booker" && isAsked
          ? "Another date, or your money back: you choose"
          : "This date is cancelled",
      heading: "This date is cancelled",
      blocks:
        told.role === "booker"
          ? [
              text(
                `Hello ${told.booking.booker},\nwe are sorry: ${run.title} does not take place on this date.${isAsked ? ` Please choose${told.booking.seats.length === 1 ? "" : " for each place"}: another date, or the money back. Neither costs you anything.` : ""}`,
              ),
              ...facts([...what, ...orderOf(told.booking, say)]),
              button(isAsked ? "Choose now" : "See the booking", told.booking.url),
              note(KEEP_THE_LINK),
            ]
          : [
              text(
                `We are sorry: ${run.title}, on which you have a place, does not take place on this date.${isAsked ? ` ${told.bookedBy}, who booked it, chooses whether you come on another date.` : ""}`,
              ),
              ...facts([...what, ["Reference", told.reference]]),
              button("See other dates", run.courseUrl),
            ],
    };
  },

  run_rescheduled: (told, say) => {
    const { run, isAsked } = told;
    return {
      subject: `New date: ${run.title}, ${say.days(run)}`,
      preheader: `It begins ${say.moment(run.startsAt, run.zone)}`,
      heading: "There is a new date",
      blocks:
        told.role === "booker"
          ? [
              text(
                `Hello ${told.booking.booker},\n${run.title} has moved. Your ${placeWord(told.booking.seats.length)} ${are(told.booking.seats.length)} kept.${isAsked ? " Whoever can’t come then takes another date, or you get the money back: please tell us, it costs you nothing." : ""}`,
              ),
              ...facts([...whenAndWhere(run, say), ...joining(run), ...orderOf(told.booking, say)]),
              button(isAsked ? "Tell us who comes" : "Open your booking", told.booking.url),
              note(KEEP_THE_LINK),
            ]
          : [
              text(
                `${run.title} has moved, and your place with it.${isAsked ? ` If you can’t come then, tell ${told.bookedBy}, who booked it and can change it.` : ""}`,
              ),
              ...facts([...whenAndWhere(run, say), ...joining(run), ["Reference", told.reference]]),
              button("See the course", run.courseUrl),
            ],
    };
  },

  run_confirmed: ({ run, booking }, say) => ({
    subject: `It takes place: ${run.title}, ${say.days(run)}`,
    preheader: "Enough people come: the date is certain",
    heading: "It takes place",
    blocks: [
      text(
        `Hello ${booking.booker},\n${run.title} takes place for certain. You can book your journey.`,
      ),
      ...facts([...whenAndWhere(run, say), ...joining(run), ...orderOf(booking, say)]),
      button("Open your booking", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  run_message: ({ run, subject, body, author }, say) => ({
    subject,
    preheader: `${run.title}, ${say.days(run)}`,
    heading: subject,
    blocks: [
      markdown(body),
      ...facts([["From", author], ["About", run.title], ...whenAndWhere(run, say)]),
      button("See the course", run.courseUrl),
    ],
  }),

  run_undecided: ({ run, runId, decisionAt, taken, minPlaces }, say) => ({
    subject: `To be decided: ${run.title}, ${say.days(run)}`,
    preheader: `${taken} of at least ${places(minPlaces)} ${are(taken)} taken`,
    heading: "Does this date take place?",
    blocks: [
      text(
        `${run.title} is tentative still, and fewer places are taken than it needs. Confirm it all the same, move it, or cancel it.`,
      ),
      ...facts([
        ["Places taken", `${taken} of at least ${minPlaces}`],
        ["Decide until", decisionAt && say.moment(decisionAt, run.zone)],
        ...whenAndWhere(run, say),
        ["Run", runId],
      ]),
      button("See the course", run.courseUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "run_cancelled" | "run_rescheduled" | "run_confirmed" | "run_message" | "run_undecided"
>;
