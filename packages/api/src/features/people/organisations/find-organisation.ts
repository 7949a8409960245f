import type { OrganisationByIdInput, OrganisationDetail } from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { readOrganisation } from "./organisation-detail.ts";
import { requireOrganisationWithin } from "./require-organisation.ts";

/**
 * One organisation, for staff and for those who book for it.
 *
 * @throws NotFound
 */
export async function findOrganisation(
  db: Database,
  call: Call,
  { id }: z.infer<typeof OrganisationByIdInput>,
): Promise<OrganisationDetail> {
  requireOrganisationWithin(call, "organisations.read", id);
  return readOrganisation(db, id);
}
