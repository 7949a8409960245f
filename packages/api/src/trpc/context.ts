import type { AccessKeys } from "@lectern/auth/access-key";
import type { Actor } from "@lectern/auth/actor";
import type { Database } from "@lectern/database/connect";

/**
 * What the server hands to every procedure. Kept in a module of its own, so that the bundle of the
 * client's declarations can leave it out, and the database with it.
 */
export interface RequestContext {
  readonly db: Database;
  readonly actor: Actor;
  readonly requestId: string;
  readonly accessKeys: AccessKeys;
}
