import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type AccountHolder, heading, lateFor, newAccount, signIn } from "./accounts.ts";
import { findings } from "./axe.ts";
import { bookPlaces, linkMailedTo, newAddress, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

const NARROW = { width: 320, height: 700 };

let owner: StaffMember;
let accountant: StaffMember;

beforeAll(async () => {
  owner = await newStaffMember("Olga Moe", "administrator");
  accountant = await newStaffMember("Finn Aas", "finance");
}, 120_000);

/** Whether the page can be scrolled sideways. */
function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}

/** A name that nobody else in these tests has. */
function named(name: string): string {
  return `${name} ${newIdempotencyKey().slice(0, 8).toLowerCase()}`;
}

async function idOf({ email }: AccountHolder): Promise<string> {
  const { items } = await people().staff.people.list.query({ query: email });
  const id = items[0]?.id;
  if (id === undefined) throw new Error(`Nobody has the address ${email}`);
  return id;
}

async function menu(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("button", { name: action, exact: true }).click();
}

describe("people in the back office", () => {
  it("are found, get a role and lose it, which others see, and who only reads can't do", async () => {
    const who = await newAccount(named("Kari Lie"));
    const id = await idOf(who);
    // Whoever shows who they are has another session from then on: this one is nobody else's.
    const chief = await newStaffMember("Cato Chief", "administrator");
    const { page, context, errors } = await visit("/office/people", {
      storageState: chief.storageState,
    });
    await heading(page, "People");
    await page.getByRole("searchbox", { name: "Name or e-mail" }).fill(who.email.slice(0, 20));
    await page.getByText("1 in all", { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("link", { name: who.name }).click();
    await heading(page, who.name);
    await page.getByText("No role:", { exact: false }).waitFor();

    const watching = await visit(`/office/people/${id}`, { storageState: accountant.storageState });
    await heading(watching.page, who.name);
    await watching.page.getByRole("tab", { name: "History" }).waitFor();
    expect(await watching.page.getByRole("button", { name: "Give a role" }).count()).toBe(0);
    expect(await watching.page.getByRole("button", { name: "More actions" }).count()).toBe(0);

    const inTime = await lateFor(context, "people.assignRole");
    await page.getByRole("button", { name: "Give a role" }).click();
    const dialog = page.getByRole("dialog", { name: `Give ${who.name} a role` });
    await dialog.getByLabel("Role", { exact: true }).selectOption("administrator");
    // It holds everywhere, or not at all.
    expect(await dialog.getByLabel("Where it holds").count()).toBe(0);
    await dialog.getByLabel("Role", { exact: true }).selectOption("sales");
    await dialog.getByLabel("Where it holds").selectOption("NO");
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Give a role" }).click();
    // It is long ago that they showed who they are.
    const asked = page.getByRole("dialog", { name: "Is it you?" });
    await asked.getByLabel("Password", { exact: true }).waitFor();
    await inTime();
    await asked.getByLabel("Password", { exact: true }).fill(chief.password);
    await asked.getByRole("button", { name: "It’s me" }).click();
    await page.getByText(`${who.name} has the role.`).waitFor();
    const roles = watching.page.getByRole("tabpanel").getByRole("listitem");
    await roles.filter({ hasText: "Norway" }).waitFor();
    await watching.page.getByText("They have no second factor yet.", { exact: false }).waitFor();
    expect(await findings(watching.page)).toEqual([]);

    await page.getByRole("button", { name: "Take away Sales, Norway" }).click();
    const revoking = page.getByRole("dialog", { name: `Take the role Sales from ${who.name}?` });
    await revoking.getByRole("button", { name: "Take away" }).click();
    await page.getByText(`${who.name} is no longer Sales, Norway.`).waitFor();
    await roles.filter({ hasText: "Norway" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await roles.filter({ hasText: "Norway" }).waitFor();

    await watching.page.getByRole("tab", { name: "History" }).click();
    await watching.page
      .getByText("Cato Chief took the role Sales, Norway away", { exact: false })
      .waitFor();
    await watching.page.getByText(`${who.name} made the account`).waitFor();
    expect(await findings(watching.page)).toEqual([]);
    await page.setViewportSize(NARROW);
    for (const tab of ["Roles", "Bookings", "History"]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await overflows(page)).toBe(false);
    }
    expect(errors.filter((error) => !error.includes("403"))).toEqual([]);
    expect(watching.errors).toEqual([]);
  }, 120_000);

  it("are suspended for a reason, at once and wherever they are, and restored", async () => {
    const family = named("Dahl");
    const one = await newAccount(`Anne ${family}`);
    const other = await newAccount(`Bjørn ${family}`);
    const theirs = await visit("/sign-in");
    await signIn(theirs.page, one);
    const { page, errors } = await visit(`/office/people/${await idOf(one)}`, {
      storageState: owner.storageState,
    });
    await heading(page, one.name);
    await menu(page, "Suspend");
    const dialog = page.getByRole("dialog", { name: `Suspend ${one.name}?` });
    await dialog.getByRole("button", { name: "Suspend" }).click();
    // It needs a reason.
    await dialog.getByRole("textbox", { name: "Reason", disabled: false }).waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByLabel("Reason").fill("Shared their password");
    await dialog.getByRole("button", { name: "Suspend" }).click();
    await page.getByText(`${one.name} is suspended.`).waitFor();
    await page.getByText("Shared their password").waitFor();
    expect(await findings(page)).toEqual([]);
    await theirs.page.goto("/account");
    await heading(theirs.page, "Sign in");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Shared their password").waitFor({ state: "detached" });

    await page.goto(`/office/people?${new URLSearchParams({ q: family }).toString()}`);
    await page.getByText("2 in all", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: /^Choose all/u }).check();
    await page.getByRole("button", { name: "Suspend", exact: true }).click();
    const bulk = page.getByRole("dialog", { name: "Suspend 2 people?" });
    await bulk.getByRole("button", { name: "Suspend", exact: true }).click();
    await bulk.getByText("Say why first.").waitFor();
    await bulk.getByLabel("Reason").fill("A prank");
    expect(await findings(page)).toEqual([]);
    await bulk.getByRole("button", { name: "Suspend", exact: true }).click();
    await page.getByText("2 people are suspended.").waitFor();
    await page.getByRole("combobox", { name: "State" }).selectOption("suspended");
    await page.getByText("2 in all", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Nobody is like that").waitFor();
    await page.setViewportSize(NARROW);
    await page.getByRole("button", { name: "Clear all" }).click();
    expect(await overflows(page)).toBe(false);
    const { items } = await people().staff.people.list.query({ query: other.email });
    expect(items[0]?.isSuspended).toBe(false);
    expect(errors).toEqual([]);
  }, 120_000);

  it("become one where two accounts are one person’s, once it is shown what moves", async () => {
    const name = named("Grete Foss");
    const old = await newAccount(name);
    const kept = await newAccount(name);
    const run = await scheduleRun(5);
    // With the address of an account, it is that account's.
    const booker = { name, email: old.email };
    const { reference } = await bookPlaces(run.id, 2, { booker, learners: [booker] });
    const keptId = await idOf(kept);
    const { page, errors } = await visit(`/office/people/${keptId}`, {
      storageState: owner.storageState,
    });
    await heading(page, name);
    await menu(page, "Merge with another account");
    const dialog = page.getByRole("dialog", { name: `Merge two accounts of ${name}` });
    await dialog.getByRole("combobox", { name: "The other account" }).fill(name);
    await dialog.getByRole("option", { name: old.email }).click();
    await dialog.getByText(`From ${old.email}, this goes to ${kept.email}:`).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await overflows(page)).toBe(false);
    await dialog.getByRole("button", { name: "Merge the accounts" }).click();
    await page.getByText(`${old.email} is merged:`, { exact: false }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/office/people/${keptId}`);
    await page.getByRole("tab", { name: "Bookings" }).click();
    await page.getByRole("row").filter({ hasText: reference }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("link", { name: "In the list of all bookings" }).click();
    await heading(page, "Bookings");
    await page.getByText("1 in all", { exact: true }).waitFor();
    const { items } = await people().staff.people.list.query({ query: name });
    expect(items.map(({ email }) => email)).toEqual([kept.email]);
    expect(errors).toEqual([]);
  }, 120_000);

  it("are an instructor of the catalogue, signed out everywhere, and erased", async () => {
    const who = await newAccount(named("Ivar Berg"));
    const theirs = await visit("/sign-in");
    await signIn(theirs.page, who);
    const { page, errors } = await visit(`/office/people/${await idOf(who)}`, {
      storageState: owner.storageState,
    });
    await heading(page, who.name);
    await page.getByRole("button", { name: "Change (Instructor)" }).click();
    const linking = page.getByRole("dialog", { name: `Which instructor is ${who.name}?` });
    const { instructors } = await people().staff.runs.options.query();
    const free = instructors.at(-1);
    if (free === undefined) throw new Error("The demo academy has no instructors");
    await linking.getByLabel("Instructor").selectOption(free.id);
    await linking.getByRole("button", { name: "Save" }).click();
    await page.getByText(`${who.name} is linked to the instructor.`).waitFor();
    await page.getByRole("definition").filter({ hasText: free.name }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("definition").filter({ hasText: free.name }).waitFor({
      state: "detached",
    });

    await menu(page, "Sign out everywhere");
    await page
      .getByRole("dialog", { name: `Sign ${who.name} out everywhere?` })
      .getByRole("button", { name: "Sign out everywhere" })
      .click();
    await page.getByText(`${who.name} is signed out everywhere.`).waitFor();
    await theirs.page.goto("/account");
    await heading(theirs.page, "Sign in");

    await menu(page, "Erase their data");
    const erasing = page.getByRole("dialog", { name: `Erase the data of ${who.name}?` });
    await erasing.getByRole("checkbox").check();
    expect(await findings(page)).toEqual([]);
    await erasing.getByRole("button", { name: "Erase their data" }).click();
    await page.getByText(`The data of ${who.name} is erased.`).waitFor();
    await heading(page, "People");
    expect(errors).toEqual([]);
  }, 120_000);

  it("are invited to work for the academy, and found by the command palette", async () => {
    const { page, errors } = await visit("/office/people", { storageState: owner.storageState });
    await heading(page, "People");
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog", { name: "Invite somebody to work for the academy" });
    const email = newAddress("newcomer");
    await dialog.getByLabel("Name", { exact: true }).fill("Nils New");
    await dialog.getByLabel("E-mail address").fill(email);
    await dialog.getByLabel("Role", { exact: true }).selectOption("course_editor");
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await overflows(page)).toBe(false);
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await page.getByText(`The invitation is on its way to ${email}`, { exact: false }).waitFor();
    expect(await linkMailedTo(email, "invitation", "/account/invitation#")).toContain("#");

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press("Control+k");
    await page.keyboard.type(accountant.email.slice(0, 18));
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    await palette
      .getByRole("group", { name: "People" })
      .getByRole("option", { name: /^Finn Aas/u })
      .click();
    await heading(page, "Finn Aas");
    expect(errors).toEqual([]);
  }, 90_000);
});
