import type { WaitlistStatus } from "@lectern/contract/vocabulary";
import { queueFacts, runFacts } from "./facts-of.ts";
import { type Gather, linksFor } from "./mail-draft.ts";
import { findEntry, findRun } from "./rows.ts";

type QueueKind = "waitlist_joined" | "offer" | "offer_lapsed" | "waitlist_closed";

/** @param status the state of an entry in which such a mail makes sense */
function aboutEntry(kind: QueueKind, status: WaitlistStatus): Gather {
  return async (gathering, id) => {
    const { db } = gathering;
    const found = await findEntry(db, id);
    if (found?.entry.status !== status) return [];
    const { entry, position, isOfferOpen } = found;
    if (kind === "offer" && !isOfferOpen) return [];
    const run = await findRun(db, entry.runId, entry.language);
    if (run === undefined) return [];
    const links = linksFor(gathering, entry.language);
    const told = queueFacts(links, entry, position);
    return [
      {
        content: {
          kind,
          facts: { run: runFacts(links, run, entry.timeZone), entry: told },
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
