import { describe, expect, it } from "vitest";
import { type NamedCourse, proposeMerges } from "./similar-names.ts";

/** A name, or a name with the number of its runs and a digest of its description. */
type Title = string | readonly [title: string, runs: number, description?: string];

function courses(...titles: readonly Title[]): NamedCourse[] {
  return titles.map((given) => {
    const [title, runs, description] = typeof given === "string" ? [given, 1, undefined] : given;
    return { externalId: `id of ${title}`, title, runs, description };
  });
}

function proposed(...titles: readonly Title[]): string[][] {
  return proposeMerges(courses(...titles)).map(({ keep, merge }) => [
    keep.title,
    ...merge.map(({ title }) => title).toSorted(),
  ]);
}

describe("names of courses", () => {
  it.each([
    ["Introduction to Data Management Practices", "Introduction to Data Management practices"],
    ["Tools for Reproducible Research", "NBIS/ELIXIR-SE Tools for Reproducible Research"],
    ["Neural Networks and Deep Learning", "NBIS workshop in Neural Nets and Deep Learning"],
    ["Café Management", "Workshop: Cafe Management"],
  ])("%s and %s may be one", (left, right) => {
    expect(proposed([left, 2], right)).toEqual([[left, right]]);
  });

  it.each([
    ["RNA-seq data analysis", "Single cell RNA-seq data analysis"],
    ["Spatial omics data analysis", "RNA-seq data analysis"],
    ["Python I", "Python II"],
    ["C", "C++"],
    ["Workshop on Plotting in R", "Workshop on Data Visualization in R"],
    ["Introduction to Java", "Introduction to JavaScript"],
    ["AWS", "GCP"],
  ])("%s and %s are two", (left, right) => {
    expect(proposed(left, right)).toEqual([]);
  });

  it("keep the one with most runs, else the shortest", () => {
    expect(proposed("EU Tools for R", ["NBIS Tools for R", 3], "Tools for R")).toEqual([
      ["NBIS Tools for R", "EU Tools for R", "Tools for R"],
    ]);
    expect(proposed("EU Tools for R", "Tools for R")[0]?.[0]).toBe("Tools for R");
  });

  it("may differ where descriptions are the same", () => {
    const [proposal] = proposeMerges(
      courses(["Plotting", 1, "digest"], ["Data Visualisation", 1, "digest"]),
    );

    expect(proposal?.because).toBe("same_description");
  });

  it("are not told by a text that many courses have", () => {
    const many = ["Baking", "Sailing", "Knitting", "Singing", "Carving", "Ploughing"];

    expect(proposed(...many.map((title) => [title, 1, "the same"] as const))).toEqual([]);
  });

  it("are compared quickly, however many there are", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `Course ${at} about subject ${at * 7}`);
    const started = performance.now();

    proposeMerges(courses(...many));

    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
