import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { PASSWORD, heading, newAccount } from "./accounts.ts";
import { linkMailedTo, newAddress, people, scheduleRun } from "./people.ts";
import { comeBack, holdBack, untilAlive, useVisits } from "./visit.ts";

/** Whatever a page finds out while somebody types, what they typed stays. */

const visit = useVisits();

function address(page: Page) {
  return page.getByLabel("E-mail address");
}

function password(page: Page) {
  return page.getByLabel("Password", { exact: true });
}

describe("what is typed to sign in", () => {
  it("stays while the page comes alive, and when it finds that an old session is gone", async () => {
    const who = await newAccount("Ines");
    const { page, context } = await visit("/");
    await page.evaluate(() => localStorage.setItem("lectern-signed-in", "yes"));
    const bringAlive = await holdBack(context, /\/assets\/.+\.js/u);
    const tellWho = await holdBack(context, /\/trpc\/[^?]*account\.me/u);
    await page.goto("/sign-in", { waitUntil: "commit" });
    await address(page).fill(who.email);
    bringAlive();
    await untilAlive(page);
    expect(await address(page).inputValue()).toBe(who.email);
    await password(page).fill(who.password);
    tellWho();
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem("lectern-signed-in")))
      .toBe(null);
    await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
    expect(await address(page).inputValue()).toBe(who.email);
    expect(await password(page).inputValue()).toBe(who.password);
    expect(await password(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await heading(page, "Your account");
  });

  it("can be sent although it can't be known who is signed in", async () => {
    const { page, context } = await visit("/");
    await page.evaluate(() => localStorage.setItem("lectern-signed-in", "yes"));
    await context.route(/\/trpc\/[^?]*account\.me/u, (route) => route.fulfill({ status: 400 }));
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Your account" }).waitFor();
    await address(page).fill(newAddress("nobody"));
    await password(page).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain(
      "The e-mail address or the password is not right.",
    );
  });

  it("goes along to the next page, also what is typed while that is on its way", async () => {
    const { page } = await visit("/sign-in");
    const email = newAddress("ines");
    // In one go: however slow or fast the next page comes, this is typed after the click and before it.
    await page.getByRole("link", { name: "Forgotten your password?" }).evaluate((link, typed) => {
      if (link instanceof HTMLElement) link.click();
      const field = document.querySelector<HTMLInputElement>("input[name=email]");
      if (field !== null) field.value = typed;
    }, email);
    await heading(page, "Forgotten your password?");
    expect(await address(page).inputValue()).toBe(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await heading(page, "Look into your mails");
    await page.getByText(email).waitFor();
    await page.getByRole("link", { name: "Back to the sign-in" }).click();
    await heading(page, "Sign in");
    expect(await address(page).inputValue()).toBe(email);
    await page.getByRole("link", { name: "Create an account" }).click();
    await heading(page, "Create an account");
    expect(await address(page).inputValue()).toBe(email);
    // It is kept nowhere: another document knows nothing of it.
    await page.reload();
    await untilAlive(page);
    expect(await address(page).inputValue()).toBe("");
  });
});

describe("what is typed on a page that a link opens", () => {
  it("stays when somebody skips to the content", async () => {
    const who = await newAccount("Noor");
    await people().visitor.account.forgotPassword.mutate({
      email: who.email,
      idempotencyKey: newIdempotencyKey(),
    });
    const link = await linkMailedTo(who.email, "reset_password", "/account/reset-password#");
    const { page } = await visit(link);
    const field = page.getByLabel("New password");
    await field.fill("eleven quiet brass kettles");
    await page.getByRole("link", { name: "Skip to the content" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/account/reset-password#main");
    expect(await field.inputValue()).toBe("eleven quiet brass kettles");
    await page.getByRole("button", { name: "Change the password" }).click();
    await heading(page, "Your account");
  });
});

describe("what is typed of who comes", () => {
  it("stays when the booking can't be read again for a while", async () => {
    const { id } = await scheduleRun(4);
    const { page, context } = await visit(`/book/${id}`);
    await page.getByRole("button", { name: "Set them aside" }).click();
    const name = page.getByRole("group", { name: "Who books?" }).getByLabel("Name");
    await name.fill("Ayşe Øvergård");
    const read = "bookings.byReference";
    await context.route(`**/trpc/${read}**`, (route) => route.fulfill({ status: 400 }));
    await comeBack(page, read);
    await context.unroute(`**/trpc/${read}**`);
    await comeBack(page, read);
    await page.getByText("Who books?").waitFor();
    expect(await name.inputValue()).toBe("Ayşe Øvergård");
  });
});
