import type { Database } from "@lectern/database/connect";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
  runChoice,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { course, courseTopic, topic } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { academyFact } from "@lectern/database/schema/operations";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { zonedStretch } from "../../../shared/zoned-time.ts";
import { createReference } from "../../bookings/reference.ts";

/** An academy whose year is full of edges: months that begin as clocks change, days that are another day elsewhere. */

export const ZONES = [
  "Europe/Oslo",
  "America/New_York",
  "Pacific/Auckland",
  "Asia/Kathmandu",
  "Africa/Cairo",
] as const;
/** All of it is over. */
export const YEAR = new Date().getUTCFullYear() - 1;
const CURRENCIES = ["EUR", "NOK", "JPY"] as const;
const MODES = ["classroom", "virtual", "blended"] as const;

/** A number from 0 up to, and not including, the number given. */
export type Dice = (below: number) => number;

export function pick<Item>(dice: Dice, items: readonly Item[]): Item {
  const item = items[dice(items.length)];
  if (item === undefined) throw new Error("There is nothing to pick from");
  return item;
}

/** @returns a moment of the year in that zone, near midnight as often as not, and not seldom near a month's end */
export function momentIn(dice: Dice, zone: string): Date {
  const month = 1 + dice(12);
  const first = Temporal.PlainDate.from({ year: YEAR, month, day: 1 });
  const day = first.add({ days: pick(dice, [0, first.daysInMonth - 1, dice(first.daysInMonth)]) });
  const begins = day.toZonedDateTime(zone).epochMilliseconds;
  return new Date(begins + pick(dice, [-1, 0, 1, dice(86_400_000), 3 * 3_600_000]));
}

export interface Academy {
  readonly zone: string;
  readonly topicIds: readonly string[];
  readonly courseIds: readonly string[];
  readonly venueIds: readonly string[];
  readonly runIds: readonly string[];
}

/** Fills an empty database with an academy whose calendar is that zone's. */
export async function createRandomAcademy(
  db: Database,
  dice: Dice,
  zone: string,
): Promise<Academy> {
  await db.insert(academyFact).values({ name: "time_zone", value: zone });
  const topics = ["cloud", "data", "security"].map((slug) => ({ id: uuidv7(), slug, name: slug }));
  await db.insert(topic).values(topics);
  const venues = [
    { city: "Oslo", country: "NO" },
    { city: "Bergen", country: "NO" },
    // Its name is a city's of another country, too.
    { city: "Oslo", country: "US" },
  ].map((at) => ({ ...at, id: uuidv7(), name: uuidv7(), timeZone: "Europe/Oslo" }));
  await db.insert(venue).values(venues);
  const courses = Array.from({ length: 5 }, (_, index) => ({
    id: uuidv7(),
    code: `C-${index}`,
    slug: `c-${index}`,
    title: `Course ${index}`,
  }));
  await db.insert(course).values(courses);
  const taught = courses.flatMap(({ id }) =>
    topics.filter(() => dice(2) === 0).map((one) => ({ courseId: id, topicId: one.id })),
  );
  if (taught.length > 0) await db.insert(courseTopic).values(taught);
  const academy = {
    zone,
    topicIds: topics.map(({ id }) => id),
    courseIds: courses.map(({ id }) => id),
    venueIds: venues.map(({ id }) => id),
  };
  const runIds: string[] = [];
  for (let count = 0; count < 14; count += 1) runIds.push(await addRun(db, dice, academy));
  const whole = { ...academy, runIds };
  for (let count = 0; count < 40; count += 1) await addBooking(db, dice, whole);
  for (let count = 0; count < 25; count += 1) await addEntry(db, dice, whole);
  for (let count = 0; count < 25; count += 1) await addEnquiry(db, dice, whole);
  return whole;
}

export async function addRun(
  db: Database,
  dice: Dice,
  { zone, courseIds, venueIds }: Omit<Academy, "runIds">,
): Promise<string> {
  const id = uuidv7();
  const startsAt = momentIn(dice, zone);
  const stretch = zonedStretch(`${YEAR}-01-01T09:00`, `${YEAR}-01-01T17:00`, "UTC", "run");
  const price = dice(5) === 0 ? null : dice(100_000);
  await db.insert(courseRun).values({
    ...stretch,
    id,
    courseId: pick(dice, courseIds),
    venueId: pick(dice, [null, ...venueIds]),
    status: pick(dice, ["draft", "tentative", "confirmed", "completed", "cancelled"]),
    deliveryMode: pick(dice, MODES),
    language: "en",
    startsAt,
    endsAt: startsAt,
    priceAmount: price,
    priceCurrency: price === null ? null : pick(dice, CURRENCIES),
  });
  const capacity = 20 + dice(10);
  await db.insert(runCapacity).values({ runId: id, capacity, taken: dice(capacity) });
  return id;
}

/** Sold or not, a company's or not, by transfer or not; some of its places are cancelled or moved. */
export async function addBooking(
  db: Database,
  dice: Dice,
  { zone, runIds }: Academy,
): Promise<void> {
  const id = uuidv7();
  const runId = pick(dice, runIds);
  const isSold = dice(5) > 0;
  const confirmedAt = momentIn(dice, zone);
  const places = 1 + dice(3);
  const [origin] = dice(5) === 0 ? await db.select().from(booking).limit(1) : [];
  await db.insert(booking).values({
    id,
    reference: createReference(),
    runId,
    status: isSold ? "confirmed" : "held",
    places,
    bookerName: "B",
    bookerEmail: `${id}@example.com`,
    bookerCompany: dice(2) === 0 ? "Fjordkraft" : null,
    originId: origin?.id ?? null,
    confirmedAt: isSold ? confirmedAt : null,
    expiresAt: isSold ? null : confirmedAt,
  });
  const currency = dice(6) === 0 ? null : pick(dice, CURRENCIES);
  for (let position = 1; position <= places; position += 1) {
    const registrationId = uuidv7();
    await db.insert(registration).values({
      id: registrationId,
      bookingId: id,
      runId,
      position,
      status: isSold ? "confirmed" : "reserved",
      priceAmount: currency === null ? null : dice(50_000),
      priceCurrency: currency,
    });
    if (isSold && dice(3) === 0) await endRegistration(db, dice, registrationId);
  }
}

/** Cancels a place or moves it, by somebody, some time after it was sold; or asks what its people want. */
export async function endRegistration(db: Database, dice: Dice, id: string): Promise<void> {
  const later = sql`(SELECT confirmed_at FROM booking AS b JOIN registration AS r ON r.booking_id = b.id
    WHERE r.id = ${id}::uuid) + make_interval(hours => ${dice(2_000)})`;
  const way = dice(5);
  if (way === 0) {
    const [successor] = await db.select({ id: registration.id }).from(registration).limit(1);
    await db
      .update(registration)
      .set({ status: "transferred", successorId: successor?.id ?? id })
      .where(sql`id = ${id}::uuid`);
  } else {
    await db
      .update(registration)
      .set({ status: "cancelled", cancelledAt: later })
      .where(sql`id = ${id}::uuid`);
  }
  if (way === 1 || way === 2) {
    await db.insert(runChoice).values({
      id: uuidv7(),
      registrationId: id,
      kind: way === 1 ? "run_cancelled" : "run_rescheduled",
    });
  }
  // Its people have yet to say what they want.
  if (way === 1 && dice(2) === 0) return;
  await db.insert(registrationChange).values({
    id: uuidv7(),
    registrationId: id,
    kind: way === 0 ? "transfer" : "cancellation",
    decidedBy: way === 1 || way === 2 ? "academy" : pick(dice, ["booker", "staff"]),
    feeAmount: pick(dice, [null, dice(5_000)]),
    refundAmount: pick(dice, [null, dice(5_000)]),
    noticeDays: pick(dice, [null, dice(40)]),
    createdAt: later,
  });
}

async function addEntry(db: Database, dice: Dice, { zone, runIds }: Academy): Promise<void> {
  const id = uuidv7();
  const offered = ["lapsed", "declined", "offered"] as const;
  const isOffered = dice(2) === 0;
  const status = isOffered
    ? pick(dice, offered)
    : pick(dice, ["waiting", "withdrawn", "closed"] as const);
  const quantity = 1 + dice(4);
  const at = momentIn(dice, zone);
  await db.insert(waitlistEntry).values({
    id,
    runId: pick(dice, runIds),
    status,
    quantity,
    name: "P",
    email: `${id}@example.com`,
    offeredQuantity: isOffered ? 1 + dice(quantity) : null,
    offeredAt: isOffered ? at : null,
    offerExpiresAt: isOffered ? at : null,
    endedAt: status === "waiting" || status === "offered" ? null : at,
    createdAt: at,
  });
}

async function addEnquiry(db: Database, dice: Dice, { zone }: Academy): Promise<void> {
  const id = uuidv7();
  await db.insert(enquiry).values({
    id,
    kind: pick(dice, ["contact", "company", "private_course"]),
    name: "E",
    email: `${id}@example.com`,
    message: "Hello",
    createdAt: momentIn(dice, zone),
  });
  const path = pick(dice, [
    ["spam"],
    ["spam", "new"],
    ["in_progress"],
    ["in_progress", "quoted", "won"],
    ["quoted", "in_progress", "lost"],
    ["spam", "new", "in_progress", "won"],
  ] as const);
  for (const status of path) {
    await db
      .update(enquiry)
      .set({ status })
      .where(sql`id = ${id}::uuid`);
  }
}
