import { isEnabledPerson } from "@lectern/auth/sessions/find-session";
import { OrganisationRole } from "@lectern/contract/vocabulary";
import { roleAssignment } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import { conflict } from "../../../../domain-error.ts";

/** Somebody in an organisation. */
export interface Member {
  readonly organisationId: string;
  readonly personId: string;
}

function isAssignmentOf({ organisationId, personId }: Member) {
  return and(
    eq(roleAssignment.organisationId, organisationId),
    eq(roleAssignment.personId, personId),
  );
}

/** @returns what somebody is in the organisation; `undefined` for nothing */
export async function findRole(
  tx: Transaction,
  member: Member,
): Promise<OrganisationRole | undefined> {
  const [found] = await tx
    .select({ role: roleAssignment.role })
    .from(roleAssignment)
    .where(isAssignmentOf(member));
  return found === undefined ? undefined : OrganisationRole.parse(found.role);
}

/** Gives a member another role. */
export async function writeRole(
  tx: Transaction,
  member: Member,
  role: OrganisationRole,
  grantedById: string | null,
): Promise<void> {
  await tx.update(roleAssignment).set({ role, grantedById }).where(isAssignmentOf(member));
}

/** Takes somebody out of the organisation. */
export async function deleteMember(tx: Transaction, member: Member): Promise<void> {
  await tx.delete(roleAssignment).where(isAssignmentOf(member));
}

/**
 * Sees to it that somebody is left who manages the organisation once this member does not any more. The
 * organisation is locked, so that of two who go at once one is the last. Who can't sign in manages nothing.
 *
 * @throws Conflict `last_one`
 */
export async function requireOtherManager(
  tx: Transaction,
  { organisationId, personId }: Member,
): Promise<void> {
  const { count } = await tx.execute(sql`
    SELECT FROM role_assignment a JOIN person p ON p.id = a.person_id
    WHERE a.organisation_id = ${organisationId}::uuid AND a.role = 'company_manager'
      AND a.person_id <> ${personId}::uuid AND ${isEnabledPerson}
    LIMIT 1`);
  if (count > 0) return;
  throw conflict(
    "organisation",
    "last_one",
    "Nobody else manages this organisation: make somebody its manager first.",
    "company_manager",
  );
}
