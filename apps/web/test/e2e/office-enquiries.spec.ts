import { newIdempotencyKey } from "@lectern/client";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { askFor, draftQuote, sendQuote } from "./enquiries.ts";
import { dayIn, linkMailedTo, newAddress, newcomer, people, scheduleRun } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { holdBack, useVisits } from "./visit.ts";

const visit = useVisits();

const NARROW = { width: 320, height: 700 };

let seller: StaffMember;
let owner: StaffMember;

beforeAll(async () => {
  seller = await newStaffMember("Signe Holm", "sales");
  owner = await newStaffMember("Olga Moe", "administrator");
}, 120_000);

/** Whether the page can be scrolled sideways. */
function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}

/** A company's name that no other test has: what the board is narrowed by. */
function newCompany(): string {
  return newAddress("firm").replace("@example.com", "");
}

function column(page: Page, state: string): Locator {
  return page.getByRole("region", { name: state, exact: true });
}

function card(page: Page, state: string, name: string): Locator {
  return column(page, state).getByRole("listitem").filter({ hasText: name });
}

function boardOf(company: string): string {
  return `/office/enquiries?q=${encodeURIComponent(company)}`;
}

/** Drags a card with the mouse, in steps, as hands do. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (start === null || end === null) throw new Error("It is not on the screen");
  await page.mouse.move(start.x + 40, start.y + 20);
  await page.mouse.down();
  await page.mouse.move(start.x + 60, start.y + 30, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + 40, { steps: 8 });
  await page.mouse.up();
}

async function stateOf(id: string): Promise<string> {
  const { status } = await people().staff.enquiries.byId.query({ id });
  return status;
}

/** What the link in the mail with a quote proves. */
async function proofMailedTo(email: string): Promise<{ quoteId: string; accessKey: string }> {
  const link = await linkMailedTo(email, "quote", "/quote#");
  const [, quoteId = "", accessKey = ""] = /#([^.]+)\.(.+)$/u.exec(link) ?? [];
  return { quoteId, accessKey };
}

describe("the board of enquiries", () => {
  it("moves cards by mouse and keyboard, with a way back, which others see", async () => {
    const company = newCompany();
    const name = "Solveig Dahl";
    const id = await askFor({ name, company });
    const watching = await visit(boardOf(company), { storageState: owner.storageState });
    await card(watching.page, "New", name).waitFor();
    const { page, errors } = await visit(boardOf(company), { storageState: seller.storageState });
    await heading(page, "Enquiries");
    await card(page, "New", name).getByText("Private course, 12 people").waitFor();
    expect(await findings(page)).toEqual([]);

    await drag(page, card(page, "New", name), column(page, "In progress"));
    await card(page, "In progress", name).waitFor();
    await page.getByText(`The enquiry of ${name} is in “In progress” now.`).waitFor();
    await card(watching.page, "In progress", name).waitFor();
    expect(await stateOf(id)).toBe("in_progress");
    // From there, nothing becomes new again.
    expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
    await drag(page, card(page, "In progress", name), column(page, "New"));
    await card(page, "In progress", name).waitFor();

    const link = page.getByRole("link", { name });
    await link.focus();
    await page.keyboard.press("Shift+ArrowRight");
    await card(page, "Quoted", name).waitFor();
    await page.getByText(`The enquiry of ${name} is in “Quoted” now.`).waitFor();
    await expect.poll(() => link.evaluate((is) => is === document.activeElement)).toBe(true);
    await card(watching.page, "Quoted", name).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await card(page, "In progress", name).waitFor();
    await expect.poll(() => stateOf(id)).toBe("in_progress");

    await link.focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await page
      .getByText(`${name} is In progress, from where it goes no further that way.`)
      .waitFor();
    await page.keyboard.press("m");
    const dialog = page.getByRole("dialog", { name: `Move the enquiry of ${name}` });
    await dialog.getByLabel("Lost").check();
    await dialog.getByLabel("Note (optional)").fill("Too far away");
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Move", exact: true }).click();
    await card(page, "Lost", name).waitFor();
    await dialog.waitFor({ state: "detached" });
    const { note, status } = await people().staff.enquiries.byId.query({ id });
    expect({ note, status }).toEqual({ note: "Too far away", status: "lost" });
    expect(errors).toEqual([]);
    expect(watching.errors).toEqual([]);
  }, 150_000);

  it("puts a card back, and says why, where the academy refuses the move", async () => {
    const company = newCompany();
    const name = "Bo Lind";
    const id = await askFor({ name, company });
    const { page, context, errors } = await visit(boardOf(company), {
      storageState: seller.storageState,
    });
    await card(page, "New", name).waitFor();
    // Somebody else is faster, and the page does not know yet.
    const letGo = await holdBack(context, /enquiries\.list/u);
    await people().staff.enquiries.move.mutate({
      id,
      version: 1,
      to: "lost",
      idempotencyKey: newIdempotencyKey(),
    });
    const answer = await holdBack(context, /enquiries\.move/u);
    await card(page, "New", name)
      .getByRole("button", { name: `Move ${name}` })
      .click();
    await page.getByRole("button", { name: "Move to Quoted" }).click();
    // Shown at once, before anybody answered.
    await card(page, "Quoted", name).waitFor();
    answer();
    await card(page, "New", name).waitFor();
    await page.getByText("This was changed elsewhere meanwhile.", { exact: false }).waitFor();
    letGo();
    await card(page, "Lost", name).waitFor();
    expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
  }, 60_000);

  it("goes from card to card by arrows, shows spam on demand, and one column on a phone", async () => {
    const company = newCompany();
    const first = await askFor({ name: "Ada First", company });
    await askFor({ name: "Ada Second", company });
    const spam = await askFor({ name: "Ada Spam", company });
    const { staff } = people();
    const move = (id: string, to: "quoted" | "spam") =>
      staff.enquiries.move.mutate({ id, version: 1, to, idempotencyKey: newIdempotencyKey() });
    await move(first, "quoted");
    await move(spam, "spam");
    const { page, errors } = await visit(boardOf(company), { storageState: seller.storageState });
    await card(page, "New", "Ada Second").getByRole("link").focus();
    await page.keyboard.press("ArrowRight");
    const quoted = card(page, "Quoted", "Ada First").getByRole("link");
    await expect.poll(() => quoted.evaluate((is) => is === document.activeElement)).toBe(true);
    expect(await page.getByText("Ada Spam").count()).toBe(0);
    await page.keyboard.press("s");
    await card(page, "Spam", "Ada Spam").waitFor();
    expect(new URL(page.url()).searchParams.get("spam")).toBe("1");
    await page.setViewportSize(NARROW);
    await column(page, "Quoted").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Quoted 1" }).click();
    await card(page, "Quoted", "Ada First").waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await findings(page)).toEqual([]);
    await card(page, "Quoted", "Ada First").getByRole("link").click();
    await heading(page, "Ada First");
    expect(await overflows(page)).toBe(false);
    expect(errors).toEqual([]);
  }, 60_000);
});

describe("the list of enquiries", () => {
  it("marks many as spam, which can be undone, and takes in hand what can be", async () => {
    const company = newCompany();
    await askFor({ name: "Tor One", company, kind: "company" });
    const second = await askFor({ name: "Tor Two", company });
    const { page, errors } = await visit(boardOf(company), { storageState: seller.storageState });
    await card(page, "New", "Tor Two").waitFor();
    await page.keyboard.press("v");
    await page.getByRole("row").filter({ hasText: "Tor Two" }).waitFor();
    expect(new URL(page.url()).searchParams.get("view")).toBe("list");
    expect(await findings(page)).toEqual([]);
    await page.getByRole("checkbox", { name: /^Choose all/u }).check();
    await page.getByRole("button", { name: "Mark as spam" }).click();
    const spamming = page.getByRole("dialog", { name: "Mark 2 enquiries as spam?" });
    await spamming.getByText(`Tor One, ${company}`).waitFor();
    expect(await findings(page)).toEqual([]);
    await spamming.getByRole("button", { name: "Mark as spam" }).click();
    await page.getByText("2 enquiries are marked as spam.").waitFor();
    await page.getByText("No enquiry is like that").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("row").filter({ hasText: "Tor Two" }).waitFor();
    expect(await stateOf(second)).toBe("new");

    const { version } = await people().staff.enquiries.byId.query({ id: second });
    await people().staff.enquiries.move.mutate({
      id: second,
      version,
      to: "in_progress",
      idempotencyKey: newIdempotencyKey(),
    });
    await page.getByRole("row").filter({ hasText: "In progress" }).waitFor();
    await page.getByRole("checkbox", { name: /^Choose all/u }).check();
    await page.getByRole("button", { name: "Take in hand" }).click();
    const taking = page.getByRole("dialog", { name: "Take 1 enquiry in hand?" });
    await taking.getByText("It is In progress", { exact: false }).waitFor();
    await taking.getByRole("button", { name: "Take in hand" }).click();
    await page.getByText("1 enquiry is in progress.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await expect
      .poll(() => page.getByRole("row").filter({ hasText: "In progress" }).count())
      .toBe(2);
    await page.setViewportSize(NARROW);
    expect(await overflows(page)).toBe(false);
    expect(errors).toEqual([]);
  }, 90_000);

  it("is narrowed by kind and course, as the address says", async () => {
    const company = newCompany();
    await askFor({ name: "Kari Course", company });
    await askFor({ name: "Kari Contact", company, kind: "contact", course: null });
    const path = `${boardOf(company)}&view=list&kind=private_course&course=secure-web-applications`;
    const { page, errors } = await visit(path, { storageState: seller.storageState });
    await page.getByRole("row").filter({ hasText: "Kari Course" }).waitFor();
    await page.getByText("1 in all", { exact: true }).waitFor();
    await page
      .getByRole("button", { name: "Course" })
      .filter({ hasText: "Secure Web Applications" })
      .waitFor();
    await page.getByRole("button", { name: "Clear all" }).click();
    expect(new URL(page.url()).search).toBe("?view=list");
    expect(errors).toEqual([]);
  }, 60_000);
});

describe("an enquiry", () => {
  it("shows who asked, keeps a note, and tells what happened", async () => {
    const email = newAddress("solveig");
    const id = await askFor({ email });
    const { page, errors } = await visit(`/office/enquiries/${id}`, {
      storageState: seller.storageState,
    });
    await heading(page, "Solveig Dahl");
    await page.getByText("We are twelve developers in Bodø.").waitFor();
    const reply = page.getByRole("link", { name: "Reply by mail" });
    expect(await reply.getAttribute("href")).toBe(
      `mailto:${email}?subject=Your%20enquiry%20about%20Secure%20Web%20Applications`,
    );
    const phone = page.getByRole("link", { name: "+47 22 00 00 07" });
    expect(await phone.getAttribute("href")).toBe("tel:+4722000007");
    await page.getByRole("button", { name: "Take in hand" }).click();
    await page.getByText("In progress", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Write a note" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("Wants to come in March.\nCall again.");
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The note is saved.").waitFor();
    await page.getByText("Wants to come in March.").waitFor();
    await page.getByText("Signe Holm: wrote a note").waitFor();
    await page.getByText("Signe Holm: moved it to In progress").waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
  }, 60_000);

  it("is quoted: written, looked at, sent; the customer’s answer shows up by itself", async () => {
    const run = await scheduleRun(10);
    const email = newAddress("solveig");
    const id = await askFor({ email });
    const watching = await visit(`/office/enquiries/${id}`, { storageState: owner.storageState });
    await watching.page.getByText("Nothing was quoted yet.").waitFor();
    const { page, errors } = await visit(`/office/enquiries/${id}?quote=new&run=${run.id}`, {
      storageState: seller.storageState,
    });
    const panel = page.getByRole("complementary", { name: "New quote" });
    await panel.getByText("10 places left").waitFor();
    // Twelve were asked for, at the price of the list.
    await panel.getByText("NOK 240,000").waitFor();
    await panel.getByText("Only 10 places are left.", { exact: false }).waitFor();
    await panel.getByLabel("Places").fill("8");
    await panel.getByLabel("Price of a place, NOK").fill("17 500,50");
    await panel.getByText("NOK 140,004").waitFor();
    await panel.getByText("NOK 2,499.50 a place below the list price", { exact: false }).waitFor();
    await panel.getByLabel("Text").fill("Gladly! These are the places.");
    await panel.getByLabel("Last day").fill("2020-01-01");
    expect(await findings(page)).toEqual([]);
    await panel.getByRole("button", { name: "Save and preview" }).click();
    await panel.getByText("The last day is over already.").waitFor();
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    await panel.getByLabel("Last day").fill(soon);
    await panel.getByRole("button", { name: "Save and preview" }).click();

    const quote = page.getByRole("complementary", { name: /^Q-\d+/u });
    await quote.getByText("Gladly! These are the places.").waitFor();
    await quote.getByText("Draft", { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await quote.getByRole("button", { name: "Change" }).click();
    await quote.getByLabel("Places").fill("4");
    await quote.getByRole("button", { name: "Save" }).click();
    await quote.getByText("NOK 70,002 without VAT").waitFor();
    await quote.getByRole("button", { name: "Send …" }).click();
    const dialog = page.getByRole("dialog", { name: /^Send Q-\d+\?/u });
    await dialog.getByText(email, { exact: false }).waitFor();
    await dialog.getByText("The enquiry becomes “Quoted”.").waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Send the quote" }).click();
    await page.getByText(`is sent to ${email}.`, { exact: false }).waitFor();
    await quote.getByText("Sent", { exact: true }).first().waitFor();
    await watching.page.getByText("Sent", { exact: true }).waitFor();
    await watching.page.getByText("Quoted", { exact: true }).waitFor();

    await newcomer().quotes.decline.mutate({
      ...(await proofMailedTo(email)),
      reason: "Too dear for us.",
      idempotencyKey: newIdempotencyKey(),
    });
    await quote.getByText("Declined", { exact: true }).waitFor();
    await quote.getByText("Too dear for us.").waitFor();
    await watching.page.getByText("Declined", { exact: true }).waitFor();
    await page.setViewportSize(NARROW);
    expect(await overflows(page)).toBe(false);
    // The day that was over.
    expect(errors.filter((error) => !error.includes("400"))).toEqual([]);
    expect(watching.errors).toEqual([]);
  }, 180_000);

  it("is won once its quote is accepted, and leads to the booking", async () => {
    const run = await scheduleRun(10);
    const email = newAddress("solveig");
    const id = await askFor({ email });
    const sent = await sendQuote(await draftQuote(id, run.id));
    const { page, errors } = await visit(`/office/enquiries/${id}?quote=${sent.id}`, {
      storageState: seller.storageState,
    });
    const quote = page.getByRole("complementary", { name: sent.number });
    await quote.getByText("Sent", { exact: true }).first().waitFor();
    const { reference } = await newcomer().quotes.accept.mutate({
      ...(await proofMailedTo(email)),
      idempotencyKey: newIdempotencyKey(),
    });
    await quote.getByText("The places are set aside until").waitFor();
    await page.getByText("Won", { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await quote.getByRole("link", { name: reference }).click();
    await heading(page, reference);
    expect(errors).toEqual([]);
  }, 90_000);

  it("has quotes that are found a date for, withdrawn, copied and discarded", async () => {
    const run = await scheduleRun(10);
    const id = await askFor();
    const made = await sendQuote(await draftQuote(id, run.id));
    const { page, errors } = await visit(`/office/enquiries/${id}`, {
      storageState: seller.storageState,
    });
    await page.getByRole("button", { name: made.number }).click();
    const quote = page.getByRole("complementary", { name: made.number });
    await quote.getByRole("button", { name: "Withdraw" }).click();
    const dialog = page.getByRole("dialog", { name: `Withdraw ${made.number}?` });
    await dialog.getByLabel("Reason").fill("A wrong price");
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Withdraw" }).click();
    await quote.getByText("Withdrawn", { exact: true }).waitFor();
    await quote.getByText("A wrong price").waitFor();
    await quote.getByRole("button", { name: "Copy" }).click();
    await page.getByText(`says the same as ${made.number}.`, { exact: false }).waitFor();
    const copy = page.getByRole("complementary", { name: /^Q-\d+/u });
    await copy.getByText("Draft", { exact: true }).waitFor();
    await copy.getByText("Copied from").waitFor();
    await copy.getByRole("button", { name: "Change" }).click();
    await copy.getByRole("button", { name: "Date" }).click();
    await copy.getByRole("combobox", { name: "Date" }).fill("threat");
    await copy
      .getByRole("option")
      .filter({ hasText: /^Threat Modelling.*places? left/u })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await copy.getByRole("button", { name: "Save" }).click();
    await copy.getByText("Threat Modelling").first().waitFor();
    await copy.getByRole("button", { name: "Discard" }).click();
    const discarding = page.getByRole("dialog", { name: /^Discard Q-\d+\?/u });
    await discarding.getByRole("button", { name: "Discard" }).click();
    await page.getByText("is discarded.", { exact: false }).waitFor();
    await copy.waitFor({ state: "detached" });
    await expect
      .poll(async () => (await people().staff.enquiries.byId.query({ id })).quotes.length)
      .toBe(1);
    expect(errors).toEqual([]);
  }, 90_000);

  it("is quoted a private date that is scheduled for it", async () => {
    const id = await askFor();
    const { venues } = await people().staff.runs.options.query();
    const oslo = venues.find(({ city }) => city === "Oslo");
    const { page, errors } = await visit(`/office/enquiries/${id}`, {
      storageState: seller.storageState,
    });
    await heading(page, "Solveig Dahl");
    await page.keyboard.press("q");
    await page.getByRole("link", { name: "Schedule a private date" }).click();
    await heading(page, "New date");
    expect(await page.getByLabel("Who sees it").inputValue()).toBe("private");
    await page.getByLabel("Search the catalogue").fill("secure web");
    const option = page
      .getByLabel("Course", { exact: true })
      .locator("option", { hasText: "Secure Web Applications" });
    await option.waitFor({ state: "attached" });
    await page
      .getByLabel("Course", { exact: true })
      .selectOption(await option.getAttribute("value"));
    await page.getByLabel("Venue", { exact: true }).selectOption(oslo?.id ?? "");
    await page.getByLabel("First day").fill(dayIn(900));
    await page.getByRole("button", { name: "Schedule it" }).click();
    await heading(page, "Solveig Dahl");
    const panel = page.getByRole("complementary", { name: "New quote" });
    await panel.getByText("Private", { exact: true }).waitFor();
    await panel.getByText("12 places left").waitFor();
    // On request: the list has no price, and no currency.
    await panel.getByLabel("Price of a place, NOK").fill("9000");
    await panel.getByLabel("Currency").fill("EUR");
    await panel.getByText("€108,000").waitFor();
    await panel.getByRole("button", { name: "Save and preview" }).click();
    await page
      .getByRole("complementary", { name: /^Q-\d+/u })
      .getByText("€108,000 without VAT")
      .waitFor();
    expect(errors).toEqual([]);
  }, 90_000);
});
