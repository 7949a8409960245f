import type { Permission } from "@lectern/auth/permissions";
import type { Queryable } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import type { Transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { conflict, notFound } from "../../../domain-error.ts";
import { reachFor, reachesOrganisation } from "../../../shared/reach.ts";

export type OrganisationRow = typeof organisation.$inferSelect;

/**
 * Lets only those go on who may do that with the organisation: from where they stand, there are no others.
 *
 * @throws NotFound for one out of reach, as for one that does not exist
 */
export function requireOrganisationWithin(
  call: Pick<Call, "actor">,
  permission: Permission,
  organisationId: string,
): void {
  if (reachesOrganisation(reachFor(call, permission), organisationId)) return;
  throw notFound("organisation", organisationId);
}

/**
 * @returns an organisation for which something new can be done
 * @throws NotFound; Conflict `wrong_state` for one that was archived
 */
export async function requireOrganisation(db: Queryable, id: string): Promise<OrganisationRow> {
  const [found] = await db.select().from(organisation).where(eq(organisation.id, id));
  return inUse(id, found);
}

/**
 * The same, and whoever changes it or its people waits until this transaction has ended.
 *
 * @throws NotFound; Conflict `wrong_state`
 */
export async function lockOrganisation(tx: Transaction, id: string): Promise<OrganisationRow> {
  return inUse(id, await lockAnyOrganisation(tx, id));
}

/** Locks one that may have been archived. @returns it, if there is one */
export async function lockAnyOrganisation(
  tx: Transaction,
  id: string,
): Promise<OrganisationRow | undefined> {
  const [found] = await tx
    .select()
    .from(organisation)
    .where(eq(organisation.id, id))
    // What refers to it, such as bookings, need not wait.
    .for("no key update");
  return found;
}

function inUse(id: string, found: OrganisationRow | undefined): OrganisationRow {
  if (found === undefined) throw notFound("organisation", id);
  if (found.archivedAt !== null) {
    throw conflict("organisation", "wrong_state", "This organisation was archived.", "archived");
  }
  return found;
}
