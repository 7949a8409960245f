import type { Queryable } from "@lectern/database/queryable";
import type { Call } from "../../../call.ts";
import { DomainError } from "../../../domain-error.ts";
import { reachFor, reachesOrganisation } from "../../../shared/reach.ts";
import { requireOrganisation } from "./require-organisation.ts";

/**
 * Lets only those go on who may book for the organisation.
 *
 * @param organisationId nothing: booked for nobody else
 * @throws Forbidden for those who may not, whether there is such an organisation or not; NotFound;
 *   Conflict `wrong_state` for an archived one
 */
export async function requireBookedFor(
  db: Queryable,
  call: Call,
  organisationId: string | null | undefined,
): Promise<void> {
  if (organisationId == null) return;
  const permission = "bookings.make.any";
  if (!reachesOrganisation(reachFor(call, permission), organisationId)) {
    throw new DomainError(
      { code: "Forbidden", data: { permission } },
      "You may not book for this organisation.",
    );
  }
  await requireOrganisation(db, organisationId);
}
