import type { Visitor } from "@lectern/auth/passwords/semaphore";
import { type Database, signalOf } from "@lectern/database/queryable";
import type { Call } from "../../../call.ts";
import { callerOf } from "./throttles.ts";

/** @returns for whom a password is worked out: those of one network take turns, and who has gone is left out */
export function visitorOf(db: Database, call: Call): Visitor {
  return { caller: callerOf(call), signal: signalOf(db) };
}

/** @returns the same for whom we know already, such as somebody on a device of theirs: nobody else keeps them waiting */
export function knownVisitor(db: Database, personId: string): Visitor {
  return { caller: personId, isUrgent: true, signal: signalOf(db) };
}
