import { readFile } from "node:fs/promises";
import { newIdempotencyKey } from "@lectern/client";
import type { OrganisationRole } from "@lectern/contract/vocabulary";
import type { Page } from "playwright-core";
import { describe, expect, it, vi } from "vitest";
import { type AccountHolder, PASSWORD, heading, newAccount, signIn } from "./accounts.ts";
import { findings } from "./axe.ts";
import { linkMailedTo, newAddress, people, scheduleRun } from "./people.ts";
import { useVisits } from "./visit.ts";

/** A company: who manages it, and who books for it. */

const visit = useVisits();

const key = () => ({ idempotencyKey: newIdempotencyKey() });

async function newCompany(name: string) {
  return people().staff.organisations.create.mutate({ name, country: "NO", ...key() });
}

/** Those that were followed: of several that were mailed to somebody, the next is meant. */
const followed = new Set<string>();

/** Follows the invitation that was mailed to somebody, who makes an account by it, or shows that they have one. */
async function accept(name: string, email: string): Promise<AccountHolder> {
  const link = await vi.waitFor(
    async () => {
      const found = await linkMailedTo(email, "invitation", "/account/invitation#");
      if (followed.has(found)) throw new Error("This is the one before");
      return found;
    },
    { timeout: 20_000, interval: 250 },
  );
  followed.add(link);
  const [, id = "", secret = ""] = /#([^.]+)\.(.+)$/u.exec(link) ?? [];
  await people().visitor.account.acceptInvitation.mutate({
    proof: { id, key: secret },
    name,
    password: PASSWORD,
    acceptsTerms: true,
    ...key(),
  });
  return { name, email, password: PASSWORD };
}

async function member(organisationId: string, name: string, role: OrganisationRole) {
  const email = newAddress("member");
  await people().staff.organisations.invite.mutate({ organisationId, name, email, role, ...key() });
  return accept(name, email);
}

/** Goes to the page of the only company that somebody is in. */
async function toCompany(page: Page, company: string): Promise<void> {
  const pages = page.getByRole("navigation", { name: "Your account" });
  await pages.getByRole("link", { name: "Your company" }).click();
  await heading(page, company);
}

const pagesOf = (page: Page) => page.getByRole("navigation", { name: "Pages of the company" });

describe("a company", () => {
  it("has a booker who books for it, and a manager who approves, names people, and sees what it spends", async () => {
    const name = `Fjord Analytics ${newIdempotencyKey().slice(0, 6)}`;
    const { id: organisationId } = await newCompany(name);
    const own = await scheduleRun(8, { visibility: "private", organisationId });
    const open = await scheduleRun(8);
    const boss = await member(organisationId, "Berit Boss", "company_manager");

    const manager = await visit("/sign-in");
    await signIn(manager.page, boss);
    await toCompany(manager.page, name);
    await pagesOf(manager.page).getByRole("link", { name: "People" }).click();
    await manager.page.getByText("Berit Boss (you)").waitFor();
    await manager.page.getByRole("button", { name: "Invite somebody" }).click();
    const address = newAddress("booker");
    await manager.page.getByLabel("Name").fill("Bo Booker");
    await manager.page.getByLabel("E-mail address").fill(address);
    await manager.page.getByLabel("May do", { exact: true }).selectOption("company_booker");
    expect(await findings(manager.page)).toEqual([]);
    await manager.page.getByRole("button", { name: "Send the invitation" }).click();
    await manager.page.getByText(`on its way to ${address}`).waitFor();
    const bo = await accept("Bo Booker", address);

    // In another browser.
    const booker = await visit("/sign-in");
    await signIn(booker.page, bo);
    await toCompany(booker.page, name);
    expect(await pagesOf(booker.page).getByRole("link").allTextContents()).toEqual([
      "Places and dates",
      "Spending",
    ]);
    const dates = booker.page.getByRole("region", { name: "Your own dates" });
    await dates.getByRole("button", { name: /^Book places/u }).click();
    const dialog = booker.page.getByRole("dialog");
    await dialog.getByLabel("How many places?").selectOption("2");
    await dialog.getByRole("button", { name: "See the price" }).click();
    await dialog.getByText("Together: NOK 40,000").waitFor();
    await dialog.getByLabel("Purchase order").fill("PO-7");
    await dialog.getByRole("checkbox").check();
    expect(await findings(booker.page)).toEqual([]);
    await dialog.getByRole("button", { name: "Confirm the booking" }).click();
    await dates.getByText(/^Booked: LC-/u).waitFor();
    const seats = booker.page.getByRole("region", { name: "Places", exact: true });
    await seats.getByText("No place has a name, 2 need one.").waitFor();

    // Somebody else has to approve a date for everybody.
    await booker.page.goto(`/book/${open.id}`);
    await booker.page.getByLabel("How many places?").selectOption("1");
    await booker.page.getByRole("button", { name: "Set them aside" }).click();
    await booker.page.getByLabel("Who is it for?").selectOption({ label: name });
    const who = booker.page.getByRole("group", { name: "Who books?" });
    await who.getByLabel("Name").fill(bo.name);
    await who.getByLabel("E-mail address").fill(bo.email);
    await booker.page.getByRole("checkbox", { name: /approve this first/u }).check();
    await booker.page.getByLabel("Who approves it?").fill("Somebody Else");
    await booker.page.getByLabel("Their e-mail address").fill(newAddress("boss"));
    await booker.page.getByRole("checkbox", { name: /terms/u }).check();
    await booker.page.getByRole("button", { name: "Ask for approval" }).click();
    await booker.page.getByRole("heading", { level: 1, name: /approval/iu }).waitFor();

    await pagesOf(manager.page).getByRole("link", { name: "Places and dates" }).click();
    const approvals = manager.page.getByRole("region", { name: "Waiting for approval" });
    await approvals.getByText("Somebody Else was asked.").waitFor();
    expect(await findings(manager.page)).toEqual([]);
    await approvals.getByRole("button", { name: /^Approve LC-/u }).click();
    await approvals.getByText(/is booked\.$/u).waitFor();

    // The places of both bookings are to be named.
    const places = manager.page.getByRole("region", { name: "Places", exact: true });
    const naming = places.getByRole("button", { name: /^Name who comes to place 1/u });
    await naming.first().click();
    const form = manager.page.getByRole("dialog");
    await form.getByLabel("Name").fill("Line Learner");
    await form.getByLabel("E-mail address").fill(newAddress("line"));
    await form.getByRole("button", { name: "Save" }).click();
    await places.getByText(/^1 place has a name/u).waitFor();
    await places.getByLabel("Named", { exact: true }).check();
    await places.getByText("Line Learner").waitFor();
    await places.getByLabel("To be named").check();
    await places
      .getByRole("button", { name: /^Send a link for place/u })
      .first()
      .click();
    expect(await form.getByLabel("Link", { exact: true }).inputValue()).toContain("/claim#");
    await form.getByRole("button", { name: "Close" }).click();

    await pagesOf(manager.page).getByRole("link", { name: "Spending" }).click();
    await manager.page.getByRole("link", { name: "This year" }).click();
    await manager.page.waitForURL(/from=\d{4}-01-01/u);
    const totals = manager.page.getByRole("region", { name: "Together" });
    await totals.getByRole("cell", { name: "NOK 60,000" }).first().waitFor();
    expect(await findings(manager.page)).toEqual([]);
    const download = manager.page.waitForEvent("download");
    await manager.page.getByRole("button", { name: "Save as CSV" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.trimEnd().split("\r\n")).toHaveLength(3);
    expect(csv).toMatch(/,2,PO-7,confirmed,unpaid,NOK,40000,0,40000/u);
    await manager.page.getByRole("link", { name: "Last year" }).click();
    await manager.page.getByText("Nothing was booked in this time.").first().waitFor();
    expect(own.id).not.toBe(open.id);
    expect([...manager.errors, ...booker.errors]).toEqual([]);
  });

  it("is changed by who manages it: its name, its domains, its people", async () => {
    const name = `Nordlys ${newIdempotencyKey().slice(0, 6)}`;
    const { id } = await newCompany(name);
    const boss = await member(id, "Berit Boss", "company_manager");
    await member(id, "Lars Learner", "learner");
    const { page, errors } = await visit("/sign-in", { viewport: { width: 360, height: 740 } });
    await signIn(page, boss);
    await toCompany(page, name);
    await pagesOf(page).getByRole("link", { name: "The company" }).click();
    await page.getByLabel("Name of the company").fill(`${name} AS`);
    await page.getByLabel("Address for invoices", { exact: false }).first().fill("x@example.com");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await heading(page, `${name} AS`);
    const domain = `d${newIdempotencyKey()
      .slice(0, 8)
      .toLowerCase()
      .replaceAll(/[^a-z]/gu, "x")}.example`;
    await page.getByLabel("Domain", { exact: true }).fill(domain);
    await page.getByRole("button", { name: "Add the domain" }).click();
    expect(await page.getByLabel("Name of the record").inputValue()).toBe(`_lectern.${domain}`);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByRole("button", { name: `Remove ${domain}` }).click();
    await page.getByText("No domain yet.").waitFor();

    await pagesOf(page).getByRole("link", { name: "People" }).click();
    const role = page.getByLabel("What Lars Learner may do");
    await role.selectOption("company_booker");
    await page.getByText("Saved.").waitFor();
    await page.getByRole("button", { name: "Remove Lars Learner" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("Lars Learner", { exact: true }).waitFor({ state: "detached" });
    // Somebody has to manage it.
    await page.getByLabel("What Berit Boss may do").selectOption("learner");
    await page.getByText("This is the last one, and you need one.").waitFor();
    expect(await page.getByLabel("What Berit Boss may do").inputValue()).toBe("company_manager");
    expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
  });

  it("is left, and of several each is a step away; who only learns sees its dates alone", async () => {
    const [first, second] = [await newCompany("Alpha AS"), await newCompany("Beta AS")];
    await scheduleRun(8, { visibility: "private", organisationId: first.id });
    const who = await member(first.id, "Lise Learner", "learner");
    const { staff } = people();
    const invitation = { name: who.name, email: who.email, role: "learner" as const };
    await staff.organisations.invite.mutate({ organisationId: second.id, ...invitation, ...key() });
    await accept(who.name, who.email);
    const { page, errors } = await visit("/sign-in");
    await signIn(page, who);
    await page.goto("/account/organisation");
    await heading(page, "Your companies");
    expect(await findings(page)).toEqual([]);
    await page.getByRole("link", { name: "Alpha AS" }).click();
    await heading(page, "Alpha AS");
    await page.getByText("8 places left").waitFor();
    expect(await page.getByRole("button", { name: /^Book places/u }).count()).toBe(0);
    expect(await page.getByRole("region", { name: "Bookings" }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
    const companies = page.getByRole("navigation", { name: "Your companies" });
    await companies.getByRole("link", { name: "Beta AS" }).click();
    await heading(page, "Beta AS");
    await page.getByText("There is no date for your company alone.").waitFor();
    await page.goto(`/account/organisation/${first.id}/people`);
    await page.getByText("You are not in this company").waitFor();

    await page.goto("/account/organisation");
    await page.getByRole("button", { name: "Leave Beta AS" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
    await page.getByText("You have left Beta AS.").waitFor();
    expect(await page.getByRole("link", { name: "Beta AS" }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("is nothing yet for who is in none", async () => {
    const who = await newAccount("Nobody Yet");
    const { page } = await visit("/sign-in");
    await signIn(page, who);
    const pages = page.getByRole("navigation", { name: "Your account" });
    expect(await pages.getByText("Your compan").count()).toBe(0);
    await page.goto("/account/organisation");
    await page.getByText("You are in no company yet").waitFor();
    expect(await findings(page)).toEqual([]);
  });
});
