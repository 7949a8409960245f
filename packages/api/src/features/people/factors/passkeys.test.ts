import type { PasskeyAssertion, PasskeyCreated, PasskeyRequest } from "@lectern/contract/factors";
import { auditEntry } from "@lectern/database/schema/operations";
import { authSession, oneTimeToken, passkey, person } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { TEST_AUTH, newKey } from "../../../testing/factories.ts";
import { type Member, member, setUpPasskey, setUpTotp, stepOf } from "../../../testing/factors.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { SoftwareAuthenticator, type Tampering } from "../../../testing/software-authenticator.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { codeFromApp } from "../../../testing/totp-app.ts";

const database = useTestDatabase();
const db = () => database().db;

const WRONG = { code: "SignInFailed", data: { reason: "wrong" } };

async function begin({ browser }: Member) {
  return (await browser.api()).factors.beginPasskey({ idempotencyKey: newKey() });
}

async function complete(
  { browser }: Member,
  proof: { id: string; key: string },
  created: PasskeyCreated,
) {
  const input = { proof, name: "Laptop", created, idempotencyKey: newKey() };
  return (await browser.api()).factors.completePasskey(input);
}

async function ask(browser: TestBrowser): Promise<PasskeyRequest> {
  return (await browser.api()).factors.passkeySignInOptions({ idempotencyKey: newKey() });
}

async function answer(
  browser: TestBrowser,
  { proof }: PasskeyRequest,
  assertion: PasskeyAssertion,
) {
  const input = { proof, assertion, idempotencyKey: newKey() };
  return (await browser.api()).factors.signInWithPasskey(input);
}

async function counterOf(personId: string) {
  const [row] = await db().select().from(passkey).where(eq(passkey.personId, personId));
  return row?.counter;
}

describe("making a passkey", () => {
  let who: Member;
  beforeEach(async () => {
    who = await member(db());
  });

  it("asks for one of this site and person, and keeps its public key", async () => {
    const { proof, options } = await begin(who);
    expect(options).toMatchObject({
      rp: { id: "localhost", name: "Lectern" },
      attestation: "none",
      authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
      excludeCredentials: [],
    });
    // The account is named by its id, and by nothing that says who it is.
    expect(Buffer.from(options.user.id, "base64url").toString("hex")).toBe(
      who.id.replaceAll("-", ""),
    );
    const before = who.browser.sessionToken;
    const { recoveryCodes } = await complete(
      who,
      proof,
      new SoftwareAuthenticator().create(options),
    );
    expect(recoveryCodes).toHaveLength(10);
    expect(who.browser.sessionToken).not.toBe(before);
    expect(await who.browser.actor()).toMatchObject({ session: { hasSecondFactor: true } });
    const mine = await (await who.browser.api()).factors.mine();
    expect(mine.passkeys).toMatchObject([{ name: "Laptop", isBackedUp: false, lastUsedAt: null }]);
    expect(await queuedMails(db(), who.id)).toEqual(["factors_changed"]);
  });

  it("keeps several, each once, and tells the authenticator which there are", async () => {
    const { authenticator, created } = await setUpPasskey(who);
    const again = await begin(who);
    expect(again.options.excludeCredentials).toEqual([
      { id: created.id, type: "public-key", transports: ["internal"] },
    ]);
    expect(() => authenticator.create(again.options)).toThrow("InvalidStateError");
    const other = new SoftwareAuthenticator();
    const { recoveryCodes } = await complete(who, again.proof, other.create(again.options));
    expect(recoveryCodes).toBeNull();
    const third = await begin(who);
    const known = new SoftwareAuthenticator().create(third.options, { credentialId: created.id });
    expect(await refusalOfCall(complete(who, third.proof, known))).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists" },
    });
    expect(await db().$count(passkey, eq(passkey.personId, who.id))).toBe(2);
  });

  it("takes nobody's passkey over that somebody else has", async () => {
    const owner = await member(db());
    const { created } = await setUpPasskey(owner);
    const { proof, options } = await begin(who);
    const forged = new SoftwareAuthenticator().create(options, { credentialId: created.id });
    expect((await refusalOfCall(complete(who, proof, forged))).code).toBe("Conflict");
    expect(await db().$count(passkey, eq(passkey.personId, owner.id))).toBe(1);
    expect(await db().$count(passkey, eq(passkey.personId, who.id))).toBe(0);
  });

  const TAMPERED: readonly [string, Tampering][] = [
    ["another origin", { origin: "http://localhost:4000" }],
    ["another host", { rpId: "evil.example" }],
    ["another challenge", { challenge: Buffer.alloc(32).toString("base64url") }],
    ["another purpose", { type: "webauthn.get" }],
  ];
  it.each(TAMPERED)("refuses what was made for %s, and uses the challenge up", async (_, wrong) => {
    const { proof, options } = await begin(who);
    const authenticator = new SoftwareAuthenticator();
    const tampered = authenticator.create(options, wrong);
    expect((await refusalOfCall(complete(who, proof, tampered))).code).toBe("Invalid");
    const right = new SoftwareAuthenticator().create(options);
    expect((await refusalOfCall(complete(who, proof, right))).code).toBe("LinkNotUsable");
  });

  it("refuses what names another passkey than was made, and what is no answer at all", async () => {
    for (const change of [
      (made: PasskeyCreated) => ({ ...made, id: "AAAA", rawId: "AAAA" }),
      (made: PasskeyCreated) => ({
        ...made,
        response: { ...made.response, attestationObject: "AAAA" },
      }),
      (made: PasskeyCreated) => ({ ...made, response: { ...made.response, clientDataJSON: "" } }),
    ]) {
      const { proof, options } = await begin(who);
      const made = change(new SoftwareAuthenticator().create(options));
      expect((await refusalOfCall(complete(who, proof, made))).code).toBe("Invalid");
    }
  });

  it("is for whoever began it", async () => {
    const { proof, options } = await begin(who);
    const created = new SoftwareAuthenticator().create(options);
    const other = await member(db());
    expect((await refusalOfCall(complete(other, proof, created))).code).toBe("LinkNotUsable");
  });

  it("ends with twenty", async () => {
    const { created } = await setUpPasskey(who);
    const begun = await begin(who);
    await db()
      .insert(passkey)
      .values(
        Array.from({ length: 19 }, (_, index) => ({
          id: newKey(),
          personId: who.id,
          name: `Key ${index}`,
          credentialId: `${created.id.slice(0, 20)}${index}`,
          publicKey: new Uint8Array(1),
          counter: 0,
          transports: [],
          isBackedUp: false,
        })),
      );
    const made = new SoftwareAuthenticator().create(begun.options);
    for (const refused of [() => complete(who, begun.proof, made), () => begin(who)]) {
      expect(await refusalOfCall(refused())).toMatchObject({
        code: "Conflict",
        data: { reason: "wrong_state" },
      });
    }
  });

  it("is bound to where the academy says that it is", async () => {
    const auth = { ...TEST_AUTH, publicUrl: "https://academy.example/" };
    const elsewhere = await member(db(), { auth });
    const { options } = await begin(elsewhere);
    expect(options.rp.id).toBe("academy.example");
    const { publicUrl: _, ...rest } = auth;
    const undeclared = await member(db(), { auth: { ...rest, publicUrl: undefined } });
    expect((await begin(undeclared)).options.rp.id).toBe("localhost");
  });
});

describe("one's passkeys", () => {
  it("can be given another name, and removed, by their owner alone", async () => {
    const who = await member(db());
    await setUpPasskey(who);
    const [first] = (await (await who.browser.api()).factors.mine()).passkeys;
    const id = first?.id ?? "";
    const rename = { id, name: "Blue key", idempotencyKey: newKey() };
    const api = await who.browser.api();
    const renamed = await api.factors.renamePasskey(rename);
    expect(renamed).toMatchObject({ id, name: "Blue key" });
    expect(await api.factors.renamePasskey(rename)).toEqual(renamed);

    const other = await member(db());
    await setUpPasskey(other);
    const others = await other.browser.api();
    const notFound = { code: "NotFound", data: { entity: "passkey", id } };
    const key = newKey();
    expect(
      await refusalOfCall(others.factors.renamePasskey({ id, name: "Mine", idempotencyKey: key })),
    ).toEqual(notFound);
    expect(await refusalOfCall(others.factors.removePasskey({ id, idempotencyKey: key }))).toEqual(
      notFound,
    );
    await api.factors.removePasskey({ id, idempotencyKey: newKey() });
    expect(await api.factors.mine()).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    expect((await others.factors.mine()).passkeys).toHaveLength(1);
  });
});

describe("signing in with a passkey alone", () => {
  let who: Member;
  let authenticator: SoftwareAuthenticator;
  let credentialId: string;
  beforeEach(async () => {
    who = await member(db(), { roles: [{ role: "sales" }] });
    const set = await setUpPasskey(who);
    ({ authenticator } = set);
    credentialId = set.created.id;
  });

  it("needs no name, asks the authenticator for its owner, and counts as two factors", async () => {
    const browser = new TestBrowser(db());
    const request = await ask(browser);
    expect(request.options).toMatchObject({
      rpId: "localhost",
      allowCredentials: [],
      userVerification: "required",
    });
    expect(await answer(browser, request, authenticator.get(request.options))).toEqual({
      state: "signed_in",
    });
    expect(await browser.actor()).toMatchObject({ id: who.id, needsSecondFactor: null });
    const [session] = await db()
      .select()
      .from(authSession)
      .where(eq(authSession.id, (browser.sessionToken ?? "").split(".")[0] ?? ""));
    expect(session?.method).toBe("passkey");
    expect(session?.secondFactorAt).not.toBeNull();
    const [used] = (await (await browser.api()).factors.mine()).passkeys;
    expect(used?.lastUsedAt).not.toBeNull();
    const actions = await db()
      .select({ action: auditEntry.action, actorId: auditEntry.actorId })
      .from(auditEntry)
      .where(eq(auditEntry.entityId, who.id));
    expect(actions).toContainEqual({ action: "person.show_factor", actorId: who.id });
  });

  const TAMPERED: readonly [string, Tampering][] = [
    ["another origin", { origin: "http://localhost:4000" }],
    ["another host", { rpId: "evil.example" }],
    ["another challenge", { challenge: Buffer.alloc(32).toString("base64url") }],
    ["another purpose", { type: "webauthn.create" }],
    ["nobody named", { userHandle: null }],
    ["somebody else", { userHandle: Buffer.alloc(16).toString("base64url") }],
    ["a passkey that nobody has", { credentialId: "AAAA" }],
    ["a counter that was seen before", { counter: 1 }],
  ];
  it.each(TAMPERED)("refuses %s, and uses the challenge up", async (_, wrong) => {
    const browser = new TestBrowser(db());
    const first = await ask(browser);
    await answer(browser, first, authenticator.get(first.options));
    browser.sessionToken = undefined;
    const request = await ask(browser);
    const { challenge } = request.options;
    const tampered = authenticator.sign(credentialId, challenge, wrong);
    expect(await refusalOfCall(answer(browser, request, tampered))).toEqual(WRONG);
    const right = authenticator.sign(credentialId, challenge);
    expect(await refusalOfCall(answer(browser, request, right))).toEqual(WRONG);
    expect((await browser.actor()).kind).toBe("public");
    const next = await ask(browser);
    await answer(browser, next, authenticator.get(next.options));
  });

  it("refuses what another authenticator signed in its name", async () => {
    const browser = new TestBrowser(db());
    const request = await ask(browser);
    const other = await member(db());
    const impostor = await setUpPasskey(other);
    const userHandle = authenticator.sign(credentialId, "").response.userHandle ?? null;
    const forged = impostor.authenticator.sign(impostor.created.id, request.options.challenge, {
      credentialId,
      userHandle,
      counter: 50,
    });
    expect(await refusalOfCall(answer(browser, request, forged))).toEqual(WRONG);
  });

  it("refuses a passkey that does not ask for its owner", async () => {
    const careless = new SoftwareAuthenticator({ verifiesOwner: false });
    const other = await member(db());
    const { created } = await setUpPasskey(other, careless);
    const browser = new TestBrowser(db());
    const request = await ask(browser);
    expect(() => careless.get(request.options)).toThrow("NotAllowedError");
    const signed = careless.sign(created.id, request.options.challenge);
    expect(await refusalOfCall(answer(browser, request, signed))).toEqual(WRONG);
  });

  it("takes an assertion once, of any number at the same time", async () => {
    const browser = new TestBrowser(db());
    const request = await ask(browser);
    const assertion = authenticator.get(request.options);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => answer(new TestBrowser(db()), request, assertion)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const later = await ask(browser);
    expect(await refusalOfCall(answer(browser, later, assertion))).toEqual(WRONG);
    expect(await counterOf(who.id)).toBe(1);
  });

  it("lets one in of two who hold the same counter, as of a key that was copied", async () => {
    const requests = await Promise.all([ask(new TestBrowser(db())), ask(new TestBrowser(db()))]);
    const outcomes = await Promise.allSettled(
      requests.map((request) =>
        answer(
          new TestBrowser(db()),
          request,
          authenticator.sign(credentialId, request.options.challenge, { counter: 7 }),
        ),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("works again and again with an authenticator that does not count", async () => {
    const other = await member(db());
    const set = await setUpPasskey(other, new SoftwareAuthenticator({ counts: false }));
    for (let count = 0; count < 2; count += 1) {
      const browser = new TestBrowser(db());
      const request = await ask(browser);
      await answer(browser, request, set.authenticator.get(request.options));
      expect(await browser.actor()).toMatchObject({ id: other.id });
    }
  });

  it("refuses what is over, and challenges that were given for something else", async () => {
    const browser = new TestBrowser(db());
    const over = await ask(browser);
    await db()
      .update(oneTimeToken)
      .set({ expiresAt: sql`clock_timestamp() - interval '1 second'` })
      .where(eq(oneTimeToken.id, over.proof.id));
    expect(await refusalOfCall(answer(browser, over, authenticator.get(over.options)))).toEqual(
      WRONG,
    );
    const step = await stepOf(db(), who.id);
    const api = await who.browser.api();
    for (const request of [
      await api.factors.passkeyStepOptions({ step, idempotencyKey: newKey() }),
      await api.factors.confirmOptions({ idempotencyKey: newKey() }),
    ]) {
      const assertion = authenticator.get(request.options);
      expect(await refusalOfCall(answer(browser, request, assertion))).toEqual(WRONG);
    }
  });

  it("does not sign somebody in who is suspended, or whose passkey was removed", async () => {
    const browser = new TestBrowser(db());
    const request = await ask(browser);
    await db()
      .update(person)
      .set({ suspendedAt: sql`clock_timestamp()` })
      .where(eq(person.id, who.id));
    expect(
      await refusalOfCall(answer(browser, request, authenticator.get(request.options))),
    ).toEqual({ code: "SignInFailed", data: { reason: "suspended" } });
    const next = await ask(browser);
    await db().delete(passkey).where(eq(passkey.personId, who.id));
    expect(await refusalOfCall(answer(browser, next, authenticator.get(next.options)))).toEqual(
      WRONG,
    );
  });

  it("slows down whoever keeps the server busy, from their network alone", async () => {
    const address = "203.0.113.9";
    const outcomes = await Promise.allSettled(
      Array.from({ length: 250 }, () => ask(new TestBrowser(db(), { address }))),
    );
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses).toContain("fulfilled");
    expect(statuses).toContain("rejected");
    await ask(new TestBrowser(db(), { address: "203.0.113.10" }));
  });
});

describe("a passkey as the second step of signing in", () => {
  let who: Member;
  let authenticator: SoftwareAuthenticator;
  beforeEach(async () => {
    who = await member(db());
    ({ authenticator } = await setUpPasskey(
      who,
      new SoftwareAuthenticator({ verifiesOwner: false }),
    ));
  });

  async function askInStep(step: { id: string; key: string }) {
    const api = await new TestBrowser(db()).api();
    return api.factors.passkeyStepOptions({ step, idempotencyKey: newKey() });
  }

  async function answerStep(
    browser: TestBrowser,
    step: { id: string; key: string },
    { proof }: PasskeyRequest,
    assertion: PasskeyAssertion,
  ) {
    const input = { step, proof, assertion, idempotencyKey: newKey() };
    return (await browser.api()).factors.signInWithPasskeyStep(input);
  }

  it("asks for those of the person; that they have it is enough", async () => {
    const browser = new TestBrowser(db());
    const step = await stepOf(db(), who.id);
    const request = await askInStep(step);
    expect(request.options.allowCredentials).toHaveLength(1);
    expect(request.options.userVerification).toBe("preferred");
    const { response, ...rest } = authenticator.get(request.options);
    // An authenticator that was told which passkey need not say whose it is.
    const assertion = { ...rest, response: { ...response, userHandle: null } };
    expect(await answerStep(browser, step, request, assertion)).toEqual({ state: "signed_in" });
    expect(await browser.actor()).toMatchObject({
      id: who.id,
      session: { hasSecondFactor: true },
    });
    expect((await refusalOfCall(askInStep(step))).code).toBe("LinkNotUsable");
  });

  it("takes no passkey of somebody else, and no challenge of another step", async () => {
    const other = await member(db());
    const others = await setUpPasskey(other);
    const step = await stepOf(db(), who.id);
    const request = await askInStep(step);
    const stranger = others.authenticator.sign(others.created.id, request.options.challenge);
    expect(await refusalOfCall(answerStep(new TestBrowser(db()), step, request, stranger))).toEqual(
      WRONG,
    );
    const another = await askInStep(await stepOf(db(), who.id));
    const signed = authenticator.get(another.options);
    expect(await refusalOfCall(answerStep(new TestBrowser(db()), step, another, signed))).toEqual(
      WRONG,
    );
    const ofOther = await stepOf(db(), other.id);
    const theirs = await askInStep(ofOther);
    const mine = authenticator.get((await askInStep(step)).options);
    expect(await refusalOfCall(answerStep(new TestBrowser(db()), ofOther, theirs, mine))).toEqual(
      WRONG,
    );
  });

  it("uses the step up after five wrong answers", async () => {
    const step = await stepOf(db(), who.id);
    for (let count = 0; count < 5; count += 1) {
      const request = await askInStep(step);
      const wrong = authenticator.get(request.options, { origin: "http://elsewhere.example" });
      expect(await refusalOfCall(answerStep(new TestBrowser(db()), step, request, wrong))).toEqual(
        WRONG,
      );
    }
    expect((await refusalOfCall(askInStep(step))).code).toBe("LinkNotUsable");
  });

  it("is not asked of somebody who has none", async () => {
    const other = await member(db());
    await setUpTotp(db(), other);
    expect(await refusalOfCall(askInStep(await stepOf(db(), other.id)))).toMatchObject({
      code: "Conflict",
      data: { reason: "wrong_state" },
    });
  });

  it("leaves the code of an app good beside it", async () => {
    const { secret } = await setUpTotp(db(), who);
    const step = await stepOf(db(), who.id);
    await askInStep(step);
    const browser = new TestBrowser(db());
    await (
      await browser.api()
    ).factors.signInWithTotp({
      step,
      code: codeFromApp(secret),
      idempotencyKey: newKey(),
    });
    expect((await browser.actor()).kind).toBe("person");
  });
});
