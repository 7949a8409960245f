import type {
  OrganisationMembers,
  OrganisationMembersInput,
} from "@lectern/contract/organisations";
import { Id } from "@lectern/contract/primitives";
import { OrganisationRole } from "@lectern/contract/vocabulary";
import { bool, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { person, roleAssignment } from "@lectern/database/schema/people";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";

const members = prepared(
  "organisations.members",
  {
    organisationId: uuid,
    afterName: nullable(text),
    afterId: nullable(uuid),
    limit: int8,
  },
  (_, $) =>
    rows(
      {
        personId: person.id,
        name: person.name,
        sortName: text,
        email: person.email,
        role: roleAssignment.role,
        since: roleAssignment.createdAt,
        isSuspended: bool,
      },
      sql`
      SELECT p.id AS person_id, p.name, lower(p.name) AS sort_name, p.email, a.role,
        a.created_at AS since, p.suspended_at IS NOT NULL AS is_suspended
      FROM role_assignment a JOIN person p ON p.id = a.person_id
      WHERE a.organisation_id = ${$.organisationId}
        AND (${$.afterId} IS NULL OR (lower(p.name), p.id) > (${$.afterName}, ${$.afterId}))
      ORDER BY lower(p.name), p.id
      LIMIT ${$.limit}`,
    ),
);

/** The name, in small letters, and the id of the last of the page before. */
const CursorKey = z.tuple([z.string().max(400), Id]);

/**
 * The people of an organisation by name, a page at a time.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listMembers(
  db: Database,
  call: Call,
  { organisationId, cursor, limit }: z.infer<typeof OrganisationMembersInput>,
): Promise<z.infer<typeof OrganisationMembers>> {
  requireOrganisationWithin(call, "organisations.members", organisationId);
  const after = decodeCursor(cursor, CursorKey);
  const [found, total] = await Promise.all([
    members.execute(db, {
      organisationId,
      afterName: after?.[0] ?? null,
      afterId: after?.[1] ?? null,
      limit: limit + 1,
    }),
    db.$count(roleAssignment, eq(roleAssignment.organisationId, organisationId)),
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      personId: row.personId,
      name: row.name,
      email: row.email,
      role: OrganisationRole.parse(row.role),
      since: row.since.toISOString(),
      isSuspended: row.isSuspended,
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.sortName, last.personId]),
    total,
  };
}
