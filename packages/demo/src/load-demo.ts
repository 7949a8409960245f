import { article } from "@lectern/database/schema/articles";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
  seatAllocation,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import {
  course,
  courseRelated,
  courseTopic,
  courseTranslation,
  topic,
} from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { academyFact } from "@lectern/database/schema/operations";
import { organisation } from "@lectern/database/schema/organisations";
import {
  courseRun,
  instructor,
  room,
  session,
  sessionInstructor,
  venue,
} from "@lectern/database/schema/scheduling";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { generateRuns } from "./generate/academy.ts";
import { bookingRows } from "./load/booking-rows.ts";
import { catalogueRows } from "./load/catalogue-rows.ts";
import { demoClock } from "./load/clock.ts";
import { articleRows, enquiryRows } from "./load/editorial-rows.ts";
import { lockLoaders } from "./load/loader-lock.ts";
import { insertRows } from "./load/insert-rows.ts";
import { organisationRows } from "./load/organisation-rows.ts";
import { placeRows, runRows } from "./load/scheduling-rows.ts";
import { waitingRows } from "./load/waiting-rows.ts";
import type { OnProgress } from "./progress.ts";
import { createRandom } from "./random.ts";

export interface LoadDemoOptions {
  /** The day around which the runs are laid out. */
  readonly today: Temporal.PlainDate;
  /** Another academy calendar for another seed; the content stays. */
  readonly seed?: string;
  readonly onProgress?: OnProgress;
}

export type DemoLoaded =
  | {
      readonly loaded: true;
      readonly courses: number;
      readonly runs: number;
      readonly bookings: number;
    }
  /** The academy has something in it, or has had the demo before: nothing was changed. */
  | { readonly loaded: false };

const TIMEOUT_MS = 120_000;
/** A single statement may take as long: whoever loads second waits in one until the first is done. */
const LIMITS = { idempotent: true, timeoutMs: TIMEOUT_MS, statementTimeoutMs: TIMEOUT_MS } as const;

/**
 * Fills an empty academy with the demo, all of it or nothing. Does so once: an academy that has
 * anything in it is left alone, and of several instances that start together one loads.
 */
export async function loadDemo(db: Database, options: LoadDemoOptions): Promise<DemoLoaded> {
  return transaction(db, LIMITS, async (tx) => {
    await lockLoaders(tx);
    if (!(await isAcademyEmpty(tx))) return { loaded: false };
    return load(tx, options);
  });
}

async function isAcademyEmpty(tx: Transaction): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    SELECT WHERE EXISTS (SELECT FROM course) OR EXISTS (SELECT FROM topic) OR EXISTS (SELECT FROM venue)
      OR EXISTS (SELECT FROM instructor) OR EXISTS (SELECT FROM article) OR EXISTS (SELECT FROM enquiry)
      OR EXISTS (SELECT FROM academy_fact WHERE name LIKE 'demo%')`);
  return rows.length === 0;
}

async function load(tx: Transaction, options: LoadDemoOptions): Promise<DemoLoaded> {
  const { today, seed = "lectern", onProgress } = options;
  const random = createRandom(seed).fork("identifiers");
  const clock = demoClock(today);
  const catalogue = catalogueRows(clock, random.fork("catalogue"));
  const places = placeRows(clock, random.fork("places"));
  const generated = generateRuns(today, seed);
  const schedule = runRows(generated, catalogue.courseIds, places, clock, random.fork("runs"));
  const customers = organisationRows(clock, random.fork("organisations"));
  const { organisationIds } = customers;
  const ledger = bookingRows(generated, schedule.runIds, organisationIds, random.fork("bookings"));
  const queues = waitingRows(generated, schedule.runIds, random.fork("waiting"));
  const editorial = random.fork("editorial");

  const steps: readonly (readonly [step: string, insert: () => Promise<void>])[] = [
    [
      "courses",
      async () => {
        await insertRows(tx, topic, catalogue.topics);
        await insertRows(tx, course, catalogue.courses);
        await insertRows(tx, courseTopic, catalogue.courseTopics);
        await insertRows(tx, courseRelated, catalogue.relatedCourses);
        await insertRows(tx, courseTranslation, catalogue.translations);
      },
    ],
    [
      "venues and instructors",
      async () => {
        await insertRows(tx, venue, places.venues);
        await insertRows(tx, room, places.rooms);
        await insertRows(tx, instructor, places.instructors);
      },
    ],
    [
      "runs",
      async () => {
        await insertRows(tx, courseRun, schedule.runs);
        await insertRows(tx, runCapacity, ledger.capacities);
        await insertRows(tx, session, schedule.sessions);
        await insertRows(tx, sessionInstructor, schedule.sessionInstructors);
      },
    ],
    [
      "bookings",
      async () => {
        await insertRows(tx, organisation, customers.organisations);
        await insertRows(tx, booking, ledger.bookings);
        await insertRows(tx, seatAllocation, ledger.allocations);
        await insertRows(tx, registration, ledger.registrations);
        await insertRows(tx, registrationChange, ledger.changes);
        await insertRows(tx, waitlistEntry, queues.entries);
        await insertRows(tx, seatAllocation, queues.offers);
      },
    ],
    [
      "articles and enquiries",
      async () => {
        await insertRows(tx, article, articleRows(catalogue.topicIds, clock, editorial));
        await insertRows(tx, enquiry, enquiryRows(catalogue.courseIds, clock, editorial));
      },
    ],
  ];
  for (const [done, [step, insert]] of steps.entries()) {
    onProgress?.({ step, done, total: steps.length });
    await insert();
  }
  await tx.insert(academyFact).values({ name: "demo", value: { today: today.toString(), seed } });
  return {
    loaded: true,
    courses: catalogue.courses.length,
    runs: schedule.runs.length,
    bookings: ledger.bookings.length,
  };
}
