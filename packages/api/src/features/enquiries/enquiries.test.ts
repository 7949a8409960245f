import type { EnquirySendInput } from "@lectern/contract/enquiries";
import { ENQUIRY_STATUSES } from "@lectern/contract/vocabulary";
import { enquiry } from "@lectern/database/schema/enquiries";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  OPERATOR_CALL,
  createTestCourse,
  createTestRun,
  newKey,
  testCall,
} from "../../testing/factories.ts";
import { createDraft, createSentQuote } from "../../testing/quotes.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { signIn } from "../../testing/signed-in.ts";
import { TestBrowser } from "../../testing/test-browser.ts";
import { countEnquiries } from "./count-enquiries.ts";
import { findEnquiry } from "./find-enquiry.ts";
import { listEnquiries } from "./list-enquiries.ts";
import { moveEnquiry } from "./move-enquiry.ts";
import { noteEnquiry } from "./note-enquiry.ts";
import { sendEnquiry } from "./send-enquiry.ts";

const database = useTestDatabase();

function send(overrides: Partial<z.infer<typeof EnquirySendInput>> = {}) {
  return sendEnquiry(database().db, testCall(), {
    kind: "contact",
    name: "Deniz Kaya",
    email: "deniz@example.com",
    message: "Do you teach on site?",
    language: "en",
    consent: true,
    idempotencyKey: newKey(),
    ...overrides,
  });
}

async function find(id: string) {
  const { items } = await listEnquiries(database().db, OPERATOR_CALL, { limit: 100 });
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new Error("The enquiry is not in the list");
  return found;
}

function move(id: string, version: number, to: (typeof ENQUIRY_STATUSES)[number]) {
  return moveEnquiry(database().db, OPERATOR_CALL, { id, version, to, idempotencyKey: newKey() });
}

describe("sending an enquiry", () => {
  it("keeps what was asked, with the course that it is about", async () => {
    const { slug, title } = await createTestCourse(database().db);
    const { id } = await send({ kind: "private_course", course: slug, participants: 12 });
    expect(await find(id)).toMatchObject({
      kind: "private_course",
      status: "new",
      course: { slug, title },
      participants: 12,
      message: "Do you teach on site?",
    });
  });

  it("happens once for a key", async () => {
    const idempotencyKey = newKey();
    const answers = await Promise.all([send({ idempotencyKey }), send({ idempotencyKey })]);
    expect(answers[0]).toEqual(answers[1]);
    await expect(send({ idempotencyKey, message: "Another" })).rejects.toMatchObject({
      code: "IdempotencyMismatch",
    });
  });

  it("keeps what filled in the hidden field as spam, and does not tell", async () => {
    const { id, receivedAt } = await send({ website: "https://spam.example" });
    expect(Date.parse(receivedAt)).not.toBeNaN();
    expect((await find(id)).status).toBe("spam");
  });

  it("refuses a course that is not in the catalogue", async () => {
    const { slug } = await createTestCourse(database().db, { status: "draft" });
    await expect(send({ course: slug })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("the telephone number of an enquiry", () => {
  it("is kept encrypted, and read by staff", async () => {
    const { id } = await send({ phone: "+47 22 00 00 01" });
    expect((await find(id)).phone).toBe("+47 22 00 00 01");
    expect((await move(id, 1, "in_progress")).phone).toBe("+47 22 00 00 01");
    const [row] = await database().db.select().from(enquiry).where(eq(enquiry.id, id));
    expect(row?.phone).toMatch(/^e1:1:/u);
  });

  it("is none where none was told, and read as earlier releases kept it", async () => {
    const { id } = await send();
    expect((await find(id)).phone).toBe(null);
    await database().db.update(enquiry).set({ phone: "+47 1" }).where(eq(enquiry.id, id));
    expect((await find(id)).phone).toBe("+47 1");
  });
});

describe("listing enquiries", () => {
  it("gives all of them over its pages, newest first, each once", async () => {
    for (let i = 0; i < 5; i += 1) await send({ kind: "company" });
    const seen: string[] = [];
    let cursor: string | null = null;
    let total = 0;
    do {
      const page: Awaited<ReturnType<typeof listEnquiries>> = await listEnquiries(
        database().db,
        OPERATOR_CALL,
        { limit: 2, cursor, kinds: ["company"] },
      );
      seen.push(...page.items.map(({ createdAt, id }) => `${createdAt} ${id}`));
      cursor = page.nextCursor;
      total = page.total;
    } while (cursor !== null);
    expect(seen).toHaveLength(total);
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
  });

  it("narrows by state", async () => {
    const { id } = await send();
    await move(id, 1, "in_progress");
    const { items } = await listEnquiries(database().db, OPERATOR_CALL, {
      limit: 100,
      statuses: ["in_progress"],
    });
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(["in_progress"]));
    expect(items.map((item) => item.id)).toContain(id);
  });

  it("finds a part of what whoever asks is called, and what a course is asked for", async () => {
    const { slug } = await createTestCourse(database().db);
    const { id } = await send({
      name: "Åse Ødegård",
      email: "ase@fjell.example",
      company: "Fjell_Tind AS",
      course: slug,
    });
    const other = await send({ name: "Åse", course: slug });
    const those = async (filters: { query?: string; course?: string }) => {
      const list = await listEnquiries(database().db, OPERATOR_CALL, { limit: 100, ...filters });
      expect(list).toMatchObject({ total: list.items.length, isTotalExact: true });
      return list.items.map((item) => item.id);
    };
    for (const query of [" ødegÅ ", "FJELL.exa", "l_tind"])
      expect(await those({ query })).toEqual([id]);
    expect(await those({ query: "%tind" })).toEqual([]);
    expect(await those({ course: slug })).toEqual([other.id, id]);
    expect(await those({ course: slug, query: "fjell" })).toEqual([id]);
    expect(await those({ course: "no-such-course" })).toEqual([]);
  });

  it("shows the last quote of each", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const { id } = await send();
    expect((await find(id)).quote).toBe(null);
    await createDraft(db, run.id, { enquiryId: id });
    const last = await createSentQuote(db, run.id, { enquiryId: id });
    const { number, total, goodUntil } = last;
    expect((await find(id)).quote).toEqual({
      id: last.id,
      number,
      status: "sent",
      isWithdrawn: false,
      total,
      goodUntil,
    });
  });

  it("counts how many are in each state, of those that are asked for", async () => {
    const { slug } = await createTestCourse(database().db);
    const asked = [await send({ course: slug }), await send({ course: slug, kind: "company" })];
    await move(asked[0]?.id ?? "", 1, "in_progress");
    const counted = async (filters: Parameters<typeof countEnquiries>[1]) => {
      const { counts } = await countEnquiries(database().db, filters);
      expect(counts.map(({ status }) => status)).toEqual([...ENQUIRY_STATUSES]);
      return counts.filter(({ count }) => count > 0);
    };
    expect(await counted({ course: slug })).toEqual([
      { status: "new", count: 1, isExact: true },
      { status: "in_progress", count: 1, isExact: true },
    ]);
    expect(await counted({ course: slug, kinds: ["company"] })).toEqual([
      { status: "new", count: 1, isExact: true },
    ]);
    expect(await counted({ course: slug, query: "DENIZ@" })).toEqual([
      { status: "new", count: 1, isExact: true },
      { status: "in_progress", count: 1, isExact: true },
    ]);
    expect(await counted({ course: slug, query: "nobody" })).toEqual([]);
  });

  it("refuses a cursor that it did not make", async () => {
    await expect(
      listEnquiries(database().db, OPERATOR_CALL, { limit: 2, cursor: "bm9uc2Vuc2U" }),
    ).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("moving an enquiry on", () => {
  it("goes from new to won, a version at a time", async () => {
    const { id } = await send();
    await move(id, 1, "in_progress");
    await move(id, 2, "quoted");
    expect(await move(id, 3, "won")).toMatchObject({ status: "won", version: 4 });
    for (const status of ENQUIRY_STATUSES) {
      await expect(move(id, 4, status)).rejects.toMatchObject({
        body: { code: "Conflict", data: { reason: "wrong_state", detail: "won" } },
      });
    }
  });

  it("is done by one of two who read the same version", async () => {
    const { id } = await send();
    const outcomes = await Promise.allSettled([move(id, 1, "in_progress"), move(id, 1, "lost")]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("does not find one that is not there", async () => {
    await expect(move(newKey(), 1, "lost")).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("an enquiry as staff work with it", () => {
  it("has its note, its quotes, and who did what", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const { id } = await send({ phone: "+47 22 00 00 02" });
    const { id: personId, sessionToken } = await signIn(db, { role: "sales" });
    const api = await new TestBrowser(db, { sessionToken }).api();
    const to = { to: "in_progress" as const, note: "Call on Monday" };
    await api.enquiries.move({ id, version: 1, ...to, idempotencyKey: newKey() });
    const draft = await createDraft(db, run.id, { enquiryId: id });
    const found = await api.enquiries.byId({ id });
    expect(found).toMatchObject({
      id,
      status: "in_progress",
      phone: "+47 22 00 00 02",
      note: "Call on Monday",
      quotes: [{ id: draft.id, number: draft.number, run: { id: run.id } }],
    });
    const [person] = await db
      .execute(sql`SELECT name FROM person WHERE id = ${personId}`)
      .then(({ rows }) => rows);
    expect(
      found.history.map(({ action, actor, after, quoteId }) => ({ action, actor, after, quoteId })),
    ).toMatchObject([
      { action: "quote.create", actor: { kind: "operator", name: null }, quoteId: draft.id },
      {
        action: "enquiry.move",
        actor: { kind: "person", name: person?.["name"] },
        after: { status: "in_progress", hasNote: true },
        quoteId: null,
      },
      { action: "enquiry.send", actor: { kind: "public", name: null } },
    ]);
  });

  it("is not there where there is none", async () => {
    const missing = findEnquiry(database().db, OPERATOR_CALL, { id: newKey() });
    expect(await refusalOf(missing)).toMatchObject({ data: { entity: "enquiry" } });
  });

  it("gets a note, by whoever saw it last, and loses it", async () => {
    const { db } = database();
    const { id } = await send();
    const note = (version: number, words: string) =>
      noteEnquiry(db, OPERATOR_CALL, { id, version, note: words, idempotencyKey: newKey() });
    expect(await note(1, "Two lines\nof it")).toMatchObject({ version: 2, status: "new" });
    expect(await findEnquiry(db, OPERATOR_CALL, { id })).toMatchObject({
      note: "Two lines\nof it",
    });
    expect(await refusalOf(note(1, "Late"))).toMatchObject({
      code: "Conflict",
      data: { reason: "changed_meanwhile" },
    });
    await note(2, " ");
    const { history, note: left } = await findEnquiry(db, OPERATOR_CALL, { id });
    expect(left).toBe(null);
    // What it said stands nowhere in the log.
    expect(JSON.stringify(history)).not.toContain("lines");
  });
});
