import { authSession } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { newKey } from "../../../testing/factories.ts";
import {
  type Member,
  letConfirmationLapse,
  member,
  setUpPasskey,
  setUpTotp,
  stepOf,
} from "../../../testing/factors.ts";
import { SoftwareAuthenticator } from "../../../testing/software-authenticator.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { codeFromApp, wrongCode } from "../../../testing/totp-app.ts";

const database = useTestDatabase();
const db = () => database().db;

const WRONG = { code: "SignInFailed", data: { reason: "wrong" } };

async function sessionOf({ browser }: Member) {
  const [row] = await db()
    .select()
    .from(authSession)
    .where(eq(authSession.id, (browser.sessionToken ?? "").split(".")[0] ?? ""));
  if (row === undefined) throw new Error("They are not signed in");
  return row;
}

describe("showing again who one is", () => {
  let who: Member;
  let secret: string;
  let authenticator: SoftwareAuthenticator;
  beforeEach(async () => {
    who = await member(db(), { roles: [{ role: "sales" }] });
    ({ authenticator } = await setUpPasskey(who));
    ({ secret } = await setUpTotp(db(), who));
    await letConfirmationLapse(db(), who.id);
    await db()
      .update(authSession)
      .set({ secondFactorAt: null })
      .where(eq(authSession.personId, who.id));
  });

  async function renew({ browser }: Member) {
    const api = await browser.api();
    return api.factors.renewRecoveryCodes({ idempotencyKey: newKey() });
  }

  async function byTotp({ browser }: Member, code: string) {
    const api = await browser.api();
    return api.factors.confirmWithTotp({ code, idempotencyKey: newKey() });
  }

  async function ask({ browser }: Member) {
    return (await browser.api()).factors.confirmOptions({ idempotencyKey: newKey() });
  }

  async function byPasskey(
    { browser }: Member,
    { proof, options }: Awaited<ReturnType<typeof ask>>,
    by = authenticator,
  ) {
    const api = await browser.api();
    const assertion = by.get(options);
    return api.factors.confirmWithPasskey({ proof, assertion, idempotencyKey: newKey() });
  }

  it.each(["a code", "a passkey"])(
    "by %s opens what asks for it, under another token",
    async (by) => {
      expect((await refusalOfCall(renew(who))).code).toBe("SecondFactorRequired");
      const before = await sessionOf(who);
      const token = who.browser.sessionToken ?? "";
      await (by === "a code" ? byTotp(who, codeFromApp(secret)) : byPasskey(who, await ask(who)));
      expect((await renew(who)).recoveryCodes).toHaveLength(10);
      const after = await sessionOf(who);
      expect(after.id).not.toBe(before.id);
      expect(after.secretHash).not.toEqual(before.secretHash);
      expect(after.secondFactorAt).not.toBeNull();
      expect(after.confirmedAt.getTime()).toBeGreaterThan(before.confirmedAt.getTime());
      // It is the same session otherwise, and ends no later.
      const { method, endsAt, createdAt, address, client } = before;
      expect(after).toMatchObject({ method, endsAt, createdAt, address, client });
      expect((await new TestBrowser(db(), { sessionToken: token }).actor()).kind).toBe("public");
      expect(await db().$count(authSession, eq(authSession.personId, who.id))).toBe(1);
    },
  );

  it("takes no wrong code, and no code twice", async () => {
    expect(await refusalOfCall(byTotp(who, wrongCode(secret)))).toEqual(WRONG);
    const code = codeFromApp(secret);
    await byTotp(who, code);
    expect(await refusalOfCall(byTotp(who, code))).toEqual(WRONG);
  });

  it("gives the new token to one of ten who show the same code at once", async () => {
    const code = codeFromApp(secret);
    const { sessionToken = "" } = who.browser;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        byTotp({ id: who.id, browser: new TestBrowser(db(), { sessionToken }) }, code),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().$count(authSession, eq(authSession.personId, who.id))).toBe(1);
  });

  it("slows down whoever guesses with somebody's session", async () => {
    const codes: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      codes.push((await refusalOfCall(byTotp(who, wrongCode(secret)))).code);
    }
    expect(codes.slice(10)).toEqual(["RateLimited", "RateLimited"]);
  });

  it("asks the authenticator for its owner", async () => {
    const careless = new SoftwareAuthenticator({ verifiesOwner: false });
    await byTotp(who, codeFromApp(secret));
    const { created } = await setUpPasskey(who, careless);
    const { proof, options } = await ask(who);
    expect(options.userVerification).toBe("required");
    const assertion = careless.sign(created.id, options.challenge);
    const api = await who.browser.api();
    expect(
      await refusalOfCall(
        api.factors.confirmWithPasskey({ proof, assertion, idempotencyKey: newKey() }),
      ),
    ).toEqual(WRONG);
  });

  it("takes no challenge of another session or person, and no factor of somebody else", async () => {
    const other = await member(db());
    const others = await setUpPasskey(other);
    const { secret: theirs } = await setUpTotp(db(), other);
    expect(await refusalOfCall(byTotp(who, codeFromApp(theirs)))).toEqual(WRONG);
    const request = await ask(other);
    expect(await refusalOfCall(byPasskey(who, request, others.authenticator))).toEqual(WRONG);
    const { proof, options } = await ask(who);
    const assertion = others.authenticator.sign(others.created.id, options.challenge);
    const api = await who.browser.api();
    expect(
      await refusalOfCall(
        api.factors.confirmWithPasskey({ proof, assertion, idempotencyKey: newKey() }),
      ),
    ).toEqual(WRONG);
    const mine = await ask(who);
    await byTotp(who, codeFromApp(secret));
    // The session has another token by now.
    expect(await refusalOfCall(byPasskey(who, mine))).toEqual(WRONG);
    expect(
      (await refusalOfCall(byTotp({ ...who, browser: new TestBrowser(db()) }, "000000"))).code,
    ).toBe("Unauthenticated");
  });

  it("is not done with a session that is over", async () => {
    const api = await who.browser.api();
    await db().delete(authSession).where(eq(authSession.personId, who.id));
    const code = codeFromApp(secret);
    expect(
      (await refusalOfCall(api.factors.confirmWithTotp({ code, idempotencyKey: newKey() }))).code,
    ).toBe("Unauthenticated");
    // What could not be done along with it was not done: the code is good still.
    const browser = new TestBrowser(db());
    const step = await stepOf(db(), who.id);
    const signIn = { step, code, idempotencyKey: newKey() };
    expect(await (await browser.api()).factors.signInWithTotp(signIn)).toEqual({
      state: "signed_in",
    });
  });
});
