import { accessKeys } from "@lectern/auth/access-key";
import type { MailKind } from "@lectern/contract/vocabulary";
import { mailMessage } from "@lectern/database/schema/mail";
import { quote } from "@lectern/database/schema/quotes";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestRun, newKey } from "../../testing/factories.ts";
import { createEnquiry } from "../../testing/personal-rows.ts";
import { createDraft, createSentQuote, customerOf, letQuoteEnd } from "../../testing/quotes.ts";
import { withdrawQuote } from "../quotes/withdraw-quote.ts";
import { composeMail } from "./compose-mail.ts";
import { fillInKeys } from "./keys-in-mails.ts";
import type { MailSettings } from "./mail-settings.ts";

const database = useTestDatabase();

const keys = accessKeys("a-secret-for-tests-and-nothing-else");
const settings: MailSettings = {
  publicUrl: "https://academy.example",
  academy: "Lectern",
  sender: { name: "Lectern", email: "no-reply@academy.example" },
  staff: { name: "Staff", email: "staff@academy.example" },
  staffLanguage: "en",
  host: "academy.example",
};

/** @returns the mails of an event, with the keys that they leave with */
async function compose(kind: MailKind, aboutId: string) {
  const { db } = database();
  await composeMail(db, settings, uuidv7(), { kind, aboutId });
  const rows = await db
    .select()
    .from(mailMessage)
    .where(and(eq(mailMessage.aboutId, aboutId), eq(mailMessage.kind, kind)));
  return rows.map((row) => {
    // What is kept holds no key at all.
    expect(row.html + row.text + row.subject).not.toMatch(/[A-Za-z0-9_-]{43}/u);
    return { ...row, html: fillInKeys(row.html, keys), text: fillInKeys(row.text, keys) };
  });
}

async function only(kind: MailKind, aboutId: string) {
  const [mail, ...others] = await compose(kind, aboutId);
  if (mail === undefined || others.length > 0) throw new Error("There should be one mail");
  return mail;
}

describe("a quote that is sent", () => {
  it("goes to its recipient, with what it says and the link that answers it", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const recipient = { name: "Nils Dahl", email: "nils@example.com", company: "Nordlys AS" };
    const sent = await createSentQuote(db, run.id, {
      recipient,
      places: 12,
      message: "Two lines\n<b>of it</b> \uE000booking|x\uE001",
    });
    const mail = await only("quote", sent.id);
    expect(mail.recipientEmail).toBe("nils@example.com");
    expect(mail.subject).toContain(sent.number);
    const link = `https://academy.example/quote#${sent.id}.${keys.keyFor("quote", sent.id)}`;
    expect(mail.text).toContain(link);
    expect(mail.text).toContain("Two lines\n<b>of it</b>");
    expect(mail.html).toContain("&lt;b&gt;of it&lt;/b&gt;");
    expect(mail.text).toMatch(/NOK\s9,000, without tax/u);
    expect(mail.text).toMatch(/NOK\s108,000, without tax/u);
    // Its last day, and not the next one.
    const lastDay = Temporal.PlainDate.from(sent.lastDay).toLocaleString("en-GB", {
      day: "numeric",
      month: "long",
      year: "numeric",
    });
    expect(mail.text).toContain(`${lastDay}, 23:59`);
    expect(mail.text).not.toContain(sent.note === "" ? "\uE000" : sent.note);
  });

  it("is not written to anybody unless it is open", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    expect(await compose("quote", (await createDraft(db, run.id)).id)).toEqual([]);
    const over = await createSentQuote(db, run.id);
    await letQuoteEnd(db, over.id);
    expect(await compose("quote", over.id)).toEqual([]);
    const accepted = await createSentQuote(db, run.id);
    await customerOf(db, accepted).accept();
    expect(await compose("quote", accepted.id)).toEqual([]);
    await db.delete(quote).where(eq(quote.id, over.id));
    expect(await compose("quote", over.id)).toEqual([]);
  });
});

describe("a quote that is answered", () => {
  it("is told to the customer with what opens the booking, and to staff without", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const enquiryId = await createEnquiry(db, { name: "Kari", email: "kari@example.com" });
    const sent = await createSentQuote(db, run.id, { enquiryId });
    const { reference, accessKey } = await customerOf(db, sent).accept();
    const mail = await only("quote_accepted", sent.id);
    expect(mail.recipientEmail).toBe("kari@example.com");
    expect(mail.text).toContain(`/bookings/${reference}#key=${accessKey}`);
    const told = await only("quote_answered", sent.id);
    expect(told.recipientEmail).toBe("staff@academy.example");
    expect(told.subject).toMatch(/^Accepted: quote Q-\d+/u);
    expect(told.text).toContain(`https://academy.example/office/enquiries/${enquiryId}`);
    expect(told.text).toContain(reference);
    expect(told.text).not.toMatch(/[A-Za-z0-9_-]{43}/u);
  });

  it("says why it was declined, as plain text without links", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    await customerOf(db, sent).decline("Too dear. See https://cheaper.example/now");
    const told = await only("quote_answered", sent.id);
    expect(told.subject).toMatch(/^Declined: /u);
    expect(told.text).toContain("Too dear. See …");
    expect(await compose("quote_accepted", sent.id)).toEqual([]);
  });
});

describe("a quote that is withdrawn", () => {
  it("is told to its recipient, without a link that answers it", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const sent = await createSentQuote(db, run.id);
    expect(await compose("quote_withdrawn", sent.id)).toEqual([]);
    const { id, version } = sent;
    await withdrawQuote(db, OPERATOR_CALL, { id, version, tell: true, idempotencyKey: newKey() });
    const mail = await only("quote_withdrawn", sent.id);
    expect(mail.recipientEmail).toBe(sent.recipient.email);
    expect(mail.text).not.toMatch(/[A-Za-z0-9_-]{43}/u);
  });
});
