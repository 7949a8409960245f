import { externalIdentity, roleAssignment } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { actingAs } from "../accounts/complete-sign-in.ts";

export interface NewIdentity {
  readonly providerId: string;
  readonly subject: string;
  readonly personId: string;
}

/**
 * Writes down that an account is somebody's whom a provider knows by this subject.
 *
 * @returns whether it was; not if the provider's subject is somebody's already
 */
export async function writeIdentity(
  tx: Transaction,
  call: Call,
  { providerId, subject, personId }: NewIdentity,
): Promise<boolean> {
  const [written] = await tx
    .insert(externalIdentity)
    .values({ id: uuidv7(), providerId, subject, personId })
    .onConflictDoNothing()
    .returning({ id: externalIdentity.id });
  if (written === undefined) return false;
  await recordAudit(tx, actingAs(call, personId), {
    action: "external_identity.link",
    entity: "external_identity",
    entityId: written.id,
    before: null,
    after: { providerId, personId },
  });
  return true;
}

/** Makes somebody one of an organisation's people, if they are not yet: with no say in it. */
export async function makeLearner(
  tx: Transaction,
  call: Call,
  { organisationId, personId }: { readonly organisationId: string; readonly personId: string },
): Promise<void> {
  const id = uuidv7();
  const given = await tx
    .insert(roleAssignment)
    .values({ id, personId, role: "learner", organisationId })
    .onConflictDoNothing()
    .returning({ id: roleAssignment.id });
  if (given.length === 0) return;
  await recordAudit(tx, actingAs(call, personId), {
    action: "organisation.join",
    entity: "organisation",
    entityId: organisationId,
    before: null,
    after: { personId, role: "learner", by: "openid" },
  });
}
