import {
  MembershipChanged,
  type OrganisationOwnInput,
  type OrganisationsJoinable,
} from "@lectern/contract/organisations";
import { bool, nullable, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database, Queryable } from "@lectern/database/queryable";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import { roleAssignment } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { conflict, notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { lockAnyOrganisation } from "../require-organisation.ts";

/**
 * Organisations in use whose verified domain is that of somebody's verified address, as it stands now; a
 * domain is one organisation's, so there is one at most.
 */
const byDomain = prepared(
  "organisations.byDomain",
  { personId: uuid, organisationId: nullable(uuid) },
  (_, $) =>
    rows(
      {
        id: organisation.id,
        name: organisation.name,
        domain: organisationDomain.domain,
        isMember: bool,
      },
      sql`
      SELECT o.id, o.name, d.domain, EXISTS (
        SELECT FROM role_assignment a WHERE a.organisation_id = o.id AND a.person_id = p.id
      ) AS is_member
      FROM person p
        JOIN organisation_domain d ON d.domain = lower(substring(p.email FROM '[^@]*$'))
        JOIN organisation o ON o.id = d.organisation_id
      WHERE p.id = ${$.personId} AND p.email_verified_at IS NOT NULL
        AND d.verified_at IS NOT NULL AND o.archived_at IS NULL
        AND (${$.organisationId} IS NULL OR o.id = ${$.organisationId})
      ORDER BY o.id`,
    ),
);

/** @returns the organisations that somebody can join by the domain of their address, and has not yet */
export async function listJoinable(
  db: Queryable,
  personId: string,
): Promise<z.infer<typeof OrganisationsJoinable>> {
  const found = await byDomain.execute(db, { personId, organisationId: null });
  return {
    items: found
      .filter(({ isMember }) => !isMember)
      .map(({ id, name, domain }) => ({ id, name, domain })),
  };
}

/**
 * Joins an organisation by the domain of one's address, as a learner: all else is given by its managers.
 *
 * @throws NotFound for one that can't be joined, whatever the reason; Conflict `already_exists` for a member;
 *   IdempotencyMismatch
 */
export async function joinOrganisation(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof OrganisationOwnInput>,
): Promise<MembershipChanged> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.join", input, MembershipChanged, () =>
      join(tx, call, input.organisationId),
    ),
  );
}

async function join(
  tx: Transaction,
  call: PersonCall,
  organisationId: string,
): Promise<MembershipChanged> {
  const personId = call.actor.id;
  await lockAnyOrganisation(tx, organisationId);
  const found = await byDomain.first(tx, { personId, organisationId });
  if (found === undefined) throw notFound("organisation", organisationId);
  const joined = await tx
    .insert(roleAssignment)
    .values({ id: uuidv7(), personId, role: "learner", organisationId })
    .onConflictDoNothing()
    .returning({ id: roleAssignment.id });
  if (joined.length === 0) {
    throw conflict("organisation", "already_exists", "You are in this organisation already.");
  }
  await recordAudit(tx, call, {
    action: "organisation.join",
    entity: "organisation",
    entityId: organisationId,
    before: null,
    after: { personId, role: "learner" },
  });
  return { organisationId, personId, role: "learner" };
}
