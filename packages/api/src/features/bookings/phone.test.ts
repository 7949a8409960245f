import type { BookingDetail, BookingHeld } from "@lectern/contract/bookings";
import { booking } from "@lectern/database/schema/bookings";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { holdTestPlaces } from "../../testing/registrations.ts";
import { confirmBooking } from "./confirm-booking.ts";
import { findBooking } from "./find-booking.ts";
import { phoneOf } from "./read-booking.ts";
import { transferRegistrations } from "./registrations/transfer-registrations.ts";
import { startPayment } from "./start-payment.ts";

/** The telephone number of whoever books: encrypted for its booking, and decrypted for those who see that. */

const database = useTestDatabase();
const call = testCall();
const PHONE = "+47 22 00 00 01";

const order = (held: BookingHeld, phone: string | null) => ({
  reference: held.reference,
  accessKey: held.accessKey,
  booker: { name: "Ingrid Berg", email: "ingrid@example.com", phone },
  learners: [],
  acceptsTerms: true as const,
  idempotencyKey: newKey(),
});

async function book(
  phone: string | null = PHONE,
  places = 1,
): Promise<{ held: BookingHeld; detail: BookingDetail }> {
  const run = await createTestRun(database().db, { capacity: 5 });
  const held = await holdTestPlaces(database().db, run.id, places);
  const detail = await confirmBooking(database().db, call, order(held, phone));
  return { held, detail };
}

async function rowOf(reference: string) {
  const [row] = await database().db.select().from(booking).where(eq(booking.reference, reference));
  if (row === undefined) throw new Error("No such booking");
  return row;
}

describe("the telephone number of a booking", () => {
  it("is kept encrypted, and read by whoever holds the booking's key", async () => {
    const { held, detail } = await book();
    expect(detail.booker?.phone).toBe(PHONE);
    const { bookerPhone } = await rowOf(held.reference);
    expect(bookerPhone).toMatch(/^e1:1:/u);
    expect(bookerPhone).not.toContain("22 00");
    expect((await findBooking(database().db, call, held)).booker?.phone).toBe(PHONE);
  });

  it("is none where none was told", async () => {
    const { held, detail } = await book(null);
    expect(detail.booker?.phone).toBe(null);
    expect((await rowOf(held.reference)).bookerPhone).toBe(null);
  });

  it("is the one of the last order", async () => {
    const run = await createTestRun(database().db);
    const held = await holdTestPlaces(database().db, run.id, 1);
    await startPayment(database().db, call, order(held, "+47 1"));
    const detail = await startPayment(database().db, call, order(held, "+47 2"));
    expect(detail.booker?.phone).toBe("+47 2");
  });

  it("goes along when places are moved, encrypted for the new booking", async () => {
    const { held, detail } = await book(PHONE, 2);
    const [first] = detail.registrations;
    const there = await createTestRun(database().db);
    const { to } = await transferRegistrations(database().db, call, {
      reference: held.reference,
      accessKey: held.accessKey,
      registrationIds: [first?.id ?? ""],
      toRunId: there.id,
      idempotencyKey: newKey(),
    });
    expect((await findBooking(database().db, call, to)).booker?.phone).toBe(PHONE);
    const [old, moved] = [await rowOf(held.reference), await rowOf(to.reference)];
    expect(moved.bookerPhone).toMatch(/^e1:1:/u);
    // What stands in one of the two is worth nothing in the other.
    const swapped = { id: moved.id, bookerPhone: old.bookerPhone };
    await expect(phoneOf(call, swapped)).rejects.toThrow("moved from elsewhere");
  });

  it("is read though an earlier release did not encrypt it, and encrypted as places are moved", async () => {
    const { held, detail } = await book(null);
    const { db } = database();
    await db
      .update(booking)
      .set({ bookerPhone: PHONE })
      .where(eq(booking.reference, held.reference));
    expect((await findBooking(db, call, held)).booker?.phone).toBe(PHONE);
    const there = await createTestRun(db);
    const { to } = await transferRegistrations(db, call, {
      reference: held.reference,
      accessKey: held.accessKey,
      registrationIds: detail.registrations.map(({ id }) => id),
      toRunId: there.id,
      idempotencyKey: newKey(),
    });
    expect((await rowOf(to.reference)).bookerPhone).toMatch(/^e1:1:/u);
    expect((await findBooking(db, call, to)).booker?.phone).toBe(PHONE);
  });
});
