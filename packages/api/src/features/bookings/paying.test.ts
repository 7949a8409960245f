import type { BookingHeld } from "@lectern/contract/bookings";
import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { discountCode } from "@lectern/database/schema/prices";
import { EVERYWHERE } from "@lectern/auth/actor";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
import { ledgerOf } from "../../testing/ledger.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { approveBooking } from "./approvals/approve-booking.ts";
import { findApproval } from "./approvals/find-approval.ts";
import { refuseBooking } from "./approvals/refuse-booking.ts";
import { confirmBooking } from "./confirm-booking.ts";
import { findBooking } from "./find-booking.ts";
import { holdPlaces } from "./hold-places.ts";
import { listLatePayments } from "./payments/list-late-payments.ts";
import { recordPayment } from "./payments/record-payment.ts";
import { resolvePayment } from "./payments/resolve-payment.ts";
import { settlePlaces } from "./places/settle-places.ts";
import { transferRegistrations } from "./registrations/transfer-registrations.ts";
import { startPayment } from "./start-payment.ts";

const database = useTestDatabase();
const call = testCall();
const BOOKER = { name: "Ingrid Berg", email: "ingrid@example.com", company: "Fjordkraft" };

function hold(runId: string, places: number, discount?: string): Promise<BookingHeld> {
  return holdPlaces(database().db, call, {
    runId,
    places,
    idempotencyKey: newKey(),
    ...(discount !== undefined && { discountCode: discount }),
  });
}

function order(held: BookingHeld) {
  const { reference, accessKey } = held;
  return {
    reference,
    accessKey,
    booker: BOOKER,
    learners: [],
    acceptsTerms: true as const,
    idempotencyKey: newKey(),
  };
}

function pay(held: BookingHeld, amount: number, paymentReference = newKey()) {
  return recordPayment(database().db, OPERATOR_CALL, {
    reference: held.reference,
    paymentReference,
    amount: { amount, currency: "NOK" },
    idempotencyKey: newKey(),
  });
}

async function idOf({ reference }: BookingHeld): Promise<string> {
  const [row] = await database()
    .db.select({ id: booking.id })
    .from(booking)
    .where(eq(booking.reference, reference));
  if (row === undefined) throw new Error("No such booking");
  return row.id;
}

describe("starting to pay", () => {
  it("extends the hold by a quarter of an hour, once, and warns before it ends", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 5 });
    const held = await hold(run.id, 2);
    const started = await startPayment(db, call, order(held));
    expect(started).toMatchObject({ status: "awaiting_payment", isExtended: true });
    const extendedBy = Date.parse(started.expiresAt ?? "") - Date.parse(held.expiresAt);
    expect(extendedBy).toBe(15 * 60_000);
    const again = await startPayment(db, call, order(held));
    expect(again.expiresAt).toBe(started.expiresAt);
    expect(await queuedMails(db, await idOf(held))).toContain("hold_expiring");
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("takes the places of a hold past its time again, and says so when they have gone", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const held = await hold(run.id, 2);
    await letLapse(db, held.reference);
    expect((await startPayment(db, call, order(held))).status).toBe("awaiting_payment");
    await letLapse(db, held.reference);
    await hold(run.id, 1);
    expect((await refusalOf(startPayment(db, call, order(held)))).code).toBe("HoldExpired");
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });

  it("names learners anew once the time is over: the ones before may have other places by now", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const [ola, kari] = [newKey(), newKey()].map((name) => ({
      name,
      email: `${name}@example.com`,
    }));
    if (ola === undefined || kari === undefined) throw new Error("There are two of them");
    const held = await hold(run.id, 1);
    await startPayment(db, call, { ...order(held), learners: [ola] });
    await letLapse(db, held.reference);
    await settlePlaces(db, call, run.id);
    await confirmBooking(db, call, { ...order(await hold(run.id, 1)), learners: [ola] });
    const again = await startPayment(db, call, { ...order(held), learners: [kari] });
    expect(again.registrations.map(({ learner }) => learner?.email)).toEqual([kari.email]);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("is refused where nothing is to be paid", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: { priceAmount: null, priceCurrency: null } });
    const held = await hold(run.id, 1);
    expect(await refusalOf(startPayment(db, call, order(held)))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state" },
    });
    expect((await findBooking(db, call, held)).status).toBe("held");
  });

  it("can be given up for an invoice", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await hold(run.id, 1);
    await startPayment(db, call, order(held));
    expect((await confirmBooking(db, call, order(held))).status).toBe("confirmed");
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 1, allocated: 1 });
  });
});

describe("money that comes in", () => {
  it("confirms the booking once it is enough, and counts once", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await hold(run.id, 2);
    await startPayment(db, call, order(held));
    expect(await pay(held, 10_000_00)).toMatchObject({
      outcome: "applied",
      status: "awaiting_payment",
      paymentState: "part_paid",
    });
    const reference = newKey();
    expect(await pay(held, 15_000_00, reference)).toMatchObject({
      outcome: "applied",
      status: "confirmed",
      paymentState: "paid",
    });
    expect(await refusalOf(pay(held, 15_000_00, reference))).toMatchObject({
      code: "Conflict",
      data: { entity: "payment", reason: "already_exists" },
    });
    expect(await queuedMails(db, await idOf(held))).toContain("booking_confirmed");
    const kept = await db
      .select({ kind: seatAllocation.kind, expiresAt: seatAllocation.expiresAt })
      .from(seatAllocation)
      .where(eq(seatAllocation.bookingId, await idOf(held)));
    expect(kept).toEqual([{ kind: "booking", expiresAt: null }]);
  });

  it("for the difference to a dearer run pays for the places that were moved there", async () => {
    const { db } = database();
    const policy = { tiers: [{ daysBefore: 0, feeBasisPoints: 0, transferFeeBasisPoints: 1000 }] };
    const run = await createTestRun(db, { values: { cancellationPolicy: policy } });
    const dearer = await createTestRun(db, { values: { priceAmount: 15_000_00 } });
    const held = await hold(run.id, 1);
    await startPayment(db, call, order(held));
    await pay(held, 12_500_00);
    const { registrations } = await findBooking(db, call, held);
    const { to, toPay } = await transferRegistrations(db, call, {
      reference: held.reference,
      accessKey: held.accessKey,
      registrationIds: registrations.map(({ id }) => id),
      toRunId: dearer.id,
      idempotencyKey: newKey(),
    });
    // A tenth of the old price as the fee, and the difference.
    expect(toPay?.amount).toBe(1_250_00 + 2_500_00);
    const pays = (amount: number) =>
      recordPayment(db, OPERATOR_CALL, {
        reference: to.reference,
        paymentReference: newKey(),
        amount: { amount, currency: "NOK" },
        idempotencyKey: newKey(),
      });
    expect((await pays(3_749_99)).paymentState).toBe("part_paid");
    expect((await pays(1)).paymentState).toBe("paid");
  });

  it("of another currency is refused", async () => {
    const { db } = database();
    const held = await hold((await createTestRun(db)).id, 1);
    const payment = recordPayment(db, OPERATOR_CALL, {
      reference: held.reference,
      paymentReference: newKey(),
      amount: { amount: 1, currency: "EUR" },
      idempotencyKey: newKey(),
    });
    expect((await refusalOf(payment)).code).toBe("Invalid");
  });

  it("too late takes the places again while there are any", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const held = await hold(run.id, 2);
    await startPayment(db, call, order(held));
    await letLapse(db, held.reference);
    await settlePlaces(db, call, run.id);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
    const paid = await pay(held, 25_000_00);
    expect(paid).toMatchObject({ outcome: "applied", status: "confirmed", paymentState: "paid" });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
    expect(await queuedMails(db, paid.paymentId)).toEqual(["late_payment_seated"]);
  });

  it("too late for the last places waits for staff, and everybody is told", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const held = await hold(run.id, 2);
    await startPayment(db, call, order(held));
    await letLapse(db, held.reference);
    const other = await hold(run.id, 1);
    const paid = await pay(held, 25_000_00);
    expect(paid).toMatchObject({ outcome: "late", status: "expired", paymentState: "unpaid" });
    expect((await queuedMails(db, paid.paymentId)).toSorted()).toEqual([
      "late_payment_pending",
      "late_payment_staff",
    ]);
    const waiting = await listLatePayments(db, EVERYWHERE, { limit: 100 });
    expect(waiting.items.filter(({ id }) => id === paid.paymentId)).toMatchObject([
      { reference: held.reference, amount: { amount: 25_000_00, currency: "NOK" }, places: 2 },
    ]);

    const decide = (decision: "seat" | "refund" | "refunded") =>
      resolvePayment(db, OPERATOR_CALL, {
        id: paid.paymentId,
        decision,
        idempotencyKey: newKey(),
      });
    expect(await refusalOf(decide("seat"))).toMatchObject({
      code: "SoldOut",
      data: { placesLeft: 1, requested: 2 },
    });
    await letLapse(db, other.reference);
    const seated = await Promise.allSettled([decide("seat"), decide("refund")]);
    expect(seated.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await settlePlaces(db, call, run.id);
    const { taken, allocated } = await ledgerOf(db, run.id);
    expect(taken).toBe(allocated);
    const [after] = await db.select().from(payment).where(eq(payment.id, paid.paymentId));
    expect(taken).toBe(after?.outcome === "applied" ? 2 : 0);
  });

  it("for a hold that is over, and of which nobody knows who booked it, waits for staff", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const { email: bookerEmail } = BOOKER;
    const input = { runId: run.id, places: 1, bookerEmail, idempotencyKey: newKey() };
    const held = await holdPlaces(db, call, input);
    await letLapse(db, held.reference);
    expect(await pay(held, 12_500_00)).toMatchObject({ outcome: "late", status: "expired" });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("for a cancelled booking waits for staff, to be given back", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const held = await hold(run.id, 1);
    await confirmBooking(db, call, {
      ...order(held),
      approver: { name: "Kari", email: "kari@example.com" },
    });
    const approvalKey = call.accessKeys.keyFor("approval", await idOf(held));
    await refuseBooking(db, call, {
      reference: held.reference,
      approvalKey,
      idempotencyKey: newKey(),
    });
    const paid = await pay(held, 12_500_00);
    expect(paid.outcome).toBe("late");
    const decision = { id: paid.paymentId, idempotencyKey: newKey() };
    await resolvePayment(db, OPERATOR_CALL, { ...decision, decision: "refund" });
    const refunded = await resolvePayment(db, OPERATOR_CALL, {
      id: paid.paymentId,
      decision: "refunded",
      idempotencyKey: newKey(),
    });
    expect(refunded).toMatchObject({ outcome: "refunded", paymentState: "refunded" });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });
});

describe("a company that has to approve", () => {
  async function request() {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3 });
    const held = await hold(run.id, 2);
    const asked = await confirmBooking(db, call, {
      ...order(held),
      purchaseOrder: "PO-4711",
      learners: [{ name: "Ola", email: "ola@example.com" }],
      approver: { name: "Kari Nordmann", email: "kari@example.com" },
    });
    const proof = {
      reference: held.reference,
      approvalKey: call.accessKeys.keyFor("approval", await idOf(held)),
    };
    return { db, run, held, asked, proof };
  }

  it("keeps the places for three days, and is asked by mail", async () => {
    const { db, run, held, asked, proof } = await request();
    expect(asked).toMatchObject({
      status: "awaiting_approval",
      purchaseOrder: "PO-4711",
      approver: { name: "Kari Nordmann" },
    });
    const hours = (Date.parse(asked.expiresAt ?? "") - Date.parse(asked.serverTime)) / 3_600_000;
    expect(hours).toBeGreaterThan(71.9);
    expect(hours).toBeLessThanOrEqual(72);
    expect(await queuedMails(db, await idOf(held))).toEqual(["approval_requested"]);
    expect(await findApproval(db, call, proof)).toMatchObject({
      total: { amount: 25_000_00 },
      booker: { company: "Fjordkraft" },
    });
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 2, allocated: 2 });
  });

  it("approves, which confirms the booking and tells everybody", async () => {
    const { db, held, proof } = await request();
    const approved = await approveBooking(db, call, {
      ...proof,
      purchaseOrder: "PO-4712",
      idempotencyKey: newKey(),
    });
    expect(approved).toMatchObject({ status: "confirmed", purchaseOrder: "PO-4712" });
    const seen = await findBooking(db, call, held);
    expect(seen.registrations.map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
    expect(await queuedMails(db, await idOf(held))).toContain("booking_confirmed");
    expect(await queuedMails(db, seen.registrations[0]?.id ?? "")).toEqual(["learner_named"]);
  });

  it("refuses, which gives the places back", async () => {
    const { db, run, held, proof } = await request();
    const outcomes = await Promise.allSettled([
      refuseBooking(db, call, { ...proof, reason: "No budget", idempotencyKey: newKey() }),
      refuseBooking(db, call, { ...proof, idempotencyKey: newKey() }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await findBooking(db, call, held)).status).toBe("cancelled");
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("is won by one of an approval and a refusal that meet", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { db, run, held, proof } = await request();
      const [approval, refusal] = await Promise.allSettled([
        approveBooking(db, call, { ...proof, idempotencyKey: newKey() }),
        refuseBooking(db, call, { ...proof, idempotencyKey: newKey() }),
      ]);
      expect([approval.status, refusal.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      const { status } = await findBooking(db, call, held);
      expect(status).toBe(approval.status === "fulfilled" ? "confirmed" : "cancelled");
      const places = status === "confirmed" ? 2 : 0;
      expect(await ledgerOf(db, run.id)).toEqual({ taken: places, allocated: places });
    }
  });

  it("is known by its key alone", async () => {
    const { db, held, proof } = await request();
    const { accessKey } = held;
    for (const approvalKey of [accessKey, null, "A".repeat(43)]) {
      expect((await refusalOf(findApproval(db, call, { ...proof, approvalKey }))).code).toBe(
        "NotFound",
      );
    }
    expect((await findApproval(db, OPERATOR_CALL, { reference: held.reference })).places).toBe(2);
  });
});

describe("a discount code", () => {
  it("is given back when the hold is over, and taken again with the places", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const code = `ONE-${newKey().slice(0, 8).toUpperCase()}`;
    await db
      .insert(discountCode)
      .values({ id: uuidv7(), code, kind: "percent", basisPoints: 1000, maxUses: 1 });
    const used = async () => {
      const [row] = await db.select().from(discountCode).where(eq(discountCode.code, code));
      return row?.used;
    };
    const held = await hold(run.id, 2, code);
    await letLapse(db, held.reference);
    await settlePlaces(db, call, run.id);
    expect(await used()).toBe(0);
    expect((await confirmBooking(db, call, order(held))).total?.amount).toBe(22_500_00);
    expect(await used()).toBe(1);

    const [other, run2] = [await createTestRun(db), await createTestRun(db)];
    await db.update(discountCode).set({ maxUses: 2 }).where(eq(discountCode.code, code));
    const late = await hold(other.id, 1, code);
    await letLapse(db, late.reference);
    await settlePlaces(db, call, other.id);
    await hold(run2.id, 1, code);
    expect((await refusalOf(confirmBooking(db, call, order(late)))).code).toBe("DiscountNotUsable");
    expect(await ledgerOf(db, other.id)).toEqual({ taken: 0, allocated: 0 });
  });
});

describe("what is kept", () => {
  it("holds no booking without what its state needs", async () => {
    const { rows } = await database().db.execute(sql`
      SELECT count(*)::int AS n FROM booking b
      WHERE b.status IN ('held', 'awaiting_payment', 'awaiting_approval', 'confirmed')
        AND (SELECT coalesce(sum(quantity), 0) FROM seat_allocation a
             WHERE a.booking_id = b.id AND a.state = 'active') <> b.places`);
    expect(rows).toEqual([{ n: 0 }]);
  });
});
