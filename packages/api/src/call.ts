import type { AccessKeys } from "@lectern/auth/access-key";
import type { Actor } from "@lectern/auth/actor";

/** What a use case knows of the call that it serves: who, which request, and until when. */
export interface Call {
  readonly actor: Actor;
  /** Names the request in logs, audit entries and errors. */
  readonly requestId: string;
  readonly accessKeys: AccessKeys;
}
