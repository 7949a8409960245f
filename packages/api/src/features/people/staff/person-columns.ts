import type { PersonSummary } from "@lectern/contract/people";
import { Role } from "@lectern/contract/vocabulary";
import { bool, jsonb, nullable, timestamptz } from "@lectern/database/codecs";
import { person } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";
import { z } from "zod";

const Roles = z.array(
  z.object({
    assignmentId: z.string(),
    role: Role,
    organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
    country: z.string().nullable(),
  }),
);

/** What staff see of everybody. */
export const personColumns = {
  id: person.id,
  name: person.name,
  email: person.email,
  createdAt: person.createdAt,
  isSuspended: sql`${person.suspendedAt} IS NOT NULL`.mapWith(bool).as("is_suspended"),
  hasSecondFactor: sql`(
    EXISTS (SELECT FROM totp_credential c WHERE c.person_id = "person"."id")
    OR EXISTS (SELECT FROM passkey k WHERE k.person_id = "person"."id"))`
    .mapWith(bool)
    .as("has_second_factor"),
  lastSeenAt:
    sql`(SELECT max(s.last_seen_at) FROM auth_session s WHERE s.person_id = "person"."id")`
      .mapWith(nullable(timestamptz))
      .as("last_seen_at"),
  roles: sql`coalesce((
    SELECT jsonb_agg(jsonb_build_object(
      'assignmentId', a.id, 'role', a.role, 'country', a.country,
      'organisation', CASE WHEN o.id IS NULL THEN NULL ELSE jsonb_build_object('id', o.id, 'name', o.name) END
    ) ORDER BY a.role, a.id)
    FROM role_assignment a LEFT JOIN organisation o ON o.id = a.organisation_id
    WHERE a.person_id = "person"."id"), '[]')`
    .mapWith(jsonb((value) => Roles.parse(value)))
    .as("roles"),
};

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly isSuspended: boolean;
  readonly hasSecondFactor: boolean;
  readonly lastSeenAt: Date | null;
  readonly roles: z.infer<typeof Roles>;
}

/** @returns a person as the contract describes them */
export function toPersonSummary(row: PersonRow): PersonSummary {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    isSuspended: row.isSuspended,
    hasSecondFactor: row.hasSecondFactor,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}
