import {
  InvitationWithdrawn,
  type OrganisationWithdrawInvitationInput,
} from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";
import { dropInvitations } from "./open-invitations.ts";

/**
 * Makes an invitation worthless that nobody has accepted yet.
 *
 * @throws NotFound for one that is unknown, of another organisation, accepted, or too old;
 *   IdempotencyMismatch
 */
export async function withdrawInvitation(
  db: Database,
  call: Call,
  input: z.infer<typeof OrganisationWithdrawInvitationInput>,
): Promise<z.infer<typeof InvitationWithdrawn>> {
  const { organisationId, id } = input;
  requireOrganisationWithin(call, "organisations.members", organisationId);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.withdrawInvitation", input, InvitationWithdrawn, async () => {
      const dropped = await dropInvitations(tx, { organisationId, id });
      if (dropped === 0) throw notFound("invitation", id);
      await recordAudit(tx, call, {
        action: "organisation.withdraw_invitation",
        entity: "organisation",
        entityId: organisationId,
        before: { invitationId: id },
        after: null,
      });
      return { id };
    }),
  );
}
