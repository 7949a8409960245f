import { ArticleWriteInput } from "@lectern/contract/articles";
import { CourseCreateInput, TopicsListOutput } from "@lectern/contract/courses";
import { EnquirySendInput } from "@lectern/contract/enquiries";
import { describe, expect, test } from "vitest";
import { articles } from "./articles/index.ts";
import { courses, topics } from "./courses/index.ts";
import { enquiries } from "./enquiries.ts";
import { instructors } from "./instructors.ts";
import { prose } from "./prose.ts";
import { translationsNb } from "./translations-nb.ts";
import { venues, virtualRooms } from "./venues.ts";

const KEY = "demo-content-test-key";
const codes = new Set(courses.map(({ code }) => code));
const slugOf = new Map(courses.map(({ code, slug }) => [code, slug]));
const topicSlugs = new Set(topics.map(({ slug }) => slug));

function repeated(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

describe("the catalogue", () => {
  test("is ten topics with six courses each", () => {
    expect(topics.map(({ courses: of }) => of.length)).toEqual(Array.from({ length: 10 }, () => 6));
  });

  test("gives every course and topic a code, slug and title of its own", () => {
    expect(repeated(courses.map(({ code }) => code))).toEqual([]);
    expect(repeated(courses.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(courses.map(({ title }) => title))).toEqual([]);
    expect(repeated(topics.map(({ slug }) => slug))).toEqual([]);
  });

  test.each(courses.map((course) => [course.code, course] as const))(
    "%s is what the contract takes",
    (code, course) => {
      const nb = translationsNb[code];
      const input = {
        ...course,
        durationDays: course.days,
        syllabus: course.modules,
        related: course.related.map((relatedCode) => slugOf.get(relatedCode)),
        translations: nb ? [{ language: "nb", ...nb }] : [],
        idempotencyKey: KEY,
      };
      expect(CourseCreateInput.safeParse(input).error).toBeUndefined();
    },
  );

  test.each(courses.map((course) => [course.code, course] as const))(
    "%s has a real outline",
    (_, course) => {
      expect(course.outcomes.length).toBeGreaterThanOrEqual(4);
      expect(course.outcomes.length).toBeLessThanOrEqual(6);
      expect(course.modules.length).toBeGreaterThanOrEqual(3);
      expect(course.modules.length).toBeLessThanOrEqual(6);
      expect(
        Math.min(...course.modules.map((module) => module.topics.length)),
      ).toBeGreaterThanOrEqual(3);
      const paragraphs = course.body.split("\n\n");
      expect(paragraphs.length).toBeGreaterThanOrEqual(2);
      expect(paragraphs.length).toBeLessThanOrEqual(4);
      expect(course.summary.length).toBeLessThanOrEqual(200);
      expect(course.pounds).toBeGreaterThan(0);
    },
  );

  test("names related courses and topics that exist, and no course as its own relative", () => {
    for (const course of courses) {
      expect(course.related.filter((code) => !codes.has(code))).toEqual([]);
      expect(course.related).not.toContain(course.code);
      expect(repeated([...course.related])).toEqual([]);
      expect(course.topics.filter((slug) => !topicSlugs.has(slug))).toEqual([]);
      expect(repeated([...course.topics])).toEqual([]);
    }
  });

  test("mentions only courses that exist among the prerequisites", () => {
    const mentioned = courses.flatMap(
      ({ prerequisites }) => prerequisites.join(" ").match(/[A-Z]{3}-\d{3}/gu) ?? [],
    );
    expect(mentioned.length).toBeGreaterThan(0);
    expect(mentioned.filter((code) => !codes.has(code))).toEqual([]);
  });

  test("speaks Norwegian about courses that are taught in Norwegian", () => {
    const taught = new Set(
      courses.filter(({ languages }) => languages.includes("nb")).map(({ code }) => code),
    );
    expect(Object.keys(translationsNb).length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(translationsNb).filter((code) => !taught.has(code))).toEqual([]);
  });

  test("has topics as the contract answers them", () => {
    const answer = {
      topics: topics.map(({ slug, name, summary }) => ({
        slug,
        name,
        description: summary,
        publishedCourses: 6,
      })),
    };
    expect(TopicsListOutput.safeParse(answer).error).toBeUndefined();
  });
});

describe("places and people", () => {
  test("are six cities with a house, rooms and a virtual room each", () => {
    expect(venues).toHaveLength(6);
    expect(venues.map(({ city }) => city)).toEqual(
      expect.arrayContaining(["London", "Oslo", "Istanbul"]),
    );
    expect(virtualRooms.map(({ city }) => city)).toEqual(venues.map(({ city }) => city));
    for (const { rooms } of venues) expect(rooms.length).toBeGreaterThanOrEqual(2);
    expect(
      repeated([...venues.flatMap(({ rooms }) => rooms), ...virtualRooms].map(({ name }) => name)),
    ).toEqual([]);
  });

  test("can teach every topic in each city's own language, where any of its courses is", () => {
    for (const venue of venues) {
      const local = instructors.filter(({ home }) => home === venue.city);
      expect(local.length).toBeGreaterThan(0);
      for (const { slug, courses: taught } of topics) {
        const language = venue.languages[0];
        if (!taught.some(({ languages }) => languages.includes(language))) continue;
        const able = instructors.filter(
          (one) => one.teaches.includes(slug) && one.languages.includes(language),
        );
        expect(able, `${slug} in ${language}`).not.toEqual([]);
      }
    }
  });

  test("are two dozen instructors, with slugs of their own and topics that exist", () => {
    expect(instructors).toHaveLength(24);
    expect(repeated(instructors.map(({ slug }) => slug))).toEqual([]);
    expect(
      instructors.flatMap(({ teaches }) => teaches).filter((slug) => !topicSlugs.has(slug)),
    ).toEqual([]);
  });
});

describe("the blog", () => {
  test.each(articles.map((article) => [article.slug, article] as const))(
    "%s is worth a page",
    (_, article) => {
      const author = instructors.find(({ slug }) => slug === article.author);
      expect(
        ArticleWriteInput.safeParse({ ...article, author: author?.name, idempotencyKey: KEY })
          .error,
      ).toBeUndefined();
      expect(topicSlugs).toContain(article.topic);
      const words = article.body.split(/\s+/u).length;
      expect(words).toBeGreaterThanOrEqual(300);
      expect(words).toBeLessThanOrEqual(600);
    },
  );

  test("has eight articles with slugs of their own", () => {
    expect(articles).toHaveLength(8);
    expect(repeated(articles.map(({ slug }) => slug))).toEqual([]);
  });
});

test("enquiries are what the contract takes, and cover each way of asking", () => {
  for (const { status: _, hoursAgo: __, course, ...enquiry } of enquiries) {
    const input = {
      ...enquiry,
      course: course === null ? null : slugOf.get(course),
      consent: true,
      idempotencyKey: KEY,
    };
    expect(EnquirySendInput.safeParse(input).error).toBeUndefined();
  }
  expect(new Set(enquiries.map(({ kind }) => kind))).toEqual(
    new Set(["contact", "company", "private_course"]),
  );
});

test("nobody real can be written to", () => {
  const addresses = enquiries.map(({ email }) => email);
  expect(
    addresses.filter((email) => !/@(?:[a-z]+\.)?example\.(?:com|org|net)$/u.test(email)),
  ).toEqual([]);
});

describe("prose", () => {
  test("joins the lines of a paragraph and keeps those of lists, headings and quotes", () => {
    const text = prose`
      First line
      and second.

      ## Heading

      - one
        and more
      - two

      1. first
      2. second

      > quoted
    `;
    expect(text).toBe(
      "First line and second.\n\n## Heading\n\n- one and more\n- two\n\n1. first\n2. second\n\n> quoted",
    );
  });
});
