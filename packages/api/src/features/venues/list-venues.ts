import type { Reach } from "@lectern/auth/actor";
import { Id } from "@lectern/contract/primitives";
import type { VenuesListInput, VenuesListOutput } from "@lectern/contract/venues";
import {
  arrayOf,
  bool,
  int4,
  int8,
  nullable,
  text,
  timestamptz,
  uuid,
} from "@lectern/database/codecs";
import { type Slots, prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { partOf } from "../../shared/part-of.ts";
import { isUpcoming } from "./upcoming-runs.ts";

const CursorKey = z.tuple([z.string(), z.string(), Id]);

const WITHIN = { everywhere: bool, countries: arrayOf(text) };
const FILTER = { ...WITHIN, pattern: nullable(text), country: nullable(text), withRetired: bool };

function isWithin($: Slots<typeof WITHIN>) {
  return sql`(${$.everywhere} OR v.country = ANY(${$.countries}))`;
}

function isWanted($: Slots<typeof FILTER>) {
  return sql`${isWithin($)}
    AND (${$.withRetired} OR v.retired_at IS NULL)
    AND (${$.country} IS NULL OR v.country = ${$.country})
    AND (${$.pattern} IS NULL
      OR lower(v.name || ' ' || coalesce(v.street, '') || ' ' || v.city) LIKE ${$.pattern})`;
}

const venues = prepared(
  "venues.list",
  {
    ...FILTER,
    afterCity: nullable(text),
    afterName: nullable(text),
    afterId: nullable(uuid),
    limit: int8,
  },
  (_, $) =>
    rows(
      {
        id: uuid,
        name: text,
        street: nullable(text),
        city: text,
        country: text,
        timeZone: text,
        retiredAt: nullable(timestamptz),
        rooms: int4,
        largestRoom: int4,
        nextStartsAt: nullable(timestamptz),
      },
      sql`
      SELECT v.id, v.name, v.street, v.city, v.country, v.time_zone, v.retired_at,
        inside.rooms, inside.largest AS largest_room, coming.starts_at AS next_starts_at
      FROM venue AS v
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS rooms, coalesce(max(room.capacity), 0) AS largest
          FROM room WHERE room.venue_id = v.id AND room.retired_at IS NULL
        ) AS inside
        LEFT JOIN LATERAL (
          SELECT r.starts_at FROM course_run AS r
          WHERE r.venue_id = v.id AND r.starts_at > now() AND ${isUpcoming()}
          ORDER BY r.starts_at LIMIT 1
        ) AS coming ON true
      WHERE ${isWanted($)}
        AND (${$.afterId} IS NULL OR (v.city, v.name, v.id) > (${$.afterCity}, ${$.afterName}, ${$.afterId}))
      ORDER BY v.city, v.name, v.id
      LIMIT ${$.limit}`,
    ),
);

const count = prepared("venues.list.count", FILTER, (_, $) =>
  rows({ total: int8 }, sql`SELECT count(*) AS total FROM venue AS v WHERE ${isWanted($)}`),
);

const countries = prepared("venues.countries", WITHIN, (_, $) =>
  rows(
    { country: text },
    sql`SELECT DISTINCT v.country FROM venue AS v WHERE ${isWithin($)} ORDER BY v.country LIMIT 300`,
  ),
);

/**
 * Venues within reach, by city and name, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listVenues(
  db: Database,
  reach: Reach,
  input: z.infer<typeof VenuesListInput>,
): Promise<z.infer<typeof VenuesListOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const within = { everywhere: reach.everywhere, countries: reach.countries };
  const wanted = {
    ...within,
    pattern: input.query == null ? null : partOf(input.query.trim()),
    country: input.country ?? null,
    withRetired: input.withRetired,
  };
  const [found, counted, allCountries] = await Promise.all([
    venues.execute(db, {
      ...wanted,
      afterCity: after?.[0] ?? null,
      afterName: after?.[1] ?? null,
      afterId: after?.[2] ?? null,
      limit: input.limit + 1,
    }),
    count.first(db, wanted),
    countries.execute(db, within),
  ]);
  const items = found.slice(0, input.limit);
  const last = found.length > input.limit ? items.at(-1) : undefined;
  return {
    items: items.map((item) => ({
      ...item,
      retiredAt: item.retiredAt?.toISOString() ?? null,
      nextStartsAt: item.nextStartsAt?.toISOString() ?? null,
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.city, last.name, last.id]),
    total: counted?.total ?? 0,
    countries: allCountries.map(({ country }) => country),
    isEverywhere: reach.everywhere,
  };
}
