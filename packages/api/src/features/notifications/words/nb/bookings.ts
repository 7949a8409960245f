import { button, facts, note, text } from "../../letters/letter.ts";
import type { Words } from "../../letters/words.ts";
import {
  claims,
  costs,
  joining,
  KEEP_THE_LINK,
  orderOf,
  places,
  sentence,
  thePlaces,
  they,
  whenAndWhere,
  yourPlaces,
  yours,
} from "./phrases.ts";

export const bookingsLetters = {
  booking_confirmed: ({ run, booking }, say) => ({
    subject: `Bestilt: ${run.title}, ${say.days(run)}`,
    preheader: `${places(booking.seats.length)}, referanse ${booking.reference}`,
    heading: "Bestillingen er bekreftet",
    blocks: [
      text(
        `Hei, ${booking.booker}!\nTakk for bestillingen: ${places(booking.seats.length)} på ${run.title} er ${yours(booking.seats.length)}.`,
      ),
      ...facts([...whenAndWhere(run, say), ...joining(run), ...orderOf(booking, say)]),
      button("Åpne bestillingen", booking.url),
      ...claims(booking),
      note(KEEP_THE_LINK),
    ],
  }),

  approval_requested: ({ run, booking, approver, url }, say) => ({
    subject: `Til godkjenning: ${run.title}, ${say.days(run)}`,
    preheader: `${booking.booker} ber om ${places(booking.seats.length)}`,
    heading: "En bestilling venter på deg",
    blocks: [
      text(
        `Hei, ${approver}!\n${booking.booker} vil bestille ${places(booking.seats.length)} på ${run.title}, og har oppgitt deg som den som godkjenner.`,
      ),
      ...facts([
        ["Fra", [booking.booker, booking.company].filter((line) => line !== null)],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
        ["Holdes av til", booking.expiresAt && say.moment(booking.expiresAt, run.zone)],
      ]),
      button("Godkjenn eller avslå", url),
      note(
        `Uten godkjenning fra deg går ${thePlaces(booking.seats.length)} til andre. Hold denne e-posten for deg selv.`,
      ),
    ],
  }),

  approval_refused: ({ run, booking, reason }, say) => ({
    subject: `Ikke godkjent: ${run.title}, ${say.days(run)}`,
    preheader: `Bestillingen ${booking.reference} ble avslått`,
    heading: "Bestillingen din ble ikke godkjent",
    blocks: [
      text(
        `Hei, ${booking.booker}!\nBestillingen din på ${run.title} ble avslått, og ${thePlaces(booking.seats.length)} ble gitt tilbake. Ingenting skal betales.`,
      ),
      ...facts([
        ["Begrunnelse", reason],
        ["Når", say.sittings(run)],
        ["Referanse", booking.reference],
      ]),
      button("Se kurset", run.courseUrl),
    ],
  }),

  hold_expiring: ({ run, booking }, say) => ({
    subject: `${sentence(yourPlaces(booking.seats.length))} på ${run.title} går snart til andre`,
    preheader:
      booking.expiresAt === null
        ? "Betalingen er ikke kommet ennå"
        : `Holdes av til ${say.moment(booking.expiresAt, run.zone)}`,
    heading: `Snart går ${yourPlaces(booking.seats.length)} til andre`,
    blocks: [
      text(
        `Hei, ${booking.booker}!\nBetalingen for bestillingen din er ikke kommet ennå. Til den er her, er ${yourPlaces(booking.seats.length)} bare holdt av, og ${they(booking.seats.length)} går til andre når tiden er ute.`,
      ),
      ...facts([
        ["Holdes av til", booking.expiresAt && say.moment(booking.expiresAt, run.zone)],
        ...whenAndWhere(run, say),
        ...orderOf(booking, say),
      ]),
      button("Fullfør bestillingen", booking.url),
      note(KEEP_THE_LINK),
    ],
  }),

  booking_cancelled: (told, say) => ({
    subject: `Avbestilt: ${told.run.title}, ${say.days(told.run)}`,
    preheader:
      told.role === "booker"
        ? `Bestillingen ${told.booking.reference} er avbestilt`
        : "Du har ikke lenger plass",
    heading: told.role === "booker" ? "Bestillingen din er avbestilt" : "Plassen din er avbestilt",
    blocks:
      told.role === "booker"
        ? [
            text(
              `Hei, ${told.booking.booker}!\nBestillingen din på ${told.run.title} er avbestilt, og ${thePlaces(told.booking.seats.length)} er gitt tilbake.`,
            ),
            ...facts([
              ["Tidspunkt", say.sittings(told.run)],
              ["Begrunnelse", told.reason],
              ...costs(told.cost, say),
              ["Referanse", told.booking.reference],
            ]),
            button("Se bestillingen", told.booking.url),
          ]
        : [
            text(
              `Bestillingen til ${told.bookedBy} er avbestilt, og med den plassen din på ${told.run.title}.`,
            ),
            ...facts([
              ["Tidspunkt", say.sittings(told.run)],
              ["Referanse", told.reference],
            ]),
            button("Se kurset", told.run.courseUrl),
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
