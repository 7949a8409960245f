import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import {
  KEEP_THE_LINK,
  orderOf,
  sentence,
  thePlaces,
  whenAndWhere,
  yourPlaces,
} from "./phrases.ts";

export const paymentsLetters = {
  late_payment_seated: ({ run, booking, payment }, say) => ({
    subject: `Betalt og bestilt: ${run.title}, ${say.days(run)}`,
    preheader: `${say.money(payment.amount)} kom sent, men det var ledig`,
    heading: "Betalingen kom sent, men alt er i orden",
    blocks: [
      text(
        `Hei, ${booking.booker}!\nBetalingen din kom etter at fristen hadde gått ut. Det var fortsatt ledig, og ${yourPlaces(booking.seats.length)} er bestilt.`,
      ),
      ...facts([
        ["Mottatt", `${say.money(payment.amount)}, ${say.moment(payment.receivedAt, run.zone)}`],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
      ]),
      button("Åpne bestillingen", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  late_payment_pending: ({ run, booking, payment }, say) => ({
    subject: `Betalingen din kom for sent: ${run.title}, ${say.days(run)}`,
    preheader: `${sentence(thePlaces(booking.seats.length))} var borte. Vi ser på saken`,
    heading: "Betalingen din kom for sent",
    blocks: [
      text(
        `Hei, ${booking.booker}!\nBetalingen din kom etter at fristen hadde gått ut og andre hadde bestilt ${yourPlaces(booking.seats.length)}. Pengene dine er trygge: en av oss finner en plass eller en annen dato til deg, eller sender dem tilbake, og skriver til deg.`,
      ),
      ...facts([
        ["Mottatt", `${say.money(payment.amount)}, ${say.moment(payment.receivedAt, run.zone)}`],
        ["Når", say.sittings(run)],
        ["Referanse", booking.reference],
      ]),
      button("Se bestillingen", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  late_payment_staff: ({ run, booking, payment }, say) => ({
    subject: `Sen betaling: ${booking.reference}, ${say.money(payment.amount)}`,
    preheader: `${booking.booker} har betalt, men har ingen plass`,
    heading: "Noen har betalt for sent",
    blocks: [
      text(
        `${booking.booker} har betalt for en bestilling, men ${thePlaces(booking.seats.length)} hadde gått til andre. Finn ${booking.seats.length === 1 ? "en plass" : "plasser"} eller en annen dato, eller send pengene tilbake. Bestilleren vet at noen ser på saken.`,
      ),
      ...facts([
        ["Mottatt", `${say.money(payment.amount)}, ${say.moment(payment.receivedAt, run.zone)}`],
        ["Betaling", payment.reference],
        ["Bestilt av", [booking.booker, booking.company].filter((line) => line !== null)],
        ["Kurs", run.title],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
      ]),
      button("Se kurset", run.courseUrl),
    ],
  }),
} satisfies Pick<
  Words["letters"],
  "late_payment_seated" | "late_payment_pending" | "late_payment_staff"
>;
