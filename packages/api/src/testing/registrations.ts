import type { BookingDetail, BookingHeld } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/connect";
import { waitlistEntry, runCapacity } from "@lectern/database/schema/bookings";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { DomainError } from "../domain-error.ts";
import { confirmBooking } from "../features/bookings/confirm-booking.ts";
import { holdPlaces } from "../features/bookings/hold-places.ts";
import { newKey, testCall } from "./factories.ts";

/** Bookings as they are once somebody has confirmed them, and what must be so of the places they have. */

const call = testCall();

/** A booking's proof, as its booker has it. */
export interface Booked {
  readonly reference: string;
  readonly accessKey: string;
  readonly detail: BookingDetail;
  /** Ids of its registrations, by position. */
  readonly ids: readonly string[];
}

/** @returns places of a run, set aside */
export async function holdTestPlaces(
  db: Database,
  runId: string,
  places: number,
): Promise<BookingHeld> {
  return holdPlaces(db, call, { runId, places, idempotencyKey: newKey() });
}

/** @returns a confirmed booking of so many places, the first of which have these learners */
export async function createTestBooking(
  db: Database,
  runId: string,
  places: number,
  learners: readonly string[] = [],
): Promise<Booked> {
  const { reference, accessKey } = await holdTestPlaces(db, runId, places);
  const detail = await confirmBooking(db, call, {
    reference,
    accessKey,
    booker: { name: "Ingrid Berg", email: `${newKey()}@example.com`, company: "Fjordkraft" },
    learners: learners.map((email) => ({ name: `Learner ${email}`, email })),
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
  return { reference, accessKey, detail, ids: detail.registrations.map(({ id }) => id) };
}

/** @returns an address that no other learner has */
export function newLearner(): string {
  return `${newKey()}@example.com`;
}

/** Lets a party wait for places of a run. @returns its id */
export async function queueTestParty(
  db: Database,
  runId: string,
  quantity: number,
): Promise<string> {
  const id = uuidv7();
  await db.insert(waitlistEntry).values({
    id,
    runId,
    quantity,
    name: "Party",
    email: `${id}@example.com`,
  });
  await db
    .update(runCapacity)
    .set({ waiting: sql`${runCapacity.waiting} + 1` })
    .where(eq(runCapacity.runId, runId));
  return id;
}

/**
 * @returns what became of each call: `done`, the domain error that it was refused with (and its reason),
 *   or what else went wrong
 */
export function outcomesOf(settled: readonly PromiseSettledResult<unknown>[]): string[] {
  return settled.map((one) => {
    if (one.status === "fulfilled") return "done";
    if (!(one.reason instanceof DomainError)) return String(one.reason);
    const { code, data } = one.reason.body;
    return "reason" in data ? `${code} ${data.reason}` : code;
  });
}

const Seats = z.object({ taken: z.number(), allocated: z.number(), wrong: z.number() });

/**
 * What must be so of a run's places: the counter is the sum of active allocations, and a booking's
 * allocation has as many places as the booking has registrations that are alive.
 *
 * @returns `taken` and `allocated`, which must be the same; `wrong`: bookings of which that is not so
 */
export async function seatsOf(db: Database, runId: string): Promise<z.infer<typeof Seats>> {
  const { rows } = await db.execute(sql`
    SELECT c.taken, coalesce((
      SELECT sum(quantity) FROM seat_allocation a WHERE a.run_id = c.run_id AND a.state = 'active'
    ), 0)::int AS allocated, (
      SELECT count(*)::int FROM booking b WHERE b.run_id = c.run_id AND (
        coalesce((
          SELECT sum(quantity) FROM seat_allocation a WHERE a.booking_id = b.id AND a.state = 'active'
        ), 0) <> (
          SELECT count(*) FROM registration r WHERE r.booking_id = b.id
            AND r.status IN ('reserved', 'confirmed', 'completed', 'no_show')
        ) OR b.status IN ('held', 'awaiting_payment', 'awaiting_approval', 'confirmed') <> EXISTS (
          SELECT FROM seat_allocation a WHERE a.booking_id = b.id AND a.state = 'active'
        )
      )
    ) AS wrong
    FROM run_capacity c WHERE c.run_id = ${runId}::uuid`);
  return Seats.parse(rows[0]);
}

/** @returns what `seatsOf` answers when so many places are taken and all is well */
export function wellWith(taken: number): z.infer<typeof Seats> {
  return { taken, allocated: taken, wrong: 0 };
}
