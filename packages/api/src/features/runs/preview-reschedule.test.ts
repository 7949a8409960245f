import type { RunPreviewRescheduleInput } from "@lectern/contract/scheduling";
import {
  booking,
  registration,
  runCapacity,
  runChoice,
  seatAllocation,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { mailMessage } from "@lectern/database/schema/mail";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  OPERATOR_CALL,
  createTestRoom,
  createTestRun,
  createTestVenue,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { apiAs, apiOf, createTestOrganisation } from "../../testing/organisations.ts";
import { createTestBooking, holdTestPlaces, queueTestParty } from "../../testing/registrations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";
import { confirmBooking } from "../bookings/confirm-booking.ts";
import { composeMail } from "../notifications/compose-mail.ts";
import { mailCompose } from "../notifications/queues.ts";
import { blockPlaces } from "./block-places.ts";
import { unblockPlaces } from "./unblock-places.ts";

const database = useTestDatabase();

type Wish = z.input<typeof RunPreviewRescheduleInput>;

function api() {
  return apiAs(database().db, OPERATOR_CALL.actor);
}

/** A zone in which it is about noon: whatever begins there within hours is today. */
const NOON_ZONE = (() => {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
})();

function inMinutes(minutes: number): Pick<Wish, "pattern" | "timeZone"> {
  const at = Temporal.Now.zonedDateTimeISO(NOON_ZONE).add({ minutes });
  const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
  return {
    timeZone: NOON_ZONE,
    pattern: {
      from: at.toPlainDate().toString(),
      sessions: 1,
      start: at.toPlainTime().toString({ smallestUnit: "minute" }),
      end: "23:59",
      weekdays: [...weekdays],
    },
  };
}

/** All that a move may change. */
async function stateOf(runId: string) {
  const { db } = database();
  const of = { registrations: eq(registration.runId, runId), bookings: eq(booking.runId, runId) };
  return {
    run: await db.select().from(courseRun).where(eq(courseRun.id, runId)),
    sessions: await db.select().from(session).where(eq(session.runId, runId)),
    counter: await db.select().from(runCapacity).where(eq(runCapacity.runId, runId)),
    places: await db.select().from(seatAllocation).where(eq(seatAllocation.runId, runId)),
    entries: await db.select().from(waitlistEntry).where(eq(waitlistEntry.runId, runId)),
    bookings: await db.select().from(booking).where(of.bookings),
    registrations: await db.select().from(registration).where(of.registrations),
    jobs: await jobsNow(),
  };
}

const Job = z.object({ id: z.string(), data: mailCompose.data });

async function jobsNow() {
  const { rows } = await database().db.execute(
    sql`SELECT id, data FROM pgboss.job WHERE name = 'mail.compose' ORDER BY created_on, id`,
  );
  return rows.map((row) => Job.parse(row));
}

/** Writes the mails of these jobs. @returns how many of each kind */
async function writtenBy(jobs: Awaited<ReturnType<typeof jobsNow>>) {
  const { db } = database();
  const settings = {
    publicUrl: "https://academy.example",
    academy: "Lectern",
    sender: { name: "Lectern", email: "no-reply@academy.example" },
    staff: { name: "Staff", email: "staff@academy.example" },
    staffLanguage: "en",
    host: "academy.example",
  };
  const before = await db.select({ id: mailMessage.id }).from(mailMessage);
  const known = new Set(before.map(({ id }) => id));
  for (const { id, data } of jobs) await composeMail(db, settings, id, data);
  const mails = await db.select({ id: mailMessage.id, kind: mailMessage.kind }).from(mailMessage);
  const counts = Object.entries(
    Object.groupBy(
      mails.filter(({ id }) => !known.has(id)),
      ({ kind }) => kind,
    ),
  ).map(([kind, written]) => ({ kind, mails: written.length }));
  return counts.toSorted((a, b) => a.kind.localeCompare(b.kind));
}

const scenarios = fc.record({
  /** Places of each confirmed booking, and how many of them are named. */
  booked: fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(2)), { maxLength: 2 }),
  ofCompany: fc.boolean(),
  hasApproval: fc.boolean(),
  hasHold: fc.boolean(),
  /** Sizes of parties that wait; the first has an offer. */
  queued: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 3 }),
  hasOffer: fc.boolean(),
  /** It begins so soon that no offer can stand. */
  isSoon: fc.boolean(),
  hasDates: fc.boolean(),
  to: fc.constantFrom<Pick<Wish, "pattern" | "timeZone" | "shift">>(
    { shift: { days: 7 } },
    { shift: { days: -30, minutes: 30 } },
    inMinutes(-60),
    inMinutes(10),
    inMinutes(90),
    inMinutes(150),
  ),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** @returns the id of a run in which all that is so */
async function build(scenario: Scenario): Promise<string> {
  const { db } = database();
  const call = testCall();
  const soon = Temporal.Now.plainDateTimeISO(NOON_ZONE).add({ minutes: 60 });
  const times = scenario.isSoon
    ? [soon, soon.add({ minutes: 60 })].map((at) => at.toString({ smallestUnit: "minute" }))
    : ["2027-06-01T09:00", "2027-06-03T17:00"];
  const { id: runId } = await createTestRun(db, {
    capacity: 9,
    ...(times[0] && { localStart: times[0] }),
    ...(times[1] && { localEnd: times[1] }),
    values: {
      ...(scenario.isSoon && { timeZone: NOON_ZONE }),
      ...(scenario.hasDates && { bookingClosesAt: new Date("2027-05-01T00:00:00Z") }),
    },
  });
  for (const [places, named] of scenario.booked) {
    const learners = Array.from(
      { length: Math.min(places, named) },
      () => `${newKey()}@example.com`,
    );
    const { reference } = await createTestBooking(db, runId, places, learners);
    if (!scenario.ofCompany) continue;
    const organisationId = await createTestOrganisation(db);
    await db.update(booking).set({ organisationId }).where(eq(booking.reference, reference));
  }
  if (scenario.hasApproval) {
    const { reference, accessKey } = await holdTestPlaces(db, runId, 1);
    await confirmBooking(db, call, {
      reference,
      accessKey,
      booker: { name: "Ingrid Berg", email: `${newKey()}@example.com` },
      learners: [{ name: "Kari Lie", email: `${newKey()}@example.com` }],
      approver: { name: "Aud Lie", email: "aud@example.com" },
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
  }
  if (scenario.hasHold) await holdTestPlaces(db, runId, 1);
  const [counter] = await db.select().from(runCapacity).where(eq(runCapacity.runId, runId));
  const block = async (quantity: number) =>
    blockPlaces(db, OPERATOR_CALL, {
      id: runId,
      quantity,
      reason: "Full",
      idempotencyKey: newKey(),
    });
  const free = 9 - (counter?.taken ?? 0);
  // Places are given back only to make an offer.
  const blocked = await block(scenario.queued[0] ?? 1);
  await block(free - (scenario.queued[0] ?? 1));
  for (const quantity of scenario.queued) await queueTestParty(db, runId, quantity);
  if (scenario.hasOffer) {
    const { allocationId } = blocked;
    await unblockPlaces(db, OPERATOR_CALL, { allocationId, idempotencyKey: newKey() });
  }
  return runId;
}

describe("the preview of a move", () => {
  it("tells what the move then does, and changes nothing", async () => {
    const { db } = database();
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const id = await build(scenario);
        const wish = { id, version: 1, ...scenario.to };
        const before = await stateOf(id);
        const preview = await api().runs.previewReschedule(wish);
        expect(await stateOf(id)).toEqual(before);

        await api().runs.reschedule({ ...wish, reason: "Move", idempotencyKey: newKey() });
        const after = await stateOf(id);
        const [run] = after.run;
        const { effects } = preview;
        if (effects === null) throw new Error("It can be moved");
        expect(preview.after).toMatchObject({
          startsAt: run?.startsAt.toISOString(),
          endsAt: run?.endsAt.toISOString(),
          timeZone: run?.timeZone,
        });
        expect(preview.after.sessions.map(({ startsAt }) => startsAt)).toEqual(
          after.sessions.map(({ startsAt }) => startsAt.toISOString()),
        );
        const asked = await db
          .select({
            id: registration.id,
            bookingId: registration.bookingId,
            email: registration.learnerEmail,
          })
          .from(runChoice)
          .innerJoin(registration, eq(registration.id, runChoice.registrationId))
          .where(and(eq(registration.runId, id), eq(runChoice.state, "open")));
        const askedBookings = new Set(asked.map(({ bookingId }) => bookingId));
        expect(effects).toMatchObject({
          registrations: asked.length,
          bookings: askedBookings.size,
          unnamed: asked.filter(({ email }) => email === null).length,
          organisationCount: scenario.ofCompany ? scenario.booked.length : 0,
        });
        expect(effects.organisations).toHaveLength(effects.organisationCount);
        const count = (
          rows: typeof after.places,
          kind: "hold" | "offer",
          wanted: "ended" | "shortened" | "made",
        ) =>
          rows.filter((row) => {
            if (row.kind !== kind) return false;
            const old = before.places.find((one) => one.id === row.id);
            if (wanted === "made") return old === undefined;
            if (old === undefined || old.state !== "active") return false;
            const isShorter = row.expiresAt?.getTime() !== old.expiresAt?.getTime();
            return wanted === "shortened" ? isShorter : isShorter && row.state === "expired";
          }).length;
        expect(effects).toMatchObject({
          holdsShortened: count(after.places, "hold", "shortened"),
          holdsEnded: count(after.places, "hold", "ended"),
          offersShortened: count(after.places, "offer", "shortened"),
          offersEnded: count(after.places, "offer", "ended"),
          offersMade: count(after.places, "offer", "made"),
          waiting: after.entries.filter(({ status }) => status === "waiting").length,
        });
        const closesAt = [before, after].map(({ run: [one] }) => one?.bookingClosesAt?.getTime());
        expect(effects.datesPulled).toEqual(closesAt[0] === closesAt[1] ? [] : ["bookingClosesAt"]);
        const known = new Set(before.jobs.map((job) => job.id));
        const written = await writtenBy(after.jobs.filter((job) => !known.has(job.id)));
        expect(effects.mails.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual(written);
        for (const { kind } of written) kinds.add(kind);
        for (const key of [
          "holdsShortened",
          "holdsEnded",
          "offersShortened",
          "offersEnded",
          "offersMade",
        ] as const) {
          if (effects[key] > 0) kinds.add(key);
        }
      }),
      { numRuns: 16, seed: 1 },
    );
    // What the scenarios came to: else it would prove little.
    expect([...kinds].toSorted()).toEqual([
      "holdsEnded",
      "holdsShortened",
      "offer",
      "offer_lapsed",
      "offersEnded",
      "offersMade",
      "offersShortened",
      "run_rescheduled",
    ]);
  }, 60_000);

  it("tells what is in the way, and then nothing of what would follow", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db);
    const roomId = await createTestRoom(db, { venueId, capacity: 10 });
    const { courseId } = await createTestRun(db);
    const schedule = (from: string, capacity = 10) =>
      api().runs.schedule({
        courseId,
        deliveryMode: "classroom",
        roomId,
        timeZone: "Europe/Oslo",
        language: "en",
        pattern: { from, sessions: 1, start: "09:00", end: "17:00" },
        capacity,
        price: null,
        idempotencyKey: newKey(),
      });
    const [first, second] = [await schedule("2027-05-10"), await schedule("2027-05-11")];
    const wish = { id: first.id, version: 1, shift: { days: 1 } };
    expect(await api().runs.previewReschedule(wish)).toMatchObject({
      before: { localStart: "2027-05-10T09:00", room: { id: roomId }, venue: { id: venueId } },
      after: { localStart: "2027-05-11T09:00", room: { id: roomId }, venue: { id: venueId } },
      findings: [{ kind: "room_taken", by: { runId: second.id } }],
      effects: null,
    });
    const small = await createTestRoom(db, { venueId, capacity: 9 });
    expect(await api().runs.previewReschedule({ ...wish, roomId: small })).toMatchObject({
      findings: [{ kind: "room_too_small", capacity: 9, wanted: 10 }],
      effects: null,
    });
    // Its own sessions are not.
    const longer = { from: "2027-05-10", sessions: 1, start: "08:00", end: "17:00" };
    expect(
      await api().runs.previewReschedule({ id: first.id, version: 1, pattern: longer }),
    ).toMatchObject({ findings: [], effects: { registrations: 0 } });
  });

  it("is refused as the move would be: out of reach, changed, begun, without new times", async () => {
    const { db } = database();
    const { id } = await createTestRun(db);
    const begun = await createTestRun(db, { values: { status: "in_progress" } });
    const shift = { days: 1 };
    const norway = await apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
    const preview = (wish: Wish, caller = api()) =>
      refusalOfCall(caller.runs.previewReschedule(wish));
    expect(await preview({ id, version: 1, shift }, norway)).toMatchObject({ code: "NotFound" });
    expect(await preview({ id, version: 2, shift })).toMatchObject({
      data: { reason: "changed_meanwhile" },
    });
    expect(await preview({ id: begun.id, version: 1, shift })).toMatchObject({
      data: { reason: "wrong_state" },
    });
    expect(await preview({ id, version: 1 })).toMatchObject({ code: "Invalid" });
  });
});
