import type { Reach } from "@lectern/auth/actor";
import type { OrganisationsList, OrganisationsListInput } from "@lectern/contract/organisations";
import { Id } from "@lectern/contract/primitives";
import { bool, int4, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";
import { partOf } from "../../../shared/part-of.ts";
import { REACH } from "../../../shared/reach.ts";

const FILTER = { ...REACH, query: nullable(text), withArchived: bool };

type Filter = Slots<typeof FILTER>;

/**
 * The list and its count, found in one way: a prepared statement has one plan, and of many organisations the few
 * within reach, or those that are looked for, are found by their indexes alone.
 *
 * @param among of an organisation `o`: a condition that an index serves, and that all that is wanted fulfils
 */
function listAmong(name: string, among: ($: Filter) => SQL) {
  const isWanted = ($: Filter) => sql`${among($)}
    AND (${$.everywhere} OR o.id = ANY(${$.organisationIds}))
    AND (${$.withArchived} OR o.archived_at IS NULL)`;
  return {
    page: prepared(
      name,
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
    ),
    count: prepared(`${name}.count`, FILTER, (_, $) =>
      rows({ total: int8 }, sql`SELECT count(*) AS total FROM organisation o WHERE ${isWanted($)}`),
    ),
  };
}

const all = listAmong("organisations.list", () => sql`true`);
const within = listAmong("organisations.list.within", ($) => sql`o.id = ANY(${$.organisationIds})`);
/** By a part of a name, a number or a domain: trigrams find it, of three letters on. */
const found = listAmong(
  "organisations.list.found",
  ($) => sql`o.id IN (
    SELECT n.id FROM organisation n
    WHERE lower(n.name) LIKE ${$.query} OR lower(n.registration_number) LIKE ${$.query}
    UNION
    SELECT d.organisation_id FROM organisation_domain d WHERE d.domain LIKE ${$.query})`,
);

function quickestOf(reach: Reach, query: string | null) {
  if (query !== null) return found;
  return reach.everywhere ? all : within;
}

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
  const query = input.query == null ? null : partOf(input.query);
  const filter = { ...reach, query, withArchived: input.withArchived };
  const organisations = quickestOf(reach, query);
  const [listed, counted] = await Promise.all([
    organisations.page.execute(db, {
      ...filter,
      afterName: after?.[0] ?? null,
      afterId: after?.[1] ?? null,
      limit: input.limit + 1,
    }),
    organisations.count.first(db, filter),
  ]);
  const page = listed.slice(0, input.limit);
  const last = listed.length > input.limit ? page.at(-1) : undefined;
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
