import { readFile } from "node:fs/promises";
import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { PASSWORD, heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { linkMailedTo, newAddress, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

const NARROW = { width: 320, height: 700 };
const TABS = ["Details", "People", "Domains", "Bookings", "Places", "Spending", "Private dates"];

let seller: StaffMember;
let accountant: StaffMember;

beforeAll(async () => {
  seller = await newStaffMember("Signe Holm", "sales");
  accountant = await newStaffMember("Finn Aas", "finance");
}, 120_000);

const key = () => ({ idempotencyKey: newIdempotencyKey() });

function named(name: string): string {
  return `${name} ${newIdempotencyKey().slice(0, 8).toLowerCase()}`;
}

async function newCompany(name: string) {
  return people().staff.organisations.create.mutate({ name, country: "NO", ...key() });
}

/** Whether the page can be scrolled sideways. */
function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}

/** Follows the invitation that was mailed to somebody, who makes an account by it. */
async function accept(name: string, email: string): Promise<void> {
  const link = await linkMailedTo(email, "invitation", "/account/invitation#");
  const [, id = "", secret = ""] = /#([^.]+)\.(.+)$/u.exec(link) ?? [];
  await people().visitor.account.acceptInvitation.mutate({
    proof: { id, key: secret },
    name,
    password: PASSWORD,
    acceptsTerms: true,
    ...key(),
  });
}

describe("organisations in the back office", () => {
  it("are written down, found by list and palette, archived and taken back", async () => {
    const name = named("Fjordkraft");
    const { page, errors } = await visit("/office/organisations", {
      storageState: seller.storageState,
    });
    await heading(page, "Organisations");
    await page.getByRole("button", { name: "New organisation" }).click();
    const dialog = page.getByRole("dialog", { name: "New organisation" });
    await dialog.getByLabel("Name of the company").fill(name);
    await dialog.getByLabel("Country").selectOption("SE");
    const number = newIdempotencyKey().slice(0, 12);
    await dialog.getByLabel("Registration number").fill(number);
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Write it down" }).click();
    await page.getByText(`${name} is there. Invite its people next.`).waitFor();
    await heading(page, name);
    expect(await findings(page)).toEqual([]);

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("button", { name: "Archive", exact: true }).click();
    await page
      .getByRole("dialog", { name: `Archive ${name}?` })
      .getByRole("button", { name: "Archive" })
      .click();
    await page.getByText(`${name} is archived.`).waitFor();
    await page.getByRole("button", { name: "Take it back into use" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("link", { name: "Organisations" }).first().click();
    await page.getByRole("searchbox", { name: "Name, domain or number" }).fill(number);
    await page.getByText("No organisation is like that").waitFor();
    await page.getByRole("checkbox", { name: "With archived ones" }).check();
    await page.getByRole("row").filter({ hasText: name }).getByText("Archived").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("checkbox", { name: "With archived ones" }).uncheck();
    await page.getByRole("row").filter({ hasText: name }).waitFor();
    await page.setViewportSize(NARROW);
    expect(await overflows(page)).toBe(false);

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press("Control+k");
    await page.keyboard.type(name);
    await page
      .getByRole("dialog", { name: "Search and commands" })
      .getByRole("group", { name: "Organisations" })
      .getByRole("option", { name: new RegExp(`^${name}`, "u") })
      .click();
    await heading(page, name);
    expect(errors).toEqual([]);
  }, 120_000);

  it("are changed by two at once, and neither loses what they wrote", async () => {
    const name = named("Nordlys");
    const { id } = await newCompany(name);
    const one = await visit(`/office/organisations/${id}`, { storageState: seller.storageState });
    const watching = await visit(`/office/organisations/${id}`, {
      storageState: accountant.storageState,
    });
    await heading(one.page, name);
    await heading(watching.page, name);
    // Who may not change it sees what is there.
    expect(await watching.page.getByRole("button", { name: "Save" }).count()).toBe(0);
    expect(await watching.page.getByRole("tab", { name: "People" }).count()).toBe(0);
    await one.page.getByLabel("Postal address for invoices").fill("Strandgaten 1");
    await people().staff.organisations.update.mutate({
      id,
      version: 1,
      changes: { name: `${name} AS`, billingEmail: "invoices@example.com" },
      ...key(),
    });
    await heading(one.page, `${name} AS`);
    await heading(watching.page, `${name} AS`);
    await one.page.getByRole("button", { name: "Save", exact: true }).click();
    await one.page.getByText("Meanwhile, somebody else saved:").waitFor();
    await one.page.getByText("invoices@example.com").waitFor();
    expect(await findings(one.page)).toEqual([]);
    await one.page.getByRole("button", { name: "Save what I changed, too" }).click();
    await one.page.getByText("Saved.", { exact: true }).waitFor();
    await watching.page.getByText("Strandgaten 1").waitFor();
    expect(await one.page.getByLabel("Name of the company").inputValue()).toBe(`${name} AS`);
    expect(await people().staff.organisations.byId.query({ id })).toMatchObject({
      name: `${name} AS`,
      billingEmail: "invoices@example.com",
      billingAddress: "Strandgaten 1",
    });
    expect(await findings(watching.page)).toEqual([]);
    expect(one.errors.filter((error) => !error.includes("409"))).toEqual([]);
    expect(watching.errors).toEqual([]);
  }, 120_000);

  it("have people and domains, which another member of staff sees change", async () => {
    const { id } = await newCompany(named("Bølge"));
    const address = `/office/organisations/${id}?tab=people`;
    const { page, errors } = await visit(address, { storageState: seller.storageState });
    const watching = await visit(address, { storageState: seller.storageState });
    const invitations = watching.page.getByRole("region", { name: "Invited" });
    await invitations.getByText("No invitation is open.").waitFor();
    const email = newAddress("berit");
    async function invite(to: string, who: string): Promise<void> {
      await page.getByRole("button", { name: "Invite somebody" }).click();
      await page.getByLabel("Name", { exact: true }).fill(who);
      await page.getByLabel("E-mail address", { exact: true }).fill(to);
      await page.getByLabel("May do", { exact: true }).selectOption("company_booker");
      await page.getByRole("button", { name: "Send the invitation" }).click();
      await page.getByText(`on its way to ${to}`).waitFor();
    }
    await invite(email, "Berit Boss");
    await invite(newAddress("wrong"), "Wrong Person");
    await page.getByRole("button", { name: "Withdraw the invitation of Wrong Person" }).click();
    await invitations.getByText("Berit Boss", { exact: true }).waitFor();
    await accept("Berit Boss", email);
    const members = watching.page.getByRole("region", { name: "In the company" });
    await members.getByRole("link", { name: "Berit Boss" }).waitFor();
    expect(await findings(watching.page)).toEqual([]);
    await watching.page.getByLabel("What Berit Boss may do").selectOption("company_manager");
    await watching.page.getByText("Saved.").waitFor();
    await expect
      .poll(() => page.getByLabel("What Berit Boss may do").inputValue(), { timeout: 20_000 })
      .toBe("company_manager");

    await page.getByRole("tab", { name: "Domains" }).click();
    const domain = `d${newIdempotencyKey()
      .slice(0, 8)
      .toLowerCase()
      .replaceAll(/[^a-z]/gu, "x")}.example`;
    await page.getByLabel("Domain", { exact: true }).fill(domain);
    await page.getByRole("button", { name: "Add the domain" }).click();
    expect(await page.getByLabel("Name of the record").inputValue()).toBe(`_lectern.${domain}`);
    await page.getByRole("button", { name: `Check ${domain}` }).click();
    await page
      .getByText("The record is not there yet.", { exact: false })
      .or(page.getByText("The DNS did not answer.", { exact: false }))
      .waitFor();
    expect(await findings(page)).toEqual([]);
    await watching.page.getByRole("tab", { name: "Domains 1" }).waitFor();
    await page.getByRole("button", { name: `Remove ${domain}` }).click();
    await page.getByText("No domain yet.").waitFor();
    expect([...errors, ...watching.errors]).toEqual([]);
  }, 120_000);

  it("have bookings, places, a statement and dates of their own", async () => {
    const { id: organisationId, name } = await newCompany(named("Hav"));
    const run = await scheduleRun(8, { visibility: "private", organisationId });
    const open = await scheduleRun(8);
    const email = newAddress("bo");
    await people().staff.organisations.invite.mutate({
      organisationId,
      name: "Bo Booker",
      email,
      role: "company_booker",
      ...key(),
    });
    await accept("Bo Booker", email);
    const { page, errors } = await visit(`/office/organisations/${organisationId}?tab=private`, {
      storageState: seller.storageState,
    });
    await heading(page, name);
    const own = page.getByRole("region", { name: "Private dates" });
    await own.getByText("8 places left").waitFor();
    await own.getByRole("link", { name: "Secure Web Applications", exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await own.getByRole("link", { name: /^Book places:/u }).click();
    await heading(page, "New booking");
    expect(new URL(page.url()).searchParams.get("run")).toBe(run.id);

    // Booked by who writes it down, for the company that they came from.
    await page.goto(`/office/bookings/new?run=${open.id}&organisation=${organisationId}`);
    await page.getByRole("button", { name: "Set the places aside" }).click();
    await page.getByText(name).first().waitFor();
    await page.getByLabel("Name", { exact: true }).first().fill("Bo Booker");
    await page.getByLabel("E-mail address", { exact: true }).first().fill(email);
    await page.getByLabel("The booker knows and accepts the terms").check();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByText(/^LC-.* is booked\.$/u).waitFor();

    await page.goto(`/office/organisations/${organisationId}?tab=bookings`);
    await page.getByText("1 in all", { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("tab", { name: "Places" }).click();
    const seats = page.getByRole("region", { name: "Places", exact: true });
    await seats
      .getByRole("button", { name: /^Name who comes/u })
      .first()
      .or(seats.getByText("Every place has a name."))
      .waitFor();
    expect(await findings(page)).toEqual([]);

    await page.getByRole("tab", { name: "Spending" }).click();
    await page.getByRole("link", { name: "This year" }).click();
    await page.waitForURL(/from=\d{4}-01-01/u);
    const totals = page.getByRole("region", { name: "Together" });
    await totals.getByRole("cell", { name: "NOK 20,000" }).first().waitFor();
    expect(await findings(page)).toEqual([]);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.trimEnd().split("\r\n")).toHaveLength(2);
    await page.getByLabel("Last day").fill("2001-01-01");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("Nothing was booked in this time.").first().waitFor();

    await page.setViewportSize(NARROW);
    for (const tab of TABS) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("tabpanel", { name: tab }).waitFor();
      expect([tab, await overflows(page)]).toEqual([tab, false]);
    }
    expect(errors).toEqual([]);
  }, 120_000);
});
