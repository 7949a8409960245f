import { newIdempotencyKey } from "@lectern/client";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { PROBE, RAN, hostileMarkdown } from "./hostile-texts.ts";
import { people } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let kari: StaffMember;
let ola: StaffMember;

beforeAll(async () => {
  kari = await newStaffMember("Kari Nordmann", "course_editor");
  ola = await newStaffMember("Ola Berg", "course_editor");
}, 120_000);

let number = 0;

/** A course that nobody else looks at. */
async function newCourse(more: object = {}) {
  number += 1;
  const name = `${newIdempotencyKey()
    .slice(0, 8)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, "x")}${String(number)}`;
  const created = await people().staff.courses.create.mutate({
    code: `E2E-${name.toUpperCase()}`,
    slug: `course-${name}`,
    title: `Threat modelling ${name}`,
    summary: "Find what can go wrong before it does, with a whiteboard and a pen.",
    body: "Two days.\n\nAt a whiteboard.",
    topics: ["security"],
    deliveryModes: ["virtual"],
    languages: ["en"],
    idempotencyKey: newIdempotencyKey(),
    ...more,
  });
  return { ...created, path: `/office/courses/${created.id}` };
}

const open = (who: StaffMember, path: string) => visit(path, { storageState: who.storageState });
const save = (page: Page) => page.keyboard.press("Control+s");
const saved = (page: Page) => page.getByText("Everything is saved.").waitFor();
const part = (page: Page, name: RegExp | string) => page.getByRole("tab", { name }).click();

describe("a course in its editor", () => {
  it("keeps on the device what is typed, until it is saved as a version that can be brought back", async () => {
    const course = await newCourse();
    const { page, errors } = await open(kari, course.path);
    await heading(page, /^Threat modelling/u);
    const title = page.getByLabel("Title", { exact: true });
    await title.fill("Threats, drawn");
    await page.getByText(/^Not saved yet: one change/u).waitFor();
    expect(await findings(page)).toEqual([]);

    await page.reload();
    await page.getByText(/Found again from/u).waitFor();
    expect(await title.inputValue()).toBe("Threats, drawn");
    const read = () => people().staff.courses.forEditing.query({ id: course.id });
    expect((await read()).version).toBe(1);

    // Another page of the site asks first.
    await page.getByRole("link", { name: "Courses" }).first().click();
    await page.getByRole("dialog", { name: "Not everything is saved" }).waitFor();
    await page.getByRole("button", { name: "Stay here" }).click();
    await page.getByLabel(/^What changed, for colleagues/u).fill("A better title");
    await title.focus();
    await save(page);
    await saved(page);
    expect(await read()).toMatchObject({ title: "Threats, drawn", version: 2 });

    await part(page, "Versions");
    await page.getByRole("button", { name: /“A better title”/u }).click();
    const changed = page.getByRole("region", { name: "Title" });
    expect(await changed.locator("del").textContent()).toContain("Threat modelling");
    expect(await changed.locator("ins").textContent()).toBe("Threats, drawn");
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: /^Begun/u }).click();
    await page.getByRole("button", { name: "Bring it back" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Bring it back" }).click();
    await heading(page, /^Threat modelling/u);
    expect(await read()).toMatchObject({ version: 3 });
    expect(errors).toEqual([]);
  });

  it("loses nothing when somebody else saves meanwhile: what both changed is asked about", async () => {
    const course = await newCourse();
    const one = await open(kari, course.path);
    const other = await open(ola, course.path);
    await one.page.getByLabel("Title", { exact: true }).fill("Kari’s title");
    await one.page.getByLabel("Summary", { exact: true }).fill("Kari’s summary.");
    await other.page.getByLabel("Title", { exact: true }).fill("Ola’s title");
    await other.page.getByRole("button", { name: "Add an outcome" }).click();
    await other.page.getByRole("textbox", { name: "Outcome 1" }).fill("Draw a data flow");
    await save(other.page);
    await saved(other.page);

    await save(one.page);
    const panel = one.page.getByRole("region", { name: "This was changed while you were writing" });
    await panel.getByText(/^Ola Berg, .*: .*(?:Title|What they can do)/u).waitFor();
    expect(await panel.getByRole("region", { name: "Title" }).locator("ins").textContent()).toBe(
      "Kari’s title",
    );
    expect(await findings(one.page)).toEqual([]);
    // What only one of them changed is there already.
    expect(await one.page.getByRole("textbox", { name: "Outcome 1" }).inputValue()).toBe(
      "Draw a data flow",
    );
    expect(await one.page.getByLabel("Summary", { exact: true }).inputValue()).toBe(
      "Kari’s summary.",
    );
    await panel.getByRole("button", { name: "Keep mine" }).click();
    await save(one.page);
    await saved(one.page);
    const now = await people().staff.courses.forEditing.query({ id: course.id });
    expect(now).toMatchObject({
      title: "Kari’s title",
      summary: "Kari’s summary.",
      outcomes: ["Draw a data flow"],
      version: 3,
      updatedBy: { kind: "person", name: "Kari Nordmann" },
    });
  });

  it("is written by the keyboard alone: marks, modules that move, and what was removed", async () => {
    const course = await newCourse({
      body: "A word",
      syllabus: [
        { title: "One", topics: [] },
        { title: "Two", topics: ["Assets"] },
      ],
    });
    const { page } = await open(kari, course.path);
    const body = page.getByLabel("About the course", { exact: true });
    await body.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+b");
    expect(await body.inputValue()).toBe("**A word**");
    const preview = page.getByRole("region", { name: "Preview: About the course" });
    await expect.poll(() => preview.locator("strong").textContent()).toBe("A word");
    await page.keyboard.press("Control+z");
    expect(await body.inputValue()).toBe("A word");

    await page.getByRole("textbox", { name: "Module 2" }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("Two is now 1 of 2.").waitFor();
    expect(await page.getByRole("textbox", { name: "Module 1" }).inputValue()).toBe("Two");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.getByRole("button", { name: "Remove: One" }).press("Enter");
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await save(page);
    await saved(page);
    const { syllabus } = await people().staff.courses.forEditing.query({ id: course.id });
    expect(syllabus.map(({ title }) => title)).toEqual(["Two", "One"]);
  });

  it("is translated side by side, and says what is older than the original", async () => {
    const course = await newCourse();
    const { page } = await open(kari, `${course.path}?tab=translations`);
    await page.getByLabel("Add a translation").selectOption("nb");
    await page.getByLabel("Title, Norwegian Bokmål").fill("Trusselmodellering");
    await page.getByLabel("Summary, Norwegian Bokmål").fill("Finn det som kan gå galt.");
    await page
      .getByRole("textbox", { name: "About the course, Norwegian Bokmål" })
      .fill("To dager.");
    await save(page);
    await saved(page);
    await part(page, "Text");
    await page.getByLabel("About the course", { exact: true }).fill("Three days.");
    await save(page);
    await saved(page);
    await part(page, /^Translations/u);
    const text = page.getByRole("region", { name: "About the course" });
    await text.getByText("The original has changed").waitFor();
    await text.getByRole("button", { name: "What changed" }).click();
    await text.getByText("Three days.").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByLabel("This translation says what the original says now").check();
    await save(page);
    await saved(page);
    const { translations } = await people().staff.courses.forEditing.query({ id: course.id });
    expect(translations).toMatchObject([
      { language: "nb", title: "Trusselmodellering", outdated: [] },
    ]);
  });

  it("shows hostile text as text, in the preview as well", async () => {
    const course = await newCourse({ body: "" });
    const { page, context, errors } = await open(kari, course.path);
    const happened: string[] = [];
    await context.exposeBinding(RAN, (_source, field) => void happened.push(String(field)));
    context.on("request", (request) => {
      if (new URL(request.url()).pathname.includes(PROBE)) happened.push(request.url());
    });
    await page.getByLabel("About the course", { exact: true }).fill(hostileMarkdown("body"));
    const preview = page.getByRole("region", { name: "Preview: About the course" });
    await preview.getByText("body begins").waitFor();
    await part(page, "Preview");
    await page.locator(".preview-part .markdown").getByText("body begins").waitFor();
    const dangerous = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          "iframe, object, embed, [onerror], [onload], a[href^='javascript:' i]",
        ),
      ].map(({ outerHTML }) => outerHTML),
    );
    expect([dangerous, happened, errors]).toEqual([[], [], []]);
  });
});

describe("a new course", () => {
  it("begins with a title, and comes out when nothing is missing", async () => {
    const { page, errors } = await open(kari, "/office/courses/new");
    const title = `Queues ${newIdempotencyKey().slice(0, 8)}`;
    await page.getByLabel("Title", { exact: true }).fill(title);
    await page.getByLabel("Code").fill(`QUE-${String(Date.now())}`);
    await page.getByRole("button", { name: "Begin the draft" }).click();
    await heading(page, title);
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish this course?" });
    expect(await dialog.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Not now" }).click();

    await page
      .getByLabel("Summary", { exact: true })
      .fill("How long one waits, and why it is longer.");
    await page.getByLabel("About the course", { exact: true }).fill("One day about waiting.");
    await part(page, "Catalogue");
    await page.getByLabel("Add a topic").selectOption({ label: "Databases" });
    await page.getByLabel("Classroom").check();
    await page.getByLabel("Add a language").selectOption("en");
    expect(await findings(page)).toEqual([]);
    // What is not saved yet is saved first.
    await page.getByRole("button", { name: "Publish" }).click();
    await dialog.getByRole("button", { name: "Publish" }).click();
    await page.getByText("The course is published.").waitFor();
    await page.getByRole("link", { name: "View the page" }).click();
    await heading(page, title);
    expect(errors).toEqual([]);
  });
});

describe("the list of courses", () => {
  it("is found in, and taken on many at once, each refused by itself", async () => {
    const [ready, lacking] = [await newCourse(), await newCourse({ topics: [] })];
    const { page } = await open(kari, "/office/courses");
    expect(await findings(page)).toEqual([]);
    await page.getByLabel("Search titles, texts and codes").fill("E2E-");
    await page.getByRole("row", { name: new RegExp(titleOf(lacking.slug), "u") }).waitFor();
    for (const { slug } of [ready, lacking]) {
      await page.getByLabel(new RegExp(`^Choose .*${titleOf(slug)}`, "u")).check();
    }
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish one course?" });
    await dialog.getByText("It lacks: A topic at least").waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Publish" }).click();
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByLabel(new RegExp(`^Choose .*${titleOf(ready.slug)}`, "u")).waitFor();
    const { staff } = people();
    expect((await staff.courses.forEditing.query({ id: ready.id })).status).toBe("published");
    expect((await staff.courses.forEditing.query({ id: lacking.id })).status).toBe("draft");
  });
});

/** What tells the titles of these tests from each other. */
function titleOf(slug: string): string {
  return slug.replace("course-", "");
}

describe("an article", () => {
  it("is written, looked at, and comes out at a time", async () => {
    const { page, errors } = await open(ola, "/office/articles/new");
    const title = `On waiting ${newIdempotencyKey().slice(0, 8)}`;
    await page.getByLabel("Title", { exact: true }).fill(title);
    expect(await page.getByLabel("Author").inputValue()).toBe("Ola Berg");
    await page.getByRole("button", { name: "Begin the draft" }).click();
    await heading(page, title);
    await page.getByRole("textbox", { name: "Text" }).fill("It is **longer** than one thinks.");
    await page.reload();
    await page.getByText(/^Not saved yet/u).waitFor();
    expect(await findings(page)).toEqual([]);
    await part(page, "Preview");
    await page.locator(".article-preview strong").getByText("longer").waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByLabel("At a time").check();
    await page.getByLabel("Day and time, on your clock").fill("2030-01-01T09:00");
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByText(/^The article comes out 1 Jan 2030/u).waitFor();
    await page.getByText("Scheduled", { exact: true }).waitFor();
    const { staff } = people();
    const { items } = await staff.articles.listForEditing.query({ query: title });
    expect(items).toMatchObject([{ state: "scheduled", title }]);
    await page.goto("/office/articles");
    await page.getByRole("link", { name: title }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
