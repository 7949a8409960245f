import { fieldCipher } from "@lectern/auth/encryption/field-cipher";
import { fixedKeyring } from "@lectern/auth/encryption/fixed-keyring";
import { auditEntry } from "@lectern/database/schema/operations";
import {
  apiToken,
  passkey,
  password,
  person,
  totpCredential,
} from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { TEST_FIELDS, createTestRun, newKey, testCall } from "../../../testing/factories.ts";
import {
  createEndedEntry,
  createEnquiry,
  createPayment,
  createPersonalBooking,
  createSentMail,
} from "../../../testing/personal-rows.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { createDraft } from "../../../testing/quotes.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { unzip } from "../../../testing/unzip.ts";
import { buildArchive } from "./export/build-archive.ts";
import { dropArchives } from "./export/drop-archives.ts";
import { writeExport } from "./export/write-export.ts";
import { PERSONAL_DATA } from "./personal-data.ts";
import { findSubject } from "./subject.ts";

const database = useTestDatabase();

/** A mark of a key, as mails are kept. */
const MARK = "\uE000booking|0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f\uE001";

const Data = z.looseObject({ format: z.string(), writtenAt: z.string() });

async function newcomer(name = "Kari Nordmann") {
  const { db } = database();
  const found = await signIn(db);
  const email = `${found.id}@example.org`;
  await db.update(person).set({ name }).where(eq(person.id, found.id));
  const browser = new TestBrowser(db, { sessionToken: found.sessionToken });
  const ask = async () => (await browser.api()).privacy.requestExport({ idempotencyKey: newKey() });
  const download = async (id: string) =>
    (await browser.api()).privacy.downloadExport({ id, idempotencyKey: newKey() });
  return { ...found, email, browser, ask, download };
}

function write(requestId: string, isLastAttempt = false, fields = TEST_FIELDS) {
  const { signal } = new AbortController();
  return writeExport(database().db, { ...testCall(), fields }, requestId, {
    isLastAttempt,
    signal,
  });
}

function unpack(content: string) {
  const texts = unzip(content);
  const data = Data.parse(JSON.parse(texts.get("data.json") ?? ""));
  return { texts, data };
}

async function exported(owner: Awaited<ReturnType<typeof newcomer>>) {
  const { id } = await owner.ask();
  await write(id);
  const file = await owner.download(id);
  return { id, file, ...unpack(file.content) };
}

const Rows = z.array(z.looseObject({}));

describe("a copy of everything that is kept about somebody", () => {
  let owner: Awaited<ReturnType<typeof newcomer>>;
  let copy: Awaited<ReturnType<typeof exported>>;
  const own: Record<string, string> = {};

  beforeAll(async () => {
    const { db } = database();
    owner = await newcomer();
    const { id, email } = owner;
    const seal = (column: string, text: string) =>
      TEST_FIELDS.encrypt({ table: "person", column, id }, text);
    await db
      .update(person)
      .set({
        phone: await seal("phone", "+47 900 00 001"),
        address: await seal("address", "Storgata 1"),
        dietaryNeeds: await seal("dietary_needs", "no nuts"),
        accessNeeds: await seal("access_needs", "a ramp"),
      })
      .where(eq(person.id, id));
    await db.insert(password).values({ personId: id, hash: "$argon2id$hidden" });
    await db.insert(totpCredential).values({ personId: id, secret: "e1:1:hidden", lastStep: 1 });
    await db.insert(passkey).values({
      id: uuidv7(),
      personId: id,
      name: "My key",
      credentialId: `hidden-${id}`,
      publicKey: Buffer.from("hidden"),
      counter: 0,
      transports: ["usb"],
      isBackedUp: false,
    });
    await db.insert(apiToken).values({
      id: uuidv7(),
      name: "Nightly",
      lookup: `hidden-${id}`,
      secretHash: Buffer.from("hidden"),
      personId: id,
      permissions: ["courses.read"],
      expiresAt: new Date(),
    });
    const run = await createTestRun(db);
    const company = { bookerName: "Kari", bookerEmail: email, bookerCompany: "Fjordkraft" };
    const booked = await createPersonalBooking(
      db,
      run.id,
      { ...company, bookerId: id, bookerPhone: "+47 900 00 002", note: "By the window" },
      { learnerName: "Ola", learnerEmail: `ola.${id}@example.com` },
    );
    await createPayment(db, booked.id, { reference: `bank-${id}` });
    const asGuest = await createPersonalBooking(db, run.id, { bookerEmail: email.toUpperCase() });
    const asLearner = await createPersonalBooking(
      db,
      (await createTestRun(db)).id,
      { bookerName: "Somebody Else", bookerEmail: `else.${id}@example.com`, note: "Not hers" },
      { learnerName: "Kari", learnerEmail: email, learnerId: id },
    );
    await createPersonalBooking(db, run.id, { bookerName: "A Stranger" });
    await createEndedEntry(db, run.id, { email, personId: id });
    await createEnquiry(db, { email, message: "Do you teach this?", phone: "+47 900 00 003" });
    const stranger = await createEnquiry(db, { message: "A stranger's question" });
    const recipient = { name: "Kari", email: email.toUpperCase(), company: null };
    await createDraft(db, run.id, { enquiryId: stranger, recipient, note: "Calls on Monday" });
    await createDraft(db, run.id, { message: "To a stranger" });
    own["mail"] = await createSentMail(db, {
      recipientEmail: email,
      html: `<a href="#key=${MARK}">open</a>`,
      text: `open: ${MARK}`,
      calendar: "BEGIN:VCALENDAR",
      calendarMethod: "REQUEST",
    });
    await createSentMail(db, { recipientEmail: `else.${id}@example.com`, text: "not hers" });
    await db.insert(auditEntry).values([
      {
        actorKind: "operator",
        actorId: "staff-token",
        action: "person.suspend",
        entity: "person",
        entityId: id,
        address: "203.0.113.99",
        client: "staff-browser",
      },
      {
        actorKind: "person",
        actorId: id,
        action: "booking.hold",
        entity: "booking",
        entityId: booked.id,
        address: "203.0.113.1",
        client: "own-browser",
      },
    ]);
    Object.assign(own, { booked: booked.id, guest: asGuest.id, learner: asLearner.registrationId });
    copy = await exported(owner);
  });

  it("is a ZIP file with a list of each kind, as the documentation says", () => {
    expect(copy.file.fileName).toMatch(/^lectern-\d{4}-\d\d-\d\d\.zip$/u);
    expect(copy.data.format).toBe("lectern.personal-data/1");
    const keys = PERSONAL_DATA.flatMap(({ key }) => (key === null ? [] : [key]));
    expect(Object.keys(copy.data).toSorted()).toEqual([...keys, "format", "writtenAt"].toSorted());
    expect([...copy.texts.keys()]).toContain("README.txt");
  });

  it("has what is encrypted in words", () => {
    expect(copy.data["accounts"]).toMatchObject([
      {
        id: owner.id,
        name: "Kari Nordmann",
        phone: "+47 900 00 001",
        address: "Storgata 1",
        dietaryNeeds: "no nuts",
        accessNeeds: "a ramp",
      },
    ]);
    expect(copy.data["bookings"]).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ bookerPhone: "+47 900 00 002" })]),
    );
    expect(copy.data["enquiries"]).toMatchObject([{ phone: "+47 900 00 003" }]);
  });

  it("has what is theirs, by their account and by their address, and nothing of anybody else", () => {
    const ids = (key: string) => Rows.parse(copy.data[key]).map(({ id }) => id);
    expect(new Set(ids("bookings"))).toEqual(new Set([own["booked"], own["guest"]]));
    expect(ids("registrations")).toContain(own["learner"]);
    expect(ids("mails")).toEqual([own["mail"]]);
    expect(copy.data["quotes"]).toMatchObject([{ places: 3, note: "Calls on Monday" }]);
    expect(copy.data["payments"]).toMatchObject([{ reference: `bank-${owner.id}` }]);
    expect(Rows.parse(copy.data["waitlistEntries"])).toHaveLength(1);
    expect(copy.data["apiTokens"]).toMatchObject([{ name: "Nightly" }]);
    expect(copy.data["passkeys"]).toMatchObject([{ name: "My key" }]);
    expect(Rows.parse(copy.data["signIns"])).toHaveLength(1);
    const all = [...copy.texts.values()].join("\n");
    expect(all).not.toMatch(/stranger|not hers|else\./iu);
  });

  it("has what they did, and what was done to them without where staff sat", () => {
    const activity = Rows.parse(copy.data["activity"]);
    expect(activity).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ action: "person.suspend", address: null, client: null }),
        expect.objectContaining({
          action: "booking.hold",
          address: "203.0.113.1",
          client: "own-browser",
        }),
      ]),
    );
    expect(JSON.stringify(copy.data)).not.toMatch(/203\.0\.113\.99|staff-token/u);
  });

  it("has each mail as files, with nothing that opens anything", () => {
    const [mail] = Rows.parse(copy.data["mails"]);
    const file = z.string().parse(mail?.["file"]);
    expect(copy.texts.get(`${file}.html`)).toBe('<a href="#key=…">open</a>');
    expect(copy.texts.get(`${file}.txt`)).toBe("open: …");
    expect(copy.texts.get(`${file}.ics`)).toBe("BEGIN:VCALENDAR");
    const all = [...copy.texts.values()].join("\n");
    expect(all).not.toMatch(/hidden|\uE000|argon2/u);
  });

  it("is kept encrypted, and its owner is told", async () => {
    const { db } = database();
    const [row] = await db.select().from(privacyRequest).where(eq(privacyRequest.id, copy.id));
    const stored = Buffer.from(row?.archive ?? []);
    expect(stored.length).toBeGreaterThan(1000);
    expect(stored.includes("PK\u0003\u0004")).toBe(false);
    expect(row?.report).toMatchObject({ accounts: 1, bookings: 2, mails: 1, mailsLeftOut: 0 });
    expect(await queuedMails(db, copy.id)).toEqual(["export_ready"]);
  });

  it("was asked for, made and fetched: the audit log says so, and nothing of what is in it", async () => {
    const entries = await database()
      .db.select()
      .from(auditEntry)
      .where(eq(auditEntry.entityId, copy.id))
      .orderBy(auditEntry.id);
    expect(entries.map(({ action }) => action)).toEqual([
      "privacy_request.ask_export",
      "privacy_request.export",
      "privacy_request.fetch",
    ]);
    expect(JSON.stringify(entries)).not.toContain("Kari");
  });
});

describe("fetching it", () => {
  it("is for its owner alone", async () => {
    const [owner, other] = [await newcomer(), await newcomer()];
    const { id } = await exported(owner);
    expect(await refusalOfCall(other.download(id))).toMatchObject({ code: "NotFound" });
    const visitor = await new TestBrowser(database().db).api();
    const asked = visitor.privacy.downloadExport({ id, idempotencyKey: newKey() });
    expect(await refusalOfCall(asked)).toMatchObject({ code: "Unauthenticated" });
    await owner.becomeUnconfirmed();
    expect(await refusalOfCall(owner.download(id))).toMatchObject({
      code: "ConfirmationRequired",
    });
    expect(await refusalOfCall(owner.ask())).toMatchObject({ code: "ConfirmationRequired" });
  });

  it("is possible for a day, and then the copy is deleted", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { id } = await exported(owner);
    const listed = async () => (await (await owner.browser.api()).privacy.requests()).items;
    const [ready] = await listed();
    expect(ready).toMatchObject({ id, state: "done" });
    expect(ready?.archive?.bytes).toBeGreaterThan(1000);
    await dropArchives(db);
    await owner.download(id);
    await db
      .update(privacyRequest)
      .set({ archiveUntil: sql`clock_timestamp() - interval '1 second'` })
      .where(eq(privacyRequest.id, id));
    expect(await refusalOfCall(owner.download(id))).toMatchObject({ code: "NotFound" });
    await dropArchives(db);
    const [row] = await db.select().from(privacyRequest).where(eq(privacyRequest.id, id));
    expect(row).toMatchObject({ archive: null, state: "done" });
    expect(await listed()).toMatchObject([{ id, archive: null }]);
  });
});

describe("asking for it", () => {
  it("is possible once at a time, also for many who ask at the same moment", async () => {
    const { db } = database();
    const owner = await newcomer();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => owner.ask()));
    const made = answers.filter(({ status }) => status === "fulfilled");
    expect(made).toHaveLength(1);
    expect(await refusalOfCall(owner.ask())).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists", entity: "privacy_request" },
    });
    const { rows } = await db.execute(sql`
      SELECT FROM pgboss.job j JOIN privacy_request q ON q.id::text = j.data ->> 'requestId'
      WHERE j.name = 'privacy.export' AND q.person_id = ${owner.id}`);
    expect(rows).toHaveLength(1);
  });

  it("gets the first answer again for the same key", async () => {
    const owner = await newcomer();
    const api = await owner.browser.api();
    const input = { idempotencyKey: newKey() };
    const first = await api.privacy.requestExport(input);
    expect(await api.privacy.requestExport(input)).toEqual(first);
  });

  it("is slowed down", async () => {
    const owner = await newcomer();
    for (let time = 0; time < 5; time += 1) await exported(owner);
    expect(await refusalOfCall(owner.ask())).toMatchObject({ code: "RateLimited" });
  });

  it("fails for good when the last attempt does, and can be done again", async () => {
    const { db } = database();
    const owner = await newcomer();
    const sealed = await TEST_FIELDS.encrypt(
      { table: "person", column: "phone", id: owner.id },
      "+47",
    );
    await db.update(person).set({ phone: sealed }).where(eq(person.id, owner.id));
    const { id } = await owner.ask();
    const others = fieldCipher(fixedKeyring());
    const stateOf = async () => {
      const [row] = await db.select().from(privacyRequest).where(eq(privacyRequest.id, id));
      return row?.state;
    };
    await expect(write(id, false, others)).rejects.toBeInstanceOf(Error);
    expect(await stateOf()).toBe("waiting");
    await expect(write(id, true, others)).rejects.toBeInstanceOf(Error);
    expect(await stateOf()).toBe("failed");
    expect((await exported(owner)).data["accounts"]).toMatchObject([{ phone: "+47" }]);
  });

  it("makes one copy, however often the job runs", async () => {
    const { db } = database();
    const owner = await newcomer();
    const { id } = await owner.ask();
    await Promise.all([write(id), write(id), write(id)]);
    await write(id);
    expect(await queuedMails(db, id)).toEqual(["export_ready"]);
    expect(
      await db.$count(
        auditEntry,
        and(eq(auditEntry.entityId, id), eq(auditEntry.action, "privacy_request.export")),
      ),
    ).toBe(1);
  });
});

describe("a copy that would be too large", () => {
  it("leaves out the files of the oldest mails, and says so", async () => {
    const { db } = database();
    const owner = await newcomer();
    const random = () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(15_000))).toString("hex");
    const mails: string[] = [];
    for (let day = 1; day <= 10; day += 1) {
      const createdAt = new Date(Date.UTC(2026, 0, day));
      mails.push(
        await createSentMail(db, { recipientEmail: owner.email, createdAt, html: random() }),
      );
    }
    const maxBytes = 64 * 1024 + 100_000;
    const archive = await transaction(db, {}, async (tx) => {
      const subject = await findSubject(tx, owner.id);
      if (subject === undefined) throw new Error("Nobody is there");
      return buildArchive(tx, TEST_FIELDS, subject, { now: new Date(), maxBytes });
    });
    expect(archive.content.length).toBeLessThanOrEqual(maxBytes);
    const { texts, data } = unpack(Buffer.from(archive.content).toString("base64"));
    expect(Rows.parse(data["mails"])).toHaveLength(10);
    const htmls = [...texts.keys()].filter((name) => name.endsWith(".html"));
    const { mailsLeftOut = 0 } = archive.report;
    expect(mailsLeftOut).toBeGreaterThan(0);
    expect(htmls).toHaveLength(10 - mailsLeftOut);
    expect(htmls.toSorted().map((name) => name.slice(-41, -5))).toEqual(mails.slice(mailsLeftOut));
    expect(texts.get("README.txt")).toContain(`your ${mailsLeftOut} oldest mails`);
  });
});
