import { DOMAIN_RECORD_LABEL, type OrganisationDomain } from "@lectern/contract/organisations";
import type { organisationDomain } from "@lectern/database/schema/organisations";

export type DomainRow = typeof organisationDomain.$inferSelect;

/** @returns the text of the record that shows whose a domain is */
export function recordValueOf({ challenge }: Pick<DomainRow, "challenge">): string {
  return `lectern-verification=${challenge}`;
}

/** @returns a domain as the contract describes it */
export function toDomain(row: DomainRow): OrganisationDomain {
  return {
    id: row.id,
    domain: row.domain,
    recordName: `${DOMAIN_RECORD_LABEL}.${row.domain}`,
    recordValue: recordValueOf(row),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}
