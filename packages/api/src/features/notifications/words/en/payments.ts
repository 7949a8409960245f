import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import { KEEP_THE_LINK, orderOf, whenAndWhere } from "./phrases.ts";

export const paymentsLetters = {
  late_payment_seated: ({ run, booking, payment }, say) => ({
    subject: `Paid and booked: ${run.title}, ${say.days(run)}`,
    preheader: `${say.money(payment.amount)} came late, and places were left`,
    heading: "Your payment came late, and all is well",
    blocks: [
      text(
        `Hello ${booking.booker},\nyour payment came when the time of your places was up. There were places left, and they are yours.`,
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
    preheader: "Your places had gone. We are looking into it",
    heading: "Your payment came too late",
    blocks: [
      text(
        `Hello ${booking.booker},\nyour payment came when the time of your places was up and others had booked them. Your money is safe: somebody of us looks for a place or another date for you, or sends it back, and writes to you.`,
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
    preheader: `${booking.booker} has paid and has no places`,
    heading: "Somebody paid too late",
    blocks: [
      text(
        `${booking.booker} has paid for a booking whose places went to others. Find places or another date, or send the money back. They know that somebody looks into it.`,
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
