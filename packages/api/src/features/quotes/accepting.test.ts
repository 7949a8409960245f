import { QUOTE_HOLD_HOURS } from "@lectern/contract/quotes";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { letLapse } from "../../testing/lapse.ts";
import { assertInvariants, ledgerOf } from "../../testing/ledger.ts";
import { createDraft, createSentQuote, customerOf, letQuoteEnd } from "../../testing/quotes.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { createFullRun, joinedBy, statesOf } from "../../testing/waiting.ts";
import { cancelBooking } from "../bookings/cancel-booking.ts";
import { confirmBooking } from "../bookings/confirm-booking.ts";
import { findBooking } from "../bookings/find-booking.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { findEnquiry } from "../enquiries/find-enquiry.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { expireQuotes } from "./expire-quotes.ts";
import { readQuote } from "./read-quote.ts";

const database = useTestDatabase();
const call = testCall();

/** What was written of a quote that was accepted. */
const ANSWERED = ["quote", "quote_accepted", "quote_answered"];

const ORDER = {
  booker: { name: "Ingrid Berg", email: "ingrid@example.com" },
  learners: [],
  acceptsTerms: true as const,
};

describe("accepting a quote", () => {
  it("sets its places aside at the agreed price, and wins the enquiry", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: { placesPerBooker: 2, visibility: "private" } });
    const sent = await createSentQuote(db, run.id, { places: 3 });
    const customer = customerOf(db, sent);
    const accepted = await customer.accept();
    expect(accepted).toMatchObject({
      quoteId: sent.id,
      runId: run.id,
      places: 3,
      total: { amount: 27_000_00, currency: "NOK" },
    });
    const hours = (Date.parse(accepted.expiresAt ?? "") - Date.parse(accepted.serverTime)) / 3.6e6;
    expect(hours).toBeCloseTo(QUOTE_HOLD_HOURS, 1);
    const made = await findBooking(db, call, accepted);
    expect(made).toMatchObject({
      status: "held",
      places: 3,
      total: { amount: 27_000_00, currency: "NOK" },
      booker: { ...sent.recipient, phone: null },
    });
    expect(made.registrations).toMatchObject(
      [1, 2, 3].map((position) => ({
        position,
        status: "reserved",
        price: { amount: 9_000_00, currency: "NOK" },
        priceExplanation: [{ kind: "quote", amount: 9_000_00, detail: sent.number }],
      })),
    );
    expect(await readQuote(db, OPERATOR_CALL, sent.id)).toMatchObject({
      status: "accepted",
      booking: { reference: accepted.reference, status: "held" },
    });
    const enquiry = await findEnquiry(db, OPERATOR_CALL, { id: sent.enquiryId });
    expect(enquiry.status).toBe("won");
    expect(enquiry.history.slice(0, 2).map(({ action, after }) => [action, after])).toEqual([
      ["quote.accept", expect.objectContaining({ status: "accepted", places: 3 })],
      ["enquiry.move", { status: "won", quoteId: sent.id }],
    ]);
    expect((await queuedMails(db, sent.id)).toSorted()).toEqual(ANSWERED);
    await assertInvariants(db, run.id);
  });

  it("leads to a booking of more places than one booker may have, at that price", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 30, values: { placesPerBooker: 2 } });
    const sent = await createSentQuote(db, run.id, { places: 25 });
    const accepted = await customerOf(db, sent).accept();
    await db
      .update(courseRun)
      .set({ priceAmount: 20_000_00, pricingVersion: 7 })
      .where(eq(courseRun.id, run.id));
    const { reference, accessKey } = accepted;
    const learners = Array.from({ length: 25 }, (_, i) => ({
      name: `Learner ${i}`,
      email: `learner-${i}@${run.id}.example`,
    }));
    const confirmed = await confirmBooking(db, call, {
      ...ORDER,
      reference,
      accessKey,
      learners,
      idempotencyKey: newKey(),
    });
    expect(confirmed).toMatchObject({
      status: "confirmed",
      total: { amount: 225_000_00, currency: "NOK" },
    });
    expect(await customerOf(db, sent).see()).toMatchObject({
      status: "accepted",
      booking: { reference, accessKey, status: "confirmed", expiresAt: null },
    });
    await assertInvariants(db, run.id);
  });

  it("can still be confirmed at that price after the hold, while there are places", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3, values: { placesPerBooker: 1 } });
    const sent = await createSentQuote(db, run.id);
    const { reference, accessKey } = await customerOf(db, sent).accept();
    await letLapse(db, reference);
    expect(await customerOf(db, sent).see()).toMatchObject({
      status: "accepted",
      booking: { status: "expired", expiresAt: null },
    });
    const order = { ...ORDER, reference, accessKey, idempotencyKey: newKey() };
    expect(await confirmBooking(db, call, order)).toMatchObject({
      status: "confirmed",
      total: sent.total,
    });
    await assertInvariants(db, run.id);
  });

  it("takes no more than there are, and leaves the quote open", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 4 });
    const sent = await createSentQuote(db, run.id, { places: 3 });
    const hold = { runId: run.id, places: 2, idempotencyKey: newKey() };
    const held = await holdPlaces(db, call, hold);
    expect(await customerOf(db, sent).see()).toMatchObject({ obstacle: "too_few_places" });
    expect(await refusalOf(customerOf(db, sent).accept())).toEqual({
      code: "SoldOut",
      data: { runId: run.id, placesLeft: 2, requested: 3 },
    });
    expect(await readQuote(db, OPERATOR_CALL, sent.id)).toMatchObject({
      status: "sent",
      version: 2,
    });
    await cancelBooking(db, call, { ...held, idempotencyKey: newKey() });
    await customerOf(db, sent).accept();
    await assertInvariants(db, run.id);
  });

  it("frees what is past its time for it", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 3 });
    const sent = await createSentQuote(db, run.id, { places: 3 });
    const hold = { runId: run.id, places: 2, idempotencyKey: newKey() };
    await letLapse(db, (await holdPlaces(db, call, hold)).reference);
    await customerOf(db, sent).accept();
    await assertInvariants(db, run.id);
  });

  it("comes after those who wait for places", async () => {
    const { db } = database();
    const run = await createFullRun(db, [3]);
    const sent = await createSentQuote(db, run.id, { places: 2 });
    await joinedBy(db, run.id, { quantity: 2 });
    await run.free();
    expect(await statesOf(db, run.id)).toEqual(["offered"]);
    expect(await refusalOf(customerOf(db, sent).accept())).toMatchObject({
      code: "SoldOut",
      data: { placesLeft: 1 },
    });
    await assertInvariants(db, run.id);
  });

  it("is refused for a run that is cancelled, has begun, or is seen by nobody", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    const started = { startsAt: new Date(Date.now() - 1000) };
    const states = [
      [{ status: "draft" as const }, "not_published"],
      [started, "started"],
    ] as const;
    for (const [values, reason] of states) {
      await db.update(courseRun).set(values).where(eq(courseRun.id, run.id));
      expect(await customerOf(db, sent).see()).toMatchObject({ status: "sent", obstacle: reason });
      expect(await refusalOf(customerOf(db, sent).accept())).toEqual({
        code: "NotBookable",
        data: { runId: run.id, reason },
      });
      await db
        .update(courseRun)
        .set({ status: run.status, startsAt: run.startsAt })
        .where(eq(courseRun.id, run.id));
    }
    const { version } = run;
    const cancel = { id: run.id, version, reason: "Ill", idempotencyKey: newKey() };
    await cancelRun(db, OPERATOR_CALL, cancel);
    expect(await refusalOf(customerOf(db, sent).accept())).toMatchObject({
      code: "NotBookable",
      data: { reason: "cancelled" },
    });
    expect(await readQuote(db, OPERATOR_CALL, sent.id)).toMatchObject({ status: "sent" });
  });

  it("does not mind when booking opens and closes for others", async () => {
    const { db } = database();
    const past = new Date(Date.now() - 60_000);
    const run = await createTestRun(db, { values: { bookingClosesAt: past } });
    const sent = await createSentQuote(db, run.id);
    expect(await customerOf(db, sent).accept()).toMatchObject({ places: 3 });
  });

  it("is refused once its day is over, whether or not the job has seen it", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    await letQuoteEnd(db, sent.id);
    const expired = {
      code: "Conflict",
      data: { entity: "quote", reason: "wrong_state", detail: "expired" },
    };
    expect(await refusalOf(customerOf(db, sent).accept())).toEqual(expired);
    await expireQuotes(db, OPERATOR_CALL);
    expect(await refusalOf(customerOf(db, sent).accept())).toEqual(expired);
    expect(await refusalOf(customerOf(db, sent).decline())).toEqual(expired);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
  });

  it("sets nothing aside past the start", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    const startsAt = new Date(Math.floor(Date.now() / 1000) * 1000 + 3.6e6);
    await db.update(courseRun).set({ startsAt }).where(eq(courseRun.id, run.id));
    expect((await customerOf(db, sent).accept()).expiresAt).toBe(startsAt.toISOString());
  });

  it("is for whoever has the link alone", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const [draft, one, other] = [
      await createDraft(db, run.id),
      await createSentQuote(db, run.id),
      await createSentQuote(db, run.id),
    ];
    const missing = { code: "NotFound", data: { entity: "quote", id: draft.id } };
    expect(await refusalOf(customerOf(db, draft).see())).toEqual(missing);
    expect(await refusalOf(customerOf(db, draft).accept())).toEqual(missing);
    const { see } = customerOf(db, { id: one.id });
    expect(await see()).toMatchObject({ number: one.number, message: one.message });
    const wrong = {
      ...call,
      accessKeys: {
        ...call.accessKeys,
        keyFor: () => call.accessKeys.keyFor("quote", other.id),
      },
    };
    expect(await refusalOf(customerOf(db, one, wrong).see())).toMatchObject({ code: "NotFound" });
    expect(await refusalOf(customerOf(db, one, wrong).accept())).toMatchObject({
      code: "NotFound",
    });
    expect(await see()).not.toHaveProperty("note");
  });
});

describe("declining a quote", () => {
  it("tells staff why, and leaves the enquiry to them", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    const customer = customerOf(db, sent);
    await customer.decline("  Too dear.\nPerhaps next year. ");
    expect(await readQuote(db, OPERATOR_CALL, sent.id)).toMatchObject({
      status: "declined",
      declinedReason: "Too dear.\nPerhaps next year.",
    });
    expect(await findEnquiry(db, OPERATOR_CALL, { id: sent.enquiryId })).toMatchObject({
      status: "quoted",
    });
    expect(await queuedMails(db, sent.id)).toEqual(["quote", "quote_answered"]);
    const entries = await db
      .select({ after: auditEntry.after })
      .from(auditEntry)
      .where(and(eq(auditEntry.entityId, sent.id), eq(auditEntry.action, "quote.decline")));
    expect(entries).toEqual([{ after: { status: "declined", hasReason: true } }]);
    const again = await customer.decline();
    expect(again.endedAt).toBe((await customer.see()).endedAt);
    expect(await refusalOf(customer.accept())).toMatchObject({
      code: "Conflict",
      data: { detail: "declined" },
    });
  });

  it("is too late for one that was accepted", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const customer = customerOf(db, await createSentQuote(db, run.id));
    await customer.accept();
    expect(await refusalOf(customer.decline())).toMatchObject({
      code: "Conflict",
      data: { detail: "accepted" },
    });
  });
});
