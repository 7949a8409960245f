import { OrganisationDetail, type OrganisationVersionInput } from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { dropInvitations } from "./invitations/open-invitations.ts";
import { readOrganisation } from "./organisation-detail.ts";
import { lockAnyOrganisation } from "./require-organisation.ts";
import { requireVersion } from "./update-organisation.ts";

type VersionInput = z.infer<typeof OrganisationVersionInput>;

/**
 * Sets an organisation aside: its people can do nothing for it any more, its invitations are worth
 * nothing, and its domains are free for others. What was booked stays.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, and `wrong_state` for one that is archived;
 *   IdempotencyMismatch
 */
export async function archiveOrganisation(
  db: Database,
  call: Call,
  input: VersionInput,
): Promise<OrganisationDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.archive", input, OrganisationDetail, async () => {
      await setArchived(tx, call, input, true);
      await dropInvitations(tx, { organisationId: input.id });
      await tx
        .update(organisationDomain)
        .set({ verifiedAt: null })
        .where(eq(organisationDomain.organisationId, input.id));
      return readOrganisation(tx, input.id);
    }),
  );
}

/**
 * Takes an archived organisation back into use, with the people that it had. Its domains have to be
 * verified again.
 *
 * @throws as `archiveOrganisation`
 */
export async function restoreOrganisation(
  db: Database,
  call: Call,
  input: VersionInput,
): Promise<OrganisationDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.restore", input, OrganisationDetail, async () => {
      await setArchived(tx, call, input, false);
      return readOrganisation(tx, input.id);
    }),
  );
}

async function setArchived(
  tx: Transaction,
  call: Call,
  { id, version }: VersionInput,
  isArchived: boolean,
): Promise<void> {
  const found = await lockAnyOrganisation(tx, id);
  if (found === undefined) throw notFound("organisation", id);
  requireVersion(found, version);
  if ((found.archivedAt !== null) === isArchived) {
    const state = isArchived ? "archived" : "in use";
    throw conflict("organisation", "wrong_state", `This organisation is ${state} already.`, state);
  }
  await tx
    .update(organisation)
    .set({
      archivedAt: isArchived ? sql`clock_timestamp()` : null,
      version: sql`${organisation.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(organisation.id, id));
  await recordAudit(tx, call, {
    action: isArchived ? "organisation.archive" : "organisation.restore",
    entity: "organisation",
    entityId: id,
    before: { isArchived: !isArchived },
    after: { isArchived },
  });
}
