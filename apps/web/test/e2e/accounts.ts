import { createHmac } from "node:crypto";
import { newIdempotencyKey } from "@lectern/client";
import type { BrowserContext, Page } from "playwright-core";
import { linkMailedTo, newAddress, newcomer } from "./people.ts";

/** People with accounts, and how they sign in. */

export interface AccountHolder {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Nobody would guess it soon. */
export const PASSWORD = "copper lantern under the stairs";

/** The proof in the address that a link from a mail leads to. */
function proofIn(link: string): { id: string; key: string } {
  const [, id = "", key = ""] = /#([^.]+)\.(.+)$/u.exec(link) ?? [];
  return { id, key };
}

/** Somebody has signed up, and is signed in nowhere. */
export async function newAccount(name: string): Promise<AccountHolder> {
  const { account } = newcomer();
  const email = newAddress("account");
  await account.signUp.mutate({
    name,
    email,
    password: PASSWORD,
    acceptsTerms: true,
    idempotencyKey: newIdempotencyKey(),
  });
  const proof = proofIn(await linkMailedTo(email, "verify_email", "/account/verify#"));
  const idempotencyKey = newIdempotencyKey();
  await account.finishSignUp.mutate({ proof, password: PASSWORD, idempotencyKey });
  return { name, email, password: PASSWORD };
}

/** Fills in the form of the page that signs people in, and sends it. */
export async function fillSignIn(page: Page, { email, password }: AccountHolder): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs somebody in who has no second factor, and waits until their account is there. */
export async function signIn(page: Page, who: AccountHolder): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, who);
  await heading(page, "Your account");
  await page.getByRole("button", { name: "Save" }).waitFor();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Your account:/u }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
}

export function heading(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole("heading", { level: 1, name }).waitFor();
}

const STEP_SECONDS = 30;
const DIGITS = 6;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replaceAll(" ", "")]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/**
 * The code that an app shows (RFC 6238).
 *
 * @param stepsFromNow each is taken once: the next one is good already
 */
export function codeOf(secret: string, stepsFromNow = 0): string {
  const counter = Buffer.alloc(8);
  const step = Math.floor(Date.now() / 1000 / STEP_SECONDS) + stepsFromNow;
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 15;
  const number = hash.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/**
 * Sets up an app on the page Security.
 *
 * @returns its secret, the code of it that was shown, and the recovery codes that came with it
 */
export async function setUpApp(
  page: Page,
): Promise<{ secret: string; shown: string; codes: string[] }> {
  await page.getByRole("button", { name: "Set up an app" }).click();
  const secret = await page.getByLabel("Can’t scan it?").inputValue();
  const shown = codeOf(secret);
  await page.getByRole("textbox", { name: "Code" }).fill(shown);
  await page.getByRole("button", { name: "Finish" }).click();
  await page.getByRole("heading", { name: "Keep these codes" }).waitFor();
  const codes = await page.locator(".security-codes li").allTextContents();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { secret, shown, codes };
}

/**
 * Answers a call as ten minutes after signing in: it is asked who it is.
 *
 * @returns an end to that
 */
export async function lateFor(
  context: BrowserContext,
  procedure: string,
): Promise<() => Promise<void>> {
  const address = `**/trpc/${procedure}**`;
  const data = { code: "FORBIDDEN", httpStatus: 403, path: procedure, requestId: null };
  const domain = { code: "ConfirmationRequired", data: {} };
  const error = { message: "Please confirm that it is you.", code: -32_003 };
  await context.route(address, (route) =>
    route.fulfill({ status: 403, json: [{ error: { ...error, data: { ...data, domain } } }] }),
  );
  return () => context.unroute(address);
}
