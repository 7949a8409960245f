import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import { KEEP_THE_LINK, orderOf, placeWord, whenAndWhere } from "./phrases.ts";

export const paymentsLetters = {
  late_payment_seated: ({ run, booking, payment }, say) => ({
    subject: `Paid and booked: ${run.title}, ${say.days(run)}`,
    preheader: `${say.money(payment.amount)} came late, and there was room`,
    heading: "Your payment came late, and all is well",
    blocks: [
      text(
        `Hello ${booking.booker},\nyour payment came when its time was up. There was room still, and your ${placeWord(booking.seats.length)} ${booking.seats.length === 1 ? "is" : "are"} booked.`,
      ),
      ...facts([
        ["Received", `${say.money(payment.amount)}, ${say.moment(payment.receivedAt, run.zone)}`],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
      ]),
      button("Open your booking", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  late_payment_pending: ({ run, booking, payment }, say) => ({
    subject: `Your payment came late: ${run.title}, ${say.days(run)}`,
    preheader: `Your ${placeWord(booking.seats.length)} had gone. We are looking into it`,
    heading: "Your payment came too late",
    blocks: [
      text(
        `Hello ${booking.booker},\nyour payment came when its time was up and others had booked your ${placeWord(booking.seats.length)}. Your money is safe: somebody of us looks for a place or another date for you, or sends it back, and writes to you.`,
      ),
      ...facts([
        ["Received", `${say.money(payment.amount)}, ${say.moment(payment.receivedAt, run.zone)}`],
        ["When", say.sittings(run)],
        ["Reference", booking.reference],
      ]),
      button("See the booking", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  late_payment_staff: ({ run, booking, payment }, say) => ({
    subject: `Late payment: ${booking.reference}, ${say.money(payment.amount)}`,
    preheader: `${booking.booker} has paid and has no place`,
    heading: "Somebody paid too late",
    blocks: [
      text(
        `${booking.booker} has paid for a booking whose ${placeWord(booking.seats.length)} went to others. Find ${booking.seats.length === 1 ? "a place" : "places"} or another date, or send the money back. They know that somebody looks into it.`,
      ),
      ...facts([
        ["Received", `${say.money(payment.amount)}, ${say.moment(payment.receivedAt, run.zone)}`],
        ["Payment", payment.reference],
        ["Booked by", [booking.booker, booking.company].filter((line) => line !== null)],
        ["Course", run.title],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
      ]),
      button("See the course", run.courseUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "late_payment_seated" | "late_payment_pending" | "late_payment_staff"
>;
