import { auditEntry } from "@lectern/database/schema/operations";
import { consent } from "@lectern/database/schema/privacy";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { newKey, testCall } from "../../../testing/factories.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { CONSENT_TEXTS } from "./consent-texts.ts";
import { recordConsent } from "./record-consent.ts";

const database = useTestDatabase();

async function newcomer() {
  const { db } = database();
  const { id, sessionToken } = await signIn(db);
  const browser = new TestBrowser(db, { sessionToken, address: "198.18.4.7" });
  const give = async (purpose: "newsletter" | "analytics" | "terms", textVersion?: string) =>
    (await browser.api()).privacy.giveConsent({
      purpose,
      textVersion: textVersion ?? CONSENT_TEXTS[purpose],
      idempotencyKey: newKey(),
    });
  const withdraw = async (purpose: "newsletter" | "analytics" | "terms" | "privacy") =>
    (await browser.api()).privacy.withdrawConsent({ purpose, idempotencyKey: newKey() });
  const rows = () =>
    db.select().from(consent).where(eq(consent.personId, id)).orderBy(consent.givenAt, consent.id);
  return { id, browser, give, withdraw, rows };
}

function audited(personId: string) {
  return database()
    .db.select({ action: auditEntry.action, before: auditEntry.before, after: auditEntry.after })
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, personId), sql`${auditEntry.action} LIKE 'consent.%'`))
    .orderBy(auditEntry.id);
}

describe("agreeing to something", () => {
  it("is written down with the version of the text, and from where, and shows as agreed", async () => {
    const { id, browser, give, rows } = await newcomer();
    const before = await (await browser.api()).privacy.consents();
    expect(before.items.map(({ purpose }) => purpose)).toEqual([
      "terms",
      "privacy",
      "newsletter",
      "analytics",
    ]);
    expect(before.items.every(({ agreed }) => agreed === null)).toBe(true);
    const after = await give("newsletter");
    expect(after.items.find(({ purpose }) => purpose === "newsletter")).toMatchObject({
      agreed: { textVersion: CONSENT_TEXTS.newsletter, isCurrent: true },
      canBeWithdrawn: true,
    });
    expect(await rows()).toMatchObject([
      {
        purpose: "newsletter",
        textVersion: CONSENT_TEXTS.newsletter,
        withdrawnAt: null,
        address: "198.18.4.7",
        client: "test",
      },
    ]);
    expect(await audited(id)).toEqual([
      {
        action: "consent.give",
        before: null,
        after: { purpose: "newsletter", textVersion: CONSENT_TEXTS.newsletter },
      },
    ]);
  });

  it("counts once, however often, and however many do it at the same moment", async () => {
    const { id, give, rows } = await newcomer();
    await Promise.all(Array.from({ length: 20 }, () => give("analytics")));
    await give("analytics");
    expect(await rows()).toHaveLength(1);
    expect(await audited(id)).toHaveLength(1);
  });

  it("is to the text that was read: another version is refused", async () => {
    const { give, rows } = await newcomer();
    expect(await refusalOfCall(give("newsletter", "1999-12"))).toMatchObject({
      code: "Conflict",
      data: { reason: "changed_meanwhile", detail: CONSENT_TEXTS.newsletter },
    });
    expect(await rows()).toEqual([]);
  });

  it("to an older text shows as such, and ends as today's is agreed to", async () => {
    const { db } = database();
    const { id, browser, give, rows } = await newcomer();
    await db
      .insert(consent)
      .values({ id: uuidv7(), personId: id, purpose: "terms", textVersion: "1999-12" });
    const { items } = await (await browser.api()).privacy.consents();
    expect(items[0]).toMatchObject({ agreed: { textVersion: "1999-12", isCurrent: false } });
    const after = await give("terms");
    expect(after.items[0]).toMatchObject({
      agreed: { textVersion: CONSENT_TEXTS.terms, isCurrent: true },
    });
    expect(
      (await rows()).map(({ textVersion, withdrawnAt }) => [textVersion, withdrawnAt === null]),
    ).toEqual([
      ["1999-12", false],
      [CONSENT_TEXTS.terms, true],
    ]);
    expect(after.history).toHaveLength(2);
  });

  it("can be written down by others, in their transaction", async () => {
    const { db } = database();
    const { id, rows } = await newcomer();
    const write = () => transaction(db, {}, (tx) => recordConsent(tx, testCall(), id, "privacy"));
    expect(await write()).toBe(true);
    expect(await write()).toBe(false);
    expect(await rows()).toHaveLength(1);
  });
});

describe("taking it back", () => {
  it("ends it from then on, and is written down", async () => {
    const { id, give, withdraw, rows } = await newcomer();
    await give("newsletter");
    const after = await withdraw("newsletter");
    expect(after.items.find(({ purpose }) => purpose === "newsletter")?.agreed).toBe(null);
    const [row] = await rows();
    expect(row?.withdrawnAt).toBeInstanceOf(Date);
    await withdraw("newsletter");
    expect((await audited(id)).map(({ action }) => action)).toEqual([
      "consent.give",
      "consent.withdraw",
    ]);
    await give("newsletter");
    expect(await rows()).toHaveLength(2);
  });

  it.each(["terms", "privacy"] as const)(
    "is refused for %s, without which there is no account",
    async (purpose) => {
      const { withdraw } = await newcomer();
      expect(await refusalOfCall(withdraw(purpose))).toMatchObject({
        code: "Conflict",
        data: { reason: "wrong_state", entity: "person", detail: purpose },
      });
    },
  );

  it("is nobody else's to do", async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    await one.give("newsletter");
    await other.withdraw("newsletter");
    expect((await one.rows())[0]?.withdrawnAt).toBe(null);
    const visitor = await new TestBrowser(database().db).api();
    expect(await refusalOfCall(visitor.privacy.consents())).toMatchObject({
      code: "Unauthenticated",
    });
  });
});
