import { CourseRecord } from "@lectern/contract/courses";
import { RunRecord } from "@lectern/contract/runs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courseRecord, runRecord } from "../../test/support/arbitraries.ts";
import { type CatalogueEntry, exportAs } from "../export/export-catalogue.ts";
import { readCsvFeed } from "../import/csv/read-feed.ts";
import { csvRows } from "../import/csv/read-rows.ts";
import { jsonValues } from "../import/input/json-values.ts";
import { indexDocument } from "../import/jsonld/document-index.ts";
import { readNode } from "../import/jsonld/read-feed.ts";
import type { Reading } from "../import/reading.ts";

async function* entries(all: readonly CatalogueEntry[]) {
  yield* all;
  await Promise.resolve();
}

async function written(format: "jsonld" | "csv", all: readonly CatalogueEntry[]): Promise<string> {
  return (await Array.fromAsync(exportAs(format, entries(all)))).join("");
}

/** The text in pieces, as files come; decoding never parts the two halves of a character. */
async function* pieces(text: string) {
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 11) yield characters.slice(at, at + 11).join("");
  await Promise.resolve();
}

async function readBack(format: "jsonld" | "csv", text: string): Promise<Reading[]> {
  if (format === "csv") return Array.fromAsync(readCsvFeed(csvRows(pieces(text))));
  const document = await indexDocument(jsonValues(pieces(text)));
  const items = await Array.fromAsync(jsonValues(pieces(text)));
  return items.flatMap((item) =>
    "value" in item ? [...readNode(item.value, item.path, document)] : [],
  );
}

function recordsOf(readings: readonly Reading[]): unknown[] {
  return readings.map((reading) => {
    if (reading.kind === "skipped") return reading;
    return "record" in reading ? reading.record : reading.findings.all;
  });
}

describe.each(["jsonld", "csv"] as const)("records as %s", (format) => {
  it("come back as they were, whatever is in them", async () => {
    await fc.assert(
      fc.asyncProperty(
        courseRecord,
        fc.array(runRecord, { maxLength: 3 }),
        async (course, theirs) => {
          const runs = theirs.map((run) => ({ ...run, courseExternalId: course.externalId }));
          expect(CourseRecord.safeParse(course).success).toBe(true);
          expect(runs.every((run) => RunRecord.safeParse(run).success)).toBe(true);

          const text = await written(format, [{ course, runs }]);

          expect(recordsOf(await readBack(format, text))).toEqual([course, ...runs]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keep the course of a run that stands by itself", async () => {
    await fc.assert(
      fc.asyncProperty(runRecord, async (orphan) => {
        const text = await written(format, [{ orphan }]);

        expect(recordsOf(await readBack(format, text))).toEqual([orphan]);
      }),
      { numRuns: 50 },
    );
  });

  it("of an empty catalogue are none", async () => {
    expect(await readBack(format, await written(format, []))).toEqual([]);
  });
});

describe("JSON-LD", () => {
  const run: RunRecord = {
    externalId: "https://example.org/runs/1",
    courseExternalId: "https://example.org/courses/1",
    sourceUrl: null,
    status: "confirmed",
    deliveryMode: "blended",
    language: "en",
    timeZone: "Europe/Oslo",
    localStart: "2027-03-28T02:30",
    localEnd: "2027-10-31T02:30",
    venue: { name: "House", street: "Way 1", city: "Oslo", country: "NO" },
    capacity: 12,
    minPlaces: 4,
    price: { amount: 125_050, currency: "NOK" },
    visibility: "public",
    bookingOpensAt: null,
    bookingClosesAt: "2027-03-01T00:00:00.000Z",
    sessions: [{ localStart: "2027-03-29T09:00", localEnd: "2027-03-29T17:00" }],
  };

  async function nodeOf(record: RunRecord): Promise<Record<string, unknown>> {
    const document = JSON.parse(await written("jsonld", [{ orphan: record }])) as {
      "@graph": [Record<string, unknown>];
    };
    return document["@graph"][0];
  }

  it("says what search engines look for in schema.org's words", async () => {
    expect(await nodeOf(run)).toMatchObject({
      "@type": "CourseInstance",
      "@id": "https://example.org/runs/1",
      courseMode: ["blended"],
      eventAttendanceMode: "https://schema.org/MixedEventAttendanceMode",
      eventStatus: "https://schema.org/EventScheduled",
      courseSchedule: { "@type": "Schedule", scheduleTimezone: "Europe/Oslo", repeatCount: 1 },
      subEvent: [{ startDate: "2027-03-29T09:00:00+02:00", endDate: "2027-03-29T17:00:00+02:00" }],
      location: [
        {
          "@type": "Place",
          name: "House",
          address: { streetAddress: "Way 1", addressLocality: "Oslo", addressCountry: "NO" },
        },
        { "@type": "VirtualLocation" },
      ],
      maximumAttendeeCapacity: 12,
      offers: { "@type": "Offer", price: "1250.50", priceCurrency: "NOK", category: "Paid" },
    });
  });

  it("gives a time in the hour that clocks skip the offset from before, and in the repeated one the first", async () => {
    expect(await nodeOf(run)).toMatchObject({
      startDate: "2027-03-28T02:30:00+01:00",
      endDate: "2027-10-31T02:30:00+02:00",
    });
  });

  it("tells a cancelled run", async () => {
    expect(await nodeOf({ ...run, status: "cancelled" })).toMatchObject({
      eventStatus: "https://schema.org/EventCancelled",
    });
  });
});

describe("CSV", () => {
  it("keeps spreadsheets from running text as a formula", async () => {
    const [course] = fc.sample(courseRecord, 1);
    if (course === undefined) throw new Error("no sample");
    const title = '=HYPERLINK("https://evil.example")';

    const text = await written("csv", [{ course: { ...course, title }, runs: [] }]);

    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  });
});
