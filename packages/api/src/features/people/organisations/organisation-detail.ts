import type { OrganisationDetail } from "@lectern/contract/organisations";
import { int4, uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import { notFound } from "../../../domain-error.ts";
import { toDomain } from "./domains/domain-detail.ts";

const organisationById = prepared("organisations.byId", { id: uuid }, (q, $) =>
  q
    .select({
      row: getTableColumns(organisation),
      members: sql`(
        SELECT count(*) FROM role_assignment a WHERE a.organisation_id = "organisation"."id")`
        .mapWith(int4)
        .as("members"),
    })
    .from(organisation)
    .where(eq(organisation.id, $.id)),
);

const domainsOf = prepared("organisations.byId.domains", { id: uuid }, (q, $) =>
  q
    .select()
    .from(organisationDomain)
    .where(eq(organisationDomain.organisationId, $.id))
    .orderBy(asc(organisationDomain.domain)),
);

/**
 * @returns an organisation as its managers and staff see it
 * @throws NotFound
 */
export async function readOrganisation(db: Queryable, id: string): Promise<OrganisationDetail> {
  const [found, domains] = await Promise.all([
    organisationById.first(db, { id }),
    domainsOf.execute(db, { id }),
  ]);
  if (found === undefined) throw notFound("organisation", id);
  const { row, members } = found;
  return {
    id: row.id,
    name: row.name,
    country: row.country,
    registrationNumber: row.registrationNumber,
    billingEmail: row.billingEmail,
    billingAddress: row.billingAddress,
    version: row.version,
    members,
    domains: domains.map(toDomain),
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
