import type { RunRecord } from "@lectern/contract/runs";
import { booking, registration, runChoice } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestCourse, newKey, testCall } from "../../testing/factories.ts";
import { assertInvariants } from "../../testing/ledger.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { joinedBy, statesOf } from "../../testing/waiting.ts";
import { confirmBooking } from "../bookings/confirm-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { importRuns } from "./import-runs.ts";

const database = useTestDatabase();
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** A full run of two places, of which one is booked, with two parties in line. */
async function soldRun() {
  const { db } = database();
  const { id } = await createTestCourse(db);
  const record: RunRecord = {
    externalId: `https://example.org/runs/${newKey()}`,
    courseExternalId: `urn:uuid:${id}`,
    sourceUrl: null,
    status: "tentative",
    deliveryMode: "virtual",
    language: "en",
    timeZone: "Europe/Oslo",
    localStart: `${NEXT_YEAR}-03-20T09:00`,
    localEnd: `${NEXT_YEAR}-03-20T17:00`,
    venue: null,
    capacity: 2,
    minPlaces: 0,
    price: null,
    visibility: "public",
    bookingOpensAt: null,
    bookingClosesAt: `${NEXT_YEAR}-03-19T12:00:00.000Z`,
    sessions: [{ localStart: `${NEXT_YEAR}-03-20T09:00`, localEnd: `${NEXT_YEAR}-03-20T17:00` }],
  };
  const take = async (changes: Partial<RunRecord> = {}, dryRun = false) => {
    const changed: string[] = [];
    const watching = { ...OPERATOR_CALL, changed: (runId: string) => changed.push(runId) };
    const { outcomes } = await importRuns(db, watching, {
      records: [{ ...record, ...changes }],
      dryRun,
    });
    return { result: outcomes[0]?.result, changed, id: outcomes[0]?.id ?? "" };
  };
  const { id: runId } = await take();
  const held = await holdPlaces(db, testCall(), { runId, places: 2, idempotencyKey: newKey() });
  await confirmBooking(db, testCall(), {
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid Berg", email: "ingrid@example.com" },
    learners: [],
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
  const party = await joinedBy(db, runId);
  await joinedBy(db, runId);
  return { runId, take, party };
}

async function choicesOf(runId: string) {
  const rows = await database()
    .db.select({ kind: runChoice.kind })
    .from(runChoice)
    .innerJoin(registration, eq(registration.id, runChoice.registrationId))
    .where(eq(registration.runId, runId));
  return rows.map(({ kind }) => kind);
}

async function runOf(runId: string) {
  const [row] = await database().db.select().from(courseRun).where(eq(courseRun.id, runId));
  return row;
}

describe("importing a run that was sold", () => {
  it("cancels it with its bookings and its queue, when the source does", async () => {
    const { db } = database();
    const { runId, take, party } = await soldRun();
    expect(await take({ status: "cancelled" }, true)).toMatchObject({ changed: [] });
    expect(await statesOf(db, runId)).toEqual(["waiting", "waiting"]);
    expect(await take({ status: "cancelled" })).toMatchObject({
      result: "updated",
      changed: [runId],
    });
    expect(await statesOf(db, runId)).toEqual(["closed", "closed"]);
    expect((await queuedMails(db, party.entryId)).at(-1)).toBe("waitlist_closed");
    const bookings = await db.select().from(booking).where(eq(booking.runId, runId));
    expect(bookings.map(({ status }) => status)).toEqual(["cancelled"]);
    expect(await choicesOf(runId)).toEqual(["run_cancelled", "run_cancelled"]);
    expect(await runOf(runId)).toMatchObject({ status: "cancelled", calendarSequence: 1 });
    await assertInvariants(db, runId);
  });

  it("gives places that it has more to the queue", async () => {
    const { db } = database();
    const { runId, take } = await soldRun();
    expect(await take({ capacity: 3 })).toMatchObject({ result: "updated" });
    expect(await statesOf(db, runId)).toEqual(["offered", "waiting"]);
    expect(await take({ capacity: 2 })).toMatchObject({ result: "refused" });
    expect(await take({ capacity: 3 })).toMatchObject({ result: "unchanged", changed: [] });
    await assertInvariants(db, runId);
  });

  it("asks people again when it is moved, and tells them when it is confirmed", async () => {
    const { db } = database();
    const { runId, take } = await soldRun();
    const moved = {
      localStart: `${NEXT_YEAR}-03-10T09:00`,
      localEnd: `${NEXT_YEAR}-03-10T17:00`,
      sessions: [{ localStart: `${NEXT_YEAR}-03-10T09:00`, localEnd: `${NEXT_YEAR}-03-10T17:00` }],
    };
    expect(await take(moved)).toMatchObject({ result: "updated" });
    expect(await choicesOf(runId)).toEqual(["run_rescheduled", "run_rescheduled"]);
    expect((await runOf(runId))?.calendarSequence).toBe(1);
    // The end of booking is the source's, though it lies after the start.
    expect(await take(moved)).toMatchObject({ result: "unchanged" });
    expect(await take({ ...moved, status: "confirmed" })).toMatchObject({ result: "updated" });
    expect(await queuedMails(db, runId)).toEqual(["run_confirmed"]);
    expect((await runOf(runId))?.calendarSequence).toBe(1);
    await assertInvariants(db, runId);
  });
});
