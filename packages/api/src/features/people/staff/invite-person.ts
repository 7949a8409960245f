import { personOf } from "@lectern/auth/actor";
import { issueOneTime } from "@lectern/auth/one-time";
import { type PersonInviteInput, PersonInvited } from "@lectern/contract/people";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { tell } from "../../notifications/tell.ts";
import type { InvitationData } from "../accounts/invitation-data.ts";
import { sameAddress, throttleBy } from "../accounts/throttles.ts";
import { requireScopedRole } from "./roles.ts";

/** So long an invitation is good. */
export const INVITATION_SECONDS = 7 * 86_400;

/**
 * Invites somebody to work for the academy: who accepts it has the role.
 *
 * @throws Invalid for a role that can't be held for a country; RateLimited; IdempotencyMismatch
 */
export async function invitePerson(
  db: Database,
  call: Call,
  input: z.infer<typeof PersonInviteInput>,
): Promise<z.infer<typeof PersonInvited>> {
  const country = input.country ?? null;
  requireScopedRole(input.role, country);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.invite", input, PersonInvited, async () => {
      await throttleBy(tx, "mail.recipient", sameAddress(input.email));
      const data: InvitationData = {
        name: input.name,
        role: input.role,
        organisationId: null,
        country,
        inviterId: personOf(call.actor),
        language: input.language ?? null,
      };
      const id = await issueOneTime(tx, {
        kind: "invitation",
        email: input.email,
        data,
        lifetimeSeconds: INVITATION_SECONDS,
      });
      await tell(tx, "invitation", id);
      await recordAudit(tx, call, {
        action: "person.invite",
        entity: "one_time_token",
        entityId: id,
        before: null,
        after: { role: input.role, country },
      });
      const expiresAt = new Date(Date.now() + INVITATION_SECONDS * 1000).toISOString();
      return { email: input.email, expiresAt };
    }),
  );
}
