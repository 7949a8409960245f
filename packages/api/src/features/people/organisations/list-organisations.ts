import type { Reach } from "@lectern/auth/actor";
import type { OrganisationsList, OrganisationsListInput } from "@lectern/contract/organisations";
import { Id } from "@lectern/contract/primitives";
import { bool, int4, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { REACH } from "../../../shared/reach.ts";

const FILTER = { ...REACH, query: nullable(text), withArchived: bool };

/** Of an organisation `o`: it is asked for, and within reach. */
function isWanted($: Slots<typeof FILTER>) {
  return sql`(${$.everywhere} OR o.id = ANY(${$.organisationIds}))
    AND (${$.withArchived} OR o.archived_at IS NULL)
    AND (${$.query} IS NULL OR strpos(lower(o.name), lower(${$.query})) > 0
      OR strpos(lower(o.registration_number), lower(${$.query})) > 0
      OR EXISTS (
        SELECT FROM organisation_domain d
        WHERE d.organisation_id = o.id AND strpos(d.domain, lower(${$.query})) > 0
      ))`;
}

const organisations = prepared(
  "organisations.list",
  { ...FILTER, afterName: nullable(text), afterId: nullable(uuid), limit: int8 },
  (_, $) =>
    rows(
      {
        id: organisation.id,
        name: organisation.name,
        sortName: text,
        country: organisation.country,
        registrationNumber: organisation.registrationNumber,
        archivedAt: organisation.archivedAt,
        members: int4,
      },
      sql`
      SELECT o.id, o.name, lower(o.name) AS sort_name, o.country, o.registration_number, o.archived_at,
        (SELECT count(*) FROM role_assignment a WHERE a.organisation_id = o.id)::int AS members
      FROM organisation o
      WHERE ${isWanted($)}
        AND (${$.afterId} IS NULL OR (lower(o.name), o.id) > (${$.afterName}, ${$.afterId}))
      ORDER BY lower(o.name), o.id
      LIMIT ${$.limit}`,
    ),
);

const count = prepared("organisations.count", FILTER, (_, $) =>
  rows({ total: int8 }, sql`SELECT count(*) AS total FROM organisation o WHERE ${isWanted($)}`),
);

/** The name, in small letters, and the id of the last of the page before. */
const CursorKey = z.tuple([z.string().max(400), Id]);

/**
 * Organisations within somebody's reach by name, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listOrganisations(
  db: Database,
  reach: Reach,
  input: z.infer<typeof OrganisationsListInput>,
): Promise<z.infer<typeof OrganisationsList>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const filter = { ...reach, query: input.query ?? null, withArchived: input.withArchived };
  const [found, counted] = await Promise.all([
    organisations.execute(db, {
      ...filter,
      afterName: after?.[0] ?? null,
      afterId: after?.[1] ?? null,
      limit: input.limit + 1,
    }),
    count.first(db, filter),
  ]);
  const page = found.slice(0, input.limit);
  const last = found.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      id: row.id,
      name: row.name,
      country: row.country,
      registrationNumber: row.registrationNumber,
      members: row.members,
      archivedAt: row.archivedAt?.toISOString() ?? null,
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.sortName, last.id]),
    total: counted?.total ?? 0,
  };
}
