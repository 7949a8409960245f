import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { described, drawChart, escaped } from "./draw.ts";
import { ChartedReport, panelsOf } from "./figures.ts";
import { layOut, scaleFor, wrapped } from "./layout.ts";

type Row = ChartedReport["rows"][number];

/** @param contenders their values, round by round */
function row(
  name: string,
  contenders: Readonly<Record<string, readonly number[]>>,
  others: Partial<Row> = {},
): Row {
  return {
    name,
    title: `Title of ${name}`,
    unit: "answers/s",
    contenders: Object.entries(contenders).map(([who, values]) => ({
      name: who,
      samples: values.map((value) => ({ value })),
      value: { median: values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0 },
    })),
    comparisons: [],
    ...others,
  };
}

function report(...rows: Row[]): ChartedReport {
  return {
    startedAt: "2026-11-28T06:04:15.284Z",
    isQuick: false,
    timing: { rounds: 3, slotMs: 2500 },
    machine: {
      model: "A processor",
      processorCount: 2,
      memoryGiB: 24,
      system: "Linux 6.18 x64",
      versions: { Node: "26.10.0", PostgreSQL: "18.4" },
    },
    rows,
  };
}

const EMPTY = row(
  "empty",
  {
    bare: [100, 200, 400],
    stock: [10, 20, 40],
    lectern: [40, 100, 240],
    "bare, again": [100, 220, 400],
  },
  { comparisons: [{ of: "lectern", to: "bare", aim: { atLeast: 0.6 } }] },
);
const CMS = row("cms-list", { Directus: [5, 10, 15], lectern: [50, 100, 150] });

/** The names of elements, where the text is well-formed XML of the kind that charts are. */
function elementsOf(xml: string): string[] {
  const TOKEN =
    /<(\/?)([a-z]+)((?: [A-Za-z0-9:-]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*)(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot|apos);)+)/uy;
  const open: string[] = [];
  const names: string[] = [];
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(xml);
    if (found === null) throw new Error(`Not well-formed: ${xml.slice(at, at + 80)}`);
    const [, closing, name, , empty, text] = found;
    if (text !== undefined) {
      if (open.length === 0 && text.trim() !== "") throw new Error(`Outside: ${text}`);
      continue;
    }
    if (name === undefined) throw new Error("No name");
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    if (open.length === 0 && names.length > 0) throw new Error("A second root");
    names.push(name);
    if (empty === "") open.push(name);
  }
  if (open.length > 0) throw new Error(`Left open: ${open.join(", ")}`);
  return names;
}

describe("a chart", () => {
  test("is well-formed, stands alone, and says what it is", () => {
    const svg = drawChart(report(EMPTY, CMS));
    const elements = elementsOf(svg);
    expect(elements.slice(0, 3)).toEqual(["svg", "title", "desc"]);
    expect(elements).not.toContain("script");
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title desc">/u);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|url\(|@import/u,
    );
    expect(svg).toContain("prefers-color-scheme: dark");
    expect(svg).toContain("A processor, 2 processors, 24 GiB");
    expect(svg).toContain("3 rounds of 2500 ms");
    expect(svg).toContain("PostgreSQL 18.4");
  });

  test("is the same each time", () => {
    expect(drawChart(report(EMPTY, CMS))).toBe(drawChart(report(EMPTY, CMS)));
  });

  test("has every contender, with its figures, in bars and in words", () => {
    const svg = drawChart(report(EMPTY, CMS));
    for (const figures of [
      "lectern: 50 % · 100 answers/s",
      "stock: 10 % · 20.0 answers/s",
      "bare, again: 100 % · 220 answers/s",
      "Directus: 10 % · 10.0 answers/s",
      "lectern: 100 % · 100 answers/s",
    ])
      expect(svg).toContain(`<title>${figures}</title>`);
    expect(described(panelsOf(report(EMPTY)))).toContain(
      "lectern 50 % of bare (half within 45 % to 55 %; 100 answers/s; aim 60 %)",
    );
  });

  test.each(["2026-11-28-reads.json", "2026-11-27-bookings-http.json"])(
    "is drawn from what was written: %s",
    async (file) => {
      const path = fileURLToPath(new URL(`../../baselines/${file}`, import.meta.url));
      const stored = ChartedReport.parse(JSON.parse(await readFile(path, "utf8")));
      const svg = drawChart(stored);
      elementsOf(svg);
      const shown = panelsOf(stored).flatMap(({ groups }) => groups);
      expect(shown.map((group) => group.row)).toEqual(stored.rows.map(({ name }) => name));
      for (const { title, contenders } of stored.rows) {
        expect(svg).toContain(escaped(title));
        for (const { name } of contenders.filter((one) => one.name !== "bare"))
          expect(svg).toContain(`<title>${escaped(name)}: `);
      }
    },
  );

  test("every baseline can be read", async () => {
    const folder = fileURLToPath(new URL("../../baselines", import.meta.url));
    for (const file of await readdir(folder)) {
      const stored: unknown = JSON.parse(await readFile(`${folder}/${file}`, "utf8"));
      expect(ChartedReport.safeParse(stored).error).toBeUndefined();
    }
  });

  test("leaves out what has no share, and says so where nothing has", () => {
    const types = row("types", { declarations: [1], sources: [5] }, { unit: "s" });
    const memory = row("memory", { bare: [50], lectern: [90] }, { unit: "MiB" });
    const logging = row("logging", { lectern: [9], "lectern, silent": [10] });
    expect(drawChart(report(types, EMPTY, memory, logging))).not.toMatch(/types|memory|logging/u);
    expect(() => drawChart(report(types, memory, logging))).toThrow("nothing to draw");
  });

  test("escapes names, whoever made them up", () => {
    const hostile = `</text><script>alert("1")</script>&'\u0000\uD800]]>`;
    const svg = drawChart(report(row(hostile, { bare: [1], [hostile]: [1] }, { title: hostile })));
    expect(elementsOf(svg)).not.toContain("script");
    expect(svg).not.toMatch(/[\u0000\uFFFF]/u);
    expect(svg.isWellFormed()).toBe(true);
    expect(escaped(`<a & "b">'`)).toBe("&lt;a &amp; &quot;b&quot;&gt;&apos;");
    expect(escaped("\u0000\u001F\uFFFE\uD800😀\n")).toBe("\uFFFD\uFFFD\uFFFD\uFFFD😀\n");
    const unit = fc.oneof(
      fc.constantFrom("<", ">", "&", '"', "'", "]]>", "--", "\u0000", "\uD800", "\uFFFE", "😀"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (name, title) => {
        elementsOf(drawChart(report(row(name, { bare: [2], [`${name}!`]: [1] }, { title }))));
        expect(escaped(name)).not.toMatch(/[<>"'\u0000-\u0008]/u);
      }),
    );
  });
});

describe("where things stand", () => {
  const shares = fc.double({ min: 0.001, max: 900, noNaN: true });

  test("the scale is linear, begins at the plot's left, and holds all values", () => {
    fc.assert(
      fc.property(fc.array(shares, { minLength: 1 }), shares, (values, at) => {
        const { x, max, step } = scaleFor(values);
        expect(max).toBeGreaterThanOrEqual(Math.max(1, ...values) * (1 - 1e-6));
        expect(x(max / 2) - x(0)).toBeCloseTo((x(max) - x(0)) / 2);
        expect(x(at)).toBeCloseTo(x(0) + (at / max) * (x(max) - x(0)));
        expect(max / step).toBeCloseTo(Math.round(max / step));
        expect(max / step).toBeLessThanOrEqual(9);
      }),
    );
  });

  test("a whisker goes from the first quartile to the third, around the end of its bar", () => {
    const value = fc.double({ min: 1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 9 }), (rounds) => {
        const given = report(
          row("one", { bare: rounds.map(([bare]) => bare), lectern: rounds.map(([, own]) => own) }),
        );
        const panels = panelsOf(given);
        const share = panels[0]?.groups[0]?.figures[0]?.share;
        const bar = layOut(given, panels).panels[0]?.groups[0]?.bars[0];
        if (share === undefined || bar === undefined) throw new Error("There is no bar");
        const { x } = scaleFor([share.high]);
        expect(bar.left).toBe(x(0));
        expect(bar.right).toBeCloseTo(x(share.median));
        expect(bar.whisker.from).toBeCloseTo(x(share.low));
        expect(bar.whisker.to).toBeCloseTo(x(share.high));
        expect(bar.whisker.from).toBeLessThanOrEqual(bar.right + 1e-9);
        expect(bar.whisker.to).toBeGreaterThanOrEqual(bar.right - 1e-9);
        expect(bar.figuresAt).toBeGreaterThan(bar.whisker.to);
      }),
    );
  });

  test("an aim stands where its share does", () => {
    const given = report(EMPTY);
    const bars = layOut(given, panelsOf(given)).panels[0]?.groups[0]?.bars ?? [];
    const { x } = scaleFor([1.1]);
    expect(bars.map(({ name, aim }) => [name, aim])).toEqual([
      ["lectern", x(0.6)],
      ["stock", undefined],
      ["bare, again", undefined],
    ]);
  });

  test("nothing overlaps, and everything is within the picture", () => {
    const given = report(EMPTY, row("list", { bare: [1], lectern: [3], other: [1] }), CMS);
    const { panels, height, legendAt } = layOut(given, panelsOf(given));
    const bars = panels.flatMap(({ groups }) => groups.flatMap((group) => group.bars));
    const gaps = bars
      .slice(1)
      .map(({ y }, index) => y - (bars[index]?.y ?? 0) - (bars[index]?.height ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(legendAt).toBeGreaterThan(Math.max(...panels.map(({ bottom }) => bottom)));
    expect(height).toBeGreaterThan(legendAt);
  });

  test("versions go on to another line before they are too long", () => {
    const parts = Array.from({ length: 40 }, (_, index) => `library ${index}.0.0`);
    const lines = wrapped(parts);
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(135);
    expect(lines.join(" ")).toBe(parts.join(", "));
    expect(wrapped([])).toEqual([]);
  });
});
