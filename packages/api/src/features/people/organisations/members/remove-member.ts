import {
  MembershipChanged,
  type OrganisationOwnInput,
  type OrganisationRemoveMemberInput,
} from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { reachFor } from "../../../../shared/reach.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { lockAnyOrganisation, requireOrganisationWithin } from "../require-organisation.ts";
import { type Member, deleteMember, findRole, requireOtherManager } from "./membership.ts";

/**
 * Takes somebody out of an organisation. What was booked for it stays its own; what they booked stays
 * theirs, too.
 *
 * @throws NotFound; Conflict `last_one` for its last manager, unless staff see to it; IdempotencyMismatch
 */
export async function removeMember(
  db: Database,
  call: Call,
  input: z.infer<typeof OrganisationRemoveMemberInput>,
): Promise<MembershipChanged> {
  const { organisationId, personId } = input;
  requireOrganisationWithin(call, "organisations.members", organisationId);
  const isStaff = reachFor(call, "organisations.members").everywhere;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.removeMember", input, MembershipChanged, () =>
      remove(tx, call, { organisationId, personId }, { isStaff, missing: ["person", personId] }),
    ),
  );
}

/**
 * Leaves an organisation.
 *
 * @throws NotFound for one that they are not in; Conflict `last_one` for its last manager;
 *   IdempotencyMismatch
 */
export async function leaveOrganisation(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof OrganisationOwnInput>,
): Promise<MembershipChanged> {
  const { organisationId } = input;
  const member = { organisationId, personId: call.actor.id };
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.leave", input, MembershipChanged, () =>
      remove(tx, call, member, { isStaff: false, missing: ["organisation", organisationId] }),
    ),
  );
}

async function remove(
  tx: Transaction,
  call: Call,
  member: Member,
  { isStaff, missing }: { isStaff: boolean; missing: Parameters<typeof notFound> },
): Promise<MembershipChanged> {
  const { organisationId, personId } = member;
  const organisation = await lockAnyOrganisation(tx, organisationId);
  const role = await findRole(tx, member);
  if (organisation === undefined || role === undefined) throw notFound(...missing);
  // One that is archived needs no manager.
  const needsManager = !isStaff && organisation.archivedAt === null;
  if (role === "company_manager" && needsManager) await requireOtherManager(tx, member);
  await deleteMember(tx, member);
  await recordAudit(tx, call, {
    action: "organisation.remove_member",
    entity: "organisation",
    entityId: organisationId,
    before: { personId, role },
    after: null,
  });
  return { organisationId, personId, role: null };
}
