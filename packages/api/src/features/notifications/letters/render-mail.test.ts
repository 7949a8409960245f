import { MAIL_KINDS } from "@lectern/contract/vocabulary";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleMails } from "../samples.ts";
import { en } from "../words/en.ts";
import { nb } from "../words/nb.ts";
import type { MailContent } from "./facts.ts";
import { type RenderedMail, renderMail } from "./render-mail.ts";
import { speechOf } from "./speech.ts";
import { MAIL_LANGUAGES } from "./write-letter.ts";

/** Each with the language that it is to be written in. */
const samples = MAIL_LANGUAGES.flatMap(({ language }) =>
  MAIL_KINDS.flatMap((kind) =>
    sampleMails(kind).map((content, index): [string, MailContent, string] => [
      `${kind} ${index} (${language})`,
      content,
      language,
    ]),
  ),
);

/** What is no text of people, or Markdown, which has tests of its own: changing it would change the letter. */
const KEPT = new Set(["kind", "role", "zone", "deliveryMode", "currency", "body"]);

/** The same mail with every text in it replaced. */
function withTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, replace));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      KEPT.has(key) ? each : withTexts(each, replace),
    ]),
  );
}

function renderWith(
  content: MailContent,
  language: string,
  replace: (text: string) => string,
): RenderedMail {
  return renderMail(withTexts(content, replace) as MailContent, language, "Lectern");
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe("every mail", () => {
  it.each(samples)("%s says something, in HTML and in text", (_name, content, language) => {
    const { subject, html, text } = renderMail(content, language, "Lectern");
    expect(subject.length).toBeGreaterThan(10);
    for (const part of [subject, html, text]) {
      expect(part).not.toMatch(/undefined|NaN|null|\[object|Invalid Date/u);
    }
    expect(html).toContain(`<html lang="${language}">`);
    const footer = language === "nb" ? "Lectern sender dette" : "Lectern sends this";
    expect(html).toContain(footer);
    expect(text).toContain(footer);
    expect(text.split("\n").length).toBeGreaterThan(5);
    expect(html).not.toContain("<img");
    expect(html).not.toContain("src=");
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });

  it.each(samples)("%s has every link in both", (_name, content, language) => {
    const { html, text } = renderMail(content, language, "Lectern");
    const linked = [...html.matchAll(/href="([^"]+)"/gu)].map(([, url = ""]) => url);
    expect(linked.length).toBeGreaterThan(0);
    for (const url of linked) expect(text).toContain(url.replaceAll("&amp;", "&"));
    expect(count(html, 'class="key"')).toBeLessThanOrEqual(1);
  });

  it.each(samples)("%s names the zone of every time", (_name, content, language) => {
    const { text, subject, html } = renderMail(content, language, "Lectern");
    const preheader = /mso-hide:all">([^&<]*)/u.exec(html)?.[1] ?? "";
    const clocks = /\d\d:\d\d(?!\d)(?:–\d\d:\d\d)?(.{0,40})/gu;
    for (const part of [text, subject, preheader]) {
      for (const [, after = ""] of part.matchAll(clocks)) {
        expect(after).toMatch(/^ (?:Oslo|New York)(?: time|-tid) \(UTC[+−]\d/u);
      }
    }
  });

  it.each(samples)("%s lets nobody write HTML, or another header", (_name, content, language) => {
    const harmless = renderWith(content, language, () => "Ada");
    const texts = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
    const hostile = fc.oneof(
      texts.map((text) => text.replaceAll(/https?:/gu, "")),
      fc.constantFrom(
        `"><script>alert(1)</script>`,
        "Ada\r\nBcc: everybody@example.com",
        "javascript:alert(1)",
        `' onmouseover='alert(1)`,
        "Ada\u2028\u202Egro.elpmaxe",
        "<!-- ]]> &lt;",
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const { subject, html } = renderWith(content, language, () => text);
        expect(subject).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E]/u);
        expect([...subject].length).toBeLessThanOrEqual(200);
        // Not one tag and not one attribute more than of a name without any guile; line breaks are shown as such.
        const breaks = (found: RenderedMail["html"]) => count(found, "<br>");
        expect(count(html, "<") - breaks(html)).toBe(
          count(harmless.html, "<") - breaks(harmless.html),
        );
        expect(count(html, '"')).toBe(count(harmless.html, '"'));
        expect(html).not.toContain('href="javascript');
      }),
      { numRuns: 20 },
    );
  });

  it("opens no booking for learners", () => {
    for (const [, content, language] of samples) {
      if (!("role" in content.facts) || content.facts.role !== "learner") continue;
      const { html, text } = renderMail(content, language, "Lectern");
      expect(html + text).not.toMatch(/key=|\/bookings\//u);
    }
  });

  it.each([
    ["en", "en"],
    ["en-GB", "en"],
    ["nb", "nb"],
    ["nb-NO", "nb"],
    ["no", "nb"],
    ["nn", "nb"],
    ["nn-NO", "nb"],
    ["de", "en"],
    ["xx-YY", "en"],
  ])("is written for readers of %s in %s", (tag, language) => {
    const [content] = sampleMails("booking_confirmed");
    expect(renderMail(content, tag, "Lectern").language).toBe(language);
  });
});

describe("times and money in Norwegian", () => {
  const say = speechOf(nb);

  it("are as Norwegians write them", () => {
    const run = sampleRun();
    expect(say.moment(run.startsAt, run.zone)).toBe(
      "torsdag 25. mars 2027 kl. 09:00 Oslo-tid (UTC+1)",
    );
    expect(say.days(run)).toBe("25.–29. mars 2027");
    expect(say.sittings(run)[0]).toBe("torsdag 25. mars 2027 kl. 09:00–17:00 Oslo-tid (UTC+1)");
    expect(say.money({ amount: 1_250_050, currency: "NOK" })).toMatch(/^12\s500,50\skr$/u);
    expect(say.list(["Ada", "Grace", "Katherine"])).toBe("Ada, Grace og Katherine");
  });
});

describe("times and money", () => {
  const say = speechOf(en);

  it("follow the clock over both changes of a year", () => {
    expect(say.moment(new Date("2027-03-28T00:59:00Z"), "Europe/Oslo")).toBe(
      "Sunday, 28 March 2027, 01:59 Oslo time (UTC+1)",
    );
    expect(say.moment(new Date("2027-03-28T01:00:00Z"), "Europe/Oslo")).toBe(
      "Sunday, 28 March 2027, 03:00 Oslo time (UTC+2)",
    );
    expect(say.moment(new Date("2027-10-31T00:30:00Z"), "Europe/Oslo")).toBe(
      "Sunday, 31 October 2027, 02:30 Oslo time (UTC+2)",
    );
    expect(say.moment(new Date("2027-10-31T01:30:00Z"), "Europe/Oslo")).toBe(
      "Sunday, 31 October 2027, 02:30 Oslo time (UTC+1)",
    );
  });

  it("are those of zones with half hours, and of none", () => {
    const at = new Date("2027-01-04T12:00:00Z");
    expect(say.moment(at, "Asia/Kolkata")).toContain("17:30 Kolkata time (UTC+5:30)");
    expect(say.moment(at, "America/St_Johns")).toContain("08:30 St Johns time (UTC−3:30)");
    expect(say.moment(at, "UTC")).toContain("12:00 UTC");
    expect(say.moment(new Date("2027-01-04T00:00:00Z"), "UTC")).toContain("00:00 UTC");
  });

  it("name both days of a sitting over midnight", () => {
    const [line] = say.sittings({
      ...sampleRun(),
      zone: "Asia/Tokyo",
      sittings: [
        {
          startsAt: new Date("2027-03-25T14:00:00Z"),
          endsAt: new Date("2027-03-25T16:00:00Z"),
          room: null,
        },
      ],
    });
    expect(line).toBe(
      "Thursday, 25 March 2027, 23:00 Tokyo time (UTC+9) – Friday, 26 March 2027, 01:00 Tokyo time (UTC+9)",
    );
  });

  it("do not list a hundred sittings", () => {
    const [sitting] = sampleRun().sittings;
    if (sitting === undefined) throw new Error("The sample has no sitting");
    const lines = say.sittings({
      ...sampleRun(),
      sittings: Array.from({ length: 100 }, () => sitting),
    });
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toMatch(/^… and 95 more, .* Oslo time \(UTC\+2\)$/u);
  });

  it("count minor units as the currency does", () => {
    expect(say.money({ amount: 129_050, currency: "GBP" })).toBe("£1,290.50");
    expect(say.money({ amount: 1_250_000, currency: "NOK" })).toMatch(/^NOK\s12,500$/u);
    expect(say.money({ amount: 50_000, currency: "JPY" })).toContain("50,000");
    expect(say.money({ amount: 1_250, currency: "KWD" })).toMatch(/1\.250$/u);
  });
});

function sampleRun() {
  const [{ facts }] = sampleMails("booking_confirmed");
  if (!("run" in facts)) throw new Error("The sample has no run");
  return facts.run;
}
