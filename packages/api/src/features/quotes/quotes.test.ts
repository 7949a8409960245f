import { QUOTE_DAYS_MAX } from "@lectern/contract/quotes";
import { auditEntry } from "@lectern/database/schema/operations";
import { quote } from "@lectern/database/schema/quotes";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestRun, newKey } from "../../testing/factories.ts";
import { createEnquiry } from "../../testing/personal-rows.ts";
import {
  createDraft,
  createSentQuote,
  customerOf,
  dayIn,
  letQuoteEnd,
} from "../../testing/quotes.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { findEnquiry } from "../enquiries/find-enquiry.ts";
import { moveEnquiry } from "../enquiries/move-enquiry.ts";
import { copyQuote } from "./copy-quote.ts";
import { discardQuote } from "./discard-quote.ts";
import { expireQuotes } from "./expire-quotes.ts";
import { listQuotes } from "./list-quotes.ts";
import { readQuote } from "./read-quote.ts";
import { sendQuote } from "./send-quote.ts";
import { updateQuote } from "./update-quote.ts";
import { withdrawQuote } from "./withdraw-quote.ts";

const database = useTestDatabase();

const seen = ({ id, version }: { id: string; version: number }) => ({
  id,
  version,
  idempotencyKey: newKey(),
});

async function actionsOn(id: string): Promise<string[]> {
  const entries = await database()
    .db.select({ action: auditEntry.action })
    .from(auditEntry)
    .where(eq(auditEntry.entityId, id))
    .orderBy(asc(auditEntry.id));
  return entries.map(({ action }) => action);
}

describe("the draft of a quote", () => {
  it("is for whoever sent the enquiry, in their language, unless it is said otherwise", async () => {
    const { db } = database();
    const run = await createTestRun(db, { values: { taxCategory: "reduced" } });
    const enquiryId = await createEnquiry(db, {
      name: "Nils Dahl",
      email: "nils@example.com",
      company: "Nordlys AS",
      language: "nb",
    });
    const draft = await createDraft(db, run.id, { enquiryId, places: 4 });
    expect(draft).toMatchObject({
      status: "draft",
      recipient: { name: "Nils Dahl", email: "nils@example.com", company: "Nordlys AS" },
      language: "nb",
      taxCategory: "reduced",
      total: { amount: 36_000_00, currency: "NOK" },
      obstacle: null,
      sentAt: null,
      booking: null,
      version: 1,
    });
    expect(draft.number).toMatch(/^Q-\d{4,}$/u);
    const other = { name: "Ida Lie", email: "ida@example.com", company: null };
    expect(
      await createDraft(db, run.id, { enquiryId, recipient: other, language: "en" }),
    ).toMatchObject({ recipient: other, language: "en" });
    expect(await queuedMails(db, draft.id)).toEqual([]);
  });

  it("is good to the end of its last day where the academy is", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const draft = await createDraft(db, run.id, { lastDay: dayIn(5) });
    expect(draft).toMatchObject({ timeZone: "UTC", goodUntil: `${dayIn(6)}T00:00:00.000Z` });
  });

  it("wants another currency, a day that is over and too much money to be right", async () => {
    const { db } = database();
    const { id } = await createTestRun(db);
    const wrong = [
      [{ unitPrice: { amount: 1, currency: "EUR" } }, "unitPrice.currency"],
      [{ unitPrice: { amount: 5_000_000_00, currency: "NOK" }, places: 100 }, "unitPrice.amount"],
      [{ lastDay: dayIn(-1) }, "lastDay"],
      [{ lastDay: dayIn(QUOTE_DAYS_MAX + 1) }, "lastDay"],
      [{ lastDay: "2027-02-30" }, "lastDay"],
    ] as const;
    for (const [values, path] of wrong) {
      expect(await refusalOf(createDraft(db, id, values))).toMatchObject({
        code: "Invalid",
        data: { issues: [{ path }] },
      });
    }
    expect(await createDraft(db, id, { lastDay: dayIn(0) })).toMatchObject({ status: "draft" });
  });

  it("can be in any currency where the price of the run is on request", async () => {
    const { db } = database();
    const { id } = await createTestRun(db, { values: { priceAmount: null, priceCurrency: null } });
    expect(
      await createDraft(db, id, { unitPrice: { amount: 900_00, currency: "EUR" } }),
    ).toMatchObject({ total: { amount: 2_700_00, currency: "EUR" } });
  });

  it("is for no spam, no unknown enquiry and no unknown run", async () => {
    const { db } = database();
    const { id } = await createTestRun(db);
    const enquiryId = await createEnquiry(db, { status: "spam" });
    expect(await refusalOf(createDraft(db, id, { enquiryId }))).toEqual({
      code: "Conflict",
      data: { entity: "enquiry", reason: "wrong_state", detail: "spam" },
    });
    expect(await refusalOf(createDraft(db, id, { enquiryId: newKey() }))).toMatchObject({
      code: "NotFound",
      data: { entity: "enquiry" },
    });
    expect(await refusalOf(createDraft(db, newKey()))).toMatchObject({
      code: "NotFound",
      data: { entity: "run" },
    });
  });

  it("changes, by whoever saw it last", async () => {
    const { db } = database();
    const [run, other] = [await createTestRun(db), await createTestRun(db)];
    const draft = await createDraft(db, run.id);
    const changed = await updateQuote(db, OPERATOR_CALL, {
      ...seen(draft),
      runId: other.id,
      places: 7,
      lastDay: dayIn(20),
      message: "",
    });
    expect(changed).toMatchObject({
      run: { id: other.id },
      places: 7,
      unitPrice: draft.unitPrice,
      lastDay: dayIn(20),
      message: "",
      version: 2,
    });
    expect(
      await refusalOf(updateQuote(db, OPERATOR_CALL, { ...seen(draft), places: 1 })),
    ).toMatchObject({ code: "Conflict", data: { reason: "changed_meanwhile" } });
    expect(await actionsOn(draft.id)).toEqual(["quote.create", "quote.update"]);
  });

  it("can be thrown away, and what was sent can't", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const draft = await createDraft(db, run.id);
    await discardQuote(db, OPERATOR_CALL, seen(draft));
    expect(await db.$count(quote, eq(quote.id, draft.id))).toBe(0);
    const sent = await createSentQuote(db, run.id);
    expect(await refusalOf(discardQuote(db, OPERATOR_CALL, seen(sent)))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state", detail: "sent" },
    });
  });
});

describe("sending a quote", () => {
  it("writes to its recipient, and the enquiry is quoted", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const draft = await createDraft(db, run.id);
    const idempotencyKey = newKey();
    const input = { id: draft.id, version: 1, idempotencyKey };
    const [one, other] = await Promise.all([
      sendQuote(db, OPERATOR_CALL, input),
      sendQuote(db, OPERATOR_CALL, input),
    ]);
    expect(one).toEqual(other);
    expect(one).toMatchObject({ status: "sent", version: 2, endedAt: null });
    expect(await queuedMails(db, draft.id)).toEqual(["quote"]);
    const enquiry = await findEnquiry(db, OPERATOR_CALL, { id: draft.enquiryId });
    expect(enquiry).toMatchObject({ status: "quoted", version: 2, quotes: [{ id: draft.id }] });
    expect(enquiry.history.map(({ action, quoteId }) => [action, quoteId])).toEqual([
      ["quote.send", draft.id],
      ["enquiry.move", null],
      ["quote.create", draft.id],
    ]);
  });

  it("leaves an enquiry as it is that leads nowhere from there", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const enquiryId = await createEnquiry(db, { status: "won" });
    await createSentQuote(db, run.id, { enquiryId });
    expect(await findEnquiry(db, OPERATOR_CALL, { id: enquiryId })).toMatchObject({
      status: "won",
      version: 1,
    });
  });

  it("is refused for a run that nobody can book, and for a day that is over", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const draft = await createDraft(db, run.id);
    await db.update(courseRun).set({ status: "cancelled" }).where(eq(courseRun.id, run.id));
    expect(await readQuote(db, OPERATOR_CALL, draft.id)).toMatchObject({ obstacle: "cancelled" });
    expect(await refusalOf(sendQuote(db, OPERATOR_CALL, seen(draft)))).toEqual({
      code: "NotBookable",
      data: { runId: run.id, reason: "cancelled" },
    });
    await db.update(courseRun).set({ status: "confirmed" }).where(eq(courseRun.id, run.id));
    await letQuoteEnd(db, draft.id);
    expect(await refusalOf(sendQuote(db, OPERATOR_CALL, seen(draft)))).toMatchObject({
      code: "Invalid",
      data: { issues: [{ path: "lastDay" }] },
    });
  });

  it("can be done for more places than are left, which staff are shown", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    expect(await createSentQuote(db, run.id, { places: 3 })).toMatchObject({
      status: "sent",
      obstacle: "too_few_places",
    });
  });

  it("lets the note be changed afterwards, and nothing else", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    const noted = await updateQuote(db, OPERATOR_CALL, { ...seen(sent), note: "Call on Monday" });
    expect(noted).toMatchObject({ note: "Call on Monday", status: "sent" });
    expect(
      await refusalOf(updateQuote(db, OPERATOR_CALL, { ...seen(noted), places: 4 })),
    ).toMatchObject({ code: "Conflict", data: { reason: "wrong_state", detail: "sent" } });
  });
});

describe("ending a quote before its day", () => {
  it("is told to its recipient, unless staff do that themselves", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const [told, untold] = [await createSentQuote(db, run.id), await createSentQuote(db, run.id)];
    expect(
      await withdrawQuote(db, OPERATOR_CALL, { ...seen(told), reason: "Ill", tell: true }),
    ).toMatchObject({ status: "expired", isWithdrawn: true, withdrawnReason: "Ill" });
    await withdrawQuote(db, OPERATOR_CALL, { ...seen(untold), tell: false });
    expect(await queuedMails(db, told.id)).toEqual(["quote", "quote_withdrawn"]);
    expect(await queuedMails(db, untold.id)).toEqual(["quote"]);
    expect(await customerOf(db, told).see()).toMatchObject({
      status: "expired",
      isWithdrawn: true,
    });
  });

  it("is possible for what is open alone", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const draft = await createDraft(db, run.id);
    const over = await createSentQuote(db, run.id);
    await letQuoteEnd(db, over.id);
    for (const [found, detail] of [[draft, "draft"] as const, [over, "expired"] as const]) {
      expect(
        await refusalOf(withdrawQuote(db, OPERATOR_CALL, { ...seen(found), tell: true })),
      ).toMatchObject({ code: "Conflict", data: { reason: "wrong_state", detail } });
    }
  });
});

describe("copying a quote", () => {
  it("begins a draft that says the same, with a day of its own", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    await letQuoteEnd(db, sent.id);
    const copy = await copyQuote(db, OPERATOR_CALL, { id: sent.id, idempotencyKey: newKey() });
    expect(copy).toMatchObject({
      status: "draft",
      enquiryId: sent.enquiryId,
      places: sent.places,
      unitPrice: sent.unitPrice,
      recipient: sent.recipient,
      message: sent.message,
      lastDay: dayIn(14),
      copiedFrom: { id: sent.id, number: sent.number },
    });
    expect(copy.number).not.toBe(sent.number);
  });
});

describe("a quote whose day is over", () => {
  it("is expired at once, and made so by the job", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const [over, open] = [await createSentQuote(db, run.id), await createSentQuote(db, run.id)];
    await letQuoteEnd(db, over.id);
    const look = await readQuote(db, OPERATOR_CALL, over.id);
    expect(look).toMatchObject({ status: "expired", isWithdrawn: false, obstacle: null });
    expect(look.endedAt).toBe(look.goodUntil);
    expect(await expireQuotes(db, OPERATOR_CALL)).toBeGreaterThan(0);
    expect(await expireQuotes(db, OPERATOR_CALL)).toBe(0);
    const { updatedAt, ...after } = await readQuote(db, OPERATOR_CALL, over.id);
    expect(after).toEqual({ ...look, updatedAt: undefined, version: look.version + 1 });
    expect(updatedAt > look.updatedAt).toBe(true);
    expect(await readQuote(db, OPERATOR_CALL, open.id)).toMatchObject({ status: "sent" });
    expect((await actionsOn(over.id)).at(-1)).toBe("quote.expire");
  });
});

describe("listing quotes", () => {
  it("gives all of them over its pages, the newest first, each once", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    for (let i = 0; i < 5; i += 1) await createDraft(db, run.id);
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listQuotes>> = await listQuotes(db, OPERATOR_CALL, {
        limit: 2,
        cursor,
        runId: run.id,
      });
      expect(page).toMatchObject({ total: 5, isTotalExact: true });
      found.push(...page.items.map(({ createdAt, id }) => `${createdAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toHaveLength(5);
    expect(found).toEqual([...new Set(found)].toSorted().toReversed());
  });

  it("tells what is open from what is over by the clock", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const [over, open] = [await createSentQuote(db, run.id), await createSentQuote(db, run.id)];
    const draft = await createDraft(db, run.id);
    await letQuoteEnd(db, over.id);
    const those = async (statuses: ("draft" | "sent" | "expired")[]) => {
      const { items } = await listQuotes(db, OPERATOR_CALL, { limit: 9, runId: run.id, statuses });
      return items.map(({ id }) => id);
    };
    expect(await those(["sent"])).toEqual([open.id]);
    expect(await those(["expired"])).toEqual([over.id]);
    expect(await those(["expired", "sent"])).toEqual([open.id, over.id]);
    expect(await those(["draft", "expired"])).toEqual([draft.id, over.id]);
    expect(await those([])).toHaveLength(3);
  });

  it("finds one by its number, and by a part of what its recipient is called", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const recipient = { name: "Åse Ødegård", email: "ase@fjell.example", company: "Fjell_Tind AS" };
    const { id, number } = await createDraft(db, run.id, { recipient });
    await createDraft(db, run.id);
    for (const query of [number, number.slice(2), " ødegå ", "FJELL.exa", "l_tind"]) {
      const { items } = await listQuotes(db, OPERATOR_CALL, { limit: 9, runId: run.id, query });
      expect(items.map((item) => item.id)).toEqual([id]);
    }
    const { items } = await listQuotes(db, OPERATOR_CALL, { limit: 9, query: "%" });
    expect(items).toEqual([]);
  });
});

describe("an enquiry that moves on by itself", () => {
  it("says so to staff who have seen it before", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const enquiryId = await createEnquiry(db, {});
    await createSentQuote(db, run.id, { enquiryId });
    const move = { id: enquiryId, version: 1, to: "lost" as const, idempotencyKey: newKey() };
    expect(await refusalOf(moveEnquiry(db, OPERATOR_CALL, move))).toMatchObject({
      code: "Conflict",
      data: { reason: "changed_meanwhile", detail: "quoted" },
    });
  });
});
