import type { WaitlistStatus } from "@lectern/contract/vocabulary";
import { queueFacts, runFacts } from "./facts-of.ts";
import type { Gather } from "./mail-draft.ts";
import { findEntry, findRun } from "./rows.ts";

type QueueKind = "waitlist_joined" | "offer" | "offer_lapsed" | "waitlist_closed";

/** @param status the state of an entry in which such a mail makes sense */
function aboutEntry(kind: QueueKind, status: WaitlistStatus): Gather {
  return async ({ db, settings }, id) => {
    const found = await findEntry(db, id);
    if (found?.entry.status !== status) return [];
    const { entry, position, isOfferOpen } = found;
    if (kind === "offer" && !isOfferOpen) return [];
    const run = await findRun(db, entry.runId);
    if (run === undefined) return [];
    const told = queueFacts(settings, entry, position);
    return [
      {
        content: {
          kind,
          facts: { run: runFacts(settings, run, entry.timeZone), entry: told },
        },
        to: { name: told.name, email: entry.email },
        language: entry.language,
      },
    ];
  };
}

export const waitlistJoined = aboutEntry("waitlist_joined", "waiting");
export const offerMade = aboutEntry("offer", "offered");
export const offerLapsed = aboutEntry("offer_lapsed", "lapsed");
export const waitlistClosed = aboutEntry("waitlist_closed", "closed");
