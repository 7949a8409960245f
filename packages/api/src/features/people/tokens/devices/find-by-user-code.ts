import { networkOf } from "@lectern/auth/throttle";
import type { Database } from "@lectern/database/queryable";
import { deviceGrant } from "@lectern/database/schema/people";
import { and, eq, sql } from "drizzle-orm";
import { linkNotUsable } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { throttleDevices } from "./device-throttles.ts";
import { parseUserCode } from "./user-code.ts";

/** Why a code is counted, right or wrong: whoever asks many at once would get all of their answers before one counts. */
async function countGuess(db: Database, { actor, origin }: PersonCall): Promise<void> {
  await throttleDevices(db, "device.code.person", actor.id);
  await throttleDevices(db, "device.code.address", networkOf(origin.address ?? ""));
}

/**
 * Counts a code that somebody typed.
 *
 * @returns the code as it is kept
 * @throws LinkNotUsable for what can't be one; RateLimited for too many
 */
export async function takeUserCode(db: Database, call: PersonCall, typed: string): Promise<string> {
  await countGuess(db, call);
  const code = parseUserCode(typed);
  if (code === undefined) throw linkNotUsable();
  return code;
}

/** The condition that a request of this code waits for its decision. */
export function isWaiting(code: string) {
  return and(
    eq(deviceGrant.userCode, code),
    eq(deviceGrant.state, "pending"),
    sql`${deviceGrant.expiresAt} > clock_timestamp()`,
  );
}
