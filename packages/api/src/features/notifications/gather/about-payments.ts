import { bookingCalendar } from "./calendar-of.ts";
import { readBooking } from "./about-bookings.ts";
import { paymentFacts } from "./facts-of.ts";
import type { Gather, Gathering } from "./mail-draft.ts";
import { findPayment } from "./rows.ts";

async function readPayment(gathering: Gathering, id: string, reader?: string) {
  const payment = await findPayment(gathering.db, id);
  const found = payment && (await readBooking(gathering, payment.bookingId, reader));
  if (payment === undefined || found === undefined) return undefined;
  const isPending = payment.outcome === "late" && payment.resolvedAt === null;
  return { ...found, isPending, payment: paymentFacts(payment) };
}

export const latePaymentSeated: Gather = async (gathering, id) => {
  const found = await readPayment(gathering, id);
  if (found?.booking.status !== "confirmed") return [];
  const { booking, booker, run, registrations, facts, payment } = found;
  return [
    {
      content: { kind: "late_payment_seated", facts: { ...facts, payment } },
      to: booker,
      language: booking.language,
      calendar: await bookingCalendar(gathering, booking, registrations, run, booker),
    },
  ];
};

export const latePaymentPending: Gather = async (gathering, id) => {
  const found = await readPayment(gathering, id);
  if (found === undefined || !found.isPending) return [];
  const { booking, booker, facts, payment } = found;
  return [
    {
      content: { kind: "late_payment_pending", facts: { ...facts, payment } },
      to: booker,
      language: booking.language,
    },
  ];
};

export const latePaymentForStaff: Gather = async (gathering, id) => {
  const { staff, staffLanguage } = gathering.settings;
  const found = await readPayment(gathering, id, staffLanguage);
  if (found === undefined || !found.isPending) return [];
  const { facts, payment } = found;
  const { url: _, ...booking } = facts.booking;
  return [
    {
      content: { kind: "late_payment_staff", facts: { run: facts.run, booking, payment } },
      to: staff,
      language: staffLanguage,
    },
  ];
};
