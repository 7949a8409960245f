import type { Database } from "@lectern/database/connect";
import { course } from "@lectern/database/schema/catalogue";

/**
 * Fills an empty academy with the demo. One that has anything in it, or had the demo before, stays as
 * it is.
 *
 * @param say tells people what takes its time, once it begins
 * @returns whether the demo was loaded now
 */
export async function loadDemoOnce(db: Database, say: (line: string) => void): Promise<boolean> {
  // Sixty courses of prose take longer to read in than a start should wait for them.
  const [anyCourse] = await db.select({ id: course.id }).from(course).limit(1);
  if (anyCourse !== undefined) return false;
  const { loadDemo } = await import("@lectern/demo/load-demo");
  const { loaded } = await loadDemo(db, {
    today: Temporal.Now.plainDateISO("UTC"),
    onProgress: ({ done }) => {
      if (done === 0) say("Loading the demo academy …");
    },
  });
  return loaded;
}
