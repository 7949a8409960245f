import type { WaitlistState, WaitlistWatchInput } from "@lectern/contract/live";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { waitlistEntry } from "@lectern/database/schema/bookings";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../domain-error.ts";
import type { LiveStates } from "../../shared/live/live.ts";
import type { LiveUpdate } from "../../shared/live/watch.ts";

const runOfEntry = prepared("waitlist.runOfEntry", { id: waitlistEntry.id }, (q, $) =>
  q.select({ runId: waitlistEntry.runId }).from(waitlistEntry).where(eq(waitlistEntry.id, $.id)),
);

/**
 * Watches where a party stands in the waiting list of a run: the current state, and again whenever it
 * differs, until the party has left the list. Whoever has the entry's id may watch it: it can't be
 * guessed, and tells nothing of who the party is.
 *
 * @param signal ends it
 * @returns once there is something to tell
 * @throws NotFound
 */
export async function watchEntry(
  db: Database,
  live: LiveStates,
  input: z.infer<typeof WaitlistWatchInput>,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<LiveUpdate<WaitlistState>, void>> {
  const entryId = input.entryId.toLowerCase();
  const entry = await runOfEntry.first(db, { id: entryId });
  if (entry === undefined) throw notFound("waitlist_entry", entryId);
  const watched = [{ key: entryId, runId: entry.runId }];
  const watch = live.entries.watch(watched, input.lastEventId, signal);
  if (!(await watch.seen())) {
    watch.end();
    throw notFound("waitlist_entry", entryId);
  }
  return watch;
}
