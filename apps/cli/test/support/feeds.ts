import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** A feed of our own with every sort of dirt. */
export const DIRTY_FEED = fixture("dirty-feed.json");
export const DIRTY_EVENTS = fixture("dirty-events.csv");

/**
 * The feed of a real provider, which is not part of this repository: beside it, or where
 * `LECTERN_TEST_FEED` says.
 */
export const REAL_FEED =
  process.env["LECTERN_TEST_FEED"] ??
  fileURLToPath(new URL("../../../../../shared/data/nbis-course-instances.json", import.meta.url));

export const HAS_REAL_FEED = existsSync(REAL_FEED);
