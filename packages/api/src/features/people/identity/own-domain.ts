import { bool, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";

/** @returns the domain of an address, as the DNS writes it */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}

const ownDomain = prepared("identity.ownDomain", { organisationId: uuid, domain: text }, (_, $) =>
  rows(
    { isOwn: bool },
    sql`SELECT EXISTS (
      SELECT FROM organisation_domain d
      WHERE d.organisation_id = ${$.organisationId} AND d.domain = ${$.domain}
        AND d.verified_at IS NOT NULL
    ) AS is_own`,
  ),
);

/** @returns whether the address is of a domain that the organisation has shown to be its own */
export async function isOfOwnDomain(
  db: Queryable,
  organisationId: string,
  email: string,
): Promise<boolean> {
  const found = await ownDomain.first(db, { organisationId, domain: domainOf(email) });
  return found?.isOwn === true;
}
