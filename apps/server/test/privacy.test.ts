import { createTestRun } from "@lectern/api/testing/factories";
import { unzip } from "@lectern/api/testing/unzip";
import { createFullRun } from "@lectern/api/testing/waiting";
import { instructor } from "@lectern/database/schema/scheduling";
import { organisation } from "@lectern/database/schema/organisations";
import {
  apiToken,
  deviceGrant,
  externalIdentity,
  identityProvider,
  oneTimeToken,
  passkey,
  person,
} from "@lectern/database/schema/people";
import { verifyAudit } from "@lectern/database/audit/verify";
import { sealAudit } from "@lectern/database/audit/seal";
import { waitFor } from "@lectern/database/testing/wait-for";
import { startWorker } from "@lectern/jobs/worker";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openMail } from "../src/mail/open-mail.ts";
import { jobHandlers } from "../src/worker/handlers.ts";
import { PASSWORD, key, newestLink } from "./support/people.ts";
import { openBrowser } from "./support/test-browser.ts";
import { useTestServer } from "./support/test-server.ts";

/**
 * One person goes through the academy with words that nobody else uses, and is erased. Afterwards every
 * column of every table, the queue of jobs, and all that was logged are searched for them.
 */

const server = useTestServer({ trustedProxies: ["127.0.0.1"] });

/** What is looked for: each where it was told, so that what is left says where it comes from. */
const OWN = {
  name: "Zqxname Canary",
  newName: "Zqxnewname Canary",
  email: "Zqxmail@canary.example",
  oldEmail: "zqxoldmail@canary.example",
  phone: "zqxphone",
  address: "zqxaddress 1",
  dietaryNeeds: "zqxdiet",
  accessNeeds: "zqxaccess",
  bookerPhone: "zqxbookerphone",
  company: "Zqxcompany AS",
  order: "ZQXORDER-1",
  note: "zqxnote by the window",
  reason: "zqxreason I am ill",
  message: "zqxmessage do you teach this?",
  staffNote: "zqxstaffnote called her",
  browser: "Zqxbrowser/1.0",
  network: "198.18.77.77",
} as const;

/** Those words and no others: the letters alone stand in ciphertext, too, now and then. */
const WORD =
  /zqx(?:name|newname|mail|oldmail|phone|address|diet|access|bookerphone|company|order|note|reason|message|staffnote|browser|payment|suspended|passkey|token|program|subject|slug|bio|twice)|198\.18\.77\.77/giu;

const workerLines: string[] = [];

async function startTestWorker() {
  const { db, accessKeys, fields, live, url } = server();
  const mail = openMail(
    {
      smtpUrl: undefined,
      sender: undefined,
      mayBePlain: false,
      staff: undefined,
      staffLanguage: "en",
    },
    url,
  );
  const logger = pino({ level: "debug" }, { write: (line: string) => workerLines.push(line) });
  const parts = { db, accessKeys, fields, publicUrl: url, mail, logger, changed: live.changed };
  const worker = await startWorker({
    db,
    handlers: jobHandlers(parts),
    logger,
    pollingIntervalSeconds: 0.05,
  });
  return { [Symbol.asyncDispose]: () => worker.stop({ timeoutMs: 5000 }) };
}

/** Until nothing is to be done any more. */
async function untilIdle(): Promise<void> {
  await waitFor(async () => {
    const { rows } = await server().db.execute(sql`
      SELECT FROM pgboss.job_common
      WHERE name <> 'dead' AND state IN ('created', 'retry', 'active') AND start_after <= now() + interval '1 minute'
      UNION ALL SELECT FROM outbox WHERE due_at <= now()`);
    return rows.length === 0;
  }, 30_000);
}

const Column = z.object({
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  type: z.string(),
});

/** Every word of theirs in the database, as `table.column: word`. */
async function searchEverything(): Promise<string[]> {
  const { db } = server();
  const { rows } = await db.execute(sql`
    SELECT c.table_schema AS schema, c.table_name AS table, c.column_name AS column, c.udt_name AS type
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1, 2, 3`);
  const columns = rows.map((row) => Column.parse(row));
  expect(columns.length).toBeGreaterThan(400);
  const found = new Set<string>();
  for (const { schema, table, column, type } of columns) {
    const name = sql.identifier(column);
    const text = type === "bytea" ? sql`encode(${name}, 'escape')` : sql`${name}::text`;
    const { rows: words } = await db.execute(sql`
      SELECT DISTINCT lower((regexp_matches(${text}, ${WORD.source}, 'gi'))[1]) AS word
      FROM ${sql.identifier(schema)}.${sql.identifier(table)}`);
    for (const { word } of words) found.add(`${table}.${column}: ${String(word)}`);
  }
  return [...found].toSorted();
}

/** @returns a run, and how to let it be over */
async function newRun() {
  const { db } = server();
  const run = await createTestRun(db, { capacity: 20 });
  return {
    id: run.id,
    async letPass() {
      await db.execute(sql`
        UPDATE course_run SET starts_at = now() - interval '3 days', ends_at = now() - interval '1 day', status = 'completed'
        WHERE id = ${run.id}`);
    },
  };
}

type Booker = { name: string; email: string; company?: string; phone?: string };

const own = (): Booker => ({ name: OWN.newName, email: OWN.email, phone: OWN.bookerPhone });

/** Everything that somebody can do, by the procedures that there are. @returns their browser, and who they are */
async function liveThrough() {
  const { db, client, staff, accessKeys, url } = server();
  const browser = openBrowser({ url, userAgent: OWN.browser, address: OWN.network });
  const mine = browser.client;
  const guest = openBrowser({ url, userAgent: OWN.browser, address: OWN.network }).client;
  const runs = await Promise.all(Array.from({ length: 9 }, newRun));
  const [before, paid, unpaid, companys, cancelled, others, replaced, approvals, learners] =
    runs.map(({ id }) => id);

  async function hold(by: typeof client, runId = "", places = 1) {
    return by.bookings.hold.mutate({ runId, places, bookerEmail: OWN.email, ...key() });
  }
  async function confirm(by: typeof client, runId: string | undefined, booker: Booker, more = {}) {
    const { reference, accessKey } = await hold(by, runId);
    const order = { reference, accessKey, booker, note: OWN.note, timeZone: "Europe/Oslo" };
    await by.bookings.confirm.mutate({ ...order, acceptsTerms: true, ...more, ...key() });
    return { reference, accessKey };
  }

  // Before there is an account.
  await confirm(guest, before, { ...own(), company: OWN.company, name: OWN.name });
  await guest.enquiries.send.mutate({
    kind: "contact",
    name: OWN.name,
    email: OWN.email,
    phone: OWN.phone,
    company: OWN.company,
    message: OWN.message,
    consent: true,
    ...key(),
  });

  // An account, with another address at first.
  const account = { name: OWN.name, email: OWN.oldEmail, password: PASSWORD };
  await mine.account.signUp.mutate({
    ...account,
    acceptsTerms: true,
    acceptsNewsletter: true,
    ...key(),
  });
  await mine.account.resendVerification.mutate({ email: OWN.oldEmail, ...key() });
  await mine.account.finishSignUp.mutate({
    proof: await newestLink(server(), "verify_email", OWN.oldEmail),
    password: PASSWORD,
    ...key(),
  });
  const { me } = await mine.account.me.query();
  if (me === null) throw new Error("Nobody is signed in");
  await mine.account.update.mutate({
    name: OWN.newName,
    phone: OWN.phone,
    address: OWN.address,
    dietaryNeeds: OWN.dietaryNeeds,
    accessNeeds: OWN.accessNeeds,
    timeZone: "Europe/Oslo",
    version: 1,
    ...key(),
  });
  await mine.account.changeEmail.mutate({ email: OWN.email, ...key() });
  await mine.account.confirmEmailChange.mutate({
    proof: await newestLink(server(), "change_email", OWN.email),
    ...key(),
  });
  await guest.account.forgotPassword.mutate({ email: OWN.email, ...key() });
  await guest.account.signIn
    .mutate({ email: OWN.email, password: "wrong", ...key() })
    .catch(() => {});
  await guest.account.signUp.mutate({ ...account, email: OWN.email, acceptsTerms: true, ...key() });

  // Bookings of their own.
  const sold = await confirm(mine, paid, own());
  const pay = (reference: string) =>
    staff.bookings.recordPayment.mutate({
      reference,
      paymentReference: `zqxpayment ${reference}`,
      amount: { amount: 12_500_00, currency: "NOK" },
      ...key(),
    });
  await pay(sold.reference);
  await confirm(mine, unpaid, own(), { learners: [own()] });
  const company = { ...own(), company: OWN.company };
  const ordered = await confirm(mine, companys, company, { purchaseOrder: OWN.order });
  await pay(ordered.reference);
  const given = await confirm(mine, cancelled, own(), { learners: [own()] });
  await mine.bookings.cancel.mutate({ ...given, reason: OWN.reason, ...key() });
  const started = await hold(mine, cancelled);
  await mine.bookings.startPayment.mutate({
    reference: started.reference,
    accessKey: started.accessKey,
    booker: own(),
    note: OWN.note,
    acceptsTerms: true,
    ...key(),
  });
  await mine.bookings.cancel.mutate({
    reference: started.reference,
    accessKey: started.accessKey,
    ...key(),
  });

  // In bookings of others: as a learner, one who was replaced, one who took a link, and as an approver.
  const other = { name: "Else Hansen", email: "else@example.com" };
  async function bookedByOther(runId = "", learnerNames: Booker[] = [], places = 1) {
    const { reference, accessKey } = await client.bookings.hold.mutate({ runId, places, ...key() });
    const proof = { reference, accessKey };
    const confirmed = await client.bookings.confirm.mutate({
      ...proof,
      booker: other,
      learners: learnerNames.map(({ name, email }) => ({ name, email })),
      acceptsTerms: true,
      ...key(),
    });
    const registrationIds = confirmed.registrations.map(({ id }) => id);
    return { proof, registrationIds };
  }
  const withLink = await bookedByOther(others, [{ name: "Ola", email: "ola@example.com" }], 2);
  const link = await client.registrations.claimLink.mutate({
    ...withLink.proof,
    registrationId: withLink.registrationIds[1] ?? "",
    sendTo: OWN.email,
    ...key(),
  });
  await guest.registrations.claim.mutate({
    ...link,
    learner: { name: OWN.newName, email: OWN.email },
    acceptsTerms: true,
    ...key(),
  });
  const withReplaced = await bookedByOther(replaced, [own()]);
  // Told first, and then replaced.
  await untilIdle();
  await client.registrations.substitute.mutate({
    ...withReplaced.proof,
    registrationId: withReplaced.registrationIds[0] ?? "",
    learner: { name: "Per", email: "per@example.com" },
    ...key(),
  });
  await bookedByOther(learners, [own()]);
  const toApprove = await client.bookings.hold.mutate({
    runId: approvals ?? "",
    places: 1,
    ...key(),
  });
  await client.bookings.confirm.mutate({
    reference: toApprove.reference,
    accessKey: toApprove.accessKey,
    booker: other,
    approver: { name: OWN.newName, email: OWN.email },
    acceptsTerms: true,
    ...key(),
  });
  await guest.bookings.approve.mutate({
    reference: toApprove.reference,
    approvalKey: accessKeys.keyFor("approval", await idOf(toApprove.reference)),
    ...key(),
  });
  // In queues.
  const full = await createFullRun(db, [1]);
  const waits = { runId: full.id, quantity: 1, company: OWN.company };
  await mine.waitlist.join.mutate({ ...waits, ...own(), ...key() });
  await full.free();

  // What staff do.
  const enquiries = await staff.enquiries.list.query({ limit: 100 });
  const asked = enquiries.items.find(({ email }) => email === OWN.email);
  await staff.enquiries.move.mutate({
    id: asked?.id ?? "",
    version: 1,
    to: "in_progress",
    note: OWN.staffNote,
    ...key(),
  });
  await staff.people.suspend.mutate({ id: me.id, reason: "zqxsuspended", ...key() });
  await staff.people.restore.mutate({ id: me.id, ...key() });

  await db.execute(sql`
    INSERT INTO pgboss.job_common (name, data, state, output)
    VALUES ('mail.compose', ${JSON.stringify({ kind: "claim_link", to: { name: OWN.name, email: OWN.email } })}::jsonb, 'failed', '{}'),
      ('mail.compose', '{}', 'failed', ${JSON.stringify({ message: `550 <${OWN.email}> is unknown` })}::jsonb)`);

  const signedIn = openBrowser({ url, userAgent: OWN.browser, address: OWN.network });
  await signedIn.client.account.signIn.mutate({ email: OWN.email, password: PASSWORD, ...key() });
  // From here on they would be asked for their passkey.
  await plantRest(me.id);
  return {
    id: me.id,
    browser: signedIn,
    letPass: async () => {
      for (const run of runs.slice(0, 8)) await run.letPass();
    },
  };
}

async function idOf(reference: string): Promise<string> {
  const { rows } = await server().db.execute(
    sql`SELECT id FROM booking WHERE reference = ${reference}`,
  );
  return String(rows[0]?.["id"]);
}

/** What takes an authenticator, a provider or a second role to come by. */
async function plantRest(personId: string): Promise<void> {
  const { db } = server();
  const id = uuidv7();
  const secretHash = crypto.getRandomValues(new Uint8Array(32));
  const expiresAt = new Date(Date.now() + 86_400_000);
  await db.insert(passkey).values({
    id,
    personId,
    name: "zqxpasskey",
    credentialId: id,
    publicKey: secretHash,
    counter: 0,
    transports: [],
    isBackedUp: false,
  });
  await db.insert(apiToken).values({
    id,
    name: "zqxtoken",
    lookup: id,
    secretHash,
    personId,
    permissions: [],
    expiresAt,
    lastUsedAddress: OWN.network,
  });
  await db.insert(deviceGrant).values({
    id,
    deviceCodeHash: secretHash,
    userCode: id,
    client: "zqxprogram",
    address: OWN.network,
    permissions: [],
    state: "approved",
    personId,
    expiresAt,
  });
  await db.insert(identityProvider).values({
    id,
    slug: id,
    name: "Provider",
    issuer: "https://id.example.com",
    clientId: "lectern",
    clientSecret: "e1:1:none",
  });
  await db.insert(externalIdentity).values({ id, providerId: id, subject: "zqxsubject", personId });
  await db
    .insert(instructor)
    .values({ id, slug: `zqxslug-${id}`, name: OWN.name, bio: "zqxbio", personId });
  await db
    .insert(organisation)
    .values({ id, name: "Fjordkraft", country: "NO", billingEmail: OWN.email });
  await db.insert(oneTimeToken).values({
    id,
    kind: "invitation",
    email: OWN.email,
    data: { name: OWN.name, role: "learner", organisationId: id, inviterId: null, language: null },
    expiresAt,
  });
}

describe("somebody who is erased", () => {
  let theirs: Awaited<ReturnType<typeof liveThrough>>;
  let beforehand: string[];
  let afterwards: string[];
  let archive: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const { db, staff } = server();
    await using _worker = await startTestWorker();
    theirs = await liveThrough();
    const mine = theirs.browser.client;
    const asked = await mine.privacy.requestExport.mutate(key());
    await untilIdle();
    const file = await mine.privacy.downloadExport.mutate({ id: asked.id, ...key() });
    archive = unzip(file.content);
    beforehand = await searchEverything();
    await theirs.letPass();
    await staff.privacy.erase.mutate({ personId: theirs.id, reason: "asked_by_person", ...key() });
    await untilIdle();
    await db.execute(
      sql`UPDATE pgboss.job_common SET start_after = now() WHERE name = 'privacy.forget_traces'`,
    );
    await untilIdle();
    afterwards = await searchEverything();
  }, 120_000);

  it("had left words all over the database", () => {
    const tables = new Set(beforehand.map((one) => one.split(".")[0]));
    expect([...tables]).toEqual(
      expect.arrayContaining([
        "api_token",
        "audit_entry",
        "auth_session",
        "booking",
        "consent",
        "device_grant",
        "enquiry",
        "external_identity",
        "instructor",
        "job_common",
        "mail_message",
        "one_time_token",
        "organisation",
        "passkey",
        "payment",
        "person",
        "registration",
        "waitlist_entry",
      ]),
    );
    expect(beforehand.length).toBeGreaterThan(60);
  });

  it("could see them all in a copy beforehand, with what is encrypted", () => {
    const all = [...archive.values()].join("\n").toLowerCase();
    for (const word of Object.values(OWN)) expect(all).toContain(word.toLowerCase());
  });

  it("leaves nothing but what the law wants kept", () => {
    expect(afterwards).toEqual([
      // Where requests came from, sealed.
      "audit_entry.address: 198.18.77.77",
      // What was sold: to a company, to a private person, and to one who still owes it.
      "booking.booker_company: zqxcompany",
      "booking.booker_email: zqxmail",
      "booking.booker_name: zqxname",
      "booking.booker_name: zqxnewname",
      "booking.purchase_order: zqxorder",
      "payment.reference: zqxpayment",
    ]);
  });

  it("is in no log, of the server or of the worker", () => {
    const lines = [server().log(), workerLines.join("")];
    for (const log of lines) {
      expect(log.length).toBeGreaterThan(1000);
      expect(log.match(WORD)).toBe(null);
    }
  });

  it("is in no log either when a statement with its words fails", async () => {
    const { app, db, log } = server();
    const row = { name: OWN.name, email: "zqxtwice@canary.example" };
    await db.insert(person).values({ id: uuidv7(), ...row });
    const error: unknown = await db
      .insert(person)
      .values({ id: uuidv7(), ...row })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    const before = log().length;
    app.log.error({ err: error }, "procedure failed");
    const line = log().slice(before);
    expect(line).toContain("person_email_key");
    expect(line.match(WORD)).toBe(null);
  });

  it("leaves an audit log that is whole", async () => {
    const { db } = server();
    await sealAudit(db, {});
    expect(await verifyAudit(db)).toMatchObject({ firstFault: null, unsealed: 0 });
  });

  it("can't come in any more", async () => {
    const { client } = theirs.browser;
    expect((await client.account.me.query()).me).toBe(null);
    const again = client.account.signIn.mutate({ email: OWN.email, password: PASSWORD, ...key() });
    await expect(again).rejects.toMatchObject({ code: "SignInFailed" });
  });
});
