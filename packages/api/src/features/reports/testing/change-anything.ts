import type { Database } from "@lectern/database/connect";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
  runChoice,
} from "@lectern/database/schema/bookings";
import { courseTopic } from "@lectern/database/schema/catalogue";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { transaction } from "@lectern/database/transaction";
import { type SQL, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { createReference } from "../../bookings/reference.ts";
import {
  type Academy,
  type Dice,
  addBooking,
  addRun,
  endRegistration,
  momentIn,
  pick,
} from "./random-sales.ts";

/** What the numbers of a report depend on, each changed in the tables themselves: whoever writes them, sums have to follow. */
type Change = (db: Database, dice: Dice, academy: Academy) => Promise<unknown>;

function anyOf(table: SQL, dice: Dice): SQL {
  return sql`(SELECT id FROM ${table} ORDER BY id LIMIT 1 OFFSET ${dice(14)})`;
}

export const CHANGES: Readonly<Record<string, Change>> = {
  "a booking comes": (db, dice, academy) => addBooking(db, dice, academy),
  "a run comes": (db, dice, academy) => addRun(db, dice, academy),
  "a booking comes before its places": async (db, dice, { zone, runIds }) => {
    const id = uuidv7();
    await db.insert(booking).values({
      id,
      reference: createReference(),
      runId: pick(dice, runIds),
      status: "confirmed",
      places: 2,
      bookerName: "B",
      bookerEmail: `${id}@example.com`,
      confirmedAt: momentIn(dice, zone),
    });
  },
  "a place comes to a booking": async (db, dice) => {
    const [found] = await db
      .select({ id: booking.id, runId: booking.runId })
      .from(booking)
      .where(sql`confirmed_at IS NOT NULL`)
      .limit(1);
    if (found === undefined) return;
    await db.insert(registration).values({
      id: uuidv7(),
      bookingId: found.id,
      runId: found.runId,
      position: 1000 + dice(1000),
      status: "confirmed",
      priceAmount: dice(1000),
      priceCurrency: "EUR",
    });
  },
  "a place is taken away": (db) =>
    db.execute(sql`
    DELETE FROM registration WHERE id = (
      SELECT id FROM registration AS r WHERE status <> 'reserved'
        AND NOT EXISTS (SELECT FROM registration_change WHERE registration_id = r.id)
        AND NOT EXISTS (SELECT FROM run_choice WHERE registration_id = r.id)
        AND NOT EXISTS (SELECT FROM registration WHERE successor_id = r.id)
      ORDER BY price_amount DESC NULLS LAST LIMIT 1)`),
  "a booking is taken away": (db) =>
    db.execute(sql`
    DELETE FROM booking WHERE id = (
      SELECT id FROM booking AS b WHERE confirmed_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM registration WHERE booking_id = b.id)
        AND NOT EXISTS (SELECT FROM booking WHERE origin_id = b.id)
      LIMIT 1)`),
  "a capacity is taken away": (db) =>
    db.execute(sql`
    DELETE FROM run_capacity WHERE run_id = (
      SELECT id FROM course_run AS r WHERE status IN ('tentative', 'confirmed')
        AND NOT EXISTS (SELECT FROM waitlist_entry WHERE run_id = r.id)
      LIMIT 1)`),
  "a run is taken away": (db) =>
    db.execute(sql`
    DELETE FROM course_run WHERE id = (
      SELECT id FROM course_run AS r WHERE status IN ('tentative', 'confirmed')
        AND EXISTS (SELECT FROM run_capacity WHERE run_id = r.id)
        AND NOT EXISTS (SELECT FROM waitlist_entry WHERE run_id = r.id)
        AND NOT EXISTS (SELECT FROM booking WHERE run_id = r.id)
      LIMIT 1)`),
  "a hold is confirmed": async (db, dice, { zone }) => {
    const [held] = await db
      .update(booking)
      .set({ status: "confirmed", confirmedAt: momentIn(dice, zone), expiresAt: null })
      .where(sql`id = (SELECT id FROM booking WHERE status = 'held' LIMIT 1)`)
      .returning({ id: booking.id });
    if (held === undefined) return;
    await db
      .update(registration)
      .set({ status: "confirmed" })
      .where(eq(registration.bookingId, held.id));
  },
  "a place ends": async (db, dice) => {
    const [found] = await db
      .select({ id: registration.id })
      .from(registration)
      .where(eq(registration.status, "confirmed"))
      .limit(1);
    if (found !== undefined) await endRegistration(db, dice, found.id);
  },
  "a place costs something else": (db, dice) =>
    db
      .update(registration)
      .set({ priceAmount: dice(10_000), priceCurrency: "EUR" })
      .where(sql`booking_id = ${anyOf(sql`booking`, dice)}`),
  "a booking is another day's": (db, dice, { zone }) =>
    db
      .update(booking)
      .set({ confirmedAt: momentIn(dice, zone) })
      .where(sql`id = ${anyOf(sql`booking`, dice)} AND confirmed_at IS NOT NULL`),
  "a booking is a company's": (db, dice) =>
    db
      .update(booking)
      .set({ bookerCompany: pick(dice, [null, "Fjordkraft"]) })
      .where(sql`id = ${anyOf(sql`booking`, dice)}`),
  "a cost is written anew": (db, dice) =>
    db
      .update(registrationChange)
      .set({ feeAmount: dice(100), refundAmount: dice(100) })
      .where(sql`id = (SELECT id FROM registration_change ORDER BY id LIMIT 1 OFFSET ${dice(5)})`),
  "a cost is taken away": (db, dice) =>
    db
      .delete(registrationChange)
      .where(sql`id = (SELECT id FROM registration_change ORDER BY id LIMIT 1 OFFSET ${dice(5)})`),
  "a choice is taken away": (db, dice) =>
    db
      .delete(runChoice)
      .where(sql`id = (SELECT id FROM run_choice ORDER BY id LIMIT 1 OFFSET ${dice(3)})`),
  "a cancellation is another day's": (db, dice, { zone }) =>
    db
      .update(registration)
      .set({ cancelledAt: momentIn(dice, zone) })
      .where(
        sql`id = (SELECT id FROM registration WHERE cancelled_at IS NOT NULL ORDER BY id LIMIT 1 OFFSET ${dice(5)})`,
      ),
  "a run is moved": (db, dice, { zone }) =>
    db
      .update(courseRun)
      .set({ startsAt: momentIn(dice, zone), endsAt: new Date("2999-01-01") })
      .where(sql`id = ${anyOf(sql`course_run`, dice)}`),
  "a run is held elsewhere": (db, dice, { venueIds }) =>
    db
      .update(courseRun)
      .set({ venueId: pick(dice, [null, ...venueIds]) })
      .where(sql`id = ${anyOf(sql`course_run`, dice)}`),
  "a run gets another state": (db, dice) =>
    db
      .update(courseRun)
      .set({ status: pick(dice, ["draft", "tentative", "confirmed", "cancelled"]) })
      .where(sql`id = ${anyOf(sql`course_run`, dice)}`),
  "places are taken": (db, dice) =>
    db
      .update(runCapacity)
      .set({ taken: dice(20) })
      .where(sql`run_id = ${anyOf(sql`course_run`, dice)}`),
  "a city is another one": (db, dice, { venueIds }) =>
    db
      .update(venue)
      .set({ city: pick(dice, ["Oslo", "Bergen", "Voss"]) })
      .where(eq(venue.id, pick(dice, venueIds))),
  "a course gets other topics": (db, dice, { courseIds, topicIds }) =>
    transaction(db, {}, async (tx) => {
      const courseId = pick(dice, courseIds);
      await tx.delete(courseTopic).where(eq(courseTopic.courseId, courseId));
      const taught = topicIds.filter(() => dice(2) === 0).map((topicId) => ({ courseId, topicId }));
      if (taught.length > 0) await tx.insert(courseTopic).values(taught);
    }),
};
