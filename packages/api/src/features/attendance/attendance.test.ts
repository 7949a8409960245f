import type { AttendanceMark } from "@lectern/contract/vocabulary";
import { attendance } from "@lectern/database/schema/attendance";
import { booking, registration } from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { session } from "@lectern/database/schema/scheduling";
import { violates } from "@lectern/database/errors";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { type AttendedRun, createAttendedRun } from "../../testing/attendance.ts";
import { TEST_FIELDS, createTestVenue, newKey, testCall } from "../../testing/factories.ts";
import { apiOf, signInAsInstructor } from "../../testing/organisations.ts";
import { type SignedIn, signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";
import { collect } from "../people/privacy/export/collect.ts";
import { findSubject } from "../people/privacy/subject.ts";
import { moveRunsOn } from "../runs/advance-runs.ts";
import { settleRun } from "./attendance-jobs.ts";

const database = useTestDatabase();

async function teacher() {
  return signInAsInstructor(database().db);
}

/** Marks, as somebody. */
async function markAs(
  who: SignedIn,
  sessionId: string,
  marks: readonly {
    registrationId: string | undefined;
    mark: AttendanceMark;
    version?: number;
    minutes?: number;
  }[],
  idempotencyKey = newKey(),
) {
  const api = await apiOf(database().db, who);
  return api.attendance.mark({
    sessionId,
    marks: marks.map(({ registrationId = "", version = 0, ...rest }) => ({
      registrationId,
      version,
      ...rest,
    })),
    idempotencyKey,
  });
}

async function marksOf(who: SignedIn, runId: string) {
  const api = await apiOf(database().db, who);
  const { items } = await api.attendance.byRun({ runId });
  return items.map(({ registrationId, mark, version }) => ({ registrationId, mark, version }));
}

async function statesOf({ places }: AttendedRun) {
  const rows = await database()
    .db.select({ id: registration.id, status: registration.status })
    .from(registration)
    .where(inArray(registration.id, [...places]));
  return places.map((id) => rows.find((row) => row.id === id)?.status);
}

/** Lets the run end, and the worker see it. */
async function complete(run: AttendedRun, hoursAgo = 1): Promise<void> {
  await run.age(25 + hoursAgo);
  await moveRunsOn(database().db, testCall());
}

describe("marking who is there", () => {
  it("says who marked it and when, for as many as there are, and shows on another device", async () => {
    const { db } = database();
    const who = await teacher();
    const run = await createAttendedRun(db, 3, { instructorIds: [who.instructorId] });
    const [first, second, third] = run.places;
    const marked = await markAs(who, run.sessionIds[0], [
      { registrationId: first, mark: "present" },
      { registrationId: second, mark: "partial", minutes: 45 },
      { registrationId: third, mark: "excused" },
    ]);
    expect(marked.refused).toEqual([]);
    expect(marked.records).toHaveLength(3);
    expect(marked.records.find(({ registrationId }) => registrationId === second)).toEqual({
      registrationId: second,
      sessionId: run.sessionIds[0],
      mark: "partial",
      minutes: 45,
      markedAt: expect.stringMatching(/Z$/u) as string,
      markedBy: who.name,
      version: 1,
    });
    const staff = await signIn(db, { role: "sales" });
    expect(await marksOf(staff, run.id)).toHaveLength(3);
  });

  it("is sent again without being made again, and tells nobody who knows it already", async () => {
    const { db } = database();
    const who = await teacher();
    const run = await createAttendedRun(db, 1, { instructorIds: [who.instructorId] });
    const key = newKey();
    const one = [{ registrationId: run.places[0], mark: "present" as const }];
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => markAs(who, run.sessionIds[0], one, key)),
    );
    expect(new Set(answers.map(({ records }) => records[0]?.version))).toEqual(new Set([1]));
    const api = await apiOf(db, who);
    const { revision } = await api.attendance.byRun({ runId: run.id });
    expect(await api.attendance.byRun({ runId: run.id, knownRevision: revision })).toMatchObject({
      isUnchanged: true,
      items: [],
    });
    await markAs(who, run.sessionIds[0], [
      { ...one[0], registrationId: run.places[0], mark: "absent", version: 1 },
    ]);
    const after = await api.attendance.byRun({ runId: run.id, knownRevision: revision });
    expect(after).toMatchObject({ isUnchanged: false, revision: revision + 1 });
  });

  it("at two doors at once loses nothing: the same mark is one, another is shown and not overwritten", async () => {
    const { db } = database();
    const [left, right] = [
      await signIn(db, { role: "sales" }),
      await signIn(db, { role: "sales" }),
    ];
    const run = await createAttendedRun(db, 40);
    const answers = await Promise.all(
      run.places.flatMap((registrationId, index) => [
        markAs(left, run.sessionIds[0], [{ registrationId, mark: "present" }]),
        markAs(right, run.sessionIds[0], [
          { registrationId, mark: index < 20 ? "present" : "absent" },
        ]),
      ]),
    );
    const refused = answers.flatMap((answer) => answer.refused);
    expect(refused).toHaveLength(20);
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(["changed_meanwhile"]));
    for (const { registrationId, current } of refused) {
      const [stored] = await db
        .select()
        .from(attendance)
        .where(eq(attendance.registrationId, registrationId));
      expect(current).toMatchObject({ mark: stored?.mark, version: 1 });
    }
    expect(await db.$count(attendance, eq(attendance.sessionId, run.sessionIds[0]))).toBe(40);
    expect((await marksOf(left, run.id)).every(({ version }) => version === 1)).toBe(true);
    // Whoever has seen what the other marked may change it.
    const registrationId = refused[0]?.registrationId;
    const decided = await markAs(right, run.sessionIds[0], [
      { registrationId, mark: "partial", version: 1 },
    ]);
    expect(decided.records).toMatchObject([{ mark: "partial", version: 2 }]);
  });

  it("is taken back with the same care, and can be made again", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 1);
    const [registrationId = ""] = run.places;
    await markAs(who, run.sessionIds[0], [{ registrationId, mark: "present" }]);
    const api = await apiOf(db, who);
    const clear = (version: number) =>
      api.attendance.clear({
        sessionId: run.sessionIds[0],
        marks: [{ registrationId, version }],
        idempotencyKey: newKey(),
      });
    expect((await clear(7)).refused).toMatchObject([
      { reason: "changed_meanwhile", current: { mark: "present" } },
    ]);
    expect((await clear(1)).records).toMatchObject([{ mark: null, version: 2 }]);
    expect(
      await markAs(who, run.sessionIds[0], [{ registrationId, mark: "absent", version: 2 }]),
    ).toMatchObject({ records: [{ mark: "absent", version: 3 }] });
  });

  it("is refused for places that nobody comes to, which keeps no other from being marked", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 4);
    const foreign = await createAttendedRun(db, 1);
    const [good, cancelled = "", transferred = "", awaited = ""] = run.places;
    await db
      .update(registration)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(eq(registration.id, cancelled));
    await db
      .update(registration)
      .set({ status: "transferred", successorId: foreign.places[0] ?? null })
      .where(eq(registration.id, transferred));
    await db
      .update(booking)
      .set({ status: "expired" })
      .where(
        sql`id = (SELECT booking_id FROM registration WHERE registration.id = ${awaited}::uuid)`,
      );
    const { records, refused } = await markAs(
      who,
      run.sessionIds[0],
      [good, cancelled, transferred, awaited, foreign.places[0], uuidv7()].map(
        (registrationId) => ({ registrationId, mark: "present" as const }),
      ),
    );
    expect(records.map((one) => one.registrationId)).toEqual([good]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      "not_coming",
      "not_coming",
      "not_coming",
      "unknown",
      "unknown",
    ]);
  });

  it("keeps the minutes of who was there, and refuses those of others", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 1);
    const registrationId = run.places[0];
    expect(
      await refusalOfCall(
        markAs(who, run.sessionIds[0], [{ registrationId, mark: "absent", minutes: 5 }]),
      ),
    ).toMatchObject({ code: "Invalid", data: { issues: [{ path: "marks.0.minutes" }] } });
  });

  it("is written into the audit log of the run, without a name", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 1);
    const [registrationId = ""] = run.places;
    await markAs(who, run.sessionIds[0], [{ registrationId, mark: "present" }]);
    const entries = await db
      .select({ before: auditEntry.before, after: auditEntry.after, actorId: auditEntry.actorId })
      .from(auditEntry)
      .where(and(eq(auditEntry.entityId, run.id), eq(auditEntry.action, "attendance.mark")));
    expect(entries).toEqual([
      {
        actorId: who.id,
        before: { marks: [{ registrationId, mark: null, minutes: null }] },
        after: {
          sessionId: run.sessionIds[0],
          marks: [{ registrationId, mark: "present", minutes: null }],
        },
      },
    ]);
  });
});

describe("when a session can be marked", () => {
  it("is from two hours before, and for those who teach it until three days after", async () => {
    const { db } = database();
    const who = await teacher();
    const staff = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 2, { instructorIds: [who.instructorId] });
    const [early, late] = run.sessionIds;
    const [registrationId, second] = run.places;
    const mark = (by: SignedIn, sessionId: string) =>
      markAs(by, sessionId, [{ registrationId, mark: "present" }]);
    for (const by of [who, staff]) {
      expect(await refusalOfCall(mark(by, late))).toMatchObject({
        code: "Conflict",
        data: { reason: "wrong_state", entity: "session", detail: "not_yet" },
      });
    }
    await run.age(22);
    expect(await mark(who, late)).toMatchObject({ records: [{ mark: "present" }] });
    await run.age(48);
    expect(await mark(who, early)).toMatchObject({ records: [{ mark: "present" }] });
    await run.age(24);
    expect(
      await refusalOfCall(markAs(who, early, [{ registrationId: second, mark: "absent" }])),
    ).toMatchObject({
      code: "Conflict",
      data: { entity: "session", detail: "over" },
    });
    await run.age(2000);
    expect(await markAs(staff, early, [{ registrationId: second, mark: "absent" }])).toMatchObject({
      records: [{ mark: "absent" }],
    });
  });

  it("is never for a run that does not take place", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    for (const status of ["draft", "cancelled"] as const) {
      const run = await createAttendedRun(db, 1, { values: { status } });
      expect(
        await refusalOfCall(
          markAs(who, run.sessionIds[0], [{ registrationId: run.places[0], mark: "present" }]),
        ),
      ).toMatchObject({ code: "Conflict", data: { entity: "run", detail: status } });
    }
  });

  it("is for those who teach the run, and for staff of its country; for others there is none", async () => {
    const { db } = database();
    const who = await teacher();
    const venueId = await createTestVenue(db, { country: "NO" });
    const run = await createAttendedRun(db, 1, {
      instructorIds: [who.instructorId],
      values: { venueId, deliveryMode: "classroom" },
    });
    const sessionId = run.sessionIds[0];
    const mark = (by: SignedIn) =>
      markAs(by, sessionId, [{ registrationId: run.places[0], mark: "present" }]);
    for (const by of [await teacher(), await signIn(db, { role: "sales", country: "SE" })]) {
      expect(await refusalOfCall(mark(by))).toEqual({
        code: "NotFound",
        data: { entity: "session", id: sessionId },
      });
      const api = await apiOf(db, by);
      expect(await refusalOfCall(api.attendance.byRun({ runId: run.id }))).toMatchObject({
        code: "NotFound",
      });
    }
    expect(await refusalOfCall(mark(await signIn(db, { role: "finance" })))).toMatchObject({
      code: "Forbidden",
    });
    for (const by of [who, await signIn(db, { role: "sales", country: "NO" })]) {
      expect((await mark(by)).refused).toEqual([]);
    }
  });
});

describe("what becomes of registrations", () => {
  it("follows from their marks as the run is completed", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 5);
    const [came, absent, excused, both] = run.places;
    await markAs(who, run.sessionIds[0], [
      { registrationId: came, mark: "partial" },
      { registrationId: absent, mark: "absent" },
      { registrationId: excused, mark: "excused" },
      { registrationId: both, mark: "absent" },
    ]);
    await run.age(23);
    await markAs(who, run.sessionIds[1], [{ registrationId: both, mark: "present" }]);
    expect(new Set(await statesOf(run))).toEqual(new Set(["confirmed"]));
    await run.age(3);
    await moveRunsOn(db, testCall());
    expect(await statesOf(run)).toEqual([
      "completed",
      "no_show",
      "confirmed",
      "completed",
      "confirmed",
    ]);
    await settleRun(db, testCall(), run.id);
    expect(await statesOf(run)).toEqual([
      "completed",
      "no_show",
      "confirmed",
      "completed",
      "no_show",
    ]);
    const actions = await db
      .select({ action: auditEntry.action })
      .from(auditEntry)
      .where(
        and(eq(auditEntry.entity, "registration"), inArray(auditEntry.entityId, [...run.places])),
      );
    expect(actions.map(({ action }) => action).toSorted()).toEqual([
      "registration.complete",
      "registration.complete",
      "registration.no_show",
      "registration.no_show",
    ]);
  });

  it("is asked again three days after the end", async () => {
    const run = await createAttendedRun(database().db, 1);
    await complete(run);
    const { rows } = await database().db.execute(sql`
      SELECT round(extract(epoch FROM start_after - now()) / 3600)::int AS hours FROM pgboss.job_common
      WHERE name = 'attendance.settle' AND data ->> 'runId' = ${run.id}`);
    expect(rows).toEqual([{ hours: 71 }]);
  });

  it("stays unknown where nobody was marked", async () => {
    const { db } = database();
    const run = await createAttendedRun(db, 2);
    await complete(run);
    await settleRun(db, testCall(), run.id);
    expect(await statesOf(run)).toEqual(["confirmed", "confirmed"]);
  });

  it("follows corrections that come later", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 2);
    const [first = "", second] = run.places;
    const [sessionId] = run.sessionIds;
    await markAs(who, sessionId, [
      { registrationId: first, mark: "absent" },
      { registrationId: second, mark: "present" },
    ]);
    await complete(run, 100);
    expect(await statesOf(run)).toEqual(["no_show", "completed"]);
    await markAs(who, sessionId, [{ registrationId: first, mark: "present", version: 1 }]);
    expect(await statesOf(run)).toEqual(["completed", "completed"]);
    const api = await apiOf(db, who);
    await api.attendance.clear({
      sessionId,
      marks: [{ registrationId: first, version: 2 }],
      idempotencyKey: newKey(),
    });
    expect(await statesOf(run)).toEqual(["confirmed", "completed"]);
  });

  it("misses no mark that is made as the run is completed", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    for (let round = 0; round < 5; round += 1) {
      const run = await createAttendedRun(db, 10);
      await run.age(26);
      await Promise.all([
        moveRunsOn(db, testCall()),
        ...run.places.map((registrationId) =>
          markAs(who, run.sessionIds[0], [{ registrationId, mark: "present" }]),
        ),
      ]);
      await moveRunsOn(db, testCall());
      expect(new Set(await statesOf(run))).toEqual(new Set(["completed"]));
    }
  });
});

describe("a copy of somebody's data", () => {
  it("has the marks of the places that they take, and not who made them", async () => {
    const { db } = database();
    const [who, learner] = [await signIn(db, { role: "sales" }), await signIn(db)];
    const run = await createAttendedRun(db, 2);
    const [own = "", others] = run.places;
    await db
      .update(registration)
      .set({ learnerId: learner.id, learnerEmail: `${learner.id}@example.org` })
      .where(eq(registration.id, own));
    await markAs(who, run.sessionIds[0], [
      { registrationId: own, mark: "partial", minutes: 30 },
      { registrationId: others, mark: "absent" },
    ]);
    const subject = await findSubject(db, learner.id);
    if (subject === undefined) throw new Error("Nobody is there");
    const collected = await collect(db, TEST_FIELDS, subject);
    expect(collected["attendance"]).toEqual([
      {
        registrationId: own,
        sessionId: run.sessionIds[0],
        mark: "partial",
        minutes: 30,
        markedAt: expect.anything() as unknown,
      },
    ]);
  });
});

describe("the database", () => {
  it("has no mark for a registration and a session of two runs", async () => {
    const { db } = database();
    const [one, other] = [await createAttendedRun(db, 1), await createAttendedRun(db, 1)];
    const error = await db
      .insert(attendance)
      .values({
        sessionId: one.sessionIds[0],
        registrationId: other.places[0] ?? "",
        mark: "present",
        markedAt: new Date(),
      })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(violates(error, "attendance_of_one_run")).toBe(true);
  });

  it("forgets marks of a session that is moved to another day, and keeps them if it is moved by minutes", async () => {
    const { db } = database();
    const who = await signIn(db, { role: "sales" });
    const run = await createAttendedRun(db, 1);
    const sessionId = run.sessionIds[0];
    await markAs(who, sessionId, [{ registrationId: run.places[0], mark: "present" }]);
    const move = (by: string) =>
      db
        .update(session)
        .set({
          startsAt: sql`starts_at + ${by}::interval`,
          endsAt: sql`ends_at + ${by}::interval`,
        })
        .where(eq(session.id, sessionId));
    await move("15 minutes");
    expect(await db.$count(attendance, eq(attendance.sessionId, sessionId))).toBe(1);
    await move("3 days");
    expect(await db.$count(attendance, eq(attendance.sessionId, sessionId))).toBe(0);
  });
});
