import { booking, registration } from "@lectern/database/schema/bookings";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../domain-error.ts";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { assertInvariants, ledgerOf } from "../../testing/ledger.ts";
import { createEnquiry } from "../../testing/personal-rows.ts";
import { createSentQuote, customerOf, letQuoteEnd } from "../../testing/quotes.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { holdPlaces } from "../bookings/hold-places.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { expireQuotes } from "./expire-quotes.ts";
import { readQuote } from "./read-quote.ts";
import { withdrawQuote } from "./withdraw-quote.ts";

const database = useTestDatabase();
const call = testCall();

/** What is written of a quote that is accepted. */
const ANSWERED = ["quote", "quote_accepted", "quote_answered"];

/** @returns the codes of what was refused; what failed in another way as it is */
function refusalsOf(outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.status === "fulfilled") return [];
    const reason: unknown = outcome.reason;
    return [reason instanceof DomainError ? reason.code : reason];
  });
}

describe("of several who answer at once", () => {
  it("two clicks and two tabs make one booking", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 100 });
    const sent = await createSentQuote(db, run.id);
    const customer = customerOf(db, sent);
    const key = newKey();
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => customer.accept(key)),
      ...Array.from({ length: 8 }, () => customer.accept()),
    ]);
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
    expect(await db.$count(booking, eq(booking.runId, run.id))).toBe(1);
    expect(await db.$count(registration, eq(registration.runId, run.id))).toBe(3);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 3, allocated: 3 });
    expect((await queuedMails(db, sent.id)).toSorted()).toEqual(ANSWERED);
  });

  it("of the customer who accepts and staff who withdraw, one is right", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 100 });
    const quotes = [];
    for (let i = 0; i < 8; i += 1) quotes.push(await createSentQuote(db, run.id));
    const outcomes = await Promise.all(
      quotes.map(async (sent, i) => {
        const withdraw = () =>
          withdrawQuote(db, OPERATOR_CALL, {
            id: sent.id,
            version: sent.version,
            tell: true,
            idempotencyKey: newKey(),
          });
        const accept = () => customerOf(db, sent).accept();
        const [one, other] = i % 2 === 0 ? [accept, withdraw] : [withdraw, accept];
        return refusalsOf(await Promise.allSettled([one(), other()]));
      }),
    );
    for (const refused of outcomes) expect(refused).toEqual(["Conflict"]);
    const found = await Promise.all(quotes.map(({ id }) => readQuote(db, OPERATOR_CALL, id)));
    const accepted = found.filter(({ status }) => status === "accepted");
    for (const { booking: made, status } of found) {
      expect(made !== null).toBe(status === "accepted");
    }
    expect(await ledgerOf(db, run.id)).toEqual({
      taken: 3 * accepted.length,
      allocated: 3 * accepted.length,
    });
    expect(await db.$count(booking, eq(booking.runId, run.id))).toBe(accepted.length);
  });

  it("of a customer who accepts and declines at once, one is right", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const customer = customerOf(db, await createSentQuote(db, run.id));
    const outcomes = await Promise.allSettled([customer.accept(), customer.decline()]);
    expect(refusalsOf(outcomes)).toEqual(["Conflict"]);
  });

  it("quotes, holds and a cancellation never take more than there is, nor wait for each other", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 10 });
    const enquiryId = await createEnquiry(db, {});
    const quotes = [];
    for (let i = 0; i < 6; i += 1) {
      quotes.push(await createSentQuote(db, run.id, i < 3 ? { enquiryId } : {}));
    }
    const outcomes = await Promise.allSettled([
      ...quotes.map((sent) => customerOf(db, sent).accept()),
      ...Array.from({ length: 10 }, () =>
        holdPlaces(db, call, { runId: run.id, places: 1, idempotencyKey: newKey() }),
      ),
    ]);
    expect(new Set(refusalsOf(outcomes))).toEqual(new Set(["SoldOut"]));
    const { taken } = await ledgerOf(db, run.id);
    expect(taken).toBeLessThanOrEqual(10);
    expect(taken).toBeGreaterThan(7);
    await assertInvariants(db, run.id);
  });

  it("a run that is cancelled meanwhile lets none through", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 50 });
    const quotes = [];
    for (let i = 0; i < 5; i += 1) quotes.push(await createSentQuote(db, run.id));
    const cancel = { id: run.id, version: run.version, reason: "Ill", idempotencyKey: newKey() };
    const [cancelled, ...outcomes] = await Promise.allSettled([
      cancelRun(db, OPERATOR_CALL, cancel),
      ...quotes.map((sent) => customerOf(db, sent).accept()),
    ]);
    expect(cancelled.status).toBe("fulfilled");
    expect(refusalsOf(outcomes).filter((code) => code !== "NotBookable")).toEqual([]);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 0, allocated: 0 });
    await assertInvariants(db, run.id);
  });

  it("a day that ends meanwhile is over for whoever comes after it", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 50 });
    const quotes = [];
    for (let i = 0; i < 6; i += 1) quotes.push(await createSentQuote(db, run.id));
    const outcomes = await Promise.allSettled(
      quotes.flatMap((sent) => [
        letQuoteEnd(db, sent.id).then(() => expireQuotes(db, OPERATOR_CALL)),
        customerOf(db, sent).accept(),
      ]),
    );
    expect(refusalsOf(outcomes).filter((code) => code !== "Conflict")).toEqual([]);
    const found = await Promise.all(quotes.map(({ id }) => readQuote(db, OPERATOR_CALL, id)));
    const accepted = found.filter(({ status }) => status === "accepted").length;
    expect(found.filter(({ status }) => status === "expired")).toHaveLength(6 - accepted);
    expect(await ledgerOf(db, run.id)).toEqual({ taken: 3 * accepted, allocated: 3 * accepted });
  });
});
