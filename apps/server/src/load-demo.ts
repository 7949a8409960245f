import type { Database } from "@lectern/database/connect";
import { loadDemo } from "@lectern/demo/load-demo";

/**
 * Fills an empty academy with the demo. One that has anything in it, or had the demo before, stays as
 * it is.
 *
 * @param say tells people what takes its time, once it begins
 * @returns whether the demo was loaded now
 */
export async function loadDemoOnce(db: Database, say: (line: string) => void): Promise<boolean> {
  const { loaded } = await loadDemo(db, {
    today: Temporal.Now.plainDateISO("UTC"),
    onProgress: ({ done }) => {
      if (done === 0) say("Loading the demo academy …");
    },
  });
  return loaded;
}
