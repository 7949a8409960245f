import { accessKeys } from "@lectern/auth/access-key";
import { operatorActor } from "@lectern/auth/actor";
import { calendarFeed, person } from "@lectern/database/schema/people";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import { auditEntry } from "@lectern/database/schema/operations";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import {
  createTestRoom,
  createTestRun,
  createTestVenue,
  newKey,
  testCall,
} from "../../../testing/factories.ts";
import {
  addressOf,
  apiAs,
  apiOf,
  letTeach,
  signInAsInstructor,
} from "../../../testing/organisations.ts";
import { createTestBooking, newLearner, queueTestParty } from "../../../testing/registrations.ts";
import { type SignedIn, signIn } from "../../../testing/signed-in.ts";
import { refusalOfCall } from "../../../testing/test-browser.ts";
import { FEED_PATH } from "./feed-address.ts";
import { readFeed } from "./read-feed.ts";

const database = useTestDatabase();
const operator = () => apiAs(database().db, operatorActor("test-operator"));
const { accessKeys: keys } = testCall();
const PARTS = { accessKeys: keys, academy: "Lectern", site: "https://academy.example" };

const secretIn = (address: string) => new URL(address).pathname.slice(FEED_PATH.length);

async function makeFeed(who: SignedIn): Promise<string> {
  const api = await apiOf(database().db, who);
  const { address } = await api.calendar.makeFeed({ idempotencyKey: newKey() });
  return secretIn(address);
}

async function read(secret: string): Promise<string> {
  const answer = await readFeed(database().db, PARTS, secret);
  if (answer.kind !== "calendar") throw new Error(`There is no calendar: ${answer.kind}`);
  return answer.content;
}

interface Seen {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly summary: string;
  readonly location: string;
  readonly url: string;
  readonly startsAt: string;
}

async function eventsOf(secret: string): Promise<Seen[]> {
  const calendar = new ICAL.Component(ICAL.parse(await read(secret)) as unknown[]);
  return calendar
    .getAllSubcomponents("vevent")
    .map((component) => {
      const text = (name: string) => String(component.getFirstPropertyValue(name) ?? "");
      return {
        uid: text("uid"),
        sequence: Number(text("sequence")),
        status: text("status"),
        summary: text("summary"),
        location: text("location"),
        url: text("url"),
        startsAt: new ICAL.Event(component).startDate.toJSDate().toISOString(),
      };
    })
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
}

/** A run with a session for each day, the first in a room and the second online. */
async function runOfTwo(title: string) {
  const { db } = database();
  const venueId = await createTestVenue(db, { name: "House", street: "Storgata 1" });
  const run = await createTestRun(db, { values: { venueId, deliveryMode: "blended" } });
  const year = run.startsAt.getUTCFullYear();
  for (const [index, roomId] of [
    await createTestRoom(db, { venueId }),
    await createTestRoom(db),
  ].entries()) {
    await db.insert(session).values({
      id: crypto.randomUUID(),
      runId: run.id,
      position: index + 1,
      roomId,
      timeZone: run.timeZone,
      localStart: `${year}-06-0${index + 1}T09:00`,
      localEnd: `${year}-06-0${index + 1}T17:00`,
      startsAt: new Date(`${year}-06-0${index + 1}T07:00:00Z`),
      endsAt: new Date(`${year}-06-0${index + 1}T15:00:00Z`),
    });
  }
  await db.execute(
    sql`UPDATE course SET title = ${title} WHERE id = (SELECT course_id FROM course_run WHERE id = ${run.id})`,
  );
  return run;
}

/** @returns a place of theirs */
async function seatFor(who: SignedIn, runId: string) {
  const { db } = database();
  const booked = await createTestBooking(db, runId, 1, [await addressOf(db, who.id)]);
  return { ...booked, id: booked.ids[0] ?? "" };
}

describe("the secret address of a calendar", () => {
  it("is made, shown again to who shows that it is them, renewed and withdrawn", async () => {
    const { db } = database();
    const who = await signIn(db);
    const api = await apiOf(db, who);
    expect(await api.calendar.feed()).toEqual({ feed: null });
    expect(await refusalOfCall(api.calendar.feedAddress())).toMatchObject({ code: "NotFound" });

    const input = { idempotencyKey: newKey() };
    const { address } = await api.calendar.makeFeed(input);
    expect(await api.calendar.makeFeed(input)).toEqual({ address });
    expect(await api.calendar.feedAddress()).toEqual({ address });
    expect(await api.calendar.feed()).toMatchObject({ feed: { lastReadAt: null } });
    const first = secretIn(address);
    expect(await eventsOf(first)).toEqual([]);
    expect((await api.calendar.feed()).feed?.lastReadAt).not.toBeNull();

    const second = await makeFeed(who);
    expect(await readFeed(db, PARTS, first)).toEqual({ kind: "unknown", hasKey: true });
    expect(await eventsOf(second)).toEqual([]);

    await api.calendar.withdrawFeed({ idempotencyKey: newKey() });
    await api.calendar.withdrawFeed({ idempotencyKey: newKey() });
    expect(await readFeed(db, PARTS, second)).toEqual({ kind: "unknown", hasKey: true });
    expect(await api.calendar.feed()).toEqual({ feed: null });

    const entries = await db
      .select({ action: auditEntry.action, after: auditEntry.after })
      .from(auditEntry)
      .where(eq(auditEntry.entity, "calendar_feed"))
      .orderBy(auditEntry.id);
    const own = entries.filter(({ after }) => after === null || after["personId"] === who.id);
    expect(own.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        "calendar_feed.make",
        "calendar_feed.renew",
        "calendar_feed.withdraw",
      ]),
    );
    expect(JSON.stringify(entries)).not.toContain(first.split(".")[1]);
  });

  it("is for nobody to make or see who has not just shown who they are", async () => {
    const { db } = database();
    const who = await signIn(db);
    await makeFeed(who);
    await who.becomeUnconfirmed();
    const api = await apiOf(db, who);
    for (const call of [
      () => api.calendar.feedAddress(),
      () => api.calendar.makeFeed({ idempotencyKey: newKey() }),
    ]) {
      expect(await refusalOfCall(call())).toMatchObject({ code: "ConfirmationRequired" });
    }
    // To end it needs no more than being signed in.
    await api.calendar.withdrawFeed({ idempotencyKey: newKey() });
  });

  it("opens by its key alone, which is another one in another academy", async () => {
    const { db } = database();
    const secret = await makeFeed(await signIn(db));
    const [id = "", key = ""] = secret.split(".");
    const other = accessKeys("another-secret-than-that-of-the-other-tests");
    for (const wrong of [
      "",
      id,
      `${id}.`,
      `${id}.${key.slice(1)}.ics`,
      `${id}.${"A".repeat(43)}.ics`,
      `${id}.${other.keyFor("calendar", id)}.ics`,
      `${id}.${keys.keyFor("booking", id)}.ics`,
      `${newKey()}.${key}.ics`,
      `${secret}/`,
    ]) {
      expect(await readFeed(db, PARTS, wrong)).toEqual({ kind: "unknown", hasKey: false });
    }
    expect(await eventsOf(`${id.toUpperCase()}.${key}`)).toEqual([]);
  });

  it("is worthless at once when its owner is suspended, merged, erased, or signed out everywhere", async () => {
    const { db } = database();
    const ends: readonly ((who: SignedIn) => Promise<unknown>)[] = [
      (who) => operator().people.suspend({ id: who.id, reason: "Test", idempotencyKey: newKey() }),
      (who) => operator().people.signOut({ id: who.id, idempotencyKey: newKey() }),
      async (who) =>
        operator().people.merge({
          fromId: who.id,
          intoId: (await signIn(db)).id,
          idempotencyKey: newKey(),
        }),
      // However it comes about.
      (who) => db.update(person).set({ erasedAt: new Date() }).where(eq(person.id, who.id)),
    ];
    for (const end of ends) {
      const who = await signIn(db);
      const secret = await makeFeed(who);
      expect(await eventsOf(secret)).toEqual([]);
      await end(who);
      expect(await readFeed(db, PARTS, secret)).toEqual({ kind: "unknown", hasKey: true });
    }
  });

  it("is read as often as programs do, and no more", async () => {
    const { db } = database();
    const secret = await makeFeed(await signIn(db));
    const kinds = new Set<string>();
    for (let time = 0; time < 60; time += 1) {
      kinds.add((await readFeed(db, PARTS, secret)).kind);
    }
    expect([...kinds]).toEqual(["calendar"]);
    expect(await readFeed(db, PARTS, secret)).toMatchObject({ kind: "too_often" });
    // Others are not slowed down by that.
    expect(await eventsOf(await makeFeed(await signIn(db)))).toEqual([]);
  });
});

describe("a calendar by its secret address", () => {
  it("has the sessions that its owner has a place on, each where and when it is", async () => {
    const { db } = database();
    const who = await signIn(db);
    const run = await runOfTwo("Writing clearly");
    const seat = await seatFor(who, run.id);
    // Of others, and no place.
    await createTestBooking(db, run.id, 1, [newLearner()]);
    const full = await createTestRun(db);
    await queueTestParty(db, full.id, 1);
    const secret = await makeFeed(who);

    const year = run.startsAt.getUTCFullYear();
    expect(await eventsOf(secret)).toMatchObject([
      {
        uid: `${seat.id}.1@lectern`,
        sequence: 0,
        status: "CONFIRMED",
        summary: "Writing clearly (1 of 2)",
        location: expect.stringMatching(/^Room .+, House, Storgata 1, Oslo$/u) as string,
        startsAt: `${year}-06-01T07:00:00.000Z`,
      },
      {
        uid: `${seat.id}.2@lectern`,
        location: "Online",
        url: `https://academy.example/join?run=${run.id}`,
      },
    ]);
    expect(await read(secret)).toContain("DTSTART;TZID=Europe/Oslo:");
    expect(await read(secret)).toContain(`Booking ${seat.reference}`);
  });

  it("keeps an event through a move to another date, and cancels it with the place", async () => {
    const { db } = database();
    const who = await signIn(db);
    const [first, second] = [await createTestRun(db), await createTestRun(db)];
    const seat = await seatFor(who, first.id);
    const secret = await makeFeed(who);
    const [before] = await eventsOf(secret);

    const moved = await operator().registrations.transfer({
      reference: seat.reference,
      registrationIds: [seat.id],
      toRunId: second.id,
      idempotencyKey: newKey(),
    });
    const [after, ...none] = await eventsOf(secret);
    expect(none).toEqual([]);
    expect(after?.uid).toBe(before?.uid);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);

    await operator().registrations.cancel({
      reference: moved.to.reference,
      registrationIds: moved.to.registrations.map(({ toId }) => toId),
      idempotencyKey: newKey(),
    });
    const [cancelled] = await eventsOf(secret);
    expect(cancelled).toMatchObject({ uid: before?.uid, status: "CANCELLED" });
    expect(cancelled?.sequence).toBeGreaterThan(after?.sequence ?? 0);
  });

  it("says what is not certain, and what was cancelled", async () => {
    const { db } = database();
    const who = await signIn(db);
    const run = await createTestRun(db, { values: { status: "tentative", minPlaces: 5 } });
    await seatFor(who, run.id);
    const secret = await makeFeed(who);
    expect(await eventsOf(secret)).toMatchObject([{ status: "TENTATIVE" }]);
    await db.update(courseRun).set({ status: "cancelled" }).where(eq(courseRun.id, run.id));
    expect(await eventsOf(secret)).toMatchObject([{ status: "CANCELLED", sequence: 1 }]);
  });

  it("has nothing of what somebody else took over, nor of long ago", async () => {
    const { db } = database();
    const who = await signIn(db);
    const run = await createTestRun(db);
    const seat = await seatFor(who, run.id);
    const past = await createTestRun(db);
    await seatFor(who, past.id);
    await db
      .update(courseRun)
      .set({
        startsAt: sql`clock_timestamp() - interval '8 months'`,
        endsAt: sql`clock_timestamp() - interval '7 months'`,
      })
      .where(eq(courseRun.id, past.id));
    const secret = await makeFeed(who);
    expect(await eventsOf(secret)).toHaveLength(1);
    await operator().registrations.substitute({
      reference: seat.reference,
      registrationId: seat.id,
      learner: { name: "Kari", email: newLearner() },
      idempotencyKey: newKey(),
    });
    expect(await eventsOf(secret)).toEqual([]);
  });

  it("has the sessions that its owner teaches, as long as they are an instructor", async () => {
    const { db } = database();
    const who = await signInAsInstructor(db);
    const run = await createTestRun(db);
    await letTeach(db, run, [who.instructorId]);
    const secret = await makeFeed(who);
    expect(await eventsOf(secret)).toMatchObject([
      {
        uid: `${run.id}.1.teaching@lectern`,
        summary: expect.stringMatching(/^You teach: /u) as string,
        status: "CONFIRMED",
      },
    ]);
    await who.loseRoles();
    expect(await eventsOf(secret)).toEqual([]);
  });

  it("is the same text as long as nothing changes", async () => {
    const { db } = database();
    const who = await signIn(db);
    await seatFor(who, (await createTestRun(db)).id);
    const secret = await makeFeed(who);
    expect(await read(secret)).toBe(await read(secret));
    expect(await db.$count(calendarFeed, eq(calendarFeed.personId, who.id))).toBe(1);
  });
});
