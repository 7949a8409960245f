import type { PersonActor } from "@lectern/auth/actor";
import type { Call } from "../../../call.ts";

/** A call of somebody who is signed in. */
export interface PersonCall extends Call {
  readonly actor: PersonActor;
}
