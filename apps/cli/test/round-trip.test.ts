import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Academy, startAcademy, useAcademy } from "./support/academy.ts";
import { DIRTY_EVENTS, DIRTY_FEED, HAS_REAL_FEED, REAL_FEED } from "./support/feeds.ts";
import { lectern } from "./support/lectern.ts";

/** What goes out of one academy comes out of another as it was, byte for byte. */

/** The exports that are compared are made one after the other: in between, no run may begin by the clock. */
const STILL = { worker: false };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lectern-round-trip-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Counts {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
}
interface Summary {
  records: number;
  courses: Counts;
  runs: Counts;
  other: { refused: number };
  proposals: unknown[];
}

async function imported(academy: Academy, ...words: string[]): Promise<Summary> {
  const said = await lectern(["import", ...words, "--json"], academy);
  expect(said.stderr).toBe("");
  return said.json() as Summary;
}

async function exported(academy: Academy, name: string): Promise<string> {
  const path = join(folder, name);
  const said = await lectern(["export", "--output", path], academy);
  expect(said.stderr).toBe("");
  return readFile(path, "utf8");
}

/** Exports, imports that into an empty academy, and exports it from there in both formats. */
async function expectRoundTrip(from: Academy, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const original = await exported(from, name);
    await using empty = await startAcademy(STILL);

    const summary = await imported(empty, join(folder, name));
    expect(summary).toMatchObject({
      courses: { refused: 0 },
      runs: { refused: 0 },
      other: { refused: 0 },
      proposals: [],
    });
    const again = await imported(empty, join(folder, name));
    expect(again.courses).toEqual({
      created: 0,
      updated: 0,
      unchanged: summary.courses.created,
      refused: 0,
    });
    expect(again.runs).toEqual({
      created: 0,
      updated: 0,
      unchanged: summary.runs.created,
      refused: 0,
    });

    for (const format of ["json", "csv"]) {
      expect(await exported(empty, `second.${format}`)).toBe(
        await exported(from, `again.${format}`),
      );
    }
    expect(original.length).toBeGreaterThan(1000);
  }
}

describe("a feed of our own", () => {
  const academy = useAcademy(STILL);

  it("goes in, and from academy to academy", { timeout: 120_000 }, async () => {
    const feed = await imported(academy(), DIRTY_FEED, "--time-zone", "Europe/Oslo");
    const events = await imported(academy(), DIRTY_EVENTS);

    expect(feed).toMatchObject({
      records: 21,
      courses: { created: 8 },
      runs: { created: 10, refused: 6 },
    });
    expect(events).toMatchObject({ courses: { created: 1 }, runs: { created: 3 } });
    await expectRoundTrip(academy(), ["first.json", "first.csv"]);
  });
});

describe("the feed of a real provider", () => {
  const academy = useAcademy(STILL);

  it(
    "goes in, twice without a difference, and from academy to academy",
    { timeout: 120_000 },
    async (test) => {
      // The reporter counts skipped tests; whoever reads its output should know why.
      const reason = `${REAL_FEED} is not there: the real feed is not tried.`;
      if (!HAS_REAL_FEED) process.stderr.write(`${reason}\n`);
      test.skip(!HAS_REAL_FEED, reason);

      const without = await imported(academy(), REAL_FEED);
      expect(without).toMatchObject({ records: 32, runs: { created: 0, refused: 32 } });

      const first = await imported(academy(), REAL_FEED, "--time-zone", "Europe/Stockholm");
      expect(first).toMatchObject({ courses: { created: 24 }, runs: { created: 29, refused: 3 } });
      expect(first.proposals).toHaveLength(6);

      const again = await imported(academy(), REAL_FEED, "--time-zone", "Europe/Stockholm");
      expect(again).toMatchObject({ courses: { unchanged: 24 }, runs: { unchanged: 29 } });
      await expectRoundTrip(academy(), ["first.json"]);
    },
  );
});

describe("the demo academy", () => {
  const academy = useAcademy({ ...STILL, demo: true });

  it("goes from academy to academy", { timeout: 300_000 }, async () => {
    await expectRoundTrip(academy(), ["first.json"]);
  });
});
