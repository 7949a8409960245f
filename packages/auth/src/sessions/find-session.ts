import { Role } from "@lectern/contract/vocabulary";
import { arrayOf, bool, jsonb, text } from "@lectern/database/codecs";
import { LookUps } from "@lectern/database/look-ups";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { authSession, person } from "@lectern/database/schema/people";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { isSecretOf, parseSplitToken } from "../split-token.ts";

const Assignments = z.array(
  z.object({
    role: Role,
    organisationId: z.string().nullable(),
    country: z.string().nullable(),
  }),
);

/** The roles of a person `p`, as JSON: none in an organisation that was archived. */
export const assignmentsOfPerson = sql`coalesce((
    SELECT jsonb_agg(jsonb_build_object(
      'role', a.role, 'organisationId', a.organisation_id, 'country', a.country))
    FROM role_assignment a WHERE a.person_id = p.id AND NOT EXISTS (
      SELECT FROM organisation o WHERE o.id = a.organisation_id AND o.archived_at IS NOT NULL)
  ), '[]')`;

/** That a person `p` may sign in, and what is theirs may be used. */
export const isEnabledPerson = sql`p.email_verified_at IS NOT NULL AND p.suspended_at IS NULL
    AND p.merged_into_id IS NULL AND p.erased_at IS NULL`;

const NONE: z.infer<typeof Assignments> = [];

/** Nearly nobody has any, and every request of somebody who is signed in asks. */
export const assignments = jsonb((value) =>
  Array.isArray(value) && value.length === 0 ? NONE : Assignments.parse(value),
);

/** Sessions, their owners and what those may do: all that a request needs to know, in one query. */
const sessionsById = prepared("auth.session", { ids: arrayOf(text) }, (_, $) =>
  rows(
    {
      sessionId: authSession.id,
      secretHash: authSession.secretHash,
      method: authSession.method,
      hasSecondFactor: bool,
      confirmedAt: authSession.confirmedAt,
      expiresAt: authSession.expiresAt,
      endsAt: authSession.endsAt,
      isStale: bool,
      personId: person.id,
      name: person.name,
      email: person.email,
      isEnrolled: bool,
      assignments,
    },
    sql`
    SELECT s.id AS session_id, s.secret_hash, s.method, s.second_factor_at IS NOT NULL AS has_second_factor,
      s.confirmed_at, s.expires_at, s.ends_at,
      s.last_seen_at < clock_timestamp() - interval '1 hour' AS is_stale,
      p.id AS person_id, p.name, p.email,
      s.second_factor_at IS NOT NULL OR EXISTS (SELECT FROM totp_credential c WHERE c.person_id = p.id)
        OR EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id) AS is_enrolled,
      ${assignmentsOfPerson} AS assignments
    FROM auth_session s JOIN person p ON p.id = s.person_id
    WHERE s.id = ANY(${$.ids}) AND s.expires_at > clock_timestamp() AND s.ends_at > clock_timestamp()
      AND ${isEnabledPerson}`,
  ),
);

type FoundSession = NonNullable<Awaited<ReturnType<typeof sessionsById.first>>>;

export type SessionRow = Omit<FoundSession, "secretHash">;

const lookUps = new LookUps<FoundSession>(
  (db, ids) => sessionsById.execute(db, { ids }),
  ({ sessionId }) => sessionId,
);

/** @returns the session of a token, or `undefined` for one that is not good, whatever the reason */
export async function findSession(db: Database, token: string): Promise<SessionRow | undefined> {
  const halves = parseSplitToken(token);
  if (halves === undefined) return undefined;
  const found = await lookUps.find(db, halves.id);
  if (found === undefined || !isSecretOf(found.secretHash, halves.secret)) return undefined;
  const { secretHash: _, ...row } = found;
  return row;
}
