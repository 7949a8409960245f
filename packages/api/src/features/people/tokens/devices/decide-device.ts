import { isAllowed } from "@lectern/auth/actor";
import { DeviceDecided, type DeviceDecideInput } from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { deviceGrant } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { invalid } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { linkNotUsable } from "../../accounts/complete-sign-in.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { mayNot, permissionsNamed, requireHeld } from "../wanted-permissions.ts";
import { isWaiting, takeUserCode } from "./find-by-user-code.ts";

type DecideInput = z.infer<typeof DeviceDecideInput>;

/**
 * Lets a program sign in as whoever is signed in, with some of the permissions that it asked for and they
 * have; or sends it away. Of two who decide on one request, one does. A program signed in so is one with a
 * token, and needs what making one needs.
 *
 * @throws LinkNotUsable for a code that is unknown, decided on, or too old; Forbidden for somebody who may
 *   have no tokens, and for permissions that they do not have; Invalid for permissions that were not asked
 *   for; RateLimited; IdempotencyMismatch
 */
export async function decideDevice(
  db: Database,
  call: PersonCall,
  input: DecideInput,
): Promise<DeviceDecided> {
  const { actor } = call;
  if (input.decision === "approve" && !isAllowed(actor, "tokens.write")) {
    throw mayNot("tokens.write", "Your roles don't let you have tokens for programs.");
  }
  const code = await takeUserCode(db, call, input.userCode);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "devices.decide", input, DeviceDecided, () => decide(tx, call, code, input)),
  );
}

async function decide(
  tx: Transaction,
  call: PersonCall,
  code: string,
  input: DecideInput,
): Promise<DeviceDecided> {
  const { actor } = call;
  const [found] = await tx
    .select({ id: deviceGrant.id, wanted: deviceGrant.permissions })
    .from(deviceGrant)
    .where(isWaiting(code));
  if (found === undefined) throw linkNotUsable();
  const state = input.decision === "approve" ? "approved" : "denied";
  const permissions = state === "approved" ? permissionsNamed(input.permissions) : [];
  for (const permission of permissions) {
    if (!found.wanted.includes(permission)) {
      throw invalid("permissions", `The program did not ask for ${permission}.`);
    }
  }
  requireHeld(actor, permissions);
  const decided = await tx
    .update(deviceGrant)
    .set({ state, permissions, personId: actor.id })
    .where(and(eq(deviceGrant.id, found.id), isWaiting(code)))
    .returning({ id: deviceGrant.id });
  if (decided.length === 0) throw linkNotUsable();
  await recordAudit(tx, call, {
    action: state === "approved" ? "device_grant.approve" : "device_grant.deny",
    entity: "device_grant",
    entityId: found.id,
    before: { state: "pending" },
    after: { state, permissions },
  });
  return { state, permissions };
}
