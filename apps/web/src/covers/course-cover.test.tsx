import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CourseCover } from "./course-cover.tsx";

const TOPICS = [
  "architecture-and-leadership",
  "artificial-intelligence",
  "cloud",
  "data-engineering",
  "databases",
  "devops",
  "programming-languages",
  "security",
  "user-experience",
  "web",
];

function cover(topic: string | undefined, seed: string): string {
  return renderToStaticMarkup(<CourseCover topic={topic} seed={seed} />);
}

describe.each([...TOPICS, "a-topic-that-nobody-drew-for"])("the covers of %s", (topic) => {
  it("are the same for the same course, and differ between courses", () => {
    expect(cover(topic, "one")).toBe(cover(topic, "one"));
    expect(cover(topic, "one")).not.toBe(cover(topic, "two"));
  });

  it("are light, and have no number that an engine could round otherwise", () => {
    for (const seed of ["one", "two", "three", "four", "five"]) {
      const drawing = cover(topic, seed);
      expect(drawing.length).toBeLessThan(8000);
      expect(drawing).not.toMatch(/NaN|undefined|\d\.\d{3}/u);
    }
  });
});

describe("a cover", () => {
  it("is drawn without a topic as well", () => {
    expect(cover(undefined, "one")).toContain("<svg");
  });

  it("is decoration to those who do not see it", () => {
    expect(cover("cloud", "one")).toContain('aria-hidden="true"');
  });
});
