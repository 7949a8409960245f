import { describe, expect, inject, it } from "vitest";
import { findings } from "./axe.ts";
import { newAddress, people } from "./people.ts";
import { untilAlive, useVisits } from "./visit.ts";

const visit = useVisits();

/** @returns a date that can be booked, of a course that is there in Norwegian, too */
async function translatedDate() {
  const { visitor } = people();
  const { items } = await visitor.runs.upcoming.query({ language: "nb", limit: 100 });
  const run = items.find(
    ({ course, bookability, placesLeft }) =>
      course.contentLanguage === "nb" && bookability === "open" && placesLeft > 2,
  );
  if (run === undefined) throw new Error("Nothing that is translated can be booked");
  return run;
}

describe("a language that is chosen", () => {
  it("has the same page with its choices, stays, and is there where an address names none", async () => {
    const { page, errors } = await visit("/courses?topic=security&level=beginner");
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    const count = await page.locator(".catalogue-count").textContent();
    await page.getByRole("link", { name: "Norsk" }).click();
    await page.waitForURL("**/nb/courses?topic=security&level=beginner");
    await untilAlive(page);
    expect(await page.getAttribute("html", "lang")).toBe("nb");
    expect(await page.locator("h1").textContent()).toBe("Kurs");
    expect(await page.locator(".catalogue-count").textContent()).toBe(
      count?.replace(/course(?:s)?/u, "kurs"),
    );
    expect(await page.getByRole("checkbox", { name: /^Security/u }).isChecked()).toBe(true);
    const bodies = await Promise.all(
      loaded.filter((url) => url.endsWith(".js")).map(async (url) => (await fetch(url)).text()),
    );
    expect(bodies.join("\n")).toContain("Hopp til innholdet");
    expect(bodies.join("\n")).not.toContain("Skip to the content");

    await page.reload();
    await untilAlive(page);
    expect(await page.locator("h1").textContent()).toBe("Kurs");
    await page.getByRole("link", { name: "Kursdatoer" }).first().click();
    await page.waitForURL("**/nb/upcoming");
    await page.goto("/contact?kind=company#contact-side");
    await page.waitForURL("**/nb/contact?kind=company#contact-side");
    await untilAlive(page);

    await page.getByRole("link", { name: "English" }).click();
    await page.waitForURL("**/contact?kind=company#contact-side");
    expect(new URL(page.url()).pathname).toBe("/contact");
    await untilAlive(page);
    await page.goto("/courses");
    expect(new URL(page.url()).pathname).toBe("/courses");
    expect(errors).toEqual([]);
  });

  it("is spoken from a course to its booking", async () => {
    const run = await translatedDate();
    const email = newAddress("ingrid");
    const { page, errors } = await visit(`/nb/courses/${run.course.slug}`, { locale: "nb-NO" });
    expect(await page.locator("h1").textContent()).toBe(run.course.title);
    await page.goto(`/nb/book/${run.id}`);
    await untilAlive(page);
    expect(await page.locator("h1").textContent()).toBe(run.course.title);
    await page.getByRole("button", { name: "Hold dem av" }).click();
    const booker = page.getByRole("group", { name: "Hvem bestiller?" });
    await booker.waitFor();
    await page.getByRole("button", { name: "Bekreft bestillingen" }).click();
    await page.getByText(/felt må ses over/u).waitFor();
    expect(await findings(page)).toEqual([]);
    await booker.getByLabel("Navn").fill("Ingrid Ås");
    await booker.getByLabel("E-postadresse").fill(email);
    await page.getByRole("checkbox", { name: /vilkårene/u }).check();
    await page.getByRole("button", { name: "Bekreft bestillingen" }).click();
    await page.getByRole("heading", { level: 1, name: "Bestillingen er bekreftet" }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/nb\/bookings\/LC-/u);
    expect(await page.locator(".booked-course").textContent()).toContain(run.course.title);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Bestillingen er bekreftet" }).waitFor();
    expect(await page.locator(".booked-course").textContent()).toContain(run.course.title);

    const { items } = await people().staff.bookings.list.query({ bookerEmail: email });
    expect(items).toHaveLength(1);
    expect(errors).toEqual([]);
  });
});

describe("somebody who would rather read another language", () => {
  it("is told once that the page is there in it, and stays where they are", async () => {
    const { page, errors } = await visit("/upcoming?city=Oslo", { locale: "nn-NO" });
    const offer = page.getByRole("complementary", { name: "Denne siden finnes også på norsk." });
    await offer.waitFor();
    expect(await offer.getAttribute("lang")).toBe("nb");
    expect(await offer.getByRole("link").getAttribute("href")).toBe("/nb/upcoming?city=Oslo");
    expect(new URL(page.url()).pathname).toBe("/upcoming");
    expect(await findings(page)).toEqual([]);
    await offer.getByRole("button", { name: "Nei takk" }).click();
    await offer.waitFor({ state: "detached" });
    await page.goto("/courses");
    await untilAlive(page);
    expect(await offer.count()).toBe(0);
    expect(await page.locator("h1").textContent()).toBe("Courses");
    expect(errors).toEqual([]);
  });

  it("is led there, once they take the offer", async () => {
    const { page } = await visit("/courses", { locale: "nb-NO" });
    await page.getByRole("link", { name: "Les den på norsk" }).click();
    await page.waitForURL("**/nb/courses");
    await page.goto("/articles");
    await page.waitForURL("**/nb/articles");
    expect(await page.getAttribute("html", "lang")).toBe("nb");
  });
});

describe("a page for everybody", () => {
  it("is in the language of its address, whatever somebody's browser prefers", async () => {
    const site = inject("site");
    const asked = ["en", "nb"].flatMap((language) =>
      ["/courses", "/nb/courses"].map(async (path) => {
        const answer = await fetch(site + path, { headers: { "accept-language": language } });
        await answer.text();
        const { headers } = answer;
        return [
          path,
          headers.get("content-language"),
          headers.get("etag"),
          headers.get("set-cookie"),
        ];
      }),
    );
    const [english, norwegian, englishAgain, norwegianAgain] = await Promise.all(asked);
    expect(english?.slice(0, 2)).toEqual(["/courses", "en"]);
    expect(norwegian?.slice(0, 2)).toEqual(["/nb/courses", "nb"]);
    expect(english?.[2]).not.toBe(norwegian?.[2]);
    expect(englishAgain).toEqual(english);
    expect(norwegianAgain).toEqual(norwegian);
    expect(english?.[3]).toBeNull();
  });
});

describe("axe", () => {
  it.each([
    "/nb/",
    "/nb/courses?topic=data-engineering",
    "/nb/contact",
    "/nb/sign-in",
    "/nb/nothing-here",
  ])("finds nothing at %s", async (path) => {
    const { page } = await visit(path);
    expect(await findings(page)).toEqual([]);
  });
});
