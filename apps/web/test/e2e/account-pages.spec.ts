import { newIdempotencyKey } from "@lectern/client";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type AccountHolder,
  codeOf,
  fillSignIn,
  heading,
  lateFor,
  newAccount,
  signIn,
} from "./accounts.ts";
import { findings } from "./axe.ts";
import { people } from "./people.ts";
import { type Visit, useVisits } from "./visit.ts";

const visit = useVisits();

let who: AccountHolder;

beforeAll(async () => {
  who = await newAccount("Maximiliane von und zu Hohenstein-Wolfenbüttel");
});

/** Sideways, in px, at 320 px. */
function overflow({ page }: Visit): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - 320);
}

/** Looking for barriers takes a while, and these look often. */
const LONG_MS = 120_000;

const SMALL = { viewport: { width: 320, height: 640 } };

describe("pages of accounts", () => {
  it("hold none in the midst of things", { timeout: LONG_MS }, async () => {
    const there = await visit("/sign-in", SMALL);
    const { page, context } = there;
    await fillSignIn(page, { ...who, password: "not the right one" });
    await page.getByRole("alert").waitFor();
    await expectNothing(there, "a wrong password");
    await signIn(page, who);
    await page.getByRole("button", { name: /^Your account:/u }).click();
    await expectNothing(there, "the menu");
    await page.goto("/account/security");
    await page.getByRole("button", { name: "Set up an app" }).click();
    const secret = await page.getByLabel("Can’t scan it?").inputValue();
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByRole("button", { name: "Save the password" }).click();
    await page.getByText(/fields need another look/u).waitFor();
    await expectNothing(there, "what is set up");
    await page.getByRole("textbox", { name: "Code" }).fill(codeOf(secret));
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByText("Keep these codes").waitFor();
    await page.getByText("10 are left.").waitFor();
    await expectNothing(there, "recovery codes");
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByRole("button", { name: "Change the address" }).click();
    await lateFor(context, "account.changeEmail");
    await page.getByLabel("New e-mail address").fill("x@example.com");
    await page.getByRole("button", { name: "Send the link" }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("name")))
      .toBe("password");
    await expectNothing(there, "who it is");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    const { userCode } = await people().visitor.devices.begin.mutate({
      client: "lectern on laptop",
      permissions: ["catalogue.export"],
      idempotencyKey: newIdempotencyKey(),
    });
    await page.goto(`/device?code=${userCode}`);
    await heading(page, "Let this program in?");
    await page.getByText("Your roles do not let you sign in programs.").waitFor();
    await expectNothing(there, "a program");
  });
});

/** @param state of the page, as failures name it */
async function expectNothing(there: Visit, state: string): Promise<void> {
  const found = { state, barriers: await findings(there.page), overflow: await overflow(there) };
  expect(found).toEqual({ state, barriers: [], overflow: 0 });
}
