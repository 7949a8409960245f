import { courseRun } from "@lectern/database/schema/scheduling";
import { createTestDatabase } from "@lectern/database/testing/database";
import { eventually, runWorker, write } from "@lectern/jobs/testing/worker";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { createFullRun, joinedBy, statesOf } from "../../testing/waiting.ts";
import { confirmBooking } from "../bookings/confirm-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { waitlistJobs, waitlistSchedules } from "../waitlist/waitlist-jobs.ts";
import { runsJobs, runsSchedules } from "./runs-jobs.ts";

const call = testCall();

describe("the worker", () => {
  it("confirms a run when a booking brings it to its minimum", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const run = await createTestRun(db, { values: { status: "tentative", minPlaces: 2 } });
    const changed: string[] = [];
    const parts = {
      db,
      accessKeys: call.accessKeys,
      fields: call.fields,
      changed: (id: string) => changed.push(id),
    };
    await using _worker = await runWorker(db, { handlers: runsJobs(parts) });
    const held = await holdPlaces(db, call, { runId: run.id, places: 2, idempotencyKey: newKey() });
    await confirmBooking(db, call, {
      reference: held.reference,
      accessKey: held.accessKey,
      booker: { name: "Ingrid Berg", email: "ingrid@example.com" },
      learners: [],
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    await eventually(() => changed.includes(run.id));
    const [row] = await db.select().from(courseRun).where(eq(courseRun.id, run.id));
    expect(row?.status).toBe("confirmed");
  });

  it("does what comes again and again: runs that begin move on, and their queues close", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const run = await createFullRun(db, [1]);
    await joinedBy(db, run.id);
    const undecided = await createTestRun(db, {
      values: { status: "tentative", minPlaces: 2, decisionAt: new Date() },
    });
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await db.update(courseRun).set({ startsAt: anHourAgo }).where(eq(courseRun.id, run.id));
    const parts = { db, accessKeys: call.accessKeys, fields: call.fields, changed: () => {} };
    const handlers = [...runsJobs(parts), ...waitlistJobs(parts)];
    const schedules = [...runsSchedules, ...waitlistSchedules];
    for (const { queue, data } of schedules) await write(db, queue, data);
    await using _worker = await runWorker(db, { handlers, schedules });
    const rowOf = async (id: string) => {
      const [row] = await db.select().from(courseRun).where(eq(courseRun.id, id));
      return row;
    };
    await eventually(async () => (await statesOf(db, run.id))[0] === "closed");
    await eventually(async () => (await rowOf(run.id))?.status === "in_progress");
    await eventually(async () => (await rowOf(undecided.id))?.decisionWarnedAt !== null);
    const names = new Set(handlers.map(({ queue }) => queue.name));
    expect(schedules.filter(({ queue }) => !names.has(queue.name))).toEqual([]);
  });
});
