import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import {
  type AccountHolder,
  PASSWORD,
  codeOf,
  fillSignIn,
  heading,
  lateFor,
  newAccount,
  setUpApp,
  signIn,
  signOut,
} from "./accounts.ts";
import { linkMailedTo, newAddress, people } from "./people.ts";
import { comeBack, untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

/** Without a second factor, and changed by no test. */
let ada: AccountHolder;

beforeAll(async () => {
  ada = await newAccount("Ada Lovelace");
});

/** A page but for when its answers were had. */
function timeless(html: string): string {
  return html.replaceAll(/"\w+At":\d{13}/gu, "");
}

function alerts(page: Page): Promise<string[]> {
  return page.getByRole("alert").allTextContents();
}

describe("an account", () => {
  it("is made with a mail and a password, and ends when its owner signs out", async () => {
    const { page } = await visit("/");
    await page.getByRole("link", { name: "Sign in", exact: true }).click();
    await page.getByRole("link", { name: "Create an account" }).click();
    await heading(page, "Create an account");
    await page.getByLabel("Name").fill("Grace Hopper");
    const email = newAddress("grace");
    await page.getByLabel("E-mail address").fill(email);
    const password = page.getByLabel("Password", { exact: true });
    await password.fill("short");
    await page.getByRole("button", { name: "Create the account" }).click();
    await page.getByText("This is too short: use at least 8 characters.").waitFor();
    // What would be guessed soon only the server knows, and says so at the field.
    await page.getByRole("checkbox", { name: /^I accept the terms/u }).check();
    await password.fill("password123");
    await page.getByRole("button", { name: "Create the account" }).click();
    await page.getByText("This password would be guessed soon.").waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("name")))
      .toBe("password");
    await password.fill(PASSWORD);
    await page.getByRole("button", { name: "Show the password" }).click();
    expect(await password.getAttribute("type")).toBe("text");
    await page.getByRole("button", { name: "Create the account" }).click();
    await heading(page, "Look into your mails");
    await page.getByText(email).waitFor();

    const link = await linkMailedTo(email, "verify_email", "/account/verify#");
    await page.goto(link);
    await heading(page, "One last step");
    expect(new URL(page.url()).hash).not.toContain(".");
    await page.getByLabel("The password that you chose").fill("something else entirely");
    await page.getByRole("button", { name: "Finish and sign in" }).click();
    await page.getByText("This is not the password that you chose").waitFor();
    await page.getByLabel("The password that you chose").fill(PASSWORD);
    await page.getByRole("button", { name: "Finish and sign in" }).click();
    await heading(page, "Your account");
    expect(await page.getByLabel("Name").inputValue()).toBe("Grace Hopper");

    await signOut(page);
    expect(new URL(page.url()).pathname).toBe("/");
    await page.goto("/account/security");
    await heading(page, "Sign in");
    await fillSignIn(page, { name: "", email, password: PASSWORD });
    await heading(page, "Security");
    await page.goto(link);
    await page.getByLabel("The password that you chose").fill(PASSWORD);
    await page.getByRole("button", { name: "Finish and sign in" }).click();
    await heading(page, "This link is not good any more");
  });

  it("is told from no account by nobody", async () => {
    const { page } = await visit("/sign-in");
    for (const email of [ada.email, newAddress("nobody")]) {
      await fillSignIn(page, { name: "", email, password: "not the right one" });
      await expect
        .poll(() => alerts(page))
        .toEqual(["That did not workThe e-mail address or the password is not right."]);
    }
    await page.goto("/forgotten-password");
    await page.getByLabel("E-mail address").fill(newAddress("nobody"));
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText(/^If there is an account for/u).waitFor();
  });

  it("keeps what its owner tells of themselves", async () => {
    const { page, errors } = await visit("/sign-in");
    const who = await newAccount("Kaya");
    await signIn(page, who);
    await page.getByLabel("Name").fill("Kaya Öztürk");
    await page.getByLabel("Time zone").selectOption("Europe/Istanbul");
    await page.getByLabel("Phone").fill("+90 212 000 00 00");
    await page.getByLabel("What you do not eat").fill("Hazelnuts");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("button", { name: "Your account: Kaya Öztürk" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Save" }).waitFor();
    expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/Istanbul");
    expect(await page.getByLabel("What you do not eat").inputValue()).toBe("Hazelnuts");
    expect(errors).toEqual([]);

    // Another tab was faster: nothing is lost unseen.
    const other = await page.context().newPage();
    await other.goto("/account");
    await other.getByLabel("Phone").fill("+90 212 111 11 11");
    await other.getByRole("button", { name: "Save" }).click();
    await other.getByText("Saved.").waitFor();
    await comeBack(page, "account.details");
    await page.getByLabel("Phone").fill("+90 212 222 22 22");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("This was changed elsewhere meanwhile.").waitFor();
    await page.getByRole("button", { name: "Show what is there now" }).click();
    await expect.poll(() => page.getByLabel("Phone").inputValue()).toBe("+90 212 111 11 11");
  });

  it("of somebody with a hostile name runs nothing of it", async () => {
    const name = `<img src=x onerror="document.title='taken over'"><b>`;
    const { page, errors } = await visit("/sign-in");
    await signIn(page, await newAccount(name));
    await page.getByRole("button", { name: `Your account: ${name}` }).click();
    await page.goto("/courses");
    await page.getByRole("button", { name: `Your account: ${name}` }).waitFor();
    expect(await page.locator(".account-menu b, .account-menu img").count()).toBe(0);
    expect(await page.title()).not.toContain("taken over");
    expect(errors).toEqual([]);
  });
});

describe("who is signed in", () => {
  it("goes back to where they came from, and never to another site", async () => {
    const { page } = await visit("/sign-in?next=%2Fcourses%3Ftopic%3Dsecurity");
    await fillSignIn(page, ada);
    await page.waitForURL("**/courses?topic=security");
    expect(new URL(page.url()).origin).toBe(inject("site"));
    await signOut(page);
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await untilAlive(page);
      await fillSignIn(page, ada);
      await page.waitForURL(`${inject("site")}/account`);
      await signOut(page);
    }
  });

  it("finds their name in the head of every page, where there was room for it", async () => {
    const { page, context } = await visit("/courses");
    const menu = page.getByRole("navigation", { name: "Main" });
    const before = await menu.boundingBox();
    await signIn(page, ada);
    await page.goto("/courses");
    const button = page.getByRole("button", { name: "Your account: Ada Lovelace" });
    await button.waitFor();
    expect(await menu.boundingBox()).toEqual(before);

    // Until the page is alive, it does not say that nobody is.
    await context.route("**/assets/*.js", (route) => route.abort());
    await page.goto("/courses");
    expect(await page.getByRole("link", { name: "Sign in", exact: true }).count()).toBe(0);
    await context.unroute("**/assets/*.js");

    await page.goto("/courses");
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Your account");
    await page.keyboard.press("Escape");
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("false");
  });

  it("is nobody to the server that writes pages", async () => {
    const { page, context } = await visit("/sign-in");
    await signIn(page, ada);
    const cookies = await context.cookies();
    const session = cookies.find(({ name }) => name === "lectern_session");
    expect(session?.httpOnly).toBe(true);
    const caching: unknown[] = [];
    const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
    for (const path of ["/", "/account", "/account/security", "/account/privacy"]) {
      const [as, without] = await Promise.all(
        [headers, {}].map(async (given) => fetch(inject("site") + path, { headers: given })),
      );
      const html = timeless((await as?.text()) ?? "");
      expect(html).toBe(timeless((await without?.text()) ?? ""));
      expect(html).not.toContain("Ada");
      caching.push(as?.headers.get("cache-control")?.split(",")[0]);
    }
    expect(caching).toEqual(["public", "no-store", "no-store", "no-store"]);
  });

  it("keeps nothing on the device but what the privacy page lists", async () => {
    const { page, context } = await visit("/sign-in");
    await signIn(page, ada);
    const kept = await page.evaluate(() => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
    ]);
    const cookies = (await context.cookies()).map(({ name }) => name);
    await page.goto("/privacy");
    const listed = await page.locator(".privacy-table code").allTextContents();
    expect(kept).toContain("lectern-signed-in");
    expect(listed).toEqual(expect.arrayContaining([...kept, ...cookies]));
    await signOut(page);
    expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain("lectern-signed-in");
  });

  it("leaves nothing in the browser by signing out but the choices that are the browser's", async () => {
    const { page } = await visit("/sign-in", { consent: "granted" });
    await signIn(page, ada);
    await page.evaluate(() => {
      localStorage["lectern-colours"] = "dark";
      localStorage["lectern-recent"] = "[]";
      sessionStorage["lectern-bookings"] = '[{"reference":"LC-7K3F-92QD"}]';
      sessionStorage["lectern-links"] = '[{"kind":"claim"}]';
    });
    await signOut(page);
    const left = await page.evaluate(() => ({
      browser: Object.keys(localStorage).toSorted(),
      tab: JSON.stringify(sessionStorage),
    }));
    expect(left.browser).toEqual(["lectern-colours", "lectern-consent"]);
    expect(left.tab).not.toMatch(/LC-7K3F-92QD|claim/u);
  });

  it("is shown and kept no more when they sign out and the server can't be told, which is said", async () => {
    const { page, context } = await visit("/sign-in");
    await signIn(page, ada);
    await page.goto("/account");
    await page.getByLabel("Name", { exact: true }).waitFor();
    await page.evaluate(() => {
      sessionStorage["lectern-bookings"] = '[{"reference":"LC-7K3F-92QD"}]';
    });
    await context.route("**/trpc/**", (route) => route.abort("connectionfailed"));
    await page.getByRole("button", { name: /^Your account:/u }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
    await heading(page, "You are not signed out yet");
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("LC-7K3F");
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    expect(shown).not.toContain(ada.email);
    expect(shown).not.toContain(ada.name);
    // Their session stands: they can go on, or have it ended once the server is back.
    await context.unroute("**/trpc/**");
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await page.getByLabel("Name", { exact: true }).waitFor();
    await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe(ada.name);
    await signOut(page);
    await page.goto("/account");
    await heading(page, "Sign in");
  });

  it("is offered nothing else on the page that they leave by signing out", async () => {
    const { page } = await visit("/sign-in");
    await signIn(page, ada);
    // Whoever is quick would sign in there, and lose what they typed when the first page is there.
    await page.evaluate(() => {
      new MutationObserver(() => {
        const ways = [...document.querySelectorAll(".account-entry a")];
        if (ways.some(({ textContent }) => textContent === "Sign in")) {
          sessionStorage.setItem("test-offered", "yes");
        }
      }).observe(document.body, { childList: true, subtree: true });
    });
    await signOut(page);
    expect(new URL(page.url()).pathname).toBe("/");
    expect(await page.evaluate(() => sessionStorage.getItem("test-offered"))).toBe(null);
  });

  it("sees where, and ends it there", async () => {
    const who = await newAccount("Lin");
    const here = await visit("/sign-in");
    await signIn(here.page, who);
    const there = await visit("/sign-in");
    await signIn(there.page, who);
    await here.page.goto("/account/security");
    const rows = here.page.locator('[aria-labelledby="sessions"] li');
    await expect.poll(() => rows.count()).toBe(3);
    const other = rows.filter({ hasNotText: "this browser" }).first();
    await other.getByRole("button", { name: /^Sign out/u }).click();
    await expect.poll(() => rows.count()).toBe(2);
    await there.page.getByRole("button", { name: "Save" }).click();
    await heading(there.page, "Sign in");
    await there.page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
    // Whoever sits there now is not told who that was.
    expect(await there.page.getByLabel("E-mail address").inputValue()).toBe("");

    await here.page.getByRole("button", { name: "Sign out everywhere, here too" }).click();
    await here.page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
  });
});

describe("what is important", () => {
  it("is asked for once more, and done then", async () => {
    const who = await newAccount("Noor");
    const { page, context } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto("/account/security");
    const inTime = await lateFor(context, "account.changeEmail");
    await page.getByRole("button", { name: "Change the address" }).click();
    const email = newAddress("noor");
    await page.getByLabel("New e-mail address").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Nothing was changed").waitFor();

    await page.getByRole("button", { name: "Send the link" }).click();
    await dialog.getByLabel("Password", { exact: true }).fill("wrong");
    await dialog.getByRole("button", { name: "It’s me" }).click();
    await dialog.getByText("This is not your password.").waitFor();
    await inTime();
    await dialog.getByLabel("Password", { exact: true }).fill(who.password);
    await dialog.getByRole("button", { name: "It’s me" }).click();
    await page.getByText(`We sent a link to ${email}.`).waitFor();
    expect(await dialog.count()).toBe(0);

    const link = await linkMailedTo(email, "email_change_asked", "/account/change-email#");
    await page.goto(link);
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await heading(page, "Your address has changed");
    await page.getByRole("link", { name: "To your account" }).click();
    await page.getByText(`${email} ·`).waitFor();
  });

  it("takes the password that is being changed for the answer", async () => {
    const who = await newAccount("Pia");
    const { page, context } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto("/account/security");
    await page.getByRole("button", { name: "Change the password" }).click();
    const inTime = await lateFor(context, "account.changePassword");
    page.on("response", (response) => {
      if (response.url().includes("account.confirm")) void inTime();
    });
    await page.getByLabel("Current password").fill("not this one");
    await page.getByLabel("New password").fill("a kettle of brass and moss");
    await page.getByRole("button", { name: "Save the password" }).click();
    await page.getByText("This is not your password.").waitFor();
    await page.getByLabel("Current password").fill(who.password);
    await page.getByRole("button", { name: "Save the password" }).click();
    await page.getByText("Your password is changed.").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});

describe("a forgotten password", () => {
  it("is replaced by a link, once", async () => {
    const who = await newAccount("Rui");
    const { page } = await visit("/sign-in");
    await page.getByRole("link", { name: "Forgotten your password?" }).click();
    await heading(page, "Forgotten your password?");
    await page.getByLabel("E-mail address").fill(who.email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await heading(page, "Look into your mails");
    const link = await linkMailedTo(who.email, "reset_password", "/account/reset-password#");
    await page.goto(link);
    await page.getByLabel("New password").fill("rui rui rui");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByText("This password would be guessed soon.").waitFor();
    await page.getByLabel("New password").fill("eleven quiet brass kettles");
    await page.getByRole("button", { name: "Change the password" }).click();
    await heading(page, "Your account");
    await signOut(page);
    await page.goto("/sign-in");
    await fillSignIn(page, who);
    await page.getByText("The e-mail address or the password is not right.").waitFor();
    await page.goto(link);
    await page.getByLabel("New password").fill("eleven quiet brass kettles");
    await page.getByRole("button", { name: "Change the password" }).click();
    await heading(page, "This link is not good any more");
    await page.getByRole("link", { name: "Ask for a new link" }).click();
    await heading(page, "Forgotten your password?");
    expect(await page.evaluate(() => Object.values(sessionStorage).join(" "))).not.toMatch(
      /"reset_password"/u,
    );
  });
});

describe("a second factor", () => {
  it("is an app, and each code is good once; a recovery code stands in for it", async () => {
    const who = await newAccount("Sana");
    const { page } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto("/account/security");
    const { secret, shown, codes } = await setUpApp(page);
    expect(new Set(codes).size).toBe(10);
    await page.getByText("10 are left.").waitFor();

    await signOut(page);
    await page.goto("/sign-in");
    await fillSignIn(page, who);
    await heading(page, "One more step");
    expect(await page.getByRole("textbox", { name: "Code" }).getAttribute("autocomplete")).toBe(
      "one-time-code",
    );
    await page.getByRole("textbox", { name: "Code" }).fill("12345");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("A code has six digits.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(shown);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("This code is not right, or was used already.").waitFor();
    await page
      .getByRole("textbox", { name: "Code" })
      .fill(codeOf(secret, 1).replace(/^.../u, "$& "));
    await page.getByRole("button", { name: "Go on" }).click();
    await heading(page, "Your account");

    await signOut(page);
    await page.goto("/sign-in");
    await fillSignIn(page, who);
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(codes[3] ?? "");
    await page.getByRole("button", { name: "Go on" }).click();
    await heading(page, "Your account");
    await page.goto("/account/security");
    await page.getByText("9 are left.").waitFor();
  });

  it("is a passkey, which signs in by itself", async () => {
    const who = await newAccount("Tove");
    const { page, context } = await visit("/sign-in");
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await signIn(page, who);
    await page.goto("/account/security");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Laptop");
    await page.getByRole("button", { name: "Create the passkey" }).click();
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.locator(".security-name", { hasText: "Laptop" }).waitFor();

    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("button", { name: "Create the passkey" }).click();
    await page.getByText("This device has a passkey for your account already.").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();

    await signOut(page);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await heading(page, "Your account");

    // The browser offers it in the field of the address, too: this one takes what is offered at once.
    await signOut(page);
    await page.goto("/sign-in");
    await untilAlive(page);
    await page.getByLabel("E-mail address").focus();
    await heading(page, "Your account");

    await signOut(page);
    await page.goto("/sign-in");
    await page.getByLabel("Password", { exact: true }).fill(who.password);
    await page.getByLabel("E-mail address").evaluate((field, email) => {
      if (field instanceof HTMLInputElement) field.value = email;
    }, who.email);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await heading(page, "One more step");
    await page.getByRole("button", { name: "Show your passkey" }).click();
    await heading(page, "Your account");

    await page.goto("/account/security");
    await page.getByRole("button", { name: "Rename Laptop" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Old laptop");
    await page.getByRole("button", { name: "Save the name" }).click();
    await page.getByRole("button", { name: "Remove Old laptop" }).click();
    await page.getByText("None yet.").waitFor();
    expect(await page.locator(".security-codes").count()).toBe(0);
  });
});

describe("somebody who is invited to work for the academy", () => {
  it("sets up a second factor first, and lets programs in", async () => {
    const { staff, visitor } = people();
    const email = newAddress("uma");
    await staff.people.invite.mutate({
      name: "Uma",
      email,
      role: "administrator",
      idempotencyKey: newIdempotencyKey(),
    });
    const link = await linkMailedTo(email, "invitation", "/account/invitation#");
    const { page } = await visit(link);
    await heading(page, "You are invited");
    await page.getByText("Your role: Administrator.").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Uma");
    await page.getByLabel("Name").fill("Uma Rao");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("checkbox", { name: /^I accept/u }).check();
    await page.getByRole("button", { name: "Accept the invitation" }).click();
    await heading(page, "Security");
    await page.getByText("Your role needs a second factor.").waitFor();
    expect(await page.getByRole("heading", { name: "Where you are signed in" }).count()).toBe(0);
    await page.goto("/account");
    await heading(page, "Security");
    const { secret } = await setUpApp(page);
    await page.getByRole("heading", { name: "Where you are signed in" }).waitFor();

    const begun = await visitor.devices.begin.mutate({
      client: "lectern on <b>laptop</b>",
      permissions: ["catalogue.export", "jobs.read"],
      idempotencyKey: newIdempotencyKey(),
    });
    await page.goto("/device");
    await page.getByRole("textbox", { name: "Code" }).fill("BCDF-GHJK");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("No program waits with this code.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(begun.userCode.toLowerCase());
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("lectern on <b>laptop</b>").waitFor();
    await page.getByText("90 days, unless you end its access earlier").waitFor();
    await page.getByRole("checkbox", { name: "jobs.read" }).uncheck();
    await page.getByRole("button", { name: "Let it in" }).click();
    await heading(page, "The program is in");
    const polled = await visitor.devices.poll.mutate({
      deviceCode: begun.deviceCode,
      idempotencyKey: newIdempotencyKey(),
    });
    expect(polled).toMatchObject({
      state: "granted",
      about: { permissions: ["catalogue.export"] },
    });

    await page.goto("/account/security");
    await page.getByRole("button", { name: "New token" }).click();
    await page.getByRole("button", { name: "Make the token" }).click();
    await page.getByText(/fields need another look/u).waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Nightly export");
    await page.getByRole("checkbox", { name: "catalogue.export" }).check();
    await page.getByRole("button", { name: "Make the token" }).click();
    const token = page.getByLabel("Nightly export");
    expect(await token.inputValue()).toMatch(/^\S{30,}$/u);
    await page.getByRole("button", { name: "End Nightly export" }).click();
    await page.getByRole("button", { name: "End Nightly export" }).waitFor({ state: "detached" });

    // Who has a role that needs it shows it at every sign-in.
    await signOut(page);
    await page.goto(`/device?code=${begun.userCode}`);
    await heading(page, "Sign in");
    await fillSignIn(page, { name: "", email, password: PASSWORD });
    await page.getByRole("textbox", { name: "Code" }).fill(codeOf(secret, 1));
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("No program waits with this code.").waitFor();
  });
});

describe("somebody whose company signs them in", () => {
  it("is sent there, and shows that an account that is here already is theirs", async () => {
    const who = await newAccount("Wim");
    const { page, context } = await visit("/sign-in?next=%2Fcourses");
    const answer = (procedure: string, data: object) =>
      context.route(`**/trpc/${procedure}**`, (route) => {
        asked.set(procedure, JSON.stringify(route.request().postDataJSON()));
        return route.fulfill({ json: [{ result: { data } }] });
      });
    const asked = new Map<string, string>();
    const provider = { slug: "nordlys", name: "Nordlys <b>AS</b>" };
    await answer("identity.options", { items: [{ ...provider, isForStaff: false }] });
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const url = `${inject("site")}/sign-in/openid/nordlys?state=the-state&code=the-code`;
    await answer("identity.begin", { url, expiresAt });
    const step = { id: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d", key: "k".repeat(43) };
    const needed = { state: "link_needed", step, provider, email: who.email, expiresAt };
    await answer("identity.finish", { ...needed, byPassword: true, returnTo: "//evil.example" });
    await answer("identity.link", { state: "signed_in" });
    await page.getByLabel("E-mail address").fill(who.email);
    await page.getByLabel("Password", { exact: true }).focus();
    await page.getByRole("button", { name: "Continue with Nordlys <b>AS</b>" }).click();
    await heading(page, "Is this account yours, too?");
    expect(asked.get("identity.options")).toContain(who.email);
    expect(asked.get("identity.begin")).toContain('"returnTo":"/courses"');
    expect(asked.get("identity.finish")).toContain('"code":"the-code"');
    expect(asked.get("identity.finish")).toContain('"provider":"nordlys"');
    // What was good once is in no history.
    expect(page.url()).toBe(`${inject("site")}/sign-in/openid/nordlys`);
    await page.getByLabel("Password", { exact: true }).fill(who.password);
    await page.getByRole("button", { name: "Connect them" }).click();
    await page.waitForURL(`${inject("site")}/sign-in`);
    expect(asked.get("identity.link")).toContain(step.key);
  });

  it("is told when that took too long, and when the other side let nobody in", async () => {
    const { page } = await visit("/sign-in/openid/nordlys?state=unknown&code=unknown");
    await heading(page, "That did not work");
    await page.getByText("That took too long, or was done already.").waitFor();
    await page.goto("/sign-in/openid/nordlys?error=access_denied&state=unknown");
    await page.getByText("The other side did not let you in").waitFor();
    await page.getByRole("link", { name: "To the sign-in" }).click();
    await heading(page, "Sign in");
    expect(new URL(page.url()).search).toBe("");
  });
});

describe("the first administrator", () => {
  it("is made by a link, and goes on to a second factor", async () => {
    const key = "k".repeat(43);
    const id = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
    const { page, context } = await visit(`/account/first-administrator#${id}.${key}`);
    await heading(page, "The first administrator");
    await page.getByLabel("Name").fill("Root");
    await page.getByLabel("E-mail address").fill(newAddress("root"));
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    let sent: unknown;
    await context.route("**/trpc/account.becomeAdministrator**", (route) => {
      sent = route.request().postDataJSON();
      return route.fulfill({ json: [{ result: { data: { state: "signed_in" } } }] });
    });
    await page.getByRole("button", { name: "Create the account" }).click();
    // Nobody was signed in, as the answer was made up.
    await page.waitForURL("**/sign-in?next=%2Faccount%2Fsecurity");
    expect(JSON.stringify(sent)).toContain(`"proof":{"id":"${id}","key":"${key}"}`);
    await context.unroute("**/trpc/account.becomeAdministrator**");

    await page.goto(`/account/first-administrator#${id}.${key}`);
    await page.getByLabel("Name").fill("Root");
    await page.getByLabel("E-mail address").fill(newAddress("root"));
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create the account" }).click();
    await heading(page, "This link is not good any more");
  });
});

describe("one's data", () => {
  it("is agreed to, copied and erased by its owner", async () => {
    const who = await newAccount("Vera");
    const { page } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto("/account/privacy");
    await page.getByRole("button", { name: "Agree News of courses by mail" }).click();
    await page.getByRole("button", { name: "Take it back News of courses by mail" }).click();
    await page.getByRole("button", { name: "Agree News of courses by mail" }).waitFor();

    await page.getByRole("button", { name: "Put a copy together" }).click();
    const fetched = page.getByRole("button", { name: /^Download \(/u });
    await fetched.waitFor({ timeout: 40_000 });
    const [download] = await Promise.all([page.waitForEvent("download"), fetched.click()]);
    expect(download.suggestedFilename()).toMatch(/^lectern-[\d-]+\.zip$/u);

    await page.getByRole("button", { name: "Erase my account" }).click();
    await page.getByRole("button", { name: "Yes, erase it" }).click();
    await page.getByText(/^Your account will be erased on/u).waitFor();
    await page.getByRole("button", { name: "Keep my account after all" }).click();
    await page.getByRole("button", { name: "Erase my account" }).waitFor();
  });
});
