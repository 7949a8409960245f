import type { Database } from "@lectern/database/queryable";
import {
  booking,
  registration,
  runCapacity,
  seatAllocation,
} from "@lectern/database/schema/bookings";
import { copyInto } from "@lectern/database/copy";
import { course, courseTopic, topic } from "@lectern/database/schema/catalogue";
import { academyFact } from "@lectern/database/schema/operations";
import {
  courseRun,
  instructor,
  room,
  session,
  sessionInstructor,
  venue,
} from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { getTableName, sql } from "drizzle-orm";
import { type BigPlan, createPlan } from "./big/plan.ts";
import {
  bookingRows,
  capacityRows,
  runRows,
  sessionInstructorRows,
  sessionRows,
} from "./big/rows.ts";
import { setIndexesAside } from "./big/set-indexes-aside.ts";
import { smallRows } from "./big/small-rows.ts";
import { topics } from "./content/courses/index.ts";
import { insertRows } from "./load/insert-rows.ts";
import { lockLoaders } from "./load/loader-lock.ts";
import { required } from "./load/required.ts";
import type { OnProgress } from "./progress.ts";
import { type Random, createRandom } from "./random.ts";
import { createUuid } from "./uuid.ts";

export interface LoadBigDemoOptions {
  /** How many runs: a million, say. */
  readonly runs: number;
  /** The day around which the runs are spread: half a year back, two years ahead. */
  readonly today: Temporal.PlainDate;
  readonly seed?: string;
  readonly onProgress?: OnProgress;
}

export type BigDemoLoaded =
  | {
      readonly loaded: true;
      readonly courses: number;
      readonly runs: number;
      readonly sessions: number;
      readonly bookings: number;
    }
  /** The academy has a big demo already: nothing was changed. */
  | { readonly loaded: false };

const FACT = "demo_big";
const TIMEOUT_MS = 4 * 60 * 60_000;
const LARGE_TABLES = [
  courseRun,
  runCapacity,
  session,
  sessionInstructor,
  booking,
  seatAllocation,
  registration,
];
/** Progress is told once in so many rows. */
const ROWS_BETWEEN_NEWS = 20_000;

/**
 * Adds a big academy, for benchmarks: as many runs as asked for, one course for two hundred of them,
 * with sittings, capacities and some bookings. All of it or nothing. Whoever else wants the tables
 * waits until it is done.
 *
 * @throws RangeError for a number of runs that is no positive integer
 */
export async function loadBigDemo(
  db: Database,
  options: LoadBigDemoOptions,
): Promise<BigDemoLoaded> {
  const { runs, today, seed = "lectern", onProgress } = options;
  if (!Number.isSafeInteger(runs) || runs < 1) {
    throw new RangeError(`A big demo has one run at least, and not ${runs}`);
  }
  const milliseconds = today.toZonedDateTime("UTC").epochMilliseconds;
  const random = createRandom(seed);
  const plan = createPlan(runs, today, random.integer(0, 2 ** 31), milliseconds);
  const limits = { timeoutMs: TIMEOUT_MS, statementTimeoutMs: TIMEOUT_MS };
  return transaction(db, limits, async (tx): Promise<BigDemoLoaded> => {
    await lockLoaders(tx);
    await tuneForBulk(tx);
    const [done] = await tx
      .select()
      .from(academyFact)
      .where(sql`${academyFact.name} = ${FACT}`);
    if (done) return { loaded: false };
    onProgress?.({ step: "courses", done: 0, total: plan.courses.length });
    await loadCatalogue(tx, plan, milliseconds, random);
    const copied = await loadLargeTables(tx, plan, milliseconds, onProgress);
    await tx.execute(sql`ANALYZE course, course_topic, venue, room, instructor, run_calendar,
      course_run, run_capacity, session, session_instructor, booking, seat_allocation, registration`);
    await tx
      .insert(academyFact)
      .values({ name: FACT, value: { today: today.toString(), seed, runs } });
    return { loaded: true, courses: plan.courses.length, runs, ...copied };
  });
}

async function tuneForBulk(tx: Transaction): Promise<void> {
  await tx.execute(sql`SET LOCAL work_mem = '256MB'`);
  await tx.execute(sql`SET LOCAL maintenance_work_mem = '256MB'`);
  // The calendar's trigger looks courses up in an array of thousands, which PostgreSQL hashes only
  // when it plans for that array.
  await tx.execute(sql`SET LOCAL plan_cache_mode = 'force_custom_plan'`);
}

async function loadCatalogue(
  tx: Transaction,
  plan: BigPlan,
  milliseconds: number,
  random: Random,
): Promise<void> {
  const small = smallRows(plan, milliseconds);
  await insertRows(tx, venue, small.venues);
  await insertRows(tx, room, small.rooms);
  await insertRows(tx, instructor, small.instructors);
  await insertRows(
    tx,
    course,
    plan.courses.map(({ row }) => row),
  );
  const topicIds = await ensureTopics(tx, milliseconds, random);
  await insertRows(
    tx,
    courseTopic,
    plan.courses.flatMap(({ row, template }) =>
      template.topics.map((slug, position) => ({
        courseId: row.id,
        topicId: required(topicIds, slug),
        position,
      })),
    ),
  );
}

/** The academy's topics, which may be there from the small demo. @returns identifiers by slug */
async function ensureTopics(
  tx: Transaction,
  milliseconds: number,
  random: Random,
): Promise<ReadonlyMap<string, string>> {
  await tx
    .insert(topic)
    .values(
      topics.map(({ slug, name, summary }, position) => ({
        id: createUuid(milliseconds, random),
        slug,
        name,
        description: summary,
        position,
      })),
    )
    .onConflictDoNothing();
  const rows = await tx.select({ slug: topic.slug, id: topic.id }).from(topic);
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

async function loadLargeTables(
  tx: Transaction,
  plan: BigPlan,
  milliseconds: number,
  onProgress: OnProgress | undefined,
): Promise<{ sessions: number; bookings: number }> {
  const putIndexesBack = await setIndexesAside(
    tx,
    LARGE_TABLES.map((table) => getTableName(table)),
  );
  const news = (step: string, rows: number) => onProgress?.({ step, done: rows, total: plan.size });

  // One COPY a table: what follows the runs (the calendar) is then worked out once.
  const told = <Row>(step: string, rows: Iterable<Row>) =>
    counted(rows, (count) => news(step, count));
  await copyInto(tx, courseRun, RUN_COLUMNS, told("runs", runRows(plan, milliseconds)));
  await copyInto(
    tx,
    runCapacity,
    CAPACITY_COLUMNS,
    told("capacities", capacityRows(plan, milliseconds)),
  );
  const sessions = await copyInto(
    tx,
    session,
    SESSION_COLUMNS,
    told("sessions", sessionRows(plan, milliseconds)),
  );
  await copyInto(
    tx,
    sessionInstructor,
    SESSION_INSTRUCTOR_COLUMNS,
    told("instructors of sessions", sessionInstructorRows(plan, milliseconds)),
  );
  const booked = bookingRows(plan, milliseconds);
  await copyInto(tx, booking, BOOKING_COLUMNS, booked.bookings);
  await copyInto(tx, seatAllocation, ALLOCATION_COLUMNS, booked.allocations);
  await copyInto(tx, registration, REGISTRATION_COLUMNS, booked.registrations);

  await putIndexesBack((done, total) => onProgress?.({ step: "indexes", done, total }));
  return { sessions, bookings: booked.bookings.length };
}

const RUN_COLUMNS = [
  "id",
  "courseId",
  "venueId",
  "status",
  "deliveryMode",
  "language",
  "timeZone",
  "localStart",
  "localEnd",
  "startsAt",
  "endsAt",
  "priceAmount",
  "priceCurrency",
  "cancelledReason",
] as const;
const CAPACITY_COLUMNS = ["runId", "capacity", "taken", "isOpen"] as const;
const SESSION_COLUMNS = [
  "id",
  "runId",
  "position",
  "roomId",
  "timeZone",
  "localStart",
  "localEnd",
  "startsAt",
  "endsAt",
  "isActive",
] as const;
const SESSION_INSTRUCTOR_COLUMNS = [
  "sessionId",
  "instructorId",
  "startsAt",
  "endsAt",
  "isActive",
] as const;
const BOOKING_COLUMNS = [
  "id",
  "reference",
  "runId",
  "status",
  "paymentState",
  "places",
  "bookerName",
  "bookerEmail",
  "confirmedAt",
  "createdAt",
  "updatedAt",
] as const;
const ALLOCATION_COLUMNS = ["id", "runId", "bookingId", "quantity", "kind", "createdAt"] as const;
const REGISTRATION_COLUMNS = [
  "id",
  "bookingId",
  "runId",
  "position",
  "status",
  "learnerName",
  "learnerEmail",
  "priceAmount",
  "priceCurrency",
  "createdAt",
  "updatedAt",
] as const;

function* counted<Row>(rows: Iterable<Row>, onCount: (count: number) => void): Generator<Row> {
  let count = 0;
  for (const row of rows) {
    if (count % ROWS_BETWEEN_NEWS === 0) onCount(count);
    count += 1;
    yield row;
  }
}
