import { DomainRemoved, type OrganisationDomainInput } from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { organisationDomain } from "@lectern/database/schema/organisations";
import { transaction } from "@lectern/database/transaction";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";

/**
 * Takes a domain from an organisation. Who joined by it stays.
 *
 * @throws NotFound; IdempotencyMismatch
 */
export async function removeDomain(
  db: Database,
  call: Call,
  input: z.infer<typeof OrganisationDomainInput>,
): Promise<z.infer<typeof DomainRemoved>> {
  const { organisationId, domainId } = input;
  requireOrganisationWithin(call, "organisations.write", organisationId);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.removeDomain", input, DomainRemoved, async () => {
      const [removed] = await tx
        .delete(organisationDomain)
        .where(
          and(
            eq(organisationDomain.id, domainId),
            eq(organisationDomain.organisationId, organisationId),
          ),
        )
        .returning();
      if (removed === undefined) throw notFound("organisation_domain", domainId);
      await recordAudit(tx, call, {
        action: "organisation.remove_domain",
        entity: "organisation",
        entityId: organisationId,
        before: { domainId, domain: removed.domain, isVerified: removed.verifiedAt !== null },
        after: null,
      });
      return { domainId };
    }),
  );
}
