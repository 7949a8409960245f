import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type AccountHolder, newAccount, signIn } from "./accounts.ts";
import { scheduleRun } from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

/** No page does what its Content-Security-Policy forbids: not even to find out whether it may. */

declare global {
  /** In the pages of these tests. */
  var tellOfViolation: ((text: string) => void) | undefined;
}

const visit = useVisits();

let who: AccountHolder;
let runId: string;

beforeAll(async () => {
  who = await newAccount("Pol");
  ({ id: runId } = await scheduleRun(5));
});

/** @returns what the browser reports from now on, page after page */
async function violationsIn(context: BrowserContext): Promise<string[]> {
  const found: string[] = [];
  await context.exposeFunction("tellOfViolation", (text: string) => void found.push(text));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { blockedURI, effectiveDirective, sourceFile } = event;
      globalThis.tellOfViolation?.(
        `${location.pathname}: ${effectiveDirective} ${blockedURI} ${sourceFile}`,
      );
    });
  });
  return found;
}

/** Sends the form of a page as it is, so that it is checked against its shape, and what is wrong is told. */
async function sendEmpty(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: action, exact: true }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
}

describe("the policy of the site", () => {
  it("is broken by no page that is read", async () => {
    const { page, context, errors } = await visit("/");
    const violations = await violationsIn(context);
    for (const path of [
      "/",
      "/courses?topic=security",
      "/courses/secure-web-applications",
      "/upcoming",
      "/articles",
      "/privacy",
      "/waitlist",
      "/quote",
      "/claim",
      "/approve",
      "/bookings/LC-7K3F-92QD",
      "/nowhere",
    ]) {
      await page.goto(path);
      await untilAlive(page);
    }
    await page.goto("/articles");
    await page.locator("article h2 a").first().click();
    await page.waitForURL("**/articles/*");
    expect(violations).toEqual([]);
    expect(errors.filter((error) => !error.includes("404"))).toEqual([]);
  });

  it("is broken by no form", async () => {
    const { page, context, errors } = await visit("/");
    const violations = await violationsIn(context);
    for (const [path, action] of [
      ["/contact", "Send"],
      ["/sign-in", "Sign in"],
      ["/sign-up", "Create the account"],
      ["/forgotten-password", "Send the link"],
    ] as const) {
      await page.goto(path);
      await sendEmpty(page, action);
    }
    await page.goto(`/book/${runId}`);
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
    await sendEmpty(page, "Confirm the booking");
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("is broken by no page of one's own", async () => {
    const { page, context, errors } = await visit("/");
    const violations = await violationsIn(context);
    await signIn(page, who);
    await page.getByLabel("Name").fill("");
    await sendEmpty(page, "Save");
    await page.goto("/account/security");
    await page.getByRole("button", { name: "Change the address" }).click();
    await sendEmpty(page, "Send the link");
    await page.goto("/account/privacy");
    await page.getByRole("button", { name: "Put a copy together" }).waitFor();
    await page.goto("/device");
    await page.getByRole("button", { name: "Next" }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("would be told of", async () => {
    const { page, context } = await visit("/");
    const violations = await violationsIn(context);
    await page.goto("/");
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement("script"), { text: "void 0" }));
    });
    await expect.poll(() => violations.join(" ")).toContain("script-src-elem inline");
  });
});
