import { rememberDevice } from "@lectern/auth/known-device";
import { oneTimeKey } from "@lectern/auth/one-time";
import { auditEntry } from "@lectern/database/schema/operations";
import {
  authSession,
  oneTimeToken,
  password,
  person,
  recoveryCode,
  totpCredential,
} from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { TEST_AUTH, TEST_FIELDS, newKey, testCall } from "../../../testing/factories.ts";
import {
  letConfirmationLapse,
  type Member,
  member,
  setUpPasskey,
  setUpTotp,
  stepOf,
} from "../../../testing/factors.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { SoftwareAuthenticator } from "../../../testing/software-authenticator.ts";
import { TestBrowser, domainErrorCodeOf, refusalOfCall } from "../../../testing/test-browser.ts";
import { codeFromApp, letStepsPass, wrongCode } from "../../../testing/totp-app.ts";

const database = useTestDatabase();
const db = () => database().db;

async function begin({ browser }: Member) {
  return (await browser.api()).factors.beginTotp({ idempotencyKey: newKey() });
}

async function complete({ browser }: Member, proof: { id: string; key: string }, code: string) {
  return (await browser.api()).factors.completeTotp({ proof, code, idempotencyKey: newKey() });
}

async function signInWith(browser: TestBrowser, step: { id: string; key: string }, code: string) {
  return (await browser.api()).factors.signInWithTotp({ step, code, idempotencyKey: newKey() });
}

async function actions(personId: string): Promise<string[]> {
  const rows = await db()
    .select({ action: auditEntry.action })
    .from(auditEntry)
    .where(eq(auditEntry.entityId, personId))
    .orderBy(auditEntry.at);
  return rows.map(({ action }) => action);
}

describe("setting an app up", () => {
  let who: Member;
  beforeEach(async () => {
    who = await member(db());
  });

  it("shows the secret once, as an address and to be typed, and gives recovery codes with the first factor", async () => {
    const { proof, uri, secret } = await begin(who);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/u);
    expect(new URL(uri)).toMatchObject({ protocol: "otpauth:", host: "totp" });
    expect(new URL(uri).searchParams.get("secret")).toBe(secret);
    const code = codeFromApp(secret);
    const { recoveryCodes } = await complete(who, proof, `${code.slice(0, 3)} ${code.slice(3)}`);
    expect(recoveryCodes).toHaveLength(10);
    const mine = await (await who.browser.api()).factors.mine();
    expect(mine).toMatchObject({ totp: { lastUsedAt: null }, recoveryCodesLeft: 10 });
    expect(JSON.stringify(mine)).not.toContain(secret);
    expect(await queuedMails(db(), who.id)).toEqual(["factors_changed"]);
    expect(await actions(who.id)).toContain("person.add_factor");
  });

  it("keeps the secret encrypted, for this person and column, and codes as hashes", async () => {
    const { secret, recoveryCodes } = await setUpTotp(db(), who);
    const { rows } = await db().execute(sql`
      SELECT (SELECT secret FROM totp_credential WHERE person_id = ${who.id}::uuid) AS kept,
        (SELECT string_agg(data::text, ' ') FROM one_time_token WHERE person_id = ${who.id}::uuid) AS begun,
        (SELECT string_agg(code_hash::text, ' ') FROM recovery_code WHERE person_id = ${who.id}::uuid) AS codes`);
    const kept = JSON.stringify(rows);
    for (const plain of [secret, ...recoveryCodes]) expect(kept).not.toContain(plain);
    const [row] = await db()
      .select()
      .from(totpCredential)
      .where(eq(totpCredential.personId, who.id));
    const place = { table: "totp_credential", column: "secret", id: who.id };
    expect(await TEST_FIELDS.decrypt(place, row?.secret ?? "")).toBe(secret);
    const other = { ...place, id: newKey() };
    await expect(TEST_FIELDS.decrypt(other, row?.secret ?? "")).rejects.toThrow(
      "can't be decrypted",
    );
  });

  it("gives the browser another token, and the old one is worth nothing", async () => {
    const before = who.browser.sessionToken;
    await setUpTotp(db(), who);
    expect(who.browser.sessionToken).not.toBe(before);
    expect(await who.browser.actor()).toMatchObject({
      id: who.id,
      session: { hasSecondFactor: true },
    });
    const old = new TestBrowser(db(), { ...(before !== undefined && { sessionToken: before }) });
    expect((await old.actor()).kind).toBe("public");
  });

  it("takes no wrong code, and ends after ten", async () => {
    const { proof, secret } = await begin(who);
    for (let count = 0; count < 10; count += 1) {
      const refusal = await refusalOfCall(complete(who, proof, wrongCode(secret)));
      expect(refusal.code).toBe("Invalid");
    }
    expect((await refusalOfCall(complete(who, proof, codeFromApp(secret)))).code).toBe(
      "LinkNotUsable",
    );
  });

  it("is for whoever began it, once, for a while, and until it is begun anew", async () => {
    const { proof, secret } = await begin(who);
    const other = await member(db());
    const refused = async (by: Member, given = proof) =>
      (await refusalOfCall(complete(by, given, codeFromApp(secret)))).code;
    expect(await refused(other)).toBe("LinkNotUsable");
    expect(await refused(who, { ...proof, key: "A".repeat(43) })).toBe("LinkNotUsable");
    await begin(who);
    expect(await refused(who)).toBe("LinkNotUsable");

    const late = await begin(who);
    await db()
      .update(oneTimeToken)
      .set({ expiresAt: sql`clock_timestamp() - interval '1 second'` })
      .where(eq(oneTimeToken.id, late.proof.id));
    expect((await refusalOfCall(complete(who, late.proof, codeFromApp(late.secret)))).code).toBe(
      "LinkNotUsable",
    );
    const good = await begin(who);
    await complete(who, good.proof, codeFromApp(good.secret));
    expect((await refusalOfCall(complete(who, good.proof, codeFromApp(good.secret)))).code).toBe(
      "LinkNotUsable",
    );
  });

  it("is done by one of ten who complete it at once", async () => {
    const { proof, secret } = await begin(who);
    const code = codeFromApp(secret);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => complete(who, proof, code)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().$count(recoveryCode, eq(recoveryCode.personId, who.id))).toBe(10);
  });

  it("gives recovery codes to one of two factors that are set up at once", async () => {
    const { proof, secret } = await begin(who);
    const api = await who.browser.api();
    const begun = await api.factors.beginPasskey({ idempotencyKey: newKey() });
    await Promise.allSettled([
      complete(who, proof, codeFromApp(secret)),
      api.factors.completePasskey({
        proof: begun.proof,
        name: "Key",
        created: new SoftwareAuthenticator().create(begun.options),
        idempotencyKey: newKey(),
      }),
    ]);
    expect(await db().$count(recoveryCode, eq(recoveryCode.personId, who.id))).toBe(10);
  });

  it("replaces the one before, and leaves the recovery codes good", async () => {
    const first = await setUpTotp(db(), who);
    const second = await setUpTotp(db(), who);
    expect(second.recoveryCodes).toEqual([]);
    const browser = new TestBrowser(db());
    const step = await stepOf(db(), who.id);
    expect((await refusalOfCall(signInWith(browser, step, codeFromApp(first.secret)))).code).toBe(
      "SignInFailed",
    );
    expect(await signInWith(browser, step, codeFromApp(second.secret))).toEqual({
      state: "signed_in",
    });
    expect((await (await who.browser.api()).factors.mine()).recoveryCodesLeft).toBe(10);
  });

  it("asks for confirmation to begin it, and not again to complete it", async () => {
    const { proof, secret } = await begin(who);
    await letConfirmationLapse(db(), who.id);
    expect((await refusalOfCall(begin(who))).code).toBe("ConfirmationRequired");
    await complete(who, proof, codeFromApp(secret));
  });

  it("is open to nobody but whoever is signed in", async () => {
    const visitor = { id: who.id, browser: new TestBrowser(db()) };
    expect((await refusalOfCall(begin(visitor))).code).toBe("Unauthenticated");
  });
});

describe("setting the first factor up because a role needs one", () => {
  it("is all that somebody can do before, and their session counts as having shown it after", async () => {
    const who = await member(db(), { roles: [{ role: "sales" }] });
    const enquiries = async () => (await who.browser.api()).enquiries.list({});
    expect(await refusalOfCall(enquiries())).toEqual({
      code: "SecondFactorRequired",
      data: { isEnrolled: false },
    });
    expect((await (await who.browser.api()).factors.mine()).isRequired).toBe(true);
    await setUpTotp(db(), who);
    expect((await enquiries()).items).toEqual([]);
  });

  it("is not the way past a factor that is there already", async () => {
    const owner = await member(db(), { roles: [{ role: "sales" }] });
    // Begun before there was a factor, on another browser.
    const { token } = await TEST_AUTH.sessions.begin(db(), {
      personId: owner.id,
      method: "password",
      hasSecondFactor: false,
      isStaff: true,
      address: null,
      client: null,
    });
    const thief = { id: owner.id, browser: new TestBrowser(db(), { sessionToken: token }) };
    const begun = await begin(thief);
    const made = await (
      await thief.browser.api()
    ).factors.beginPasskey({
      idempotencyKey: newKey(),
    });
    await setUpPasskey(owner);
    const required = { code: "SecondFactorRequired", data: { isEnrolled: true } };
    expect(await refusalOfCall(begin(thief))).toEqual(required);
    expect(await refusalOfCall(complete(thief, begun.proof, codeFromApp(begun.secret)))).toEqual(
      required,
    );
    expect(
      await refusalOfCall(
        (await thief.browser.api()).factors.completePasskey({
          proof: made.proof,
          name: "Mine now",
          created: new SoftwareAuthenticator().create(made.options),
          idempotencyKey: newKey(),
        }),
      ),
    ).toEqual(required);
    expect(await db().$count(totpCredential, eq(totpCredential.personId, owner.id))).toBe(0);
  });
});

describe("removing factors", () => {
  it("takes the recovery codes and open steps with the last, once for a key", async () => {
    const who = await member(db());
    const { recoveryCodes } = await setUpTotp(db(), who);
    const step = await stepOf(db(), who.id);
    const remove = { idempotencyKey: newKey() };
    await (await who.browser.api()).factors.removeTotp(remove);
    expect(await (await who.browser.api()).factors.removeTotp(remove)).toEqual({ done: true });
    expect(await (await who.browser.api()).factors.mine()).toMatchObject({
      totp: null,
      recoveryCodesLeft: 0,
    });
    const api = await new TestBrowser(db()).api();
    expect(
      (
        await refusalOfCall(
          api.factors.signInWithRecoveryCode({
            step,
            code: recoveryCodes[0] ?? "",
            idempotencyKey: newKey(),
          }),
        )
      ).code,
    ).toBe("LinkNotUsable");
    expect(await queuedMails(db(), who.id)).toEqual(["factors_changed", "factors_changed"]);
    expect(
      await refusalOfCall(
        (await who.browser.api()).factors.removeTotp({ idempotencyKey: newKey() }),
      ),
    ).toMatchObject({ code: "Conflict", data: { reason: "wrong_state" } });
  });

  it("leaves the last of somebody whose role needs one, also of two at once", async () => {
    const lastOne = { code: "Conflict", data: { reason: "last_one" } };
    async function removeBothAtOnce(): Promise<number> {
      const who = await member(db(), { roles: [{ role: "finance" }] });
      const key = () => ({ idempotencyKey: newKey() });
      await setUpTotp(db(), who);
      expect(
        await refusalOfCall((await who.browser.api()).factors.removeTotp(key())),
      ).toMatchObject(lastOne);
      await setUpPasskey(who);
      const api = await who.browser.api();
      const [passkey] = (await api.factors.mine()).passkeys;
      const outcomes = await Promise.allSettled([
        api.factors.removeTotp(key()),
        api.factors.removePasskey({ id: passkey?.id ?? "", ...key() }),
      ]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const mine = await api.factors.mine();
      expect(mine.recoveryCodesLeft).toBe(10);
      return mine.passkeys.length + (mine.totp === null ? 0 : 1);
    }
    const left = await Promise.all(Array.from({ length: 12 }, removeBothAtOnce));
    expect(new Set(left)).toEqual(new Set([1]));
  });

  it("asks for confirmation, and for the factor from a session that has not shown it", async () => {
    const who = await member(db());
    await setUpTotp(db(), who);
    const remove = async () =>
      (await who.browser.api()).factors.removeTotp({ idempotencyKey: newKey() });
    await db()
      .update(authSession)
      .set({ secondFactorAt: null })
      .where(eq(authSession.personId, who.id));
    expect((await refusalOfCall(remove())).code).toBe("SecondFactorRequired");
    await letConfirmationLapse(db(), who.id);
    expect((await refusalOfCall(remove())).code).toBe("ConfirmationRequired");
  });
});

describe("signing in with a code of an app", () => {
  let who: Member;
  let secret: string;
  beforeEach(async () => {
    who = await member(db());
    ({ secret } = await setUpTotp(db(), who));
  });

  it("signs in with two factors, by how the first was shown, and uses the step up", async () => {
    const browser = new TestBrowser(db());
    const step = await stepOf(db(), who.id);
    await signInWith(browser, step, codeFromApp(secret));
    expect(await browser.actor()).toMatchObject({
      id: who.id,
      session: { hasSecondFactor: true },
    });
    const [session] = await db()
      .select({ method: authSession.method })
      .from(authSession)
      .where(eq(authSession.id, (browser.sessionToken ?? "").split(".")[0] ?? ""));
    expect(session).toEqual({ method: "password" });
    await letStepsPass(db(), who.id);
    expect((await refusalOfCall(signInWith(browser, step, codeFromApp(secret)))).code).toBe(
      "LinkNotUsable",
    );
    expect(await actions(who.id)).toEqual(
      expect.arrayContaining(["person.show_factor", "person.sign_in"]),
    );
  });

  it("takes the code of the step before and after, and none further away", async () => {
    const taken: number[] = [];
    for (const steps of [-3, -1, 0, 1, 3]) {
      await letStepsPass(db(), who.id);
      const step = await stepOf(db(), who.id);
      await signInWith(new TestBrowser(db()), step, codeFromApp(secret, steps)).then(
        () => taken.push(steps),
        () => undefined,
      );
    }
    expect(taken).toEqual([-1, 0, 1]);
  });

  it("takes no code twice, nor one that is older than the last", async () => {
    const code = codeFromApp(secret);
    await signInWith(new TestBrowser(db()), await stepOf(db(), who.id), code);
    for (const again of [code, codeFromApp(secret, -1)]) {
      const step = await stepOf(db(), who.id);
      expect(await refusalOfCall(signInWith(new TestBrowser(db()), step, again))).toEqual({
        code: "SignInFailed",
        data: { reason: "wrong" },
      });
    }
    const refused = (await actions(who.id)).filter((action) => action === "person.factor_refused");
    expect(refused).toHaveLength(2);
  });

  it("does not take the code again that set the app up", async () => {
    const { proof, secret: fresh } = await begin(who);
    const code = codeFromApp(fresh);
    await complete(who, proof, code);
    const step = await stepOf(db(), who.id);
    expect((await refusalOfCall(signInWith(new TestBrowser(db()), step, code))).code).toBe(
      "SignInFailed",
    );
  });

  it("lets one of fifty in who show the same code at once, from as many devices and steps", async () => {
    const code = codeFromApp(secret);
    const attempts = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const { token } = await rememberDevice(db(), undefined, who.id);
        return {
          browser: new TestBrowser(db(), { deviceToken: token }),
          step: await stepOf(db(), who.id),
        };
      }),
    );
    const outcomes = await Promise.all(
      attempts.map(({ browser, step }) =>
        signInWith(browser, step, code).then(
          ({ state }) => state,
          (reason: unknown) => domainErrorCodeOf(reason),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "signed_in")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "SignInFailed")).toHaveLength(49);
  });

  it("uses a step up after five wrong codes, also of fifty at once", async () => {
    const step = await stepOf(db(), who.id);
    const devices = await Promise.all(
      Array.from({ length: 50 }, () => rememberDevice(db(), undefined, who.id)),
    );
    const refusals = await Promise.all(
      devices.map(({ token }) =>
        refusalOfCall(
          signInWith(new TestBrowser(db(), { deviceToken: token }), step, wrongCode(secret)),
        ),
      ),
    );
    const codes = refusals.map(({ code }) => code);
    expect(codes.filter((code) => code === "SignInFailed")).toHaveLength(5);
    expect(codes.filter((code) => code === "LinkNotUsable")).toHaveLength(45);
    expect(
      (await refusalOfCall(signInWith(new TestBrowser(db()), step, codeFromApp(secret)))).code,
    ).toBe("LinkNotUsable");
    expect(await actions(who.id)).toContain("person.factor_refused");
  });

  it("slows whoever guesses down for the person as a whole, but for a device of theirs", async () => {
    const { token } = await rememberDevice(db(), undefined, who.id);
    const codes: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      const guess = signInWith(
        new TestBrowser(db(), { address: `198.51.100.${count}` }),
        await stepOf(db(), who.id),
        wrongCode(secret),
      );
      codes.push((await refusalOfCall(guess)).code);
    }
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "SignInFailed"));
    expect(codes.slice(10)).toEqual(["RateLimited", "RateLimited"]);
    const right = await refusalOfCall(
      signInWith(new TestBrowser(db()), await stepOf(db(), who.id), codeFromApp(secret)),
    );
    expect(right.code).toBe("RateLimited");
    const owner = new TestBrowser(db(), { deviceToken: token });
    await signInWith(owner, await stepOf(db(), who.id), codeFromApp(secret));
  });

  it("does not count right codes", async () => {
    for (let count = 0; count < 15; count += 1) {
      await letStepsPass(db(), who.id);
      const step = await stepOf(db(), who.id);
      const browser = new TestBrowser(db());
      await signInWith(browser, step, codeFromApp(secret));
      expect((await browser.actor()).kind).toBe("person");
    }
  });

  it("takes no step of somebody else, none that is over, and none with a wrong key", async () => {
    const other = await member(db());
    await setUpTotp(db(), other);
    const browser = new TestBrowser(db());
    const code = codeFromApp(secret);
    const ofOther = await stepOf(db(), other.id);
    expect((await refusalOfCall(signInWith(browser, ofOther, code))).code).toBe("SignInFailed");
    const over = await stepOf(db(), who.id, -1);
    expect((await refusalOfCall(signInWith(browser, over, code))).code).toBe("LinkNotUsable");
    const step = await stepOf(db(), who.id);
    const forged = { id: step.id, key: ofOther.key };
    expect((await refusalOfCall(signInWith(browser, forged, code))).code).toBe("LinkNotUsable");
    const enrolment = await begin(who);
    expect((await refusalOfCall(signInWith(browser, enrolment.proof, code))).code).toBe(
      "LinkNotUsable",
    );
    expect((await browser.actor()).kind).toBe("public");
  });

  it("is asked for by signing in with the password", async () => {
    const hash = await TEST_AUTH.passwords.hash("a long way to the lighthouse");
    await db().insert(password).values({ personId: who.id, hash });
    const [row] = await db()
      .select({ email: person.email })
      .from(person)
      .where(eq(person.id, who.id));
    const browser = new TestBrowser(db());
    const answer = await (
      await browser.api()
    ).account.signIn({
      email: row?.email ?? "",
      password: "a long way to the lighthouse",
      idempotencyKey: newKey(),
    });
    if (answer.state !== "second_factor") throw new Error("It asked for nothing");
    expect(answer.factors).toEqual(["totp", "recovery_code"]);
    expect((await browser.actor()).kind).toBe("public");
    await signInWith(browser, answer.step, codeFromApp(secret));
    expect((await browser.actor()).kind).toBe("person");
  });

  it("does not sign somebody in who is suspended", async () => {
    const step = await stepOf(db(), who.id);
    await db()
      .update(person)
      .set({ suspendedAt: sql`clock_timestamp()` })
      .where(eq(person.id, who.id));
    expect(
      await refusalOfCall(signInWith(new TestBrowser(db()), step, codeFromApp(secret))),
    ).toEqual({ code: "SignInFailed", data: { reason: "suspended" } });
  });
});

describe("a step", () => {
  it("is one token, that nothing else takes", async () => {
    const who = await member(db());
    const step = await stepOf(db(), who.id);
    expect(step.key).toBe(oneTimeKey(testCall().accessKeys, step.id));
    const kept = await db()
      .select()
      .from(oneTimeToken)
      .where(and(eq(oneTimeToken.personId, who.id), eq(oneTimeToken.kind, "second_factor")));
    expect(JSON.stringify(kept)).not.toContain(step.key);
  });
});
