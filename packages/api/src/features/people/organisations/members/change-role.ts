import { personOf } from "@lectern/auth/actor";
import {
  MembershipChanged,
  type OrganisationChangeRoleInput,
} from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { reachFor } from "../../../../shared/reach.ts";
import { lockOrganisation, requireOrganisationWithin } from "../require-organisation.ts";
import { findRole, requireOtherManager, writeRole } from "./membership.ts";

type ChangeInput = z.infer<typeof OrganisationChangeRoleInput>;

/**
 * Gives a member of an organisation another role in it.
 *
 * @throws NotFound; Conflict `last_one` for its last manager, unless staff see to it, and `wrong_state` for
 *   an archived organisation; IdempotencyMismatch
 */
export async function changeMemberRole(
  db: Database,
  call: Call,
  input: ChangeInput,
): Promise<MembershipChanged> {
  requireOrganisationWithin(call, "organisations.members", input.organisationId);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.changeRole", input, MembershipChanged, () =>
      change(tx, call, input),
    ),
  );
}

async function change(
  tx: Transaction,
  call: Call,
  { organisationId, personId, role }: ChangeInput,
): Promise<MembershipChanged> {
  await lockOrganisation(tx, organisationId);
  const member = { organisationId, personId };
  const before = await findRole(tx, member);
  if (before === undefined) throw notFound("person", personId);
  if (before === role) return { ...member, role };
  const isStaff = reachFor(call, "organisations.members").everywhere;
  if (before === "company_manager" && !isStaff) await requireOtherManager(tx, member);
  await writeRole(tx, member, role, personOf(call.actor));
  await recordAudit(tx, call, {
    action: "organisation.change_role",
    entity: "organisation",
    entityId: organisationId,
    before: { personId, role: before },
    after: { personId, role },
  });
  return { ...member, role };
}
