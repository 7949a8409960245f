import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import { are, party, placeWord, places, whenAndWhere } from "./phrases.ts";

export const waitlistLetters = {
  waitlist_joined: ({ run, entry }, say) => ({
    subject: `On the waiting list: ${run.title}, ${say.days(run)}`,
    preheader: entry.position === null ? "You are on the list" : `You are number ${entry.position}`,
    heading: "You are on the waiting list",
    blocks: [
      text(
        `Hello ${entry.name},\n${run.title} is sold out for now. As soon as places become free that are yours by the order of the list, we offer them to you in a mail like this one.`,
      ),
      ...facts([
        ["Your position", entry.position === null ? null : String(entry.position)],
        ["You want", party(entry)],
        ...whenAndWhere(run, say),
      ]),
      button("See your position", entry.url),
      note("There you can leave the list as well. Keep this mail to yourself."),
    ],
  }),

  offer: ({ run, entry }, say) => ({
    subject: `For you: ${places(entry.offered ?? entry.quantity)} on ${run.title}, ${say.days(run)}`,
    preheader:
      entry.offerExpiresAt === null
        ? "It is your turn"
        : `Yours until ${say.moment(entry.offerExpiresAt, run.zone)}`,
    heading: "It is your turn",
    blocks: [
      text(
        `Hello ${entry.name},\n${places(entry.offered ?? entry.quantity)} on ${run.title} ${are(entry.offered ?? entry.quantity)} set aside for you. Accept in time, and you are booked; decline, and the next on the list is asked.`,
      ),
      ...facts([
        ["Set aside until", entry.offerExpiresAt && say.moment(entry.offerExpiresAt, run.zone)],
        ["You wanted", party(entry)],
        ...whenAndWhere(run, say),
      ]),
      button("Accept or decline", entry.url),
      note("Whoever has this link can accept in your name: keep this mail to yourself."),
    ],
  }),

  offer_lapsed: ({ run, entry }, say) => ({
    subject: `The offer has lapsed: ${run.title}, ${say.days(run)}`,
    preheader: `The ${placeWord(entry.offered ?? entry.quantity)} went to the next on the list`,
    heading: "The offer has lapsed",
    blocks: [
      text(
        `Hello ${entry.name},\nthe ${placeWord(entry.offered ?? entry.quantity)} on ${run.title} that ${(entry.offered ?? entry.quantity) === 1 ? "was set aside for you was" : "were set aside for you were"} not accepted in time, and went to the next on the list. You can join the list again.`,
      ),
      ...facts(whenAndWhere(run, say)),
      button("See the dates", run.courseUrl),
    ],
  }),

  waitlist_closed: ({ run, entry }, say) => ({
    subject: `The waiting list is closed: ${run.title}, ${say.days(run)}`,
    preheader: "No places became free in time",
    heading: "The waiting list is closed",
    blocks: [
      text(
        `Hello ${entry.name},\nno places on ${run.title} became free for you in time, and nobody can join this date any more. We are sorry. Perhaps another date suits you.`,
      ),
      ...facts(whenAndWhere(run, say)),
      button("See other dates", run.courseUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "waitlist_joined" | "offer" | "offer_lapsed" | "waitlist_closed"
>;
