import { domainError } from "@lectern/client/testing";
import { describe, expect, it } from "vitest";
import { course, courseSummary, mockAcademy, run } from "../test/academy.ts";
import { plainWordsIn } from "../vite/messages/pseudo-language.ts";
import * as site from "./entry-server.tsx";
import { languageOf, pathIn } from "./language/addresses.ts";

const origin = "https://academy.example";

function render(url: string, { client } = mockAcademy()) {
  return site.render({ url, origin, client });
}

describe("an address", () => {
  it.each([
    ["en", "/", "/"],
    ["en", "/courses?topic=web", "/courses?topic=web"],
    ["nb", "/", "/nb/"],
    ["nb", "/courses?topic=web", "/nb/courses?topic=web"],
  ] as const)("in %s of %s is %s, and tells the language", (language, path, address) => {
    expect(pathIn(language, path)).toBe(address);
    expect(languageOf(address)).toBe(language);
  });

  it.each([
    "/nbx/courses",
    "/en/courses",
    "/NB",
    "//nb/",
    "/courses/nb",
    "/__proto__/",
    "/constructor",
  ])("such as %s names no language", (address) => expect(languageOf(address)).toBe("en"));
});

describe("a page in Norwegian", () => {
  it("says so, and where it is in the others", async () => {
    const page = await render("/nb/courses");
    expect(page.status).toBe(200);
    expect(page.headers["content-language"]).toBe("nb");
    expect(page.html).toMatch(/^<!DOCTYPE html><html lang="nb">/u);
    expect(page.html).toContain(`rel="canonical" href="${origin}/nb/courses"`);
    for (const [tag, path] of [
      ["en", ""],
      ["nb", "/nb"],
      ["x-default", ""],
    ]) {
      expect(page.html).toContain(
        `rel="alternate" hrefLang="${tag}" href="${origin}${path}/courses"`,
      );
    }
    expect(page.html).toContain('property="og:locale" content="nb_NO"');
    expect(page.html).toContain("<title>Kurs · Lectern</title>");
  });

  it("leads to pages in Norwegian alone, but for the choice of language", async () => {
    const page = await render("/nb/");
    const [choice = ""] = /<nav aria-label="Språk">.*?<\/nav>/u.exec(page.html) ?? [];
    expect(choice).toContain('href="/"');
    const links = [
      ...page.html.replace(choice, "").matchAll(/<(?:a|form)[^>]* (?:href|action)="(\/[^"]*)"/gu),
    ];
    expect(links.length).toBeGreaterThan(10);
    expect(links.map(([, href = ""]) => href).filter((href) => !href.startsWith("/nb/"))).toEqual(
      [],
    );
  });

  it("begins at /nb/, where /nb leads", async () => {
    const page = await render("/nb");
    expect(page).toMatchObject({ status: 307, headers: { location: "/nb/" } });
  });

  it("leads from a wrong cursor to the beginning of its list", async () => {
    const list = ({ cursor }: { cursor?: string | null | undefined }) => {
      if (cursor == null) return { items: [], nextCursor: null, total: 0 };
      const issues = [{ path: "cursor", message: "The cursor is not one of this list" }];
      throw domainError("Invalid", { issues });
    };
    const page = await render("/nb/courses?topic=web&cursor=x", mockAcademy({ courses: { list } }));
    expect(page).toMatchObject({ status: 307, headers: { location: "/nb/courses?topic=web" } });
  });

  it("says that there is no such page", async () => {
    const page = await render("/nb/courses/none");
    expect(page.status).toBe(404);
    expect(page.html).toContain("<title>Siden finnes ikke</title>");
  });

  it("writes what dates, prices and languages are called there", async () => {
    const page = await render("/nb/courses/secure-web-applications");
    expect(page.html).toContain("26.–29. mars 2027");
    expect(page.html).toContain("18\u00A0900\u00A0kr");
    expect(page.html).toContain("norsk bokmål");
    expect(page.html).toContain("Oslo-tid (UTC+1, fra klokken stilles: UTC+2)");
  });

  it("marks what stands there in another language", async () => {
    const page = await render("/nb/courses/secure-web-applications");
    expect(page.html).toMatch(/<h1[^>]* lang="en"[^>]*>Secure Web Applications/u);
  });

  it("has another tag than in English, and is written at the same time as others", async () => {
    const paths = ["/courses", "/nb/courses", "/en-XA/courses", "/courses", "/nb/courses"];
    const pages = await Promise.all(paths.map((path) => render(path)));
    expect(pages.map(({ headers }) => headers["content-language"])).toEqual([
      "en",
      "nb",
      "en-XA",
      "en",
      "nb",
    ]);
    expect(pages.map(({ html }) => /<h1>([^<]*)<\/h1>/u.exec(html)?.[1])).toEqual([
      "Courses",
      "Kurs",
      "Çööûûŕšééš",
      "Courses",
      "Kurs",
    ]);
    expect(new Set(pages.map(({ headers }) => headers["etag"])).size).toBe(3);
  });
});

/** What the pages show that is no word of the site: what the academy is called and teaches, and what `Intl` writes. */
const NOT_OURS = [
  course.title,
  course.summary,
  course.body,
  course.code,
  course.prerequisites.join(" "),
  course.outcomes.join(" "),
  "Attack Injection Security security Storgata Oslo Norway UTC NOK Mar March",
  "Friday Saturday Sunday Monday English Norwegian Bokmål Bokm room twelve Why Twelve Ingrid Nov",
  "Lectern Newsreader Source Sans Norsk Pseudo Kubernetes JavaScript SQL",
].flatMap((text) => text.split(/[^A-Za-z]+/u));

/** The text that people read or hear of a page. */
function textOf(html: string): string {
  const spoken = [...html.matchAll(/ (?:aria-label|placeholder|title|alt)="([^"]*)"/gu)].map(
    ([, text]) => text,
  );
  const shown = html
    .replaceAll(/<(script|svg|code)\b.*?<\/\1>/gsu, " ")
    .replaceAll(/<[^>]*>/gu, " ");
  return [shown, ...spoken].join(" ").replaceAll(/&\w+;|&#x\w+;/gu, " ");
}

describe("a page in a language that nobody speaks", () => {
  it.each([
    "/",
    "/courses",
    "/courses?topic=security&q=x",
    "/courses/secure-web-applications",
    "/upcoming",
    "/articles",
    "/articles/a-room-of-twelve",
    "/contact?kind=company",
    "/privacy",
    `/book/${run.id}`,
    "/sign-in",
    "/sign-up",
    "/forgotten-password",
    "/nothing-here",
  ])("has no word at %s that was not translated", async (path) => {
    const academy = mockAcademy({
      courses: {
        list: () => ({
          items: [{ ...courseSummary, level: "beginner" }],
          nextCursor: "x",
          total: 1,
        }),
      },
    });
    const page = await render(`/en-XA${path}`, academy);
    expect(page.html).toContain('<html lang="en-XA">');
    const words = plainWordsIn(textOf(page.html));
    expect(words.filter((word) => !NOT_OURS.includes(word))).toEqual([]);
  });
});
