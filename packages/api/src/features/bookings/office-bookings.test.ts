import { booking, registration } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { mailMessage } from "@lectern/database/schema/mail";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestRun, createTestVenue, newKey } from "../../testing/factories.ts";
import { apiAs, apiOf, createTestOrganisation, signInAt } from "../../testing/organisations.ts";
import { createSentMail } from "../../testing/personal-rows.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { createTestBooking, holdTestPlaces, newLearner } from "../../testing/registrations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";

const database = useTestDatabase();

async function as(role: "sales" | "finance", country?: string) {
  const { db } = database();
  return apiOf(db, await signIn(db, { role, ...(country !== undefined && { country }) }));
}

/** A course of its own keeps others' bookings out of a list. */
async function courseWithRuns(count: number) {
  const { db } = database();
  const first = await createTestRun(db, { capacity: 30 });
  const year = new Date().getUTCFullYear() + 2;
  const others = await Promise.all(
    Array.from({ length: count - 1 }, (_, index) =>
      createTestRun(db, {
        courseId: first.courseId,
        capacity: 30,
        localStart: `${year}-0${index + 1}-01T09:00`,
        localEnd: `${year}-0${index + 1}-02T17:00`,
      }),
    ),
  );
  return { courseId: first.courseId, runs: [first, ...others] };
}

async function awaitApproval(runId: string) {
  const { db } = database();
  const api = apiAs(db);
  const held = await api.bookings.hold({ runId, places: 1, idempotencyKey: newKey() });
  return api.bookings.confirm({
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Åse Quist", email: `${newKey()}@example.com` },
    approver: { name: "Boss", email: "boss@example.com" },
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
}

describe("looking for bookings", () => {
  it("goes through all in each order, a page at a time", async () => {
    const { db } = database();
    const { courseId, runs } = await courseWithRuns(3);
    const made: string[] = [];
    // The runs in the order in which they do not begin.
    for (const run of [...runs].reverse()) {
      for (let count = 0; count < 2; count += 1) {
        made.push((await createTestBooking(db, run.id, 1)).reference);
      }
    }
    const api = await as("sales");
    async function all(sort: "newest" | "oldest" | "next_run" | "last_run") {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof api.bookings.search>> = await api.bookings.search({
          courseId,
          sort,
          cursor,
          limit: 4,
        });
        expect(page.total).toBe(6);
        seen.push(...page.items.map(({ reference }) => reference));
        ({ nextCursor: cursor } = page);
      } while (cursor !== null);
      return seen;
    }
    expect(await all("oldest")).toEqual(made);
    expect(await all("newest")).toEqual(made.toReversed());
    const byRun = [...made.slice(4), ...made.slice(2, 4), ...made.slice(0, 2)];
    expect(await all("next_run")).toEqual(byRun);
    expect(await all("last_run")).toEqual(byRun.toReversed());
    const { nextCursor } = await api.bookings.search({ courseId, limit: 1 });
    const refused = api.bookings.search({ courseId, cursor: nextCursor, sort: "oldest" });
    expect(await refusalOfCall(refused)).toMatchObject({ code: "Invalid" });
  });

  it("finds them by state, payment, run, company, time, place, and by what their bookers are called", async () => {
    const { db } = database();
    const { courseId, runs } = await courseWithRuns(2);
    const [run, later] = runs;
    if (run === undefined || later === undefined) throw new Error("There are no runs");
    const venueId = await createTestVenue(db, { country: "IS" });
    const there = await createTestRun(db, { courseId, values: { venueId } });
    const organisationId = await createTestOrganisation(db);
    const awaited = await awaitApproval(run.id);
    const paid = await createTestBooking(db, run.id, 2, [newLearner()]);
    const old = await createTestBooking(db, later.id, 1);
    const abroad = await createTestBooking(db, there.id, 1);
    const { reference: held } = await holdTestPlaces(db, run.id, 1);
    const change = (reference: string, values: Partial<typeof booking.$inferInsert>) =>
      db.update(booking).set(values).where(eq(booking.reference, reference));
    await change(paid.reference, { paymentState: "paid", organisationId });
    await change(old.reference, { createdAt: new Date("2020-05-05T12:00:00Z") });
    const [late] = await db
      .select({ id: booking.id })
      .from(booking)
      .where(eq(booking.reference, abroad.reference));
    await db.insert(payment).values({
      id: uuidv7(),
      bookingId: late?.id ?? "",
      reference: newKey(),
      amount: 1,
      currency: "NOK",
      outcome: "late",
    });
    const api = await as("sales");
    const found = async (filter: object) => {
      const { items, total } = await api.bookings.search({ courseId, ...filter });
      expect(total).toBe(items.length);
      return items.map(({ reference }) => reference);
    };
    expect(await found({ statuses: ["awaiting_approval", "held"] })).toEqual([
      held,
      awaited.reference,
    ]);
    expect(await found({ paymentStates: ["paid"] })).toEqual([paid.reference]);
    expect(await found({ runId: later.id })).toEqual([old.reference]);
    expect(await found({ organisationId })).toEqual([paid.reference]);
    expect(await found({ country: "IS" })).toEqual([abroad.reference]);
    expect(await found({ createdTo: "2021-01-01T00:00:00Z" })).toEqual([old.reference]);
    expect(await found({ createdFrom: "2021-01-01T00:00:00Z" })).not.toContain(old.reference);
    expect(await found({ startsFrom: later.startsAt.toISOString() })).toEqual([old.reference]);
    expect(await found({ startsTo: later.startsAt.toISOString() })).toHaveLength(4);
    expect(await found({ hasLateMoney: true })).toEqual([abroad.reference]);
    expect(await found({ query: "åse Q" })).toEqual([awaited.reference]);
    expect(await found({ query: awaited.booker?.email.slice(3, 30) })).toEqual([awaited.reference]);
    expect(await found({ query: paid.reference.toLowerCase() })).toEqual([paid.reference]);
    expect(await found({ query: "%" })).toEqual([]);
    const [item] = (await api.bookings.search({ runId: run.id, paymentStates: ["paid"] })).items;
    expect(item).toMatchObject({ livePlaces: 2, run: { id: run.id }, total: { currency: "NOK" } });
  });

  it("finds what somebody booked, and where they have a place, each once", async () => {
    const { db } = database();
    const { courseId, runs } = await courseWithRuns(1);
    const [run] = runs;
    if (run === undefined) throw new Error("There is no run");
    const { id: personId } = await signIn(db);
    const own = await createTestBooking(db, run.id, 2);
    const invited = await createTestBooking(db, run.id, 1);
    await createTestBooking(db, run.id, 1);
    await db
      .update(booking)
      .set({ bookerId: personId })
      .where(eq(booking.reference, own.reference));
    await db
      .update(registration)
      .set({ learnerId: personId })
      .where(inArray(registration.id, [...own.ids, ...invited.ids]));
    const api = await as("sales");
    const found = await api.bookings.search({ courseId, personId });
    expect(found.items.map(({ reference }) => reference)).toEqual([
      invited.reference,
      own.reference,
    ]);
    expect(found.total).toBe(2);
  });

  it("keeps to the country, and to the company, of whoever looks", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db, { country: "FO" });
    const run = await createTestRun(db, { values: { venueId } });
    const organisationId = await createTestOrganisation(db);
    const { reference } = await createTestBooking(db, run.id, 1);
    const { reference: ours } = await createTestBooking(db, run.id, 1);
    await db.update(booking).set({ organisationId }).where(eq(booking.reference, ours));
    const found = async (api: Awaited<ReturnType<typeof as>>) =>
      (await api.bookings.search({ runId: run.id })).items.map((item) => item.reference);
    expect(await found(await as("sales", "FO"))).toEqual([ours, reference]);
    expect(await found(await as("sales", "SE"))).toEqual([]);
    const manager = await apiOf(db, await signInAt(db, organisationId, "company_manager"));
    expect(await found(manager)).toEqual([ours]);
    // The academy's own page of a booking is for nobody else, and for no other country.
    for (const api of [manager, await as("sales", "SE")]) {
      for (const ask of [
        () => api.bookings.forStaff({ reference: ours }),
        () => api.bookings.history({ reference: ours }),
        () => api.bookings.resend({ reference: ours, idempotencyKey: newKey() }),
      ]) {
        expect(await refusalOfCall(ask())).toMatchObject({ code: "NotFound" });
      }
    }
    expect(await (await as("sales", "FO")).bookings.forStaff({ reference: ours })).toMatchObject({
      organisation: { id: organisationId },
      can: { cancel: true, change: true, waive: true, recordPayment: false, readMails: false },
    });
  });
});

describe("a booking as staff see it", () => {
  it("tells of money, changes, its discount, and what may be done by whom", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const owner = apiAs(db);
    const sales = await as("sales");
    const finance = await as("finance");
    const administrator = await apiOf(db, await signIn(db, { role: "administrator" }));
    const code = `C-${uuidv7().slice(-12).toUpperCase()}`;
    const { id: discountId } = await administrator.discounts.create({
      code,
      value: { kind: "percent", basisPoints: 1000 },
      idempotencyKey: newKey(),
    });
    const held = await owner.bookings.hold({
      runId: run.id,
      places: 2,
      discountCode: code,
      idempotencyKey: newKey(),
    });
    const { reference, accessKey } = held;
    const { registrations } = await owner.bookings.confirm({
      reference,
      accessKey,
      booker: { name: "Ada", email: newLearner() },
      note: "Near the door, please",
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    await finance.bookings.recordPayment({
      reference,
      paymentReference: reference,
      amount: { amount: 100, currency: "NOK" },
      idempotencyKey: newKey(),
    });
    await sales.registrations.cancel({
      reference,
      registrationIds: [registrations[1]?.id ?? ""],
      reason: "Ill",
      waiveFee: true,
      idempotencyKey: newKey(),
    });
    const seen = await sales.bookings.forStaff({ reference });
    expect(seen).toMatchObject({
      reference,
      note: "Near the door, please",
      discount: { id: discountId, code, state: "active" },
      payments: [{ paymentReference: reference, outcome: "applied", amount: { amount: 100 } }],
      changes: [
        {
          registrationId: registrations[1]?.id,
          kind: "cancellation",
          decidedBy: "staff",
          fee: { amount: 0 },
          reason: "Ill",
        },
      ],
      can: { cancel: true, change: true, waive: true, approve: false, recordPayment: false },
    });
    expect((await finance.bookings.forStaff({ reference })).can).toEqual({
      cancel: false,
      change: false,
      waive: false,
      approve: false,
      recordPayment: true,
      readMails: false,
      resend: false,
    });
    const { items } = await sales.discounts.uses({ id: discountId });
    expect(items).toMatchObject([
      { reference, state: "active", booker: { name: "Ada" }, saved: { amount: 2 * 1_250_00 } },
    ]);

    const told = await sales.bookings.history({ reference, limit: 3 });
    expect(told.items.map(({ action, position }) => [action, position])).toEqual([
      ["registration.cancel", 2],
      ["payment.record", null],
      ["booking.confirm", null],
    ]);
    expect(told.items[0]).toMatchObject({
      actor: { kind: "person" },
      after: { status: "cancelled" },
    });
    const before = await sales.bookings.history({ reference, cursor: told.nextCursor });
    expect(before.items.map(({ action }) => action)).toEqual(["booking.hold"]);
  });

  it("shows its mails and those of its places, and sends the confirmation again", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const { reference, ids } = await createTestBooking(db, run.id, 1);
    const sales = await as("sales");
    const { id } = await sales.bookings.forStaff({ reference });
    const mailIds = [
      await createSentMail(db, { recipientEmail: "ada@example.com", aboutId: id }),
      await createSentMail(db, { recipientEmail: "ada@example.com", aboutId: ids[0] ?? "" }),
    ];
    await createSentMail(db, { recipientEmail: "ada@example.com", aboutId: uuidv7() });
    await db
      .update(mailMessage)
      .set({ createdAt: sql`clock_timestamp() + interval '1 minute'` })
      .where(eq(mailMessage.id, mailIds[0] ?? ""));
    const first = await sales.bookings.mails({ reference, limit: 1 });
    expect(first).toMatchObject({ total: 2, items: [{ id: mailIds[0] }] });
    const second = await sales.bookings.mails({ reference, cursor: first.nextCursor });
    expect(second.items.map((mail) => mail.id)).toEqual([mailIds[1]]);

    const input = { reference, idempotencyKey: newKey() };
    expect(await sales.bookings.resend(input)).toEqual({ reference, kind: "booking_confirmed" });
    await sales.bookings.resend(input);
    expect(await queuedMails(db, id)).toEqual(["booking_confirmed", "booking_confirmed"]);
    await sales.bookings.cancel({ reference, idempotencyKey: newKey() });
    const refused = sales.bookings.resend({ reference, idempotencyKey: newKey() });
    expect(await refusalOfCall(refused)).toMatchObject({ code: "Conflict" });
  });
});
