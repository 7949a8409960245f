import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FakeAcademy, createFakeAcademy } from "../../test/support/fake-academy.ts";
import type { ImportDefaults } from "./facts.ts";
import { openFeed } from "./feed.ts";
import type { Finding } from "./findings.ts";
import { importFeed } from "./import-feed.ts";
import type { InputFormat } from "./input/detect-format.ts";
import type { Input } from "./input/open-input.ts";
import type { ImportSummary } from "./summary.ts";

const DIRTY_JSON = readFileSync(new URL("../../test/fixtures/dirty-feed.json", import.meta.url));
const DIRTY_CSV = readFileSync(new URL("../../test/fixtures/dirty-events.csv", import.meta.url));

function inputOf(content: string | Uint8Array): Input {
  const bytes = Buffer.from(content);
  return {
    name: "test",
    extension: "",
    async *open() {
      for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97);
      await Promise.resolve();
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface Options extends Partial<ImportDefaults> {
  readonly academy?: FakeAcademy;
  readonly format?: InputFormat;
  readonly encoding?: string;
  readonly dryRun?: boolean;
  readonly merges?: readonly string[];
}

async function imported(
  content: unknown,
  options: Options = {},
): Promise<ImportSummary & { academy: FakeAcademy }> {
  const text =
    typeof content === "string" || content instanceof Uint8Array
      ? content
      : JSON.stringify(content);
  const academy = options.academy ?? createFakeAcademy();
  const feed = openFeed(inputOf(text), options.format ?? "jsonld", options.encoding);
  const summary = await importFeed(feed, {
    client: academy.client,
    defaults: {
      timeZone: options.timeZone,
      deliveryMode: options.deliveryMode,
      language: options.language,
      currency: options.currency,
      courseStatus: options.courseStatus ?? "published",
    },
    dryRun: options.dryRun ?? false,
    merges: options.merges ?? [],
    signal: new AbortController().signal,
    onFinding: () => {},
    onProgress: () => {},
  });
  return { ...summary, academy };
}

function told(findings: readonly Finding[], severity: Finding["severity"]): string[] {
  return findings
    .filter((finding) => finding.severity === severity)
    .map(({ place, code }) => `${place} ${code}`);
}

function run(properties: Readonly<Record<string, unknown>>) {
  return {
    "@type": "CourseInstance",
    "@id": "https://example.org/runs/1",
    name: "Course",
    inLanguage: "en",
    courseMode: "online",
    startDate: "2027-03-01T09:00",
    endDate: "2027-03-01T17:00",
    scheduleTimezone: "Europe/Oslo",
    ...properties,
  };
}

async function runOf(properties: Readonly<Record<string, unknown>>, options: Options = {}) {
  const { academy, findings } = await imported(run(properties), options);
  const [record] = academy.runs.values();
  return { record, findings, refused: told(findings, "refused"), notes: told(findings, "note") };
}

describe("a feed with every sort of dirt", () => {
  it("is told record by record, and what is right is taken", async () => {
    const { academy, findings, ...summary } = await imported(DIRTY_JSON);

    expect(told(findings, "refused")).toEqual([
      "$[3].endDate end_before_start",
      "$[5] duplicate_identifier",
      "$[6] not_a_record",
      "$[7] no_time_zone",
      "$[8].scheduleTimezone time_zone",
      "$[9].startDate bad_date",
      "$[9].endDate bad_date",
      "$[11] no_delivery_mode",
      "$[13].hasCourseInstance[1] no_time_zone",
      "$[13].hasCourseInstance[1] no_dates",
      "$[13].hasCourseInstance[2] not_a_record",
      "$[15] not_a_record",
      "$[17] no_title",
    ]);
    expect(told(findings, "note").filter((note) => !note.startsWith("$[11]"))).toEqual([
      "$[1].courseMode odd_quotes",
      "$[1].location incomplete_location",
      "$[1].maximumAttendeeCapacity capacity",
      "$[2] no_location",
      "$[2].maximumAttendeeCapacity capacity",
      "$[4].name html",
      "$[4].description html",
      "$[10] no_identifier",
      "$[10].startDate whole_days",
      "$[10] no_language",
      "$[12].courseMode delivery_mode",
      "$[12].location country",
      "$[12].location incomplete_location",
      "$[12].offers price",
      "$[13].courseCode text_changed",
      "$[14] kind_guessed",
      "$[18].name wrong_encoding",
    ]);
    expect(summary).toMatchObject({
      records: 21,
      courses: { created: 7, refused: 1 },
      runs: { created: 9, refused: 7 },
      other: { refused: 3 },
      skipped: { Organization: 1 },
    });
    expect(academy.courses.size).toBe(7);
    expect(academy.runs.size).toBe(9);
  });

  it("changes nothing when it is imported again", async () => {
    const { academy } = await imported(DIRTY_JSON);

    const again = await imported(DIRTY_JSON, { academy });

    expect(again.courses).toEqual({ created: 0, updated: 0, unchanged: 7, refused: 1 });
    expect(again.runs).toEqual({ created: 0, updated: 0, unchanged: 9, refused: 7 });
  });

  it("leaves an academy as it was in a dry run, and says what would happen", async () => {
    const dry = await imported(DIRTY_JSON, { dryRun: true });
    const wet = await imported(DIRTY_JSON);

    expect(dry.academy.courses.size + dry.academy.runs.size).toBe(0);
    expect({ ...dry.courses, ...dry.runs }).toEqual({ ...wet.courses, ...wet.runs });
  });

  it("is understood in the words of Lectern", async () => {
    const { academy } = await imported(DIRTY_JSON);
    const glacier = academy.runs.get("https://nordlys.example/runs/glacier-1");
    const maps = academy.runs.get("https://nordlys.example/runs/html");
    const stars = academy.runs.get("https://nordlys.example/runs/stars-1");

    expect(glacier).toMatchObject({
      language: "en-GB",
      deliveryMode: "classroom",
      timeZone: "Europe/Oslo",
      localStart: "2027-03-01T09:00",
      localEnd: "2027-03-03T16:30",
      venue: { name: "Fjell House", street: "Isveien 4, 0150", city: "Oslo", country: "NO" },
      capacity: 18,
      price: { amount: 1_250_050, currency: "NOK" },
      status: "confirmed",
    });
    expect(academy.courses.get(glacier?.courseExternalId ?? "")).toMatchObject({
      title: "Reading Glaciers",
      summary: "Ice cores and what they tell. For everybody who likes the cold.",
      keywords: ["ice", "climate", "field work"],
      deliveryModes: ["classroom"],
      languages: ["en", "en-GB"],
      status: "published",
    });
    expect(academy.runs.get("https://nordlys.example/runs/glacier-2")).toMatchObject({
      venue: { name: "Navet", street: "Husargatan 3", city: "Uppsala", country: "SE" },
      capacity: 20,
    });
    expect(academy.runs.get("https://nordlys.example/runs/no-location")?.capacity).toBeNull();
    expect(academy.courses.get(maps?.courseExternalId ?? "")).toMatchObject({
      title: "Maps & Compasses",
      body: "Find your way home.\n\n- Maps\n- Stars",
    });
    expect(academy.courses.get("https://nordlys.example/courses/stars")).toMatchObject({
      code: "STAR-101",
      level: "beginner",
      durationDays: 2,
      outcomes: ["Find north", "Tell planets from stars"],
      topics: [{ slug: "astronomy", name: "Astronomy" }],
      deliveryModes: ["classroom"],
      languages: ["nb"],
    });
    expect(stars).toMatchObject({
      status: "cancelled",
      price: { amount: 0, currency: "NOK" },
      sessions: [
        { localStart: "2027-09-06T20:00", localEnd: "2027-09-06T23:30" },
        { localStart: "2027-09-08T20:00", localEnd: "2027-09-08T23:30" },
        { localStart: "2027-09-13T20:00", localEnd: "2027-09-13T23:30" },
        { localStart: "2027-09-15T20:00", localEnd: "2027-09-15T23:30" },
      ],
    });
  });
});

describe("the event CSV of TeSS", () => {
  it("is told row by row, and what is right is taken", async () => {
    const { academy, findings, ...summary } = await imported(DIRTY_CSV, { format: "csv" });

    expect(told(findings, "refused")).toEqual([
      "line 4, End end_before_start",
      "line 5, Title no_title",
      "line 6 no_time_zone",
      "line 7 duplicate_identifier",
      "line 10, Start bad_date",
      "line 10, End bad_date",
      "line 11 no_delivery_mode",
      "line 12, Start no_dates",
    ]);
    expect(summary).toMatchObject({
      courses: { created: 1 },
      runs: { created: 3, refused: 5 },
      other: { refused: 2 },
    });
    // A row of several lines is where it begins.
    expect(told(findings, "note")).toContain("line 8, Capacity capacity");
    expect(academy.runs.get("https://nordlys.example/events/1")).toMatchObject({
      deliveryMode: "virtual",
      localStart: "2027-01-12T11:00",
      price: { amount: 0, currency: "NOK" },
      venue: null,
    });
    expect(academy.runs.get("https://nordlys.example/events/2")).toMatchObject({
      deliveryMode: "classroom",
      timeZone: "Europe/Oslo",
      venue: { name: "Fjell House, Isveien 4", street: "0150", city: "Oslo", country: "NO" },
      price: { amount: 125_050, currency: "NOK" },
      capacity: 25,
    });
    expect(academy.runs.get("https://nordlys.example/events/6")).toMatchObject({
      deliveryMode: "blended",
      price: { amount: 999, currency: "EUR" },
      capacity: null,
    });
    const [course] = academy.courses.values();
    expect(course).toMatchObject({
      title: "Sea Charts",
      body: "Read the *sea*",
      keywords: ["sea", "charts"],
      deliveryModes: ["blended", "classroom", "virtual"],
    });
    expect(findings.find(({ code }) => code === "unknown_column")?.message).toContain("Mood");
    expect(findings.find(({ code }) => code === "time_zone")?.message).toContain("Europe/Oslo");
  });

  it.each([";", "\t"])("may part its cells by %j", async (delimiter) => {
    const rows = [
      ["Title", "URL", "Start", "End", "Timezone", "Online"],
      [
        "A, b",
        "https://example.org/1",
        "2027-01-12T11:00",
        "2027-01-12T12:00",
        "Europe/Oslo",
        "true",
      ],
    ];
    const text = rows.map((row) => row.join(delimiter)).join("\r\n");

    const { academy } = await imported(text, { format: "csv" });

    expect([...academy.courses.values()].map(({ title }) => title)).toEqual(["A, b"]);
  });

  it("needs a column for names", async () => {
    const { findings } = await imported("foo,bar\n1,2\n", { format: "csv" });

    expect(told(findings, "refused")).toEqual(["line 1 not_readable"]);
  });
});

describe("Lectern's own columns, written by hand", () => {
  it("make courses and runs of them", async () => {
    const text = [
      "record,id,course,slug,title,summary,start,end,time_zone,delivery_mode,city,country,venue,capacity,price,currency,sessions,keywords,description",
      "course,https://example.org/c/1,,Sea Sailing,Sailing,,,,,,,,,,,,,wind; sea,<p>Set <b>sail</b></p>",
      "run,https://example.org/r/1,https://example.org/c/1,,,,2027-05-03T09:00,2027-05-04T16:00,Europe/Oslo,classroom,Oslo,NO,Harbour,12,4900,NOK,2027-05-03T09:00/2027-05-03T16:00; 2027-05-04T09:00/2027-05-04T16:00,,",
    ].join("\n");

    const { academy, findings } = await imported(text, { format: "csv" });

    expect(told(findings, "refused")).toEqual([]);
    expect(academy.courses.get("https://example.org/c/1")).toMatchObject({
      title: "Sailing",
      slug: "sea-sailing",
      keywords: ["wind", "sea"],
      body: "Set **sail**",
    });
    expect(academy.runs.get("https://example.org/r/1")).toMatchObject({
      courseExternalId: "https://example.org/c/1",
      capacity: 12,
      price: { amount: 490_000, currency: "NOK" },
      sessions: [
        { localStart: "2027-05-03T09:00", localEnd: "2027-05-03T16:00" },
        { localStart: "2027-05-04T09:00", localEnd: "2027-05-04T16:00" },
      ],
    });
  });
});

describe("a private run", () => {
  it("stays private, and what nobody understands does not become public", async () => {
    const text = [
      "title,url,start,end,time_zone,online,visibility",
      "A,https://example.org/1,2027-05-03T09:00,2027-05-03T16:00,Europe/Oslo,yes,private",
      "A,https://example.org/2,2027-05-03T09:00,2027-05-03T16:00,Europe/Oslo,yes,members",
      "A,https://example.org/3,2027-05-03T09:00,2027-05-03T16:00,Europe/Oslo,yes,",
    ].join("\n");

    const { academy } = await imported(text, { format: "csv" });

    expect([...academy.runs.values()].map(({ visibility }) => visibility)).toEqual([
      "private",
      "private",
      "public",
    ]);
  });
});

describe("times", () => {
  it("need a time zone, of the record or given", async () => {
    expect((await runOf({ scheduleTimezone: undefined })).refused).toEqual(["$ no_time_zone"]);
    const given = await runOf({ scheduleTimezone: undefined }, { timeZone: "Asia/Tokyo" });
    expect(given.record?.timeZone).toBe("Asia/Tokyo");
    const own = await runOf({}, { timeZone: "Asia/Tokyo" });
    expect(own.record?.timeZone).toBe("Europe/Oslo");
  });

  it("with an offset are turned into the wall clock of the zone", async () => {
    const { record, notes } = await runOf({
      startDate: "2027-07-01T09:00:00Z",
      endDate: "2027-07-01T17:00:00+02:00",
    });

    expect(record).toMatchObject({ localStart: "2027-07-01T11:00", localEnd: "2027-07-01T17:00" });
    expect(notes).toEqual(["$.startDate time_zone"]);
  });

  it("take a zone from the date itself", async () => {
    const { record } = await runOf({
      scheduleTimezone: undefined,
      startDate: "2027-07-01T09:00:00+02:00[Europe/Oslo]",
      endDate: "2027-07-01T17:00:00+02:00[Europe/Oslo]",
    });

    expect(record).toMatchObject({ timeZone: "Europe/Oslo", localStart: "2027-07-01T09:00" });
  });

  it("in the hour that clocks skip and in the one that they repeat stay as they are written", async () => {
    const { record } = await runOf({
      startDate: "2027-03-28T02:30:00+01:00",
      endDate: "2027-10-31T02:30:00+02:00",
    });

    expect(record).toMatchObject({ localStart: "2027-03-28T02:30", localEnd: "2027-10-31T02:30" });
  });

  it.each([
    ["2027-03-01", "2027-03-03", "2027-03-01T00:00", "2027-03-03T23:59"],
    ["2027-03-01T00:00:00", "2027-03-03T00:00:00", "2027-03-01T00:00", "2027-03-03T23:59"],
    ["2027-03-01", undefined, "2027-03-01T00:00", "2027-03-01T23:59"],
    ["2027-03-01T18:00", "2027-03-03", "2027-03-01T18:00", "2027-03-03T23:59"],
  ])(
    "%s to %s are whole days to the end of the last",
    async (startDate, endDate, localStart, localEnd) => {
      const { record } = await runOf({ startDate, endDate });

      expect(record).toMatchObject({ localStart, localEnd });
    },
  );

  it("that say midnight with an offset mean midnight", async () => {
    const { record, notes } = await runOf({
      startDate: "2027-03-01T00:00:00+01:00",
      endDate: "2027-03-03T00:00:00+01:00",
    });

    expect(record?.localEnd).toBe("2027-03-03T00:00");
    expect(notes).toEqual([]);
  });

  it("without an end take a duration, and else are refused", async () => {
    expect((await runOf({ endDate: undefined, duration: "PT1H30M" })).record?.localEnd).toBe(
      "2027-03-01T10:30",
    );
    expect((await runOf({ endDate: undefined })).refused).toEqual(["$.startDate no_dates"]);
  });

  it("take start and end from the sittings where the run has none", async () => {
    const { record } = await runOf({
      startDate: undefined,
      endDate: undefined,
      subEvent: [
        { "@type": "Event", startDate: "2027-03-01T09:00", endDate: "2027-03-01T12:00" },
        { "@type": "Event", startDate: "2027-03-02T09:00", duration: "PT3H" },
      ],
    });

    expect(record).toMatchObject({ localStart: "2027-03-01T09:00", localEnd: "2027-03-02T12:00" });
    expect(record?.sessions).toHaveLength(2);
  });

  it("with a sitting that ends before it starts are refused", async () => {
    const { refused } = await runOf({
      subEvent: { startDate: "2027-03-01T12:00", endDate: "2027-03-01T09:00" },
    });

    expect(refused).toEqual(["$.subEvent end_before_start"]);
  });
});

describe("JSON-LD in its many shapes", () => {
  it("is one object, an array, a graph or one object a line", async () => {
    const one = run({});
    const shapes: [unknown, InputFormat][] = [
      [one, "jsonld"],
      [[one], "jsonld"],
      [{ "@context": "https://schema.org", "@graph": [one] }, "jsonld"],
      [`${JSON.stringify(one)}\n\n{broken\n`, "ndjson"],
      [{ "@type": "ItemList", itemListElement: [{ "@type": "ListItem", item: one }] }, "jsonld"],
    ];
    for (const [shape, format] of shapes) {
      const { academy } = await imported(shape, { format });
      expect([...academy.runs.keys()]).toEqual(["https://example.org/runs/1"]);
    }
  });

  it("may spell names with a prefix or in full", async () => {
    const prefixed = Object.fromEntries(
      Object.entries(run({})).map(([name, value]) => [
        name.startsWith("@") ? name : `schema:${name}`,
        value,
      ]),
    );
    const { academy } = await imported({
      ...prefixed,
      "@type": ["http://schema.org/CourseInstance"],
    });

    expect(academy.runs.size).toBe(1);
  });

  it("may point from a course to runs and from runs to places, before or after they come", async () => {
    const { scheduleTimezone, ...rest } = run({
      location: { "@id": "#house" },
      courseMode: "onsite",
    });
    const { academy, skipped } = await imported({
      "@graph": [
        { ...rest, scheduleTimezone, name: undefined },
        {
          "@type": "Course",
          "@id": "https://example.org/c",
          name: "Parent",
          inLanguage: "en",
          hasCourseInstance: { "@id": "https://example.org/runs/1" },
        },
        { "@type": "Place", "@id": "#house", name: "House", address: { "@id": "#address" } },
        {
          "@type": "PostalAddress",
          "@id": "#address",
          addressLocality: "Oslo",
          addressCountry: "NOR",
        },
      ],
    });

    expect([...academy.runs.values()]).toMatchObject([
      {
        courseExternalId: "https://example.org/c",
        venue: { name: "House", city: "Oslo", country: "NO" },
      },
    ]);
    expect(skipped).toEqual({ Place: 1, PostalAddress: 1 });
  });

  it("may name the course of a run by @reverse", async () => {
    const { academy } = await imported(
      run({
        "@reverse": {
          hasCourseInstance: { "@type": "Course", "@id": "https://example.org/c", name: "Parent" },
        },
      }),
    );

    expect([...academy.courses.keys()]).toEqual(["https://example.org/c"]);
  });

  it("tells where it stops being JSON, after what came before", async () => {
    const text = `[\n${JSON.stringify(run({}))},\n{"@type": "CourseInstance", "name" "x"}\n]`;

    const { academy, findings, other } = await imported(text);

    expect(academy.runs.size).toBe(1);
    expect(other.refused).toBe(1);
    expect(findings.at(-1)).toMatchObject({ place: "$[1]", code: "not_readable" });
    expect(findings.at(-1)?.message).toContain("line 3");
  });

  it.each(["hello, world", "", "[{}", '{"@graph": [{}, '])(
    "that is none (%j) is refused, and nothing breaks",
    async (text) => {
      const { other, academy } = await imported(text);

      expect(other.refused).toBeGreaterThan(0);
      expect(academy.runs.size).toBe(0);
    },
  );
});

describe("text", () => {
  it("in UTF-16 or with a byte order mark is read", async () => {
    const text = JSON.stringify(run({ name: "Ærlig Øl" }));
    const encodings = [
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, "utf16le"),
      Buffer.from(text, "utf16le"),
    ];
    for (const bytes of encodings) {
      const { academy } = await imported(bytes);
      expect([...academy.courses.values()][0]?.title).toBe("Ærlig Øl");
    }
  });

  it("in another encoding is refused, until it is named", async () => {
    const bytes = Buffer.from(
      JSON.stringify([
        run({ name: "Ærlig Øl" }),
        run({ "@id": "https://example.org/2", name: "Plain" }),
      ]),
      "latin1",
    );

    const guessed = await imported(bytes);
    const named = await imported(bytes, { encoding: "windows-1252" });

    expect(told(guessed.findings, "refused")).toEqual(["$[0] wrong_encoding"]);
    expect(guessed.runs.created).toBe(1);
    expect([...named.academy.courses.values()].map(({ title }) => title)).toEqual([
      "Ærlig Øl",
      "Plain",
    ]);
  });

  it("that Lectern did not write never carries raw HTML or code", async () => {
    const nasty = [
      "<img src=x onerror=alert(1)>",
      "plain <svg/onload=alert(1)>",
      "&lt;script&gt;alert(1)&lt;/script&gt;",
      "[click](javascript:alert(1))",
      "<nottag onclick=alert(1)>text</nottag>",
      "<iframe src=https://evil.example></iframe>after",
    ];
    for (const description of nasty) {
      const { academy } = await imported(run({ description }));
      const body = [...academy.courses.values()][0]?.body ?? "";
      expect(body).not.toMatch(/(?<!\\)<[a-z/!]|(?<!\\)\[[^\]]*\]\(javascript/iu);
    }
  });
});

describe("courses that look like one", () => {
  const runs = [
    run({ "@id": "https://example.org/1", name: "Tools for Reproducible Research" }),
    run({ "@id": "https://example.org/2", name: "NBIS/ELIXIR-SE Tools for Reproducible Research" }),
    run({ "@id": "https://example.org/3", name: "tools for reproducible research" }),
    run({ "@id": "https://example.org/4", name: "Baking = Chemistry" }),
  ];

  it("are proposed for merging and not merged", async () => {
    const { academy, proposals } = await imported(runs);

    expect(academy.courses.size).toBe(4);
    expect(proposals).toHaveLength(1);
    expect(proposals[0]?.merge).toHaveLength(2);
  });

  it("are merged when somebody says so, by name or identifier, and stay so", async () => {
    const merges = [
      "NBIS/ELIXIR-SE Tools for Reproducible Research=Tools for Reproducible Research",
      "tools for reproducible research=NBIS/ELIXIR-SE Tools for Reproducible Research",
      "Baking = Chemistry=https://elsewhere.example/courses/baking",
    ];
    const academy = createFakeAcademy();
    await imported(
      {
        "@type": "Course",
        "@id": "https://elsewhere.example/courses/baking",
        name: "Baking",
        inLanguage: "en",
      },
      { academy },
    );

    const first = await imported(runs, { academy, merges });
    const again = await imported(runs, { academy, merges });

    expect(first.courses.created).toBe(1);
    expect(
      new Set([...academy.runs.values()].map(({ courseExternalId }) => courseExternalId)).size,
    ).toBe(2);
    expect(academy.runs.get("https://example.org/4")?.courseExternalId).toBe(
      "https://elsewhere.example/courses/baking",
    );
    expect(first.proposals).toEqual([]);
    expect(again.runs.unchanged).toBe(4);
  });

  it("can't be merged into what is not there, or in a circle", async () => {
    await expect(
      imported(runs, { merges: ["Nothing=Tools for Reproducible Research"] }),
    ).rejects.toThrow("Nothing");
    await expect(imported(runs, { merges: ["Baking = Chemistry=Nowhere"] })).rejects.toThrow(
      "Nowhere",
    );
    const circle = [
      "tools for reproducible research=Tools for Reproducible Research",
      "Tools for Reproducible Research=tools for reproducible research",
    ];
    await expect(imported(runs, { merges: circle })).rejects.toThrow("circle");
  });
});

describe("what the academy says", () => {
  it("updates what changed, and only that", async () => {
    const { academy } = await imported([run({}), run({ "@id": "https://example.org/2" })]);

    const { runs, courses } = await imported(
      [run({ maximumAttendeeCapacity: 9 }), run({ "@id": "https://example.org/2" })],
      { academy },
    );

    expect(runs).toEqual({ created: 0, updated: 1, unchanged: 1, refused: 0 });
    expect(courses.unchanged).toBe(1);
  });

  it("reaches the report with the record that it is about", async () => {
    const orphan = {
      ...run({}),
      name: undefined,
      "@reverse": { hasCourseInstance: { "@id": "https://gone.example" } },
    };

    const { findings, runs } = await imported([orphan]);

    expect(runs.refused).toBe(1);
    expect(findings.find(({ severity }) => severity === "refused")).toMatchObject({
      place: "$[0]",
      code: "refused_by_academy",
      message: "There is no course https://gone.example.",
    });
  });

  it("refuses the runs of a course that was refused", async () => {
    const { findings } = await imported({
      "@type": "Course",
      "@id": "https://example.org/c",
      name: "x".repeat(301),
      inLanguage: "en",
      hasCourseInstance: [run({})],
    });

    expect(told(findings, "refused")).toEqual([
      "$ not_valid",
      "$.hasCourseInstance[0] course_refused",
    ]);
  });

  it("is asked in batches that it takes", async () => {
    const many = Array.from({ length: 250 }, (_, at) =>
      run({ "@id": `https://example.org/runs/${at}` }),
    );

    const { academy, runs } = await imported(many);

    expect(runs.created).toBe(250);
    // All of them describe one course, which is sent once.
    expect(academy.calls[0]?.input).toMatchObject({ records: [{ title: "Course" }] });
    expect(academy.calls.map(({ procedure }) => procedure)).toEqual([
      "courses.import",
      "runs.import",
      "runs.import",
      "runs.import",
    ]);
  });
});
