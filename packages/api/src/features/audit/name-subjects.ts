import { isAllowed } from "@lectern/auth/actor";
import type { Permission } from "@lectern/auth/permissions";
import { arrayOf, text, uuid } from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";

const ASKED = { entities: arrayOf(text), ids: arrayOf(uuid) };

/** What entries are about that has a name, and where that stands. */
const NAMED: Readonly<Record<string, { readonly needs?: Permission; readonly from: SQL }>> = {
  article: { from: sql`SELECT title FROM article AS n` },
  booking: { needs: "bookings.read.any", from: sql`SELECT reference FROM booking AS n` },
  course: { from: sql`SELECT code || ' ' || title FROM course AS n` },
  discount_code: { from: sql`SELECT code FROM discount_code AS n` },
  instructor: { from: sql`SELECT name FROM instructor AS n` },
  identity_provider: { from: sql`SELECT name FROM identity_provider AS n` },
  organisation: { needs: "organisations.read", from: sql`SELECT name FROM organisation AS n` },
  person: { needs: "people.read", from: sql`SELECT name FROM person AS n` },
  registration: {
    needs: "bookings.read.any",
    from: sql`SELECT b.reference FROM registration AS n JOIN booking AS b ON b.id = n.booking_id`,
  },
  room: { from: sql`SELECT name FROM room AS n` },
  run: {
    from: sql`SELECT c.code || ' ' || to_char(n.local_start, 'YYYY-MM-DD')
      FROM course_run AS n JOIN course AS c ON c.id = n.course_id`,
  },
  venue: { from: sql`SELECT name || ', ' || city FROM venue AS n` },
};

function namesIn($: Slots<typeof ASKED>): SQL {
  const cases = Object.entries(NAMED).map(
    ([entity, { from }]) =>
      sql`WHEN ${sql.param(entity)}::text THEN (${from} WHERE n.id = asked.id)`,
  );
  return sql`SELECT asked.entity, asked.id, CASE asked.entity ${sql.join(cases, sql` `)} END AS name
    FROM unnest(${$.entities}, ${$.ids}) AS asked (entity, id)`;
}

const names = prepared("audit.names", ASKED, (_, $) =>
  rows(
    { entity: text, id: uuid, name: text },
    sql`SELECT * FROM (${namesIn($)}) AS named WHERE name IS NOT NULL`,
  ),
);

interface Subject {
  readonly entity: string;
  readonly entityId: string;
  readonly actorKind: string;
  readonly actorId: string | null;
}

/** What things and people are called. */
export interface SubjectNames {
  /** @returns `null` for what has no name, or none that the caller may see */
  nameOf(entity: string, id: string): string | null;
}

const isId = (id: string) => z.uuid().safeParse(id).success;

/** Looks up what entries of the audit log are about, and who acted: what is still there, and what the caller may see. */
export async function nameSubjects(
  db: Queryable,
  call: Call,
  entries: readonly Subject[],
): Promise<SubjectNames> {
  const wanted = new Map<string, readonly [entity: string, id: string]>();
  const want = (entity: string, id: string) => {
    const named = NAMED[entity];
    if (named === undefined || !isId(id)) return;
    if (named.needs === undefined || isAllowed(call.actor, named.needs)) {
      wanted.set(keyOf(entity, id), [entity, id]);
    }
  };
  for (const { entity, entityId, actorKind, actorId } of entries) {
    want(entity, entityId);
    if (actorKind === "person" && actorId !== null) want("person", actorId);
  }
  const asked = [...wanted.values()];
  const found =
    asked.length === 0
      ? []
      : await names.execute(db, {
          entities: asked.map(([entity]) => entity),
          ids: asked.map(([, id]) => id),
        });
  const byKey = new Map(found.map(({ entity, id, name }) => [keyOf(entity, id), name]));
  return { nameOf: (entity, id) => byKey.get(keyOf(entity, id)) ?? null };
}

function keyOf(entity: string, id: string): string {
  return `${entity} ${id}`;
}
