import { bool, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { externalIdentity } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";

/**
 * Whose account it is that a provider knows by this subject. `isMember`: they are still among the people
 * whom the provider is for; a company has no say about who has left it.
 */
export const identityBySubject = prepared(
  "identity.bySubject",
  { providerId: uuid, subject: text },
  (_, $) =>
    rows(
      {
        id: externalIdentity.id,
        personId: externalIdentity.personId,
        isSuspended: bool,
        isMember: bool,
      },
      sql`
      SELECT e.id, e.person_id, p.suspended_at IS NOT NULL AS is_suspended,
        i.organisation_id IS NULL OR EXISTS (
          SELECT FROM role_assignment a
          WHERE a.person_id = p.id AND a.organisation_id = i.organisation_id
        ) AS is_member
      FROM external_identity e
        JOIN identity_provider i ON i.id = e.provider_id
        JOIN person p ON p.id = e.person_id
      WHERE e.provider_id = ${$.providerId} AND e.subject = ${$.subject}
        AND p.merged_into_id IS NULL AND p.erased_at IS NULL`,
    ),
);

/** Whether somebody is one of an organisation's people. */
export const membership = prepared(
  "identity.membership",
  { organisationId: uuid, personId: uuid },
  (_, $) =>
    rows(
      { isMember: bool },
      sql`SELECT EXISTS (
        SELECT FROM role_assignment a
        WHERE a.person_id = ${$.personId} AND a.organisation_id = ${$.organisationId}
      ) AS is_member`,
    ),
);
