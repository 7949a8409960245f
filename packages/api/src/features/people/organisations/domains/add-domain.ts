import { randomBytes } from "node:crypto";
import {
  ORGANISATION_DOMAINS_MAX,
  type OrganisationAddDomainInput,
  OrganisationDomain,
} from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { organisationDomain } from "@lectern/database/schema/organisations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { conflict, invalid } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { lockOrganisation, requireOrganisationWithin } from "../require-organisation.ts";
import { toDomain } from "./domain-detail.ts";
import { isPublicMailDomain } from "./public-mail-domains.ts";

type AddInput = z.infer<typeof OrganisationAddDomainInput>;

const CHALLENGE_BYTES = 24;

/**
 * Writes down a domain that an organisation says is its own, with what it has to write into the DNS to show
 * it. That another one has it is told to whoever has shown that, and to nobody before.
 *
 * @throws NotFound; Invalid for a domain at which anybody can have a mailbox, and for one too many; Conflict
 *   `already_exists` for one that the organisation has, `wrong_state` for an archived organisation;
 *   IdempotencyMismatch
 */
export async function addDomain(
  db: Database,
  call: Call,
  input: AddInput,
): Promise<OrganisationDomain> {
  requireOrganisationWithin(call, "organisations.write", input.organisationId);
  const domain = input.domain.toLowerCase();
  if (isPublicMailDomain(domain)) {
    throw invalid("domain", `Anybody can have an address at ${domain}: it is nobody's own.`);
  }
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.addDomain", input, OrganisationDomain, () =>
      add(tx, call, input.organisationId, domain),
    ),
  );
}

async function add(
  tx: Transaction,
  call: Call,
  organisationId: string,
  domain: string,
): Promise<OrganisationDomain> {
  await lockOrganisation(tx, organisationId);
  const others = await tx.$count(
    organisationDomain,
    eq(organisationDomain.organisationId, organisationId),
  );
  if (others >= ORGANISATION_DOMAINS_MAX) {
    throw invalid("domain", `An organisation has ${ORGANISATION_DOMAINS_MAX} domains at most.`);
  }
  const [added] = await tx
    .insert(organisationDomain)
    .values({
      id: uuidv7(),
      organisationId,
      domain,
      challenge: randomBytes(CHALLENGE_BYTES).toString("base64url"),
    })
    .onConflictDoNothing()
    .returning();
  if (added === undefined) {
    throw conflict(
      "organisation_domain",
      "already_exists",
      "The organisation has this domain already.",
      "domain",
    );
  }
  await recordAudit(tx, call, {
    action: "organisation.add_domain",
    entity: "organisation",
    entityId: organisationId,
    before: null,
    after: { domainId: added.id, domain },
  });
  return toDomain(added);
}
