import { rememberDevice } from "@lectern/auth/known-device";
import { recoveryCode } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { newKey } from "../../../testing/factories.ts";
import {
  type Member,
  letConfirmationLapse,
  member,
  setUpTotp,
  stepOf,
} from "../../../testing/factors.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { listFactors } from "./list-factors.ts";

const database = useTestDatabase();
const db = () => database().db;

describe("recovery codes", () => {
  let who: Member;
  let codes: string[];
  beforeEach(async () => {
    who = await member(db());
    ({ recoveryCodes: codes } = await setUpTotp(db(), who));
  });

  async function signInWith(code: string, browser = new TestBrowser(db()), personId = who.id) {
    const step = await stepOf(db(), personId);
    const api = await browser.api();
    return api.factors.signInWithRecoveryCode({ step, code, idempotencyKey: newKey() });
  }

  async function renew() {
    const api = await who.browser.api();
    return api.factors.renewRecoveryCodes({ idempotencyKey: newKey() });
  }

  it("are ten, each good once, however it is typed", async () => {
    expect(new Set(codes).size).toBe(10);
    const [first = "", second = "", third = ""] = codes;
    expect(first).toMatch(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}$/u);
    const browser = new TestBrowser(db());
    expect(await signInWith(first, browser)).toEqual({ state: "signed_in" });
    expect(await browser.actor()).toMatchObject({ session: { hasSecondFactor: true } });
    await signInWith(second.toLowerCase().replaceAll("-", ""));
    await signInWith(` ${third.replaceAll("-", " ")} `);
    expect((await (await who.browser.api()).factors.mine()).recoveryCodesLeft).toBe(7);
    for (const used of [first, second, third]) {
      expect((await refusalOfCall(signInWith(used))).code).toBe("SignInFailed");
    }
  });

  it("let one of fifty in who type the same at once", async () => {
    const [code = ""] = codes;
    const devices = await Promise.all(
      Array.from({ length: 50 }, () => rememberDevice(db(), undefined, who.id)),
    );
    const outcomes = await Promise.allSettled(
      devices.map(({ token }) => signInWith(code, new TestBrowser(db(), { deviceToken: token }))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await (await who.browser.api()).factors.mine()).recoveryCodesLeft).toBe(9);
  });

  it("are made anew, and the old ones are worthless then", async () => {
    const { recoveryCodes: fresh } = await renew();
    expect(fresh).toHaveLength(10);
    expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
    expect((await refusalOfCall(signInWith(codes[0] ?? ""))).code).toBe("SignInFailed");
    await signInWith(fresh[0] ?? "");
    expect(await queuedMails(db(), who.id)).toEqual(["factors_changed", "factors_changed"]);
  });

  it("are ten after any number who make them anew at once", async () => {
    await Promise.all(Array.from({ length: 5 }, renew));
    expect(await db().$count(recoveryCode, eq(recoveryCode.personId, who.id))).toBe(10);
  });

  it("are of one person", async () => {
    const other = await member(db());
    await setUpTotp(db(), other);
    expect(
      (await refusalOfCall(signInWith(codes[0] ?? "", new TestBrowser(db()), other.id))).code,
    ).toBe("SignInFailed");
  });

  it("are offered in the step until they are used up", async () => {
    expect(await listFactors(db(), who.id)).toEqual(["totp", "recovery_code"]);
    await db()
      .update(recoveryCode)
      .set({ usedAt: new Date() })
      .where(eq(recoveryCode.personId, who.id));
    expect(await listFactors(db(), who.id)).toEqual(["totp"]);
  });

  it("stand in for a factor, and are none: nobody without one has them", async () => {
    const other = await member(db());
    const api = await other.browser.api();
    expect(
      await refusalOfCall(api.factors.renewRecoveryCodes({ idempotencyKey: newKey() })),
    ).toMatchObject({ code: "Conflict", data: { reason: "wrong_state" } });
  });

  it("are not made anew without confirmation", async () => {
    await letConfirmationLapse(db(), who.id);
    expect((await refusalOfCall(renew())).code).toBe("ConfirmationRequired");
  });
});
