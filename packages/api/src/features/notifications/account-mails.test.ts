import { accessKeys } from "@lectern/auth/access-key";
import type { MailKind } from "@lectern/contract/vocabulary";
import { mailMessage } from "@lectern/database/schema/mail";
import { organisation } from "@lectern/database/schema/organisations";
import { authSession, oneTimeToken, person } from "@lectern/database/schema/people";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { composeMail } from "./compose-mail.ts";
import { deliverMail } from "./deliver-mail.ts";
import { findMail } from "./find-mail.ts";
import { KEY_MARKS } from "./keys-in-mails.ts";
import type { MailSettings } from "./mail-settings.ts";
import type { OutgoingMail } from "./mail-transport.ts";
import type { Recipient } from "./queues.ts";

const database = useTestDatabase();

const keys = accessKeys("a-secret-for-tests-and-nothing-else");
const SITE = "https://academy.example";
const settings: MailSettings = {
  publicUrl: SITE,
  academy: "Lectern",
  sender: { name: "Lectern", email: "no-reply@academy.example" },
  staff: { name: "Staff", email: "staff@academy.example" },
  staffLanguage: "en",
  host: "academy.example",
};

const EXPIRY = new Date("2037-03-01T12:00:00Z");
const PAST = new Date(Date.now() - 1000);

/** Everything in a mail that a name may end up in must be free of these. */
const HOSTILE = `Eve\r\nBcc: all@example.com\u2028\u202E<b onclick="x">https://evil.example/prize</b>`;

type PersonValues = Partial<typeof person.$inferInsert>;
type TokenValues = Partial<typeof oneTimeToken.$inferInsert>;
type RequestValues = Partial<typeof privacyRequest.$inferInsert>;

async function createPerson(values: PersonValues = {}) {
  const id = uuidv7();
  const [row] = await database()
    .db.insert(person)
    .values({
      id,
      name: "Grace Hopper",
      email: `grace.${id}@example.com`,
      emailVerifiedAt: PAST,
      timeZone: "Europe/Oslo",
      ...values,
    })
    .returning();
  if (row === undefined) throw new Error("The person was not inserted");
  return row;
}

async function createToken(
  kind: (typeof oneTimeToken.$inferSelect)["kind"],
  values: TokenValues = {},
): Promise<string> {
  const id = uuidv7();
  await database()
    .db.insert(oneTimeToken)
    .values({ id, kind, expiresAt: EXPIRY, ...values });
  return id;
}

async function createOrganisation(name: string): Promise<string> {
  const id = uuidv7();
  await database().db.insert(organisation).values({ id, name, country: "NO" });
  return id;
}

async function createRequest(
  personId: string,
  kind: "export" | "erasure",
  values: RequestValues = {},
): Promise<string> {
  const id = uuidv7();
  await database()
    .db.insert(privacyRequest)
    .values({ id, kind, personId, ...values });
  return id;
}

async function signIn(personId: string, values: Partial<typeof authSession.$inferInsert> = {}) {
  await database()
    .db.insert(authSession)
    .values({
      id: uuidv7().replaceAll("-", ""),
      personId,
      secretHash: new Uint8Array(32),
      method: "password",
      expiresAt: EXPIRY,
      endsAt: EXPIRY,
      ...values,
    });
}

/** Writes the mails of an event, and hands them over. @returns what the mail server got of them */
async function send(kind: MailKind, aboutId: string, to?: Recipient): Promise<OutgoingMail[]> {
  const { db } = database();
  await composeMail(db, settings, uuidv7(), { kind, aboutId, ...(to && { to }) });
  return deliver(kind, aboutId);
}

/** Hands over the mails of a kind that were written. @returns what the mail server got of them */
async function deliver(kind: MailKind, aboutId: string): Promise<OutgoingMail[]> {
  const { db } = database();
  const written = await db
    .select()
    .from(mailMessage)
    .where(
      and(
        eq(mailMessage.aboutId, aboutId),
        eq(mailMessage.kind, kind),
        eq(mailMessage.state, "queued"),
      ),
    );
  const given: OutgoingMail[] = [];
  const transport = {
    send: (mail: OutgoingMail) => {
      given.push(mail);
      return Promise.resolve();
    },
  };
  for (const row of written) {
    // What is kept holds no key at all.
    expect(row.html + row.text + row.subject).not.toMatch(/[A-Za-z0-9_-]{43}/u);
    await deliverMail(db, { transport, accessKeys: keys }, row.id, { isLastAttempt: true });
  }
  for (const { html, text, subject } of given) {
    expect(html + text + subject).not.toMatch(/[\uE000\uE001]/u);
  }
  return given;
}

async function sendOne(kind: MailKind, aboutId: string, to?: Recipient): Promise<OutgoingMail> {
  const sent = await send(kind, aboutId, to);
  const [mail] = sent;
  if (mail === undefined || sent.length !== 1) throw new Error(`There are ${sent.length}`);
  return mail;
}

/** The one mail of a kind that was written of something, whatever was told of it. */
async function sendWritten(aboutId: string, kind: MailKind): Promise<OutgoingMail> {
  const [mail, ...others] = await deliver(kind, aboutId);
  if (mail === undefined || others.length > 0) throw new Error("It is not one mail");
  return mail;
}

function keyOf(tokenId: string): string {
  return keys.keyFor("one_time", tokenId);
}

describe("links that are good once", () => {
  const linked = [
    ["verify_email", "verify_email", "/account/verify"],
    ["reset_password", "reset_password", "/account/reset-password"],
    ["email_change_asked", "change_email", "/account/change-email"],
    ["invitation", "invitation", "/account/invitation"],
  ] as const;

  async function createLinked(
    tokenKind: (typeof linked)[number][1],
    values: TokenValues = {},
    owned: PersonValues = {},
  ) {
    const owner = await createPerson(owned);
    const email = tokenKind === "reset_password" ? owner.email : `new.${uuidv7()}@example.com`;
    // Who signs up, or has forgotten their password, is known by the address alone.
    const isBound = tokenKind === "change_email" || tokenKind === "invitation";
    const personId = isBound ? owner.id : null;
    const data = { name: "Grace Hopper", timeZone: "Europe/Oslo" };
    const id = await createToken(tokenKind, { personId, email, data, ...values });
    return { owner, email, id };
  }

  it.each(linked)("%s is sent with its key, and until when it is good", async (kind, of, path) => {
    const { email, id } = await createLinked(of);
    const mail = await sendOne(kind, id);
    expect(mail.to.email).toBe(email);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(`${SITE}${path}#${id}.${keyOf(id)}`);
      expect(part).toContain("Sunday, 1 March 2037, 13:00 Oslo time (UTC+1)");
      expect(part).toContain("whoever has this link can");
      expect(part).toContain("do nothing");
    }
  });

  it.each(linked)("%s shows staff no key", async (kind, of, path) => {
    const { id } = await createLinked(of);
    await sendOne(kind, id);
    const { db } = database();
    const [row] = await db.select().from(mailMessage).where(eq(mailMessage.aboutId, id));
    const shown = await findMail(db, { id: row?.id ?? "" });
    expect(shown.text).toContain(`${SITE}${path}#${id}.…`);
    expect(shown.html + shown.text).not.toContain(keyOf(id));
  });

  it.each(linked)("%s is not sent once it is used or over", async (kind, of) => {
    const used = await createLinked(of, { usedAt: PAST });
    const expired = await createLinked(of, { expiresAt: PAST });
    expect(await send(kind, used.id)).toEqual([]);
    expect(await send(kind, expired.id)).toEqual([]);
    expect(await send(kind, uuidv7())).toEqual([]);
  });

  const owned = linked.filter(([, of]) => of === "reset_password" || of === "change_email");

  it.each(owned)("%s is not sent to who is erased, or merged into another", async (kind, of) => {
    const erased = await createLinked(of, {}, { erasedAt: PAST });
    const other = await createPerson();
    const merged = await createLinked(of, {}, { mergedIntoId: other.id });
    expect(await send(kind, erased.id)).toEqual([]);
    expect(await send(kind, merged.id)).toEqual([]);
  });

  it.each(linked)("%s is not sent for a token of another kind", async (kind) => {
    const { id } = await createLinked("verify_email", { kind: "second_factor" });
    expect(await send(kind, id)).toEqual([]);
  });

  it("tell an owner, and nobody else, that somebody signed up with their address", async () => {
    const known = await createPerson();
    const id = await createToken("verify_email", {
      email: known.email.toUpperCase(),
      data: { name: "Mallory" },
    });
    expect(await send("verify_email", id)).toEqual([]);
    const mail = await sendWritten(id, "already_registered");
    expect(mail.to.email).toBe(known.email);
    expect(mail.text).toContain(`${SITE}/sign-in`);
    expect(mail.text + mail.html).not.toMatch(/Mallory|account\/verify/u);
  });

  it("reset the password of an account alone, whatever the letter case, and of none that is suspended", async () => {
    const { owner, id } = await createLinked("reset_password");
    const { db } = database();
    await db
      .update(oneTimeToken)
      .set({ email: owner.email.toUpperCase() })
      .where(eq(oneTimeToken.id, id));
    expect((await sendOne("reset_password", id)).to.email).toBe(owner.email);
    const nobody = await createToken("reset_password", { email: "nobody@example.com" });
    expect(await send("reset_password", nobody)).toEqual([]);
    const suspended = await createLinked("reset_password", {}, { suspendedAt: PAST });
    expect(await send("reset_password", suspended.id)).toEqual([]);
  });

  it("ask nobody to take an address that is somebody else's", async () => {
    const { email } = await createPerson();
    const { id } = await createLinked("change_email", { email });
    expect(await send("email_change_asked", id)).toEqual([]);
  });

  it("name UTC to who has no zone, or one that does not exist", async () => {
    for (const timeZone of [null, "Moon/Tycho"]) {
      const { id } = await createLinked("reset_password", {}, { timeZone });
      expect((await sendOne("reset_password", id)).text).toContain("1 March 2037, 12:00 UTC");
    }
  });
});

describe("an invitation", () => {
  it("says who invites, and to what", async () => {
    const inviter = await createPerson({ name: "Katherine Johnson" });
    const organisationId = await createOrganisation("Fjord Analytics AS");
    const id = await createToken("invitation", {
      email: "ada@example.com",
      data: {
        name: "Ada Lovelace",
        role: "learner",
        organisationId,
        inviterId: inviter.id,
        language: "nb",
      },
    });
    const mail = await sendOne("invitation", id);
    expect(mail.to).toEqual({ name: "Ada Lovelace", email: "ada@example.com" });
    expect(mail.subject).toBe("Du er invitert: Fjord Analytics AS");
    expect(mail.text).toContain(
      "Hei, Ada Lovelace!\nKatherine Johnson inviterer deg til å bli med i Fjord Analytics AS",
    );
    expect(mail.text).toContain("kl. 12:00 UTC");
    expect(mail.text).toContain(`${SITE}/nb/account/invitation#${id}.`);
  });

  it("is in the language of the account that somebody has", async () => {
    const { id: personId, email } = await createPerson({ language: "en" });
    const data = { name: "Ada Lovelace", language: "nb" };
    const id = await createToken("invitation", { personId, email, data });
    const mail = await sendOne("invitation", id);
    expect(mail.language).toBe("en");
    expect(mail.text).toContain(`${SITE}/account/invitation#${id}.`);
  });

  it.each([
    ["nothing", {}],
    ["a word", "Ada"],
    ["a list", [1]],
    ["other shapes", { name: 7, organisationId: "none", inviterId: {}, language: 1 }],
    ["ids of nothing", { organisationId: uuidv7(), inviterId: uuidv7() }],
  ])("gets by with %s written down", async (_what, data) => {
    const id = await createToken("invitation", { email: "ada@example.com", data });
    const mail = await sendOne("invitation", id);
    expect(mail.text).toContain("Hello ada@example.com,\nyou are invited to have an account");
    expect(mail.text).not.toMatch(/undefined|null|Invited by|Organisation/u);
  });

  it("goes nowhere without an address", async () => {
    expect(await send("invitation", await createToken("invitation"))).toEqual([]);
  });
});

describe("what happened to an account", () => {
  it.each([
    ["already_registered", ["/sign-in", "/forgotten-password"]],
    ["password_changed", ["/account/security", "/forgotten-password"]],
    ["factors_changed", ["/account/security"]],
  ] as const)("%s is told to its owner, with what to do", async (kind, paths) => {
    const owner = await createPerson();
    const mail = await sendOne(kind, owner.id);
    expect(mail.to).toEqual({ name: owner.name, email: owner.email });
    for (const path of paths) expect(mail.text).toContain(`${SITE}${path}\n`);
    expect(mail.text).toContain("If it was not you");
  });

  it.each([
    "already_registered",
    "password_changed",
    "factors_changed",
    "new_sign_in",
    "account_suspended",
  ] as const)("%s is not told to who is erased, merged or unknown", async (kind) => {
    const values = { suspendedAt: PAST };
    const erased = await createPerson({ ...values, erasedAt: PAST });
    const merged = await createPerson({ ...values, mergedIntoId: (await createPerson()).id });
    for (const { id } of [erased, merged]) await signIn(id);
    for (const id of [erased.id, merged.id, uuidv7()]) expect(await send(kind, id)).toEqual([]);
  });

  it("another address is told to the old one, the new one partly hidden", async () => {
    const owner = await createPerson();
    const old = { name: owner.name, email: "old@example.com" };
    const mail = await sendOne("email_changed", owner.id, old);
    expect(mail.to.email).toBe("old@example.com");
    expect(mail.text).toContain("New address: g…@example.com");
    expect(mail.text + mail.html).not.toContain(owner.email);
    expect(mail.text).toContain(`${SITE}/contact\n`);
    expect(await send("email_changed", owner.id)).toEqual([]);
  });

  it("a sign-in is told as of the newest session", async () => {
    const owner = await createPerson({ timeZone: "America/New_York" });
    expect(await send("new_sign_in", owner.id)).toEqual([]);
    await signIn(owner.id, { createdAt: new Date("2027-01-04T12:00:00Z"), client: "Old browser" });
    await signIn(owner.id, {
      createdAt: new Date("2027-03-01T12:00:00Z"),
      client: `Firefox\n(+https://evil.example/x) ${"x ".repeat(300)}`,
      address: "2001:db8::7",
    });
    const { text, to } = await sendOne("new_sign_in", owner.id);
    expect(to.email).toBe(owner.email);
    expect(text).toContain("When: Monday, 1 March 2027, 07:00 New York time (UTC−5)");
    expect(text).toMatch(/Browser: Firefox \(\+… [x ]{150,200}…\nFrom: 2001:db8::7\n/u);
    expect(text).not.toMatch(/Old browser|evil/u);
  });

  it("a sign-in of which nothing is known is told all the same", async () => {
    const owner = await createPerson();
    await signIn(owner.id);
    expect((await sendOne("new_sign_in", owner.id)).text).not.toMatch(/Browser:|From:/u);
  });

  it("a suspension is told with its reason, as long as it lasts", async () => {
    const owner = await createPerson({ suspendedAt: PAST, suspendedReason: "Left the company" });
    expect((await sendOne("account_suspended", owner.id)).text).toContain(
      "Reason: Left the company",
    );
    const unknown = await createPerson({ suspendedAt: PAST });
    expect((await sendOne("account_suspended", unknown.id)).text).not.toContain("Reason");
    expect(await send("account_suspended", (await createPerson()).id)).toEqual([]);
  });

  it("a merger is told to the account that stays in the end", async () => {
    const stays = await createPerson({ name: "Ada Lovelace" });
    const between = await createPerson({ mergedIntoId: stays.id });
    const away = await createPerson({
      email: "rear.admiral@navy.example",
      mergedIntoId: between.id,
    });
    const mail = await sendOne("accounts_merged", away.id);
    expect(mail.to).toEqual({ name: "Ada Lovelace", email: stays.email });
    expect(mail.text).toContain("The other account: r…@navy.example");
    expect(mail.text + mail.html).not.toContain("rear.admiral");
    expect(await send("accounts_merged", stays.id)).toEqual([]);
    const { db } = database();
    await db.update(person).set({ erasedAt: PAST }).where(eq(person.id, stays.id));
    expect(await send("accounts_merged", between.id)).toEqual([]);
  });
});

describe("what people asked of their data", () => {
  const archived = {
    state: "done",
    doneAt: PAST,
    archive: new Uint8Array([1]),
    archiveUntil: EXPIRY,
  } as const;

  it("is told when the copy is there, and as long as it is", async () => {
    const owner = await createPerson();
    const id = await createRequest(owner.id, "export", archived);
    const mail = await sendOne("export_ready", id);
    expect(mail.to.email).toBe(owner.email);
    expect(mail.text).toContain(`${SITE}/account/privacy\n`);
    expect(mail.text).toContain("1 March 2037, 13:00 Oslo time");
    for (const values of [
      {},
      { ...archived, state: "failed" as const },
      { ...archived, archive: null },
      { ...archived, archiveUntil: PAST },
    ]) {
      const other = await createRequest((await createPerson()).id, "export", values);
      expect(await send("export_ready", other)).toEqual([]);
    }
    const erasure = await createRequest(owner.id, "erasure", { state: "done" });
    expect(await send("export_ready", erasure)).toEqual([]);
  });

  it("is told with the time until which an erasure can be withdrawn", async () => {
    const owner = await createPerson();
    const id = await createRequest(owner.id, "erasure", { dueAt: EXPIRY });
    const mail = await sendOne("erasure_asked", id);
    expect(mail.to.email).toBe(owner.email);
    expect(mail.text).toContain("Erased after: Sunday, 1 March 2037, 13:00 Oslo time (UTC+1)");
    expect(mail.text).toContain("If it was not you who asked");
    const withdrawn = await createRequest(owner.id, "erasure", { state: "withdrawn" });
    expect(await send("erasure_asked", withdrawn)).toEqual([]);
    expect(await send("erasure_asked", await createRequest(owner.id, "export"))).toEqual([]);
  });

  it("is told once it was erased, to whom the event names alone, and by no name", async () => {
    const erased = await createPerson({ name: "", erasedAt: PAST });
    const id = await createRequest(erased.id, "erasure", { state: "done" });
    expect(await send("erasure_done", id)).toEqual([]);
    const to = { name: "Grace Hopper", email: "grace@example.com" };
    const mail = await sendOne("erasure_done", id, to);
    expect(mail.to).toEqual(to);
    expect(mail.text).toContain("Invoices are kept as long as the law asks");
    expect(mail.text + mail.html).not.toMatch(/Grace|grace@/u);
    const waiting = await createRequest((await createPerson()).id, "erasure");
    expect(await send("erasure_done", waiting, to)).toEqual([]);
  });
});

describe("a hostile name", () => {
  /** Every kind of mail that a name gets into. @returns them as the mail server got them */
  async function sendAll(name: string): Promise<OutgoingMail[]> {
    const owner = await createPerson({ name });
    const suspended = await createPerson({ name, suspendedAt: PAST, suspendedReason: name });
    const away = await createPerson({ name, mergedIntoId: owner.id });
    const organisationId = await createOrganisation(name);
    await signIn(owner.id, { client: name, address: name });
    const token = (kind: "verify_email" | "reset_password" | "change_email") =>
      createToken(kind, {
        personId: kind === "change_email" ? owner.id : null,
        email: kind === "reset_password" ? owner.email : "new@example.com",
        data: { name },
      });
    const to = { name, email: "old@example.com" };
    return [
      await sendOne("verify_email", await token("verify_email")),
      await sendOne("reset_password", await token("reset_password")),
      await sendOne("email_change_asked", await token("change_email")),
      await sendOne(
        "invitation",
        await createToken("invitation", {
          email: "ada@example.com",
          data: { name, organisationId, inviterId: owner.id, language: name },
        }),
      ),
      await sendOne("already_registered", owner.id),
      await sendOne("password_changed", owner.id),
      await sendOne("factors_changed", owner.id),
      await sendOne("new_sign_in", owner.id),
      await sendOne("account_suspended", suspended.id),
      await sendOne("email_changed", owner.id, to),
      await sendOne("accounts_merged", away.id),
      await sendOne(
        "export_ready",
        await createRequest(owner.id, "export", {
          state: "done",
          archive: new Uint8Array([1]),
          archiveUntil: EXPIRY,
        }),
      ),
      await sendOne("erasure_asked", await createRequest(owner.id, "erasure")),
      await sendOne("erasure_done", await createRequest(away.id, "erasure", { state: "done" }), to),
    ];
  }

  it("begins no header, no tag and no link", async () => {
    for (const { subject, to, html, text } of await sendAll(HOSTILE)) {
      expect(subject + to.name).not.toMatch(/[\r\n\u2028\u202E]/u);
      expect(html).not.toMatch(/<b[ >]/u);
      expect(html + text + subject + to.name).not.toMatch(/evil|\u202E/u);
      // What stands in a paragraph may name anything, on one line.
      expect(text).not.toMatch(/^Bcc:/mu);
    }
  });

  it("has nobody sent a key of somebody else's", async () => {
    const victim = await createToken("reset_password", { email: (await createPerson()).email });
    const mails = await sendAll(`Eve ${KEY_MARKS.keyFor("one_time", victim)}`);
    expect(mails).toHaveLength(14);
    for (const { subject, to, html, text } of mails) {
      expect(html + text + subject + to.name).not.toContain(keyOf(victim));
    }
  });
});
