import { operatorActor } from "@lectern/auth/actor";
import { JOIN_MINUTES } from "@lectern/contract/calendar";
import { auditEntry, idempotencyKey } from "@lectern/database/schema/operations";
import {
  courseRun,
  joinLink,
  session,
  sessionInstructor,
} from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
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
  createTestOrganisation,
  signInAsInstructor,
  signInAt,
} from "../../../testing/organisations.ts";
import { createTestBooking, newLearner } from "../../../testing/registrations.ts";
import { type SignedIn, signIn } from "../../../testing/signed-in.ts";
import { refusalOfCall } from "../../../testing/test-browser.ts";

const database = useTestDatabase();
const operator = () => apiAs(database().db, operatorActor("test-operator"));
const { accessKeys: keys } = testCall();

const LINK = "https://meet.example.org/room-7?pwd=canary-9170";

/** A session, by when it begins: minutes from now. */
interface Sitting {
  readonly inMinutes: number;
  readonly lasts?: number;
  readonly roomId?: string | null;
}

/** @returns a virtual run with these sessions */
async function createRun(
  sittings: readonly Sitting[],
  values: Partial<typeof courseRun.$inferInsert> = {},
) {
  const { db } = database();
  const run = await createTestRun(db, { values: { timeZone: "UTC", ...values } });
  const minute = 60_000;
  const now = Date.now();
  const local = (at: Date) => at.toISOString().slice(0, 16);
  const rows = sittings.map(({ inMinutes, lasts = 60, roomId = null }, index) => {
    const startsAt = new Date(now + inMinutes * minute);
    const endsAt = new Date(startsAt.getTime() + lasts * minute);
    return {
      id: uuidv7(),
      runId: run.id,
      position: index + 1,
      roomId,
      timeZone: "UTC",
      localStart: local(startsAt),
      localEnd: local(endsAt),
      startsAt,
      endsAt,
    };
  });
  await db.insert(session).values(rows);
  return { ...run, sessions: rows };
}

/** Puts the times of the run itself where its sessions are: booked it was before. */
async function begin(runId: string): Promise<void> {
  await database().db.execute(sql`
    UPDATE course_run r SET starts_at = t.first, ends_at = t.last
    FROM (SELECT min(starts_at) AS first, max(ends_at) AS last FROM session WHERE run_id = ${runId}) t
    WHERE r.id = ${runId}`);
}

async function setLink(id: string, url: string | null, position?: number) {
  return operator().runs.setJoinLink({ id, url, position, idempotencyKey: newKey() });
}

/** @returns a place of theirs, confirmed */
async function seatFor(who: SignedIn, runId: string) {
  const { db } = database();
  const booked = await createTestBooking(db, runId, 1, [await addressOf(db, who.id)]);
  return { ...booked, id: booked.ids[0] ?? "" };
}

function proofOf(registrationId: string, claimVersion = 1) {
  const joinKey = keys.keyFor("join", `${registrationId}:${claimVersion}`);
  return { registrationId, claimVersion, joinKey };
}

describe("where a session meets online", () => {
  it("is given from a quarter of an hour before it begins until it ends, and then alone", async () => {
    const { db } = database();
    const who = await signIn(db);
    const run = await createRun([
      { inMinutes: -90, lasts: 60 },
      { inMinutes: -10, lasts: 20 },
      { inMinutes: 14 },
      { inMinutes: 16 },
      { inMinutes: 24 * 60 },
    ]);
    await seatFor(who, run.id);
    await begin(run.id);
    await setLink(run.id, LINK);
    const api = await apiOf(db, who);
    const { sessions } = await api.calendar.joining({ runId: run.id });
    expect(sessions.map(({ position, state, hasLink }) => [position, state, hasLink])).toEqual([
      [1, "over", true],
      [2, "open", true],
      [3, "open", true],
      [4, "ahead", true],
      [5, "ahead", true],
    ]);
    for (const { startsAt, opensAt } of sessions) {
      expect(Date.parse(startsAt) - Date.parse(opensAt)).toBe(JOIN_MINUTES * 60_000);
    }
    const join = (position: number) => api.calendar.join({ runId: run.id, position });
    expect([await join(2), await join(3)]).toEqual([{ url: LINK }, { url: LINK }]);
    for (const [position, detail] of [
      [1, "over"],
      [4, "ahead"],
      [5, "ahead"],
    ] as const) {
      expect(await refusalOfCall(join(position))).toMatchObject({
        code: "Conflict",
        data: { entity: "session", reason: "wrong_state", detail },
      });
    }
    expect(await refusalOfCall(join(6))).toMatchObject({ code: "NotFound" });
  });

  it("is the session's own, where it has one", async () => {
    const { db } = database();
    const who = await signIn(db);
    const run = await createRun([{ inMinutes: 5 }, { inMinutes: 10 }]);
    await seatFor(who, run.id);
    await setLink(run.id, "https://meet.example.org/second", 2);
    const api = await apiOf(db, who);
    const join = (position: number) => api.calendar.join({ runId: run.id, position });
    expect(await refusalOfCall(join(1))).toMatchObject({ data: { detail: "no_link" } });
    await setLink(run.id, LINK);
    expect([await join(1), await join(2)]).toEqual([
      { url: LINK },
      { url: "https://meet.example.org/second" },
    ]);
    await setLink(run.id, null, 2);
    expect(await join(2)).toEqual({ url: LINK });
  });

  it("is nobody's who does not come: strangers, companies, learners of another date, who waits to be approved", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const run = await createRun([{ inMinutes: 5 }]);
    await setLink(run.id, LINK);
    const elsewhere = await createRun([{ inMinutes: 5 }]);
    const [other, reserved] = [await signIn(db), await signIn(db)];
    await seatFor(other, elsewhere.id);
    const { id } = await seatFor(reserved, run.id);
    await db.execute(sql`UPDATE registration SET status = 'reserved' WHERE id = ${id}`);
    await db
      .update(courseRun)
      .set({ visibility: "private", organisationId })
      .where(eq(courseRun.id, run.id));

    const callers = [
      apiAs(db),
      await apiOf(db, await signIn(db)),
      await apiOf(db, other),
      await apiOf(db, reserved),
      await apiOf(db, await signInAt(db, organisationId, "company_manager")),
      await apiOf(db, await signInAsInstructor(db)),
      await apiOf(db, await signIn(db, { role: "course_editor" })),
    ];
    for (const api of callers) {
      for (const call of [
        () => api.calendar.join({ runId: run.id, position: 1 }),
        () => api.calendar.joining({ runId: run.id }),
      ]) {
        expect(await refusalOfCall(call())).toMatchObject({
          code: "NotFound",
          data: { entity: "run" },
        });
      }
    }
    const neither = apiAs(db).calendar.join({ position: 1 });
    expect(await refusalOfCall(neither)).toMatchObject({ code: "Invalid" });
  });

  it("is for who teaches it, and for staff, too", async () => {
    const { db } = database();
    const run = await createRun([{ inMinutes: 5 }, { inMinutes: 600 }]);
    await setLink(run.id, LINK);
    const teacher = await signInAsInstructor(db);
    const [first] = run.sessions;
    if (first === undefined) throw new Error("There is a session");
    const { startsAt, endsAt } = first;
    await db.insert(sessionInstructor).values({
      sessionId: first.id,
      instructorId: teacher.instructorId,
      startsAt,
      endsAt,
      isActive: true,
    });
    for (const who of [teacher, await signIn(db, { role: "sales" })]) {
      const api = await apiOf(db, who);
      expect(await api.calendar.join({ runId: run.id, position: 1 })).toEqual({ url: LINK });
      const early = api.calendar.join({ runId: run.id, position: 2 });
      expect(await refusalOfCall(early)).toMatchObject({ data: { detail: "ahead" } });
    }
  });

  it("is opened without an account by the key from a mail, for as long as the place is theirs", async () => {
    const { db } = database();
    const run = await createRun([{ inMinutes: 5 }]);
    await setLink(run.id, LINK);
    const [learner, public_] = [newLearner(), apiAs(db)];
    const booked = await createTestBooking(db, run.id, 2, [learner]);
    const [named = "", unnamed = ""] = booked.ids;
    const join = (proof: ReturnType<typeof proofOf>) =>
      public_.calendar.join({ seat: proof, position: 1 });
    expect(await join(proofOf(named))).toEqual({ url: LINK });
    expect((await public_.calendar.joining({ seat: proofOf(named) })).run.id).toBe(run.id);

    const wrong = [
      proofOf(unnamed),
      proofOf(named, 2),
      proofOf(uuidv7()),
      { ...proofOf(named), joinKey: keys.keyFor("claim", `${named}:1`) },
      { ...proofOf(named), joinKey: proofOf(unnamed).joinKey },
    ];
    for (const proof of wrong) {
      expect(await refusalOfCall(join(proof))).toMatchObject({
        code: "NotFound",
        data: { entity: "registration" },
      });
    }
    const { reference, accessKey } = booked;
    await public_.registrations.substitute({
      reference,
      accessKey,
      registrationId: named,
      learner: { name: "Kari", email: newLearner() },
      idempotencyKey: newKey(),
    });
    expect(await refusalOfCall(join(proofOf(named)))).toMatchObject({ code: "NotFound" });
    expect(await join(proofOf(named, 2))).toEqual({ url: LINK });
    await public_.bookings.cancel({ reference, accessKey, idempotencyKey: newKey() });
    expect(await refusalOfCall(join(proofOf(named, 2)))).toMatchObject({ code: "NotFound" });
  });

  it("moves with a place to another date, and is not given of one that is cancelled", async () => {
    const { db } = database();
    const [first, second] = [
      await createRun([{ inMinutes: 5 }]),
      await createRun([{ inMinutes: 9 }]),
    ];
    await setLink(first.id, LINK);
    await setLink(second.id, "https://meet.example.org/second");
    const who = await signIn(db);
    const seat = await seatFor(who, first.id);
    await operator().registrations.transfer({
      reference: seat.reference,
      registrationIds: [seat.id],
      toRunId: second.id,
      idempotencyKey: newKey(),
    });
    const [api, public_] = [await apiOf(db, who), apiAs(db)];
    const gone = api.calendar.join({ runId: first.id, position: 1 });
    expect(await refusalOfCall(gone)).toMatchObject({ code: "NotFound" });
    expect(await public_.calendar.join({ seat: proofOf(seat.id), position: 1 })).toEqual({
      url: "https://meet.example.org/second",
    });
    await db.update(courseRun).set({ status: "cancelled" }).where(eq(courseRun.id, second.id));
    const cancelled = api.calendar.join({ runId: second.id, position: 1 });
    expect(await refusalOfCall(cancelled)).toMatchObject({ data: { detail: "cancelled" } });
  });

  it("is of a run without sessions, too, and of what is online alone", async () => {
    const { db } = database();
    const who = await signIn(db);
    const bare = await createTestRun(db);
    await seatFor(who, bare.id);
    await setLink(bare.id, LINK);
    await db
      .update(courseRun)
      .set({ startsAt: sql`clock_timestamp() + interval '10 minutes'` })
      .where(eq(courseRun.id, bare.id));
    const api = await apiOf(db, who);
    expect(await api.calendar.join({ runId: bare.id, position: 0 })).toEqual({ url: LINK });

    const venueId = await createTestVenue(db);
    const physical = await createTestRoom(db, { venueId });
    const blended = await createRun(
      [
        { inMinutes: 5, roomId: physical },
        { inMinutes: 70, roomId: await createTestRoom(db) },
      ],
      { venueId, deliveryMode: "blended" },
    );
    await seatFor(who, blended.id);
    const { sessions } = await api.calendar.joining({ runId: blended.id });
    expect(sessions.map(({ position }) => position)).toEqual([2]);
    const classroom = await createTestRun(db, {
      values: { venueId, deliveryMode: "classroom" },
    });
    for (const refused of [() => setLink(blended.id, LINK, 1), () => setLink(classroom.id, LINK)]) {
      expect(await refusalOfCall(refused())).toMatchObject({
        code: "Invalid",
        data: { issues: [{ path: "position" }] },
      });
    }
  });
});

describe("what somebody comes to online", () => {
  it("is what is not over, as a learner and to teach, the soonest first", async () => {
    const { db } = database();
    const who = await signInAsInstructor(db);
    const soon = await createRun([{ inMinutes: -200, lasts: 60 }, { inMinutes: 5 }]);
    const later = await createRun([{ inMinutes: 120 }]);
    await seatFor(who, soon.id);
    await begin(soon.id);
    const [taught] = later.sessions;
    if (taught === undefined) throw new Error("There is a session");
    await db.insert(sessionInstructor).values({
      sessionId: taught.id,
      instructorId: who.instructorId,
      startsAt: taught.startsAt,
      endsAt: taught.endsAt,
      isActive: true,
    });
    await setLink(soon.id, LINK);
    const answer = await (await apiOf(db, who)).calendar.online();
    expect(answer.items).toMatchObject([
      { runId: soon.id, position: 2, sessions: 2, state: "open", hasLink: true, part: "learner" },
      { runId: later.id, position: 1, state: "ahead", hasLink: false, part: "instructor" },
    ]);
    expect(JSON.stringify(answer)).not.toContain("meet.example.org");
    expect((await (await apiOf(db, await signIn(db))).calendar.online()).items).toEqual([]);
  });
});

describe("setting it", () => {
  it("is for who may change the date, who sees what is set; it stands encrypted, and in no log", async () => {
    const { db } = database();
    const run = await createRun([{ inMinutes: 5 }]);
    const input = { id: run.id, url: LINK, idempotencyKey: newKey() };
    for (const role of ["instructor", "finance", "course_editor"] as const) {
      const api = await apiOf(db, await signIn(db, { role }));
      for (const call of [
        () => api.runs.setJoinLink(input),
        () => api.runs.joinLinks({ id: run.id }),
      ]) {
        expect(await refusalOfCall(call())).toMatchObject({ code: "Forbidden" });
      }
    }
    const elsewhere = await apiOf(db, await signIn(db, { role: "sales", country: "DE" }));
    expect(await refusalOfCall(elsewhere.runs.setJoinLink(input))).toMatchObject({
      code: "NotFound",
    });

    const seller = await apiOf(db, await signIn(db, { role: "sales" }));
    expect(await seller.runs.setJoinLink(input)).toEqual({
      id: run.id,
      position: null,
      isSet: true,
    });
    expect(await seller.runs.setJoinLink(input)).toMatchObject({ isSet: true });
    expect(await seller.runs.joinLinks({ id: run.id })).toMatchObject({
      links: [{ position: null, url: LINK }],
    });
    const [stored] = await db.select().from(joinLink).where(eq(joinLink.runId, run.id));
    expect(stored?.url).toMatch(/^e1:/u);
    const audited = await db.select().from(auditEntry).where(eq(auditEntry.entityId, run.id));
    const kept = await db.select().from(idempotencyKey);
    expect(audited).toMatchObject([{ action: "run.set_join_link", after: { isSet: true } }]);
    expect(JSON.stringify([audited, kept, stored])).not.toContain("canary-9170");

    await seller.runs.setJoinLink({ id: run.id, url: null, idempotencyKey: newKey() });
    expect(await seller.runs.joinLinks({ id: run.id })).toEqual({ links: [] });
  });

  it("takes https addresses, of dates that are to come", async () => {
    const run = await createRun([{ inMinutes: 5 }]);
    for (const url of ["http://meet.example.org", "javascript:alert(1)", "meet.example.org", ""]) {
      expect(await refusalOfCall(setLink(run.id, url))).toMatchObject({ code: "Invalid" });
    }
    await database()
      .db.update(courseRun)
      .set({ status: "completed" })
      .where(eq(courseRun.id, run.id));
    expect(await refusalOfCall(setLink(run.id, LINK))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", detail: "completed" },
    });
  });
});
