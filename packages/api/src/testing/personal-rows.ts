import { encryptOrNull } from "@lectern/auth/encryption/field-cipher";
import type { Database } from "@lectern/database/connect";
import { booking, registration, waitlistEntry } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { enquiry } from "@lectern/database/schema/enquiries";
import { mailMessage } from "@lectern/database/schema/mail";
import { uuidv7 } from "uuidv7";
import { createReference } from "../features/bookings/reference.ts";
import { TEST_FIELDS } from "./factories.ts";

/** Rows that are somebody's, for tests of what becomes of them: each right, with what matters overridden. */

/** @returns the row of a confirmed booking of one place, whose booker takes it */
export async function createPersonalBooking(
  db: Database,
  runId: string,
  values: Partial<Omit<typeof booking.$inferInsert, "bookerPhone">> & { bookerPhone?: string } = {},
  learner: Partial<typeof registration.$inferInsert> = {},
): Promise<{ readonly id: string; readonly reference: string; readonly registrationId: string }> {
  const [id, registrationId] = [uuidv7(), uuidv7()];
  const reference = createReference();
  const { bookerPhone, ...others } = values;
  const place = { table: "booking", column: "booker_phone", id };
  await db.insert(booking).values({
    id,
    reference,
    runId,
    status: "confirmed",
    paymentState: "paid",
    places: 1,
    bookerName: "Ingrid Berg",
    bookerEmail: `${id}@example.com`,
    confirmedAt: new Date(),
    ...others,
    bookerPhone: await encryptOrNull(TEST_FIELDS, place, bookerPhone),
  });
  await db.insert(registration).values({
    id: registrationId,
    bookingId: id,
    runId,
    position: 1,
    status: "confirmed",
    learnerName: others.bookerName ?? "Ingrid Berg",
    learnerEmail: others.bookerEmail ?? `${id}@example.com`,
    priceAmount: 12_500_00,
    priceCurrency: "NOK",
    ...learner,
  });
  return { id, reference, registrationId };
}

/** @returns the id of a mail that was sent */
export async function createSentMail(
  db: Database,
  values: Partial<typeof mailMessage.$inferInsert> & { readonly recipientEmail: string },
): Promise<string> {
  const id = uuidv7();
  await db.insert(mailMessage).values({
    id,
    kind: "booking_confirmed",
    state: "sent",
    sentAt: new Date(),
    messageId: `<${id}@example.com>`,
    recipientName: "Ingrid Berg",
    subject: "Your booking",
    html: "<p>Your booking</p>",
    text: "Your booking",
    aboutId: uuidv7(),
    ...values,
  });
  return id;
}

/** @returns the id of an enquiry */
export async function createEnquiry(
  db: Database,
  values: Partial<Omit<typeof enquiry.$inferInsert, "phone">> & { phone?: string },
): Promise<string> {
  const id = uuidv7();
  const { phone, ...others } = values;
  await db.insert(enquiry).values({
    id,
    kind: "contact",
    name: "Ingrid Berg",
    email: `${id}@example.com`,
    message: "When?",
    ...others,
    phone: await encryptOrNull(TEST_FIELDS, { table: "enquiry", column: "phone", id }, phone),
  });
  return id;
}

/** @returns the id of an entry of a waiting list that has ended, unless it is said otherwise */
export async function createEndedEntry(
  db: Database,
  runId: string,
  values: Partial<typeof waitlistEntry.$inferInsert>,
): Promise<string> {
  const id = uuidv7();
  await db.insert(waitlistEntry).values({
    id,
    runId,
    status: "withdrawn",
    endedAt: new Date(),
    quantity: 1,
    name: "Ingrid Berg",
    email: `${id}@example.com`,
    ...values,
  });
  return id;
}

/** @returns the id of money that came in for a booking */
export async function createPayment(
  db: Database,
  bookingId: string,
  values: Partial<typeof payment.$inferInsert> = {},
): Promise<string> {
  const id = uuidv7();
  await db.insert(payment).values({
    id,
    bookingId,
    reference: `payment-${id}`,
    amount: 12_500_00,
    currency: "NOK",
    outcome: "applied",
    ...values,
  });
  return id;
}
