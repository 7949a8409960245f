import { registration } from "@lectern/database/schema/bookings";
import { runMessage } from "@lectern/database/schema/attendance";
import { person } from "@lectern/database/schema/people";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createAttendedRun } from "../../testing/attendance.ts";
import { TEST_FIELDS, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { apiOf, letTeach, signInAsInstructor } from "../../testing/organisations.ts";
import { createPersonalBooking } from "../../testing/personal-rows.ts";
import {
  createTestBooking,
  holdTestPlaces,
  newLearner,
  queueTestParty,
} from "../../testing/registrations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";
import { composeMail } from "../notifications/compose-mail.ts";
import { deliverMail } from "../notifications/deliver-mail.ts";
import { mailMessage } from "@lectern/database/schema/mail";

const database = useTestDatabase();

const SETTINGS = {
  publicUrl: "http://localhost:3000",
  academy: "Lectern",
  sender: { name: "Lectern", email: "no-reply@academy.example" },
  staff: { name: "Lectern", email: "office@academy.example" },
  staffLanguage: "en",
  host: "academy.example",
};

async function staff() {
  return apiOf(database().db, await signIn(database().db, { role: "sales" }));
}

async function teacherOf(run: Parameters<typeof letTeach>[1]) {
  const { db } = database();
  const who = await signInAsInstructor(db);
  await letTeach(db, run, [who.instructorId]);
  return { who, api: await apiOf(db, who) };
}

describe("a run as staff see it", () => {
  it("says whose its places are, and what may be done next", async () => {
    const { db } = database();
    const run = await createTestRun(db, {
      capacity: 10,
      values: { status: "tentative", minPlaces: 4 },
    });
    const api = await staff();
    await createTestBooking(db, run.id, 2, [newLearner()]);
    await holdTestPlaces(db, run.id, 3);
    await api.runs.blockPlaces({
      id: run.id,
      quantity: 1,
      reason: "Guests",
      idempotencyKey: newKey(),
    });
    await queueTestParty(db, run.id, 9);
    expect(await api.runs.forStaff({ id: run.id })).toMatchObject({
      status: "tentative",
      minPlaces: 4,
      organisation: null,
      places: {
        capacity: 10,
        taken: 6,
        booked: 2,
        awaited: 0,
        held: 3,
        offered: 0,
        blocked: 1,
        free: 4,
        waiting: 1,
      },
      can: {
        confirm: true,
        cancel: true,
        reschedule: true,
        changeCapacity: true,
        mark: true,
        message: true,
        invite: false,
      },
    });
  });

  it("shows to who teaches it what they may do, and to others of them nothing", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const { api } = await teacherOf(run);
    const seen = await api.runs.forStaff({ id: run.id });
    expect(seen.can).toEqual({
      confirm: false,
      cancel: false,
      reschedule: false,
      changeCapacity: false,
      blockPlaces: false,
      setPrices: false,
      invite: false,
      readBookings: false,
      readRoster: true,
      mark: true,
      message: true,
    });
    expect(seen.sessions).toHaveLength(1);
    expect(seen.sessions[0]?.attendance?.closesAt).toBe(
      new Date(run.endsAt.getTime() + 3 * 86_400_000).toISOString(),
    );
    const [other] = [await createTestRun(db)];
    for (const ask of [
      () => api.runs.forStaff({ id: other.id }),
      () => api.runs.history({ id: other.id }),
      () => api.runs.needs({ id: other.id }),
      () => api.runs.messages({ id: other.id }),
      () => api.runs.previewMessage({ id: other.id, subject: "x", body: "x" }),
    ]) {
      expect(await refusalOfCall(ask())).toEqual({
        code: "NotFound",
        data: { entity: "run", id: other.id },
      });
    }
  });

  it("knows whom cancelling it would concern, as cancelling then finds it", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 8 });
    const api = await staff();
    await createTestBooking(db, run.id, 2, [newLearner()]);
    await createTestBooking(db, run.id, 1, []);
    await holdTestPlaces(db, run.id, 3);
    await queueTestParty(db, run.id, 5);
    const preview = await api.runs.previewCancel({ id: run.id });
    expect(preview).toMatchObject({
      canBeCancelled: true,
      confirmed: { bookings: 2, places: 3, learners: 1 },
      awaited: 0,
      held: 1,
      waiting: 1,
      offered: 0,
      told: 4,
    });
    await api.runs.cancel({
      id: run.id,
      version: preview.version,
      reason: "Ill",
      idempotencyKey: newKey(),
    });
    expect(await api.runs.previewCancel({ id: run.id })).toMatchObject({
      canBeCancelled: false,
      confirmed: { bookings: 0, places: 0 },
      told: 0,
    });
  });

  it("has a history of its own for everybody who works with it, and that of its bookings for some", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const { api: teacher } = await teacherOf(run);
    const seller = await signIn(db, { role: "sales" });
    const api = await apiOf(db, seller);
    const { reference } = await createTestBooking(db, run.id, 1, []);
    await api.runs.changeCapacity({
      id: run.id,
      capacity: 12,
      reason: "A larger room",
      idempotencyKey: newKey(),
    });
    const all = await api.runs.history({ id: run.id });
    expect(all.includesBookings).toBe(true);
    expect(all.items[0]).toMatchObject({
      action: "run.change_capacity",
      actor: { kind: "person", name: seller.name },
      before: { capacity: 10 },
      after: { capacity: 12, reason: "A larger room" },
      reference: null,
    });
    expect(all.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["booking.hold", "booking.confirm"]),
    );
    expect(new Set(all.items.slice(1).map((item) => item.reference))).toEqual(new Set([reference]));
    const own = await teacher.runs.history({ id: run.id });
    expect(own).toMatchObject({ includesBookings: false, nextCursor: null });
    expect(own.items.map(({ action }) => action)).toEqual(["run.change_capacity"]);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: typeof all = await api.runs.history({ id: run.id, limit: 1, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.items.map(({ id }) => id));
  });
});

describe("what somebody teaches", () => {
  it("is theirs alone, the next first, and what is over apart", async () => {
    const { db } = database();
    const who = await signInAsInstructor(db);
    const api = await apiOf(db, who);
    const year = new Date().getUTCFullYear();
    const at = async (start: string, end: string, values = {}) => {
      const run = await createTestRun(db, { localStart: start, localEnd: end, values });
      await letTeach(db, run, [who.instructorId]);
      return run;
    };
    const later = await at(`${year + 2}-05-04T09:00`, `${year + 2}-05-04T17:00`);
    const sooner = await at(`${year + 1}-05-04T09:00`, `${year + 1}-05-04T17:00`);
    const past = await at(`${year - 1}-05-04T09:00`, `${year - 1}-05-04T17:00`, {
      status: "completed",
    });
    await createPersonalBooking(db, sooner.id);
    await createTestRun(db);
    const { items, total } = await api.runs.teaching({});
    expect(total).toBe(2);
    expect(items.map(({ run }) => run.id)).toEqual([sooner.id, later.id]);
    expect(items[0]).toMatchObject({
      sessions: 1,
      comes: 1,
      next: { startsAt: sooner.startsAt.toISOString(), room: null },
    });
    const behind = await api.runs.teaching({ when: "past" });
    expect(behind.items).toMatchObject([{ run: { id: past.id }, next: null }]);
    const first = await api.runs.teaching({ limit: 1 });
    const rest = await api.runs.teaching({ limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ run }) => run.id)).toEqual([sooner.id, later.id]);
    expect(rest.nextCursor).toBe(null);
    expect((await (await staff()).runs.teaching({})).items).toEqual([]);
  });
});

describe("what those who come need", () => {
  it("is shown to who runs it, until it is over", async () => {
    const { db } = database();
    const who = await signInAsInstructor(db);
    const run = await createAttendedRun(db, 1, { instructorIds: [who.instructorId] });
    const learner = await signIn(db);
    const place = { table: "person", column: "access_needs", id: learner.id };
    await db
      .update(person)
      .set({ accessNeeds: await TEST_FIELDS.encrypt(place, "No steps, please") })
      .where(eq(person.id, learner.id));
    const { registrationId } = await createPersonalBooking(
      db,
      run.id,
      { note: "Comes at ten" },
      { learnerId: learner.id },
    );
    const api = await apiOf(db, who);
    expect(await api.runs.needs({ id: run.id })).toEqual({
      items: [{ registrationId, dietary: null, access: "No steps, please", note: "Comes at ten" }],
    });
    expect(
      await refusalOfCall(
        (await apiOf(db, await signIn(db, { role: "finance" }))).runs.needs({ id: run.id }),
      ),
    ).toMatchObject({ code: "Forbidden" });
    await db.update(courseRun).set({ status: "completed" }).where(eq(courseRun.id, run.id));
    expect(await api.runs.needs({ id: run.id })).toEqual({ items: [] });
  });
});

describe("a message to those who come", () => {
  const body =
    "Please bring a **laptop**, and <b>nothing</b> else.\n\n- [where](https://example.com)";

  /** A learner; a booker with two places without a name; a place that was cancelled. */
  async function peopled() {
    const { db } = database();
    const run = await createTestRun(db);
    const learner = newLearner();
    const named = await createTestBooking(db, run.id, 1, [learner]);
    const unnamed = await createTestBooking(db, run.id, 2, []);
    const gone = await createTestBooking(db, run.id, 1, [newLearner()]);
    await db
      .update(registration)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(eq(registration.id, gone.ids[0] ?? ""));
    return { run, learner, named, unnamed, gone };
  }

  async function sendTo(
    api: Awaited<ReturnType<typeof staff>>,
    id: string,
    recipients: number,
    registrationIds: readonly string[] | null = null,
    idempotencyKey = newKey(),
  ) {
    return api.runs.sendMessage({
      id,
      subject: "Bring a laptop",
      body,
      recipients,
      registrationIds: registrationIds === null ? null : [...registrationIds],
      idempotencyKey,
    });
  }

  /** Writes and delivers the mails of a message. @returns them, as they left */
  async function post(messageId: string) {
    const { db } = database();
    await composeMail(db, SETTINGS, newKey(), { kind: "run_message", aboutId: messageId });
    const written = await db.select().from(mailMessage).where(eq(mailMessage.aboutId, messageId));
    const sent: { to: string; replyTo: string | null }[] = [];
    const transport = {
      send: (mail: { to: { email: string }; replyTo: { email: string } | null }) => {
        sent.push({ to: mail.to.email, replyTo: mail.replyTo?.email ?? null });
        return Promise.resolve();
      },
    };
    const { accessKeys } = testCall();
    for (const { id } of written) {
      await deliverMail(db, { transport, accessKeys, staff: SETTINGS.staff }, id, {
        isLastAttempt: false,
      });
    }
    return { written, sent };
  }

  it("is previewed, goes to each address once, and is answered to staff", async () => {
    const { db } = database();
    const { run, learner } = await peopled();
    const api = await staff();
    const preview = await api.runs.previewMessage({ id: run.id, subject: "Bring a laptop", body });
    expect(preview).toMatchObject({ recipients: 2, unreachable: 0, subject: "Bring a laptop" });
    expect(preview.html).toContain("<strong>laptop</strong>");
    expect(preview.html).not.toContain("<b>");
    expect(preview.text).toContain("**laptop**");
    const { messageId } = await sendTo(api, run.id, preview.recipients);
    const { written, sent } = await post(messageId);
    expect(written).toHaveLength(2);
    expect(written.map((mail) => mail.recipientEmail)).toContain(learner);
    expect(written[0]?.html).toBe(preview.html);
    expect(new Set(sent.map(({ replyTo }) => replyTo))).toEqual(
      new Set(["office@academy.example"]),
    );
    const { items } = await api.runs.messages({ id: run.id });
    expect(items).toMatchObject([
      {
        id: messageId,
        subject: "Bring a laptop",
        isToAll: true,
        recipients: 2,
        mails: { queued: 0, sent: 2, failed: 0 },
        failures: [],
      },
    ]);
    // The job may run twice.
    await composeMail(db, SETTINGS, newKey(), { kind: "run_message", aboutId: messageId });
    expect(await db.$count(mailMessage, eq(mailMessage.aboutId, messageId))).toBe(2);
  });

  it("goes to those who were chosen, as far as they still come", async () => {
    const { run, learner, named, gone } = await peopled();
    const api = await staff();
    const registrationIds = [...named.ids, ...gone.ids];
    const preview = await api.runs.previewMessage({
      id: run.id,
      subject: "x",
      body,
      registrationIds,
    });
    expect(preview).toMatchObject({ recipients: 1, unreachable: 1 });
    const { messageId } = await sendTo(api, run.id, 1, registrationIds);
    const { written } = await post(messageId);
    expect(written.map((mail) => mail.recipientEmail)).toEqual([learner]);
    expect(await refusalOfCall(sendTo(api, run.id, 1, gone.ids))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", detail: "nobody" },
    });
  });

  it("is sent once for a key, to as many as were shown, and a few times an hour", async () => {
    const { db } = database();
    const { run } = await peopled();
    const api = await staff();
    expect(await refusalOfCall(sendTo(api, run.id, 5))).toMatchObject({
      code: "Conflict",
      data: { reason: "changed_meanwhile", detail: "2" },
    });
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => sendTo(api, run.id, 2, null, key)),
    );
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(1);
    const others = await Promise.allSettled(
      Array.from({ length: 8 }, () => sendTo(api, run.id, 2)),
    );
    expect(others.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(await refusalOfCall(sendTo(api, run.id, 2))).toMatchObject({ code: "RateLimited" });
    await db
      .update(runMessage)
      .set({ createdAt: sql`clock_timestamp() - interval '61 minutes'` })
      .where(eq(runMessage.runId, run.id));
    await expect(sendTo(api, run.id, 2)).resolves.toBeDefined();
  });

  it("names those whom it did not reach, and nobody who was erased gets one", async () => {
    const { db } = database();
    const { run, named } = await peopled();
    const api = await staff();
    const { messageId } = await sendTo(api, run.id, 2);
    const { written } = await post(messageId);
    await db
      .update(mailMessage)
      .set({ state: "failed", sentAt: null })
      .where(eq(mailMessage.id, written[0]?.id ?? ""));
    const { items } = await api.runs.messages({ id: run.id });
    expect(items[0]).toMatchObject({
      mails: { queued: 0, sent: 1, failed: 1 },
      failures: [{ email: written[0]?.recipientEmail }],
    });
    await db
      .update(registration)
      .set({ learnerEmail: "erased-x@erased.invalid" })
      .where(eq(registration.id, named.ids[0] ?? ""));
    expect(await api.runs.previewMessage({ id: run.id, subject: "x", body })).toMatchObject({
      recipients: 1,
    });
  });
});
