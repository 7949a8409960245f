import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import {
  are,
  claims,
  costs,
  joining,
  KEEP_THE_LINK,
  orderOf,
  placeWord,
  places,
  whenAndWhere,
} from "./phrases.ts";

export const bookingsLetters = {
  booking_confirmed: ({ run, booking }, say) => ({
    subject: `Booked: ${run.title}, ${say.days(run)}`,
    preheader: `${places(booking.seats.length)}, reference ${booking.reference}`,
    heading: "You are booked",
    blocks: [
      text(
        `Hello ${booking.booker},\nthank you for your booking: ${places(booking.seats.length)} on ${run.title} ${are(booking.seats.length)} yours.`,
      ),
      ...facts([...whenAndWhere(run, say), ...joining(run), ...orderOf(booking, say)]),
      button("Open your booking", booking.url),
      ...claims(booking),
      note(KEEP_THE_LINK),
    ],
  }),

  approval_requested: ({ run, booking, approver, url }, say) => ({
    subject: `Please approve: ${run.title}, ${say.days(run)}`,
    preheader: `${booking.booker} asks for ${places(booking.seats.length)}`,
    heading: "A booking waits for you",
    blocks: [
      text(
        `Hello ${approver},\n${booking.booker} wants to book ${places(booking.seats.length)} on ${run.title}, and named you as the one who approves it.`,
      ),
      ...facts([
        ["Asked by", [booking.booker, booking.company].filter((line) => line !== null)],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
        ["Set aside until", booking.expiresAt && say.moment(booking.expiresAt, run.zone)],
      ]),
      button("Approve or refuse", url),
      note(
        `Without your approval the ${placeWord(booking.seats.length)} will go to others. Keep this mail to yourself.`,
      ),
    ],
  }),

  approval_refused: ({ run, booking, reason }, say) => ({
    subject: `Not approved: ${run.title}, ${say.days(run)}`,
    preheader: `Booking ${booking.reference} was refused`,
    heading: "Your booking was not approved",
    blocks: [
      text(
        `Hello ${booking.booker},\nyour booking on ${run.title} was refused, and its ${placeWord(booking.seats.length)} went back. Nothing is to be paid.`,
      ),
      ...facts([
        ["Reason", reason],
        ["When", say.sittings(run)],
        ["Reference", booking.reference],
      ]),
      button("See the course", run.courseUrl),
    ],
  }),

  hold_expiring: ({ run, booking }, say) => ({
    subject: `Your ${placeWord(booking.seats.length)} on ${run.title} ${are(booking.seats.length)} about to lapse`,
    preheader:
      booking.expiresAt === null
        ? "The payment is not here yet"
        : `Set aside until ${say.moment(booking.expiresAt, run.zone)}`,
    heading: `Your ${placeWord(booking.seats.length)} ${are(booking.seats.length)} about to lapse`,
    blocks: [
      text(
        `Hello ${booking.booker},\nthe payment for your booking is not here yet. Until it is, your ${placeWord(booking.seats.length)} ${are(booking.seats.length)} only set aside, and will go to others when the time is up.`,
      ),
      ...facts([
        ["Set aside until", booking.expiresAt && say.moment(booking.expiresAt, run.zone)],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
      ]),
      button("Finish the booking", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  booking_cancelled: (told, say) => ({
    subject: `Cancelled: ${told.run.title}, ${say.days(told.run)}`,
    preheader:
      told.role === "booker"
        ? `Booking ${told.booking.reference} is cancelled`
        : "You don’t have a place any more",
    heading: told.role === "booker" ? "Your booking is cancelled" : "Your place is cancelled",
    blocks:
      told.role === "booker"
        ? [
            text(
              `Hello ${told.booking.booker},\nyour booking on ${told.run.title} is cancelled, and its ${placeWord(told.booking.seats.length)} went back.`,
            ),
            ...facts([
              ["When it was", say.sittings(told.run)],
              ["Reason", told.reason],
              ...costs(told.cost, say),
              ["Reference", told.booking.reference],
            ]),
            button("See the booking", told.booking.url),
          ]
        : [
            text(
              `The booking of ${told.bookedBy} is cancelled, and with it your place on ${told.run.title}.`,
            ),
            ...facts([
              ["When it was", say.sittings(told.run)],
              ["Reference", told.reference],
            ]),
            button("See the course", told.run.courseUrl),
          ],
  }),
} satisfies Pick<
  Words["letters"],
  | "booking_confirmed"
  | "approval_requested"
  | "approval_refused"
  | "hold_expiring"
  | "booking_cancelled"
>;
