import { oneTimeKey } from "@lectern/auth/one-time";
import {
  booking,
  registration,
  registrationChange,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { mailMessage } from "@lectern/database/schema/mail";
import { auditEntry, idempotencyKey } from "@lectern/database/schema/operations";
import { organisation } from "@lectern/database/schema/organisations";
import { quote } from "@lectern/database/schema/quotes";
import { authSession, oneTimeToken, person, roleAssignment } from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { instructor, session, sessionInstructor } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { TEST_AUTH, createTestRun, newKey, testCall } from "../../../testing/factories.ts";
import {
  createEnquiry,
  createPayment,
  createPersonalBooking,
  createSentMail,
} from "../../../testing/personal-rows.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { createDraft } from "../../../testing/quotes.ts";
import { seatsOf, wellWith } from "../../../testing/registrations.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { createFullRun, joinedBy } from "../../../testing/waiting.ts";
import { completeSignIn } from "../accounts/complete-sign-in.ts";
import { NO_BROWSER } from "../../../trpc/context.ts";
import { refusalOf } from "../../../testing/refusal.ts";
import { eraseData } from "./erasure/erase-data.ts";
import { eraseDue } from "./erasure/erase-due.ts";
import { forgetTraces } from "./erasure/forget-traces.ts";
import { hashOfAddress } from "./erasure/hash-of-address.ts";
import { forgetTracesQueue } from "./privacy-queues.ts";
import { findSubject } from "./subject.ts";
import { recordConsent } from "./record-consent.ts";

const database = useTestDatabase();

const OVER = { startsAt: new Date("2026-01-05T08:00Z"), endsAt: new Date("2026-01-07T16:00Z") };

/** A run that is over. */
function pastRun() {
  return createTestRun(database().db, { capacity: 50, values: { ...OVER, status: "completed" } });
}

async function newcomer(...roles: Parameters<typeof signIn>[1][]) {
  const { db } = database();
  const found = await signIn(db, ...roles);
  const browser = new TestBrowser(db, { sessionToken: found.sessionToken });
  const ask = async () =>
    (await browser.api()).privacy.requestErasure({ idempotencyKey: newKey() });
  const withdraw = async (id: string) =>
    (await browser.api()).privacy.withdrawErasure({ id, idempotencyKey: newKey() });
  return { ...found, email: `${found.id}@example.org`, browser, ask, withdraw };
}

const administrator = () => newcomer({ role: "administrator" });

async function erase(by: Awaited<ReturnType<typeof newcomer>>, personId: string) {
  return (await by.browser.api()).privacy.erase({
    personId,
    reason: "asked_by_person",
    idempotencyKey: newKey(),
  });
}

async function letGraceEnd(requestId: string) {
  await database()
    .db.update(privacyRequest)
    .set({ dueAt: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(privacyRequest.id, requestId));
}

async function rowOf(id: string) {
  const [row] = await database().db.select().from(person).where(eq(person.id, id));
  return row;
}

async function requestOf(id: string) {
  const [row] = await database().db.select().from(privacyRequest).where(eq(privacyRequest.id, id));
  return row;
}

async function bookingOf(id: string) {
  const [row] = await database().db.select().from(booking).where(eq(booking.id, id));
  return row;
}

async function registrationOf(id: string) {
  const [row] = await database().db.select().from(registration).where(eq(registration.id, id));
  return row;
}

describe("asking to be erased", () => {
  it("is due two weeks later, and told by mail", async () => {
    const owner = await newcomer();
    const asked = await owner.ask();
    expect(asked).toMatchObject({ kind: "erasure", state: "waiting", doneAt: null });
    const days = (Date.parse(asked.dueAt) - Date.parse(asked.createdAt)) / 86_400_000;
    expect(days).toBeCloseTo(14, 3);
    expect(await queuedMails(database().db, asked.id)).toEqual(["erasure_asked"]);
    await eraseDue(database().db, testCall());
    expect((await rowOf(owner.id))?.erasedAt).toBe(null);
    expect((await requestOf(asked.id))?.state).toBe("waiting");
  });

  it("can be withdrawn until then, and not after, nor by others", async () => {
    const { db } = database();
    const [owner, other] = [await newcomer(), await newcomer()];
    const { id } = await owner.ask();
    expect(await refusalOfCall(other.withdraw(id))).toMatchObject({ code: "NotFound" });
    expect(await owner.withdraw(id)).toMatchObject({ id, state: "withdrawn" });
    await letGraceEnd(id);
    await eraseDue(db, testCall());
    expect((await rowOf(owner.id))?.erasedAt).toBe(null);
    expect(await refusalOfCall(owner.withdraw(id))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", detail: "withdrawn" },
    });
    expect(await owner.ask()).toMatchObject({ state: "waiting" });
  });

  it("is possible once at a time, and needs who has just shown who they are", async () => {
    const owner = await newcomer();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => owner.ask()));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refusalOfCall(owner.ask())).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists" },
    });
    await owner.becomeUnconfirmed();
    expect(await refusalOfCall(owner.ask())).toMatchObject({ code: "ConfirmationRequired" });
  });

  it("is refused while there are bookings for dates to come, which are named", async () => {
    const { db } = database();
    const owner = await newcomer();
    const run = await createTestRun(db);
    const { reference, id } = await createPersonalBooking(db, run.id, { bookerId: owner.id });
    const refusal = {
      code: "Conflict",
      data: { reason: "wrong_state", entity: "booking", detail: reference },
    };
    expect(await refusalOfCall(owner.ask())).toMatchObject(refusal);
    expect(await refusalOfCall(erase(await administrator(), owner.id))).toMatchObject(refusal);
    await db
      .update(booking)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(eq(booking.id, id));
    expect(await owner.ask()).toMatchObject({ state: "waiting" });
  });

  it("is refused to who teaches dates to come, and to the last administrator", async () => {
    const { db } = database();
    const teacher = await newcomer({ role: "instructor" });
    const instructorId = uuidv7();
    await db
      .insert(instructor)
      .values({ id: instructorId, slug: instructorId, name: "Aud Lie", personId: teacher.id });
    const run = await createTestRun(db);
    const times = { startsAt: run.startsAt, endsAt: run.endsAt };
    const sessionId = uuidv7();
    await db.insert(session).values({
      id: sessionId,
      runId: run.id,
      position: 1,
      timeZone: "Europe/Oslo",
      localStart: run.localStart,
      localEnd: run.localEnd,
      ...times,
    });
    await db
      .insert(sessionInstructor)
      .values({ sessionId, instructorId, isActive: true, ...times });
    expect(await refusalOfCall(teacher.ask())).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", entity: "instructor" },
    });
  });
});

describe("who is due", () => {
  it("is erased once, however many workers see it", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { id } = await owner.ask();
    await letGraceEnd(id);
    await Promise.all(Array.from({ length: 5 }, () => eraseDue(db, testCall())));
    await eraseDue(db, testCall());
    const isErasure = and(eq(auditEntry.entityId, owner.id), eq(auditEntry.action, "person.erase"));
    expect(await db.$count(auditEntry, isErasure)).toBe(1);
    expect(await requestOf(id)).toMatchObject({ state: "done", report: { person: 1 } });
    expect(await queuedMails(db, id)).toEqual(["erasure_asked", "erasure_done"]);
  });

  it("and has booked again is erased the day after that is over, and told so", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { id } = await owner.ask();
    await letGraceEnd(id);
    const run = await createTestRun(db);
    await createPersonalBooking(db, run.id, { bookerId: owner.id });
    await eraseDue(db, testCall());
    const request = await requestOf(id);
    expect(request?.state).toBe("waiting");
    expect((request?.dueAt.getTime() ?? 0) - run.endsAt.getTime()).toBe(86_400_000);
    expect(await queuedMails(db, id)).toEqual(["erasure_asked", "erasure_asked"]);
    await db.update(booking).set({ status: "expired" }).where(eq(booking.bookerId, owner.id));
    await letGraceEnd(id);
    await eraseDue(db, testCall());
    expect((await rowOf(owner.id))?.erasedAt).toBeInstanceOf(Date);
  });

  it("does not keep others from being erased when something goes wrong", async () => {
    const { db } = database();
    const [first, second] = [await newcomer(), await newcomer()];
    const ids = [(await first.ask()).id, (await second.ask()).id];
    for (const id of ids) await letGraceEnd(id);
    await db.execute(sql`CREATE TABLE stuck (id uuid)`);
    await db.execute(sql`INSERT INTO stuck VALUES (${first.id})`);
    await db.execute(sql`
      CREATE FUNCTION refuse_stuck() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF OLD.id IN (SELECT id FROM stuck) THEN RAISE 'stuck'; END IF; RETURN NEW; END $$`);
    await db.execute(
      sql`CREATE TRIGGER stuck BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION refuse_stuck()`,
    );
    await expect(eraseDue(db, testCall())).rejects.toBeInstanceOf(AggregateError);
    expect((await rowOf(second.id))?.erasedAt).toBeInstanceOf(Date);
    expect((await rowOf(first.id))?.name).toBe(first.name);
    await db.execute(sql`DROP TRIGGER stuck ON person`);
    await eraseDue(db, testCall());
    expect((await rowOf(first.id))?.erasedAt).toBeInstanceOf(Date);
  });
});

describe("erasing somebody at once", () => {
  it("needs the permission, and is in the audit log with its reason and nothing personal", async () => {
    const { db } = database();
    const [owner, boss] = [await newcomer(), await administrator()];
    for (const role of ["sales", "finance", "course_editor"] as const) {
      const staff = await newcomer({ role });
      expect(await refusalOfCall(erase(staff, owner.id))).toMatchObject({ code: "Forbidden" });
    }
    const answer = await erase(boss, owner.id);
    expect(answer).toMatchObject({ personId: owner.id, report: { person: 1, auth_session: 1 } });
    const [entry] = await db
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.entityId, owner.id), eq(auditEntry.action, "person.erase")));
    expect(entry).toMatchObject({ actorId: boss.id, after: { reason: "asked_by_person" } });
    expect(JSON.stringify(entry)).not.toContain(owner.name);
    await boss.becomeUnconfirmed();
    const other = await newcomer();
    expect(await refusalOfCall(erase(boss, other.id))).toMatchObject({
      code: "ConfirmationRequired",
    });
  });

  it("finishes a request that waits, and gets the first answer again for the same key", async () => {
    const [owner, boss] = [await newcomer(), await administrator()];
    const { id } = await owner.ask();
    const api = await boss.browser.api();
    const input = { personId: owner.id, reason: "died" as const, idempotencyKey: newKey() };
    const first = await api.privacy.erase(input);
    expect(first.requestId).toBe(id);
    expect(await api.privacy.erase(input)).toEqual(first);
    expect(await refusalOfCall(erase(boss, owner.id))).toMatchObject({ code: "NotFound" });
    expect(await refusalOfCall(erase(boss, uuidv7()))).toMatchObject({ code: "NotFound" });
  });
});

describe("of somebody who was erased", () => {
  it("nobody signs in any more: not by what they were signed in with, nor anew", async () => {
    const { db } = database();
    const owner = await newcomer();
    await erase(await administrator(), owner.id);
    expect(await TEST_AUTH.sessions.validate(db, owner.sessionToken)).toBe(undefined);
    expect(await db.$count(authSession, eq(authSession.personId, owner.id))).toBe(0);
    const begin = completeSignIn(
      db,
      testCall(),
      { auth: TEST_AUTH, browser: NO_BROWSER },
      { personId: owner.id, method: "password", hasSecondFactor: false },
    );
    expect(await refusalOf(begin)).toEqual({ code: "SignInFailed", data: { reason: "wrong" } });
    const stranger = await new TestBrowser(db).api();
    const signingIn = stranger.account.signIn({
      email: owner.email,
      password: "whatever it was",
      idempotencyKey: newKey(),
    });
    expect(await refusalOfCall(signingIn)).toMatchObject({ data: { reason: "wrong" } });
  });

  it("the address can sign up anew, with nothing of what was", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { id: runId } = await pastRun();
    await createPersonalBooking(db, runId, { bookerId: owner.id, bookerEmail: owner.email });
    await erase(await administrator(), owner.id);
    const browser = new TestBrowser(db);
    const password = "correct-zebra-battery-4711";
    await (
      await browser.api()
    ).account.signUp({
      name: "Somebody New",
      email: owner.email,
      password,
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    const [token] = await db
      .select()
      .from(oneTimeToken)
      .where(and(eq(oneTimeToken.email, owner.email), isNull(oneTimeToken.usedAt)));
    const id = token?.id ?? "";
    const proof = { id, key: oneTimeKey(testCall().accessKeys, id) };
    await (await browser.api()).account.finishSignUp({ proof, password, idempotencyKey: newKey() });
    const actor = await browser.actor();
    expect(actor).toMatchObject({ kind: "person", name: "Somebody New", email: owner.email });
    if (actor.kind !== "person") throw new Error("They are not signed in");
    expect(actor.id).not.toBe(owner.id);
    expect(await db.$count(booking, eq(booking.bookerId, actor.id))).toBe(0);
  });

  it("sessions, factors, roles, tokens, links and consents are gone, and the row says nothing", async () => {
    const { db } = database();
    const owner = await newcomer({ role: "course_editor" });
    const call = testCall(await owner.actor());
    await transaction(db, {}, (tx) => recordConsent(tx, call, owner.id, "terms"));
    await erase(await administrator(), owner.id);
    const { rows } = await db.execute(sql`
      SELECT table_name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'person_id'`);
    for (const { table_name: name } of rows) {
      const count = await db.execute(
        sql`SELECT FROM ${sql.identifier(String(name))} WHERE person_id = ${owner.id}`,
      );
      // What they asked for stays on record.
      expect([name, count.rows.length]).toEqual([name, name === "privacy_request" ? 1 : 0]);
    }
    expect(await rowOf(owner.id)).toMatchObject({
      name: "Erased person",
      email: `erased-${owner.id}@erased.invalid`,
      phone: null,
      address: null,
      dietaryNeeds: null,
      accessNeeds: null,
      timeZone: null,
    });
  });

  it("answers to what they asked for are gone, and those of others that have their address", async () => {
    const { db } = database();
    const [owner, other] = [await newcomer(), await newcomer()];
    const keep = async (scope: string, answer: unknown) => {
      const key = newKey();
      await db
        .insert(idempotencyKey)
        .values({ scope, key, requestHash: new Uint8Array(32), answer });
      return key;
    };
    const gone = [
      await keep(`person:${owner.id}|courses.create`, {}),
      await keep("public:|bookings.confirm", { booker: { email: owner.email.toUpperCase() } }),
    ];
    const kept = [
      await keep(`person:${other.id}|courses.create`, {}),
      await keep("public:|bookings.confirm", { booker: { email: other.email } }),
    ];
    await erase(await administrator(), owner.id);
    const left = await db
      .select({ key: idempotencyKey.key })
      .from(idempotencyKey)
      .where(inArray(idempotencyKey.key, [...gone, ...kept]));
    expect(left.map(({ key }) => key).toSorted()).toEqual(kept.toSorted());
  });
});

describe("what the law wants kept of a booking", () => {
  const company = { bookerCompany: "Fjordkraft", purchaseOrder: "PO-1" };

  async function erasedBooking(
    values: Parameters<typeof createPersonalBooking>[2],
    payment: Parameters<typeof createPayment>[2] | null = null,
  ) {
    const { db } = database();
    const owner = await newcomer();
    const { id: runId } = await pastRun();
    const { id } = await createPersonalBooking(db, runId, {
      bookerId: owner.id,
      bookerName: "Kari Nordmann",
      bookerEmail: owner.email,
      bookerPhone: "+47 900 00 001",
      note: "By the window",
      timeZone: "Europe/Oslo",
      ...values,
    });
    if (payment !== null) await createPayment(db, id, payment);
    await erase(await administrator(), owner.id);
    const row = await bookingOf(id);
    expect(row).toMatchObject({ bookerPhone: null, note: null, timeZone: null });
    const nobody = `erased-${id}@erased.invalid`;
    const email =
      row?.bookerEmail === nobody
        ? "nobody"
        : row?.bookerEmail === owner.email
          ? "kept"
          : row?.bookerEmail;
    return { name: row?.bookerName, email, company: row?.bookerCompany, order: row?.purchaseOrder };
  }

  it("that a company paid: the company, and nobody's name", async () => {
    expect(await erasedBooking({ ...company, paymentState: "paid" }, {})).toEqual({
      name: "Erased person",
      email: "nobody",
      company: "Fjordkraft",
      order: "PO-1",
    });
  });

  it("that a private person paid: the name, and no address", async () => {
    expect(await erasedBooking({ paymentState: "paid" }, {})).toMatchObject({
      name: "Kari Nordmann",
      email: "nobody",
    });
  });

  it.each([
    ["is still to be paid", { paymentState: "unpaid" as const }, null],
    ["is paid in part", { paymentState: "part_paid" as const }, {}],
    [
      "has money to be given back",
      { paymentState: "paid" as const },
      { outcome: "refund_due" as const },
    ],
    [
      "has money that came too late",
      { status: "expired" as const, confirmedAt: null, paymentState: "unpaid" as const },
      { outcome: "late" as const },
    ],
  ])("that %s: name and address", async (_, values, payment) => {
    expect(await erasedBooking({ ...company, ...values }, payment)).toMatchObject({
      name: "Kari Nordmann",
      email: "kept",
      company: "Fjordkraft",
    });
  });

  it("that was never sold: nothing", async () => {
    const never = {
      status: "expired" as const,
      confirmedAt: null,
      paymentState: "unpaid" as const,
    };
    expect(await erasedBooking({ ...company, ...never })).toEqual({
      name: null,
      email: null,
      company: null,
      order: null,
    });
  });

  it("whose run was over six years ago: nothing", async () => {
    const { db } = database();
    const owner = await newcomer();
    const old = { startsAt: new Date("2018-01-05T08:00Z"), endsAt: new Date("2018-01-07T16:00Z") };
    const run = await createTestRun(db, { values: { ...old, status: "completed" } });
    const { id } = await createPersonalBooking(db, run.id, {
      bookerId: owner.id,
      paymentState: "unpaid",
      ...company,
    });
    await erase(await administrator(), owner.id);
    expect(await bookingOf(id)).toMatchObject({
      bookerName: "Erased person",
      bookerEmail: `erased-${id}@erased.invalid`,
      bookerCompany: null,
    });
  });
});

describe("places of somebody who was erased", () => {
  it("that are over were taken by somebody; those to come are without a name, and the booker is told", async () => {
    const { db } = database();
    const owner = await newcomer();
    const learner = { learnerName: "Kari", learnerEmail: owner.email, learnerId: owner.id };
    const past = await createPersonalBooking(db, (await pastRun()).id, {}, learner);
    const run = await createTestRun(db);
    const ahead = await createPersonalBooking(db, run.id, { bookerName: "Else" }, learner);
    const asGuest = await createPersonalBooking(
      db,
      (await createTestRun(db)).id,
      { bookerName: "Else" },
      { learnerName: "Kari", learnerEmail: owner.email.toUpperCase() },
    );
    await db.insert(registrationChange).values({
      id: uuidv7(),
      registrationId: past.registrationId,
      kind: "substitution",
      decidedBy: "booker",
      reason: "Kari is ill",
    });
    await erase(await administrator(), owner.id);
    expect(await registrationOf(past.registrationId)).toMatchObject({
      learnerId: owner.id,
      learnerName: "Erased person",
      learnerEmail: `erased-${past.registrationId}@erased.invalid`,
      status: "confirmed",
    });
    for (const { registrationId } of [ahead, asGuest]) {
      expect(await registrationOf(registrationId)).toMatchObject({
        learnerId: null,
        learnerName: null,
        learnerEmail: null,
        status: "confirmed",
        claimVersion: 2,
      });
      expect(await queuedMails(db, registrationId)).toEqual(["claim_link"]);
    }
    expect((await bookingOf(ahead.id))?.bookerName).toBe("Else");
    const [change] = await db
      .select()
      .from(registrationChange)
      .where(eq(registrationChange.registrationId, past.registrationId));
    expect(change?.reason).toBe(null);
  });

  it("in queues are left, and go to the next in line", async () => {
    const { db } = database();
    const owner = await newcomer();
    const run = await createFullRun(db, [2]);
    const first = await joinedBy(db, run.id, { email: owner.email });
    const second = await joinedBy(db, run.id, {});
    await run.free();
    await erase(await administrator(), owner.id);
    const entryOf = async (id: string) => {
      const [row] = await db.select().from(waitlistEntry).where(eq(waitlistEntry.id, id));
      return row;
    };
    expect(await entryOf(first.entryId)).toMatchObject({
      status: "withdrawn",
      name: "Erased person",
      email: `erased-${first.entryId}@erased.invalid`,
      company: null,
    });
    expect(await entryOf(second.entryId)).toMatchObject({ status: "offered" });
    const { taken, allocated } = await seatsOf(db, run.id);
    expect({ taken, allocated, wrong: 0 }).toEqual(wellWith(taken));
  });
});

describe("everything else that says who it was", () => {
  it("goes with the accounts that were merged into theirs", async () => {
    const { db } = database();
    const [owner, away] = [await newcomer(), await newcomer()];
    const awayToo = await newcomer();
    await db.update(person).set({ mergedIntoId: owner.id }).where(eq(person.id, away.id));
    await db.update(person).set({ mergedIntoId: away.id }).where(eq(person.id, awayToo.id));
    const mail = await createSentMail(db, { recipientEmail: awayToo.email });
    const boss = await administrator();
    expect(await refusalOfCall(erase(boss, away.id))).toMatchObject({ code: "NotFound" });
    await erase(boss, owner.id);
    for (const { id } of [owner, away, awayToo]) {
      expect(await rowOf(id)).toMatchObject({ name: "Erased person" });
      expect((await rowOf(id))?.erasedAt).toBeInstanceOf(Date);
    }
    expect(await db.$count(mailMessage, eq(mailMessage.id, mail))).toBe(0);
  });

  it("is in mails, enquiries, quotes, approvals, contacts and invoices' addresses of others", async () => {
    const { db } = database();
    const [owner, other] = [await newcomer(), await newcomer()];
    const { id: runId } = await pastRun();
    const theirs = await createPersonalBooking(db, runId, { bookerId: owner.id });
    const approved = await createPersonalBooking(db, runId, {
      approverName: "Kari",
      approverEmail: owner.email,
    });
    const contact = await createPersonalBooking(
      db,
      runId,
      { bookerId: other.id, bookerName: "Kari", bookerEmail: owner.email },
      { learnerEmail: other.email },
    );
    const companyId = uuidv7();
    await db
      .insert(organisation)
      .values({ id: companyId, name: "Fjordkraft", country: "NO", billingEmail: owner.email });
    const enquiry = await createEnquiry(db, { email: owner.email.toUpperCase() });
    const { id: quotable } = await createTestRun(db);
    const ofTheirs = await createDraft(db, quotable, {
      enquiryId: enquiry,
      recipient: { name: other.name, email: other.email, company: null },
    });
    const toThem = await createDraft(db, quotable, {
      recipient: { name: "Kari", email: owner.email.toUpperCase(), company: null },
    });
    const toOthers = await createDraft(db, quotable);
    const gone = [
      await createSentMail(db, { recipientEmail: other.email, aboutId: ofTheirs.id }),
      await createSentMail(db, { recipientEmail: other.email, aboutId: toThem.id }),
      await createSentMail(db, { recipientEmail: owner.email.toUpperCase() }),
      // To somebody else, about their booking, and about one of somebody else's that names them.
      await createSentMail(db, { recipientEmail: other.email, aboutId: theirs.id }),
      await createSentMail(db, {
        recipientEmail: other.email,
        aboutId: approved.id,
        text: `approved by ${owner.email}, today`,
      }),
    ];
    const kept = await createSentMail(db, { recipientEmail: other.email, aboutId: approved.id });
    const queued = await createSentMail(db, {
      recipientEmail: other.email,
      aboutId: theirs.id,
      state: "queued",
      sentAt: null,
    });
    await erase(await administrator(), owner.id);
    const left = await db
      .select({ id: mailMessage.id })
      .from(mailMessage)
      .where(inArray(mailMessage.id, [...gone, kept, queued]));
    expect(left.map(({ id }) => id).toSorted()).toEqual([kept, queued].toSorted());
    expect(await bookingOf(approved.id)).toMatchObject({ approverName: "Erased person" });
    expect(await bookingOf(contact.id)).toMatchObject({
      bookerName: other.name,
      bookerEmail: other.email,
    });
    const [company] = await db.select().from(organisation).where(eq(organisation.id, companyId));
    expect(company).toMatchObject({ name: "Fjordkraft", billingEmail: null });
    const { rows } = await db.execute(sql`SELECT FROM enquiry WHERE id = ${enquiry}`);
    expect(rows).toEqual([]);
    const quotes = await db
      .select({ id: quote.id })
      .from(quote)
      .where(inArray(quote.id, [ofTheirs.id, toThem.id, toOthers.id]));
    expect(quotes).toEqual([{ id: toOthers.id }]);
  });

  it("is in what the catalogue says of who taught", async () => {
    const { db } = database();
    const teacher = await newcomer({ role: "instructor" });
    const id = uuidv7();
    await db
      .insert(instructor)
      .values({ id, slug: `aud-${id}`, name: "Aud Lie", bio: "Aud is …", personId: teacher.id });
    await erase(await administrator(), teacher.id);
    const [row] = await db.select().from(instructor).where(eq(instructor.id, id));
    expect(row).toMatchObject({
      slug: `instructor-${id}`,
      name: "Former instructor",
      bio: "",
      personId: null,
    });
  });

  it("is not touched again by doing it once more", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { id: runId } = await pastRun();
    await createPersonalBooking(db, runId, { bookerId: owner.id, bookerEmail: owner.email });
    const subject = await findSubject(db, owner.id);
    if (subject === undefined) throw new Error("Nobody is there");
    const dump = async () => {
      const { rows } = await db.execute(sql`
        SELECT to_jsonb(b) - 'updated_at' AS booking, to_jsonb(p) AS person, to_jsonb(g) AS registration
        FROM person p JOIN booking b ON b.booker_id = p.id JOIN registration g ON g.booking_id = b.id
        WHERE p.id = ${owner.id}`);
      return rows;
    };
    const eraseOnce = () => transaction(db, {}, (tx) => eraseData(tx, testCall(), subject));
    await eraseOnce();
    const after = await dump();
    const again = await eraseOnce();
    expect(await dump()).toEqual(after);
    expect(again.report).toEqual({ job: 0, booking: 1 });
  });
});

describe("what was on its way", () => {
  const Traces = forgetTracesQueue.data;

  /** What the follow-up of an erasure was told, the newest first. */
  async function tracesOf(requestId: string) {
    const { rows } = await database().db.execute(sql`
      SELECT data FROM pgboss.job_common
      WHERE name = 'privacy.forget_traces' AND data ->> 'requestId' = ${requestId}
      ORDER BY (data ->> 'round')::int DESC`);
    return rows.map(({ data }) => Traces.parse(data));
  }

  async function follow(requestId: string): Promise<void> {
    const [traces] = await tracesOf(requestId);
    if (traces === undefined) throw new Error("Nothing follows");
    await forgetTraces(database().db, testCall(), traces);
  }

  /** Whether any job or mail still has the address. */
  async function isAnywhere(email: string): Promise<boolean> {
    const { rows } = await database().db.execute(sql`
      SELECT FROM pgboss.job_common WHERE position(${email} IN data::text) > 0
      UNION ALL SELECT FROM mail_message WHERE recipient_email = ${email}`);
    return rows.length > 0;
  }

  async function letMailsBeWritten(requestId: string, email: string, state: "sent" | "queued") {
    const { db } = database();
    await db.execute(sql`
      UPDATE pgboss.job_common SET state = 'completed', completed_on = now()
      WHERE name = 'mail.compose' AND data ->> 'aboutId' = ${requestId}`);
    return createSentMail(db, {
      kind: "erasure_done",
      aboutId: requestId,
      recipientEmail: email,
      state,
      sentAt: state === "sent" ? new Date() : null,
    });
  }

  it("names nobody: addresses are hashes", async () => {
    const owner = await newcomer();
    const { requestId } = await erase(await administrator(), owner.id);
    const [traces] = await tracesOf(requestId);
    expect(traces).toEqual({
      requestId,
      personIds: [owner.id],
      addressHashes: [hashOfAddress(owner.email)],
      round: 0,
    });
    expect(JSON.stringify(traces)).not.toContain("@");
  });

  it("goes with the last mail, once that has left", async () => {
    const owner = await newcomer();
    const { requestId } = await erase(await administrator(), owner.id);
    expect(await isAnywhere(owner.email)).toBe(true);
    await letMailsBeWritten(requestId, owner.email, "sent");
    await follow(requestId);
    expect(await isAnywhere(owner.email)).toBe(false);
    expect(await tracesOf(requestId)).toHaveLength(1);
  });

  it("waits for a mail that has not left, for four days", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { requestId } = await erase(await administrator(), owner.id);
    // It is not even written.
    await follow(requestId);
    expect((await tracesOf(requestId)).map(({ round }) => round)).toEqual([1, 0]);
    const mail = await letMailsBeWritten(requestId, owner.email, "queued");
    await follow(requestId);
    expect((await tracesOf(requestId)).map(({ round }) => round)).toEqual([2, 1, 0]);
    expect(await db.$count(mailMessage, eq(mailMessage.id, mail))).toBe(1);
    const [traces] = await tracesOf(requestId);
    if (traces === undefined) throw new Error("Nothing follows");
    await forgetTraces(db, testCall(), { ...traces, round: 96 });
    expect(await db.$count(mailMessage, eq(mailMessage.id, mail))).toBe(0);
    expect(await tracesOf(requestId)).toHaveLength(3);
  });

  it("is erased as well: what they booked, and what others were told, at the same moment", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { requestId } = await erase(await administrator(), owner.id);
    const { id: runId } = await pastRun();
    const late = await createPersonalBooking(db, runId, {
      bookerId: owner.id,
      bookerName: "Kari Nordmann",
      bookerEmail: owner.email,
      bookerCompany: "Fjordkraft",
    });
    const told = await createSentMail(db, { recipientEmail: "else@example.com", aboutId: late.id });
    await follow(requestId);
    expect(await bookingOf(late.id)).toMatchObject({ bookerName: "Erased person" });
    expect(await db.$count(mailMessage, eq(mailMessage.id, told))).toBe(0);
  });

  it("and answers to others that have the address, which are encrypted", async () => {
    const { db } = database();
    const [owner, other] = [await newcomer(), await newcomer()];
    const { id: runId } = await createTestRun(db);
    const guest = await new TestBrowser(db).api();
    const confirm = async (learner: string) => {
      const held = await guest.bookings.hold({ runId, places: 1, idempotencyKey: newKey() });
      const key = newKey();
      await guest.bookings.confirm({
        reference: held.reference,
        accessKey: held.accessKey,
        booker: { name: "Else", email: `${newKey()}@example.com` },
        learners: [{ name: "Learner", email: learner }],
        acceptsTerms: true,
        idempotencyKey: key,
      });
      return key;
    };
    const keys = [await confirm(owner.email), await confirm(other.email)];
    const { requestId } = await erase(await administrator(), owner.id);
    await follow(requestId);
    const left = await db
      .select({ key: idempotencyKey.key })
      .from(idempotencyKey)
      .where(inArray(idempotencyKey.key, keys));
    expect(left).toEqual([{ key: keys[1] }]);
  });
});

describe("two at the same moment", () => {
  it("leave an administrator: of all who go, one is refused", async () => {
    const { db } = database();
    await db.delete(roleAssignment).where(eq(roleAssignment.role, "administrator"));
    const all = await Promise.all(Array.from({ length: 4 }, administrator));
    const outcomes = await Promise.allSettled(all.map((one) => erase(one, one.id)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    const [refused] = all.filter((_, index) => outcomes[index]?.status === "rejected");
    if (refused === undefined) throw new Error("All have gone");
    expect(await refusalOfCall(refused.ask())).toMatchObject({
      code: "Conflict",
      data: { reason: "last_one", entity: "role_assignment" },
    });
    expect(await db.$count(roleAssignment, eq(roleAssignment.role, "administrator"))).toBe(1);
  });
});
