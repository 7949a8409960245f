import type { Database } from "@lectern/database/connect";
import type { Call } from "../call.ts";
import type { LiveStates } from "../shared/live/live.ts";

/**
 * What the server hands to every procedure. Kept in a module of its own, so that the bundle of the
 * client's declarations can leave it out, and the database with it.
 */
export interface RequestContext extends Call {
  readonly db: Database;
  /** What can be watched on this instance. */
  readonly live: LiveStates;
}
