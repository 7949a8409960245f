import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import {
  are,
  claims,
  costs,
  joining,
  KEEP_THE_LINK,
  places,
  seatName,
  whenAndWhere,
} from "./phrases.ts";

export const registrationsLetters = {
  registration_cancelled: (told, say) => {
    const { run, seats, cost } = told;
    if (told.role === "booker") {
      return {
        subject: `Cancelled: ${places(seats.length)} on ${run.title}, ${say.days(run)}`,
        preheader: say.list(seats.map(seatName)),
        heading: seats.length === 1 ? "A place is cancelled" : "Places are cancelled",
        blocks: [
          text(
            `Hello ${told.booking.booker},\n${places(seats.length)} of your booking on ${run.title} ${are(seats.length)} cancelled.`,
          ),
          ...facts([
            ["Cancelled", seats.map(seatName)],
            ["When", say.sittings(run)],
            ...costs(cost, say),
            ["Reference", told.booking.reference],
          ]),
          button("Open your booking", told.booking.url),
          note(KEEP_THE_LINK),
        ],
      };
    }
    return {
      subject: `${told.isReplaced ? "Somebody else comes" : "Cancelled"}: ${run.title}, ${say.days(run)}`,
      preheader: "You don’t have a place any more",
      heading: told.isReplaced ? "Your place went to somebody else" : "Your place is cancelled",
      blocks: [
        text(
          told.isReplaced
            ? `${told.bookedBy} has given your place on ${run.title} to somebody else. You need not do anything.`
            : `Your place on ${run.title}, which ${told.bookedBy} had booked, is cancelled.`,
        ),
        ...facts([
          ["When it was", say.sittings(run)],
          ["Reference", told.reference],
        ]),
        button("See the course", run.courseUrl),
      ],
    };
  },

  registration_transferred: (told, say) => {
    const { run, from, cost } = told;
    const before: [string, string | null] = ["Before", from && `${from.title}, ${say.days(from)}`];
    if (told.role === "booker") {
      return {
        subject: `Moved: ${run.title}, ${say.days(run)}`,
        preheader: `${say.list(told.booking.seats.map(seatName))}: now ${say.days(run)}`,
        heading: "Moved to another date",
        blocks: [
          text(
            `Hello ${told.booking.booker},\n${places(told.booking.seats.length)} that you booked ${told.booking.seats.length === 1 ? "has" : "have"} moved to another date: ${run.title}, ${say.days(run)}.`,
          ),
          ...facts([
            ["Who", told.booking.seats.map(seatName)],
            before,
            ...whenAndWhere(run, say),
            ...joining(run),
            ...costs(cost, say),
            ["Reference", told.booking.reference],
          ]),
          button("Open the booking", told.booking.url),
          ...claims(told.booking),
          note(KEEP_THE_LINK),
        ],
      };
    }
    return {
      subject: `Moved: ${run.title}, ${say.days(run)}`,
      preheader: `Your place is now on ${say.days(run)}`,
      heading: "You have another date",
      blocks: [
        text(`Your place on ${run.title} has moved to another date, as ${told.bookedBy} wished.`),
        ...facts([
          before,
          ...whenAndWhere(run, say),
          ...joining(run),
          ["Reference", told.reference],
        ]),
        button("See the course", run.courseUrl),
      ],
    };
  },

  learner_named: ({ run, learner, bookedBy, reference }, say) => ({
    subject: `You have a place: ${run.title}, ${say.days(run)}`,
    preheader: `${bookedBy} has booked it for you`,
    heading: "You have a place",
    blocks: [
      text(`Hello ${learner},\n${bookedBy} has booked a place on ${run.title} for you.`),
      ...facts([...whenAndWhere(run, say), ...joining(run), ["Reference", reference]]),
      button("See what it is about", run.courseUrl),
      note(`If you can’t come, tell ${bookedBy}, who can send somebody else or another day.`),
    ],
  }),

  claim_link: (told, say) => {
    const { run, position, claimUrl } = told;
    if (told.role === "booker") {
      return {
        subject: `Who takes place ${position}? ${run.title}, ${say.days(run)}`,
        preheader: "A link for whoever comes",
        heading: `Who takes place ${position}?`,
        blocks: [
          text(
            `Hello ${told.booking.booker},\nnobody is named for place ${position} of your booking on ${run.title}. Send this link to whoever comes: it lets them enter their own name.`,
          ),
          button("Name who comes", claimUrl),
          ...facts([...whenAndWhere(run, say), ["Reference", told.booking.reference]]),
          note("The link is good for this one place. A new one makes those sent before worthless."),
        ],
      };
    }
    return {
      subject: `A place for you? ${run.title}, ${say.days(run)}`,
      preheader: `${told.bookedBy} has booked it`,
      heading: "There is a place for you",
      blocks: [
        text(
          `${told.bookedBy} has booked a place on ${run.title} that nobody is named for yet, and had this link sent to you. Enter your name, and the place is yours.`,
        ),
        button("Take the place", claimUrl),
        ...facts([...whenAndWhere(run, say), ["Reference", told.reference]]),
        note("Whoever has this link can take the place. If it is not for you, do nothing."),
      ],
    };
  },

  reminder: (told, say) => {
    const { run } = told;
    return {
      subject: `Soon: ${run.title}, ${say.days(run)}`,
      preheader: `It begins ${say.moment(run.startsAt, run.zone)}`,
      heading: "See you soon",
      blocks: [
        text(
          told.role === "booker"
            ? `Hello ${told.booking.booker},\n${run.title} begins ${say.moment(run.startsAt, run.zone)}. ${told.isForOthers ? "Please pass this on to whoever comes." : "You have a place."}`
            : `${run.title} begins ${say.moment(run.startsAt, run.zone)}. You have a place, which ${told.bookedBy} booked.`,
        ),
        ...facts([
          ...whenAndWhere(run, say),
          ["Reference", told.role === "booker" ? told.booking.reference : told.reference],
        ]),
        ...(run.joinUrl === null
          ? [button("See what it is about", run.courseUrl)]
          : [button("Join", run.joinUrl)]),
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
