import type { IdentityOptions, IdentityOptionsInput } from "@lectern/contract/identity";
import { bool, nullable, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { identityProvider } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { domainOf } from "./own-domain.ts";
import { isUsableProvider } from "./sign-in-provider.ts";

/** By its name that one; else those of the domain's company; those of staff where it is no company's. */
const options = prepared(
  "identity.options",
  { slug: nullable(text), domain: nullable(text) },
  (_, $) =>
    rows(
      { slug: identityProvider.slug, name: identityProvider.name, isForStaff: bool },
      sql`
      WITH of_domain AS (
        SELECT i.id FROM organisation_domain d JOIN identity_provider i USING (organisation_id)
          JOIN organisation o ON o.id = i.organisation_id
        WHERE d.domain = ${$.domain} AND d.verified_at IS NOT NULL AND ${isUsableProvider}
      )
      SELECT i.slug, i.name, i.organisation_id IS NULL AS is_for_staff
      FROM identity_provider i LEFT JOIN organisation o ON o.id = i.organisation_id
      WHERE ${isUsableProvider} AND CASE
        WHEN ${$.slug} IS NOT NULL THEN i.slug = ${$.slug}
        WHEN EXISTS (SELECT FROM of_domain) THEN i.id IN (SELECT id FROM of_domain)
        ELSE i.organisation_id IS NULL END
      ORDER BY lower(i.name), i.id LIMIT 20`,
    ),
);

/**
 * The providers at which somebody could sign in. Of an address, only its domain counts: nobody is told
 * whether there is such an account.
 */
export async function listOptions(
  db: Database,
  input: z.infer<typeof IdentityOptionsInput>,
): Promise<IdentityOptions> {
  const domain = input.email == null ? null : domainOf(input.email);
  return { items: await options.execute(db, { slug: input.slug ?? null, domain }) };
}
