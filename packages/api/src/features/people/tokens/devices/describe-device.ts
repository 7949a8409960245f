import { isAllowed, reachOf } from "@lectern/auth/actor";
import { isPermission } from "@lectern/auth/permissions";
import {
  TOKEN_DAYS_DEFAULT,
  type DeviceDescribeInput,
  type DeviceDescribed,
} from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { deviceGrant } from "@lectern/database/schema/people";
import type { z } from "zod";
import { linkNotUsable } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { isWaiting, takeUserCode } from "./find-by-user-code.ts";

/**
 * What asks to be signed in, by the code that it shows, for what and for how long: for whoever is to
 * decide.
 *
 * @throws LinkNotUsable for a code that is unknown, decided on, or too old; RateLimited
 */
export async function describeDevice(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof DeviceDescribeInput>,
): Promise<DeviceDescribed> {
  const { actor } = call;
  const code = await takeUserCode(db, call, input.userCode);
  const [found] = await db.select().from(deviceGrant).where(isWaiting(code));
  if (found === undefined) throw linkNotUsable();
  return {
    client: found.client ?? "",
    address: found.address,
    requestedAt: found.createdAt.toISOString(),
    expiresAt: found.expiresAt.toISOString(),
    permissions: found.permissions.map((name) => ({
      name,
      isHeld: isPermission(name) && reachOf(actor, name) !== undefined,
    })),
    tokenDays: TOKEN_DAYS_DEFAULT,
    mayApprove: isAllowed(actor, "tokens.write"),
  };
}
