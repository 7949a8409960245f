import { randomUUID } from "node:crypto";
import type { Database } from "@lectern/database/queryable";
import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import { courseRun } from "@lectern/database/schema/scheduling";

/** An academy's places, queues and codes in each of their states: all of it as it should be. */

type BookingStatus = (typeof booking.$inferInsert)["status"];

const LATER = new Date("2099-06-01T07:00:00Z");
const AGO = new Date("2026-01-01T07:00:00Z");

async function createRun(db: Database, counter: { taken: number; waiting?: number }) {
  const [courseId, id] = [randomUUID(), randomUUID()];
  const suffix = courseId.slice(-8);
  await db.insert(course).values({
    id: courseId,
    code: `TST-${suffix.toUpperCase()}`,
    slug: `test-${suffix}`,
    title: "Test course",
  });
  await db.insert(courseRun).values({
    id,
    courseId,
    deliveryMode: "virtual",
    language: "en",
    timeZone: "UTC",
    localStart: "2099-06-01T07:00:00",
    localEnd: "2099-06-02T15:00:00",
    startsAt: LATER,
    endsAt: new Date("2099-06-02T15:00:00Z"),
  });
  await db.insert(runCapacity).values({ runId: id, capacity: 20, ...counter });
  return id;
}

let references = 0;

/** @returns the ids of its registrations */
async function createBooking(db: Database, runId: string, status: BookingStatus, places: number) {
  references += 1;
  const id = randomUUID();
  const [isOver, isConfirmed] = [
    status === "cancelled" || status === "expired",
    status === "confirmed",
  ];
  await db.insert(booking).values({
    id,
    reference: `LC-TEST-${String(references).padStart(4, "0")}`,
    runId,
    status,
    places,
    bookerName: "Ada",
    bookerEmail: "ada@example.org",
    approverName: status === "awaiting_approval" ? "Grace" : null,
    approverEmail: status === "awaiting_approval" ? "grace@example.org" : null,
    expiresAt: isConfirmed || isOver ? null : LATER,
    confirmedAt: isConfirmed ? AGO : null,
    cancelledAt: status === "cancelled" ? AGO : null,
  });
  await db.insert(seatAllocation).values({
    id: randomUUID(),
    runId,
    bookingId: id,
    quantity: places,
    kind: isConfirmed ? "booking" : "hold",
    expiresAt: isConfirmed ? null : LATER,
    state: isOver ? "released" : "active",
    endedAt: isOver ? AGO : null,
  });
  const registrations = Array.from({ length: places }, (_, index) => ({
    id: randomUUID(),
    bookingId: id,
    runId,
    position: index + 1,
    status: isOver ? ("cancelled" as const) : ("reserved" as const),
  }));
  await db.insert(registration).values(registrations);
  return { id, registrations: registrations.map((each) => each.id) };
}

/** Fills an empty database. */
export async function createLedger(db: Database): Promise<void> {
  const full = await createRun(db, { taken: 13, waiting: 2 });
  const other = await createRun(db, { taken: 1 });
  await createBooking(db, full, "held", 2);
  await createBooking(db, full, "awaiting_payment", 1);
  await createBooking(db, full, "awaiting_approval", 1);
  await createBooking(db, full, "expired", 1);
  await createBooking(db, full, "cancelled", 1);
  const confirmed = await createBooking(db, full, "confirmed", 4);
  const successor = await createBooking(db, other, "confirmed", 1);

  // One of four was transferred, one cancelled: two are left.
  const [first = "", second = ""] = confirmed.registrations;
  const [successorId = ""] = successor.registrations;
  await db.execute(
    `update registration set status = 'transferred', successor_id = '${successorId}' where id = '${first}'`,
  );
  await db.execute(`update registration set status = 'cancelled' where id = '${second}'`);
  await db.execute(
    `update seat_allocation set quantity = 2 where booking_id = '${confirmed.id}' and state = 'active'`,
  );

  await db.insert(seatAllocation).values({
    id: randomUUID(),
    runId: full,
    quantity: 4,
    kind: "block",
    note: "for the press",
  });
  const offered = { offeredQuantity: 3, offeredAt: AGO, offerExpiresAt: LATER };
  const entryId = randomUUID();
  await db.insert(waitlistEntry).values([
    { id: randomUUID(), runId: full, quantity: 2, name: "A", email: "a@example.org" },
    { id: randomUUID(), runId: full, quantity: 1, name: "B", email: "b@example.org" },
    {
      id: entryId,
      runId: full,
      status: "offered",
      quantity: 5,
      ...offered,
      name: "C",
      email: "c@example.org",
    },
    {
      id: randomUUID(),
      runId: full,
      status: "lapsed",
      quantity: 3,
      ...offered,
      endedAt: AGO,
      name: "D",
      email: "d@example.org",
    },
  ]);
  await db.insert(seatAllocation).values({
    id: randomUUID(),
    runId: full,
    waitlistEntryId: entryId,
    quantity: 3,
    kind: "offer",
    expiresAt: LATER,
  });

  const codeId = randomUUID();
  await db.insert(discountCode).values({
    id: codeId,
    code: "SPRING",
    kind: "percent",
    basisPoints: 1000,
    maxUses: 5,
    used: 1,
  });
  await db.insert(discountUse).values([
    { id: randomUUID(), discountCodeId: codeId, bookingId: confirmed.id },
    {
      id: randomUUID(),
      discountCodeId: codeId,
      bookingId: confirmed.id,
      state: "released",
      endedAt: AGO,
    },
  ]);
}
