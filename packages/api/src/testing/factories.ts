import { accessKeys } from "@lectern/auth/access-key";
import { fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { fixedKeyring } from "@lectern/auth/encryption/fixed-keyring";
import { createOpenIdProviders } from "@lectern/auth/openid/openid-providers";
import { createPasswords } from "@lectern/auth/passwords/passwords";
import { createSessions } from "@lectern/auth/sessions/sessions";
import { type Actor, PUBLIC_ACTOR, operatorActor } from "@lectern/auth/actor";
import type { Database } from "@lectern/database/connect";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, instructor, room, venue } from "@lectern/database/schema/scheduling";
import { uuidv7 } from "uuidv7";
import type { Call } from "../call.ts";
import { createLiveStates } from "../shared/live/live.ts";
import { type Auth, NO_BROWSER, type RequestContext } from "../trpc/context.ts";
import { zonedStretch } from "../shared/zoned-time.ts";

/** What tests begin with: rows that are right, each with what matters to the test overridden. */

const TEST_ACCESS_SECRET = "a-secret-for-tests-and-nothing-else";

/** Encrypts what tests write, with a key that goes when they end. */
export const TEST_FIELDS = fieldCipher(fixedKeyring());

/** A call of the public, or of whoever is given. */
export function testCall(actor: Actor = PUBLIC_ACTOR): Call {
  return {
    actor,
    origin: { address: "192.0.2.7", client: "test" },
    requestId: "test-request",
    accessKeys: accessKeys(TEST_ACCESS_SECRET),
    language: null,
    fields: TEST_FIELDS,
    changed: () => {},
  };
}

/** What signing in needs: a second factor is asked of staff, as by default. */
export const TEST_AUTH: Auth = {
  sessions: createSessions({ secondFactor: "staff", onFault: () => {} }),
  passwords: await createPasswords(),
  openid: createOpenIdProviders({ allowsLocal: true }),
  publicUrl: "http://localhost:3000",
  academy: "Lectern",
  resolveTxt: () => Promise.resolve([]),
};

/** All that a procedure gets, for a caller without HTTP. */
export function testContext(db: Database, actor: Actor = PUBLIC_ACTOR): RequestContext {
  return {
    ...testCall(actor),
    db,
    live: createLiveStates(db),
    auth: TEST_AUTH,
    browser: NO_BROWSER,
  };
}

export const OPERATOR_CALL: Call = testCall(operatorActor("test-operator"));

/** A key that no other request has. */
export function newKey(): string {
  return crypto.randomUUID();
}

type CourseValues = typeof course.$inferInsert;

/** @returns the row of a published course with a code and slug of its own */
export async function createTestCourse(
  db: Database,
  overrides: Partial<CourseValues> = {},
): Promise<typeof course.$inferSelect> {
  const id = uuidv7();
  const suffix = id.replaceAll("-", "").slice(-12);
  const [row] = await db
    .insert(course)
    .values({
      id,
      code: `TST-${suffix.toUpperCase()}`,
      slug: `test-${suffix}`,
      title: `Test course ${suffix}`,
      status: "published",
      publishedAt: new Date(),
      ...overrides,
    })
    .returning();
  if (row === undefined) throw new Error("The course was not inserted");
  return row;
}

export interface TestRunOptions {
  readonly courseId?: string;
  readonly capacity?: number;
  readonly taken?: number;
  /** Wall-clock times in the run's zone. */
  readonly localStart?: string;
  readonly localEnd?: string;
  readonly values?: Partial<typeof courseRun.$inferInsert>;
}

/** Far enough ahead that no test grows into it. */
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** @returns the row of a confirmed public run of ten places, of a course of its own unless one is given */
export async function createTestRun(
  db: Database,
  options: TestRunOptions = {},
): Promise<typeof courseRun.$inferSelect> {
  const courseId = options.courseId ?? (await createTestCourse(db)).id;
  const timeZone = options.values?.timeZone ?? "Europe/Oslo";
  const stretch = zonedStretch(
    options.localStart ?? `${NEXT_YEAR}-06-01T09:00`,
    options.localEnd ?? `${NEXT_YEAR}-06-03T17:00`,
    timeZone,
    "run",
  );
  const [row] = await db
    .insert(courseRun)
    .values({
      id: uuidv7(),
      courseId,
      status: "confirmed",
      deliveryMode: "virtual",
      language: "en",
      ...stretch,
      priceAmount: 12_500_00,
      priceCurrency: "NOK",
      ...options.values,
    })
    .returning();
  if (row === undefined) throw new Error("The run was not inserted");
  await db
    .insert(runCapacity)
    .values({ runId: row.id, capacity: options.capacity ?? 10, taken: options.taken ?? 0 });
  return row;
}

/** @returns the id of a virtual room, or of a room of the venue that is given */
export async function createTestRoom(
  db: Database,
  options: { venueId?: string; capacity?: number } = {},
): Promise<string> {
  const id = uuidv7();
  const { venueId } = options;
  await db.insert(room).values({
    id,
    venueId: venueId ?? null,
    kind: venueId === undefined ? "virtual" : "physical",
    name: `Room ${id}`,
    capacity: options.capacity ?? 20,
  });
  return id;
}

/** @returns the id of a venue in Oslo, unless another city is given */
export async function createTestVenue(
  db: Database,
  overrides: Partial<typeof venue.$inferInsert> = {},
): Promise<string> {
  const id = uuidv7();
  await db.insert(venue).values({
    id,
    name: `Venue ${id}`,
    city: "Oslo",
    country: "NO",
    timeZone: "Europe/Oslo",
    ...overrides,
  });
  return id;
}

/** @returns the id of an instructor */
export async function createTestInstructor(db: Database): Promise<string> {
  const id = uuidv7();
  await db.insert(instructor).values({ id, slug: `instructor-${id}`, name: `Instructor ${id}` });
  return id;
}
