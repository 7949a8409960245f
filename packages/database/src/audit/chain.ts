import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { bytea, int8, nullable, text } from "../codecs.ts";
import { prepared, rows } from "../prepared.ts";

/**
 * What makes the audit log a chain: the hash of a link is SHA-256 over the hash of the link before (32
 * bytes; zeros before the first), its position (8 bytes, big-endian) and its entry. An entry is written
 * as netstrings (D. J. Bernstein, 1997: `<bytes in decimal>:<bytes>,`), the name and the value of each of
 * its fields that is not NULL, in the order of the table. So no two entries are written alike, and a
 * column that comes later leaves the hashes of older entries as they are.
 *
 * The hash is worked out here and not in PostgreSQL: whoever verifies a database need not believe its
 * functions, nor its settings.
 */

/** Before the first link. */
export const NO_LINK: Uint8Array = new Uint8Array(32);

/** The fields of an entry as text, by the name that they have in the chain; NULL as null. */
export type ChainedEntry = Readonly<Record<(typeof FIELDS)[number], string | null>>;

/** Names in the chain, which are those of the table's columns. Never changed; new ones go to the end. */
const FIELDS = [
  "id",
  "at",
  "actor_kind",
  "actor_id",
  "action",
  "entity",
  "entity_id",
  "before",
  "after",
  "request_id",
  "address",
  "client",
] as const;

/**
 * The columns of `audit_entry AS e` as their text goes into the chain, whatever time zone, date style
 * or encoding a connection has: the time as whole microseconds since 1970, and JSON as PostgreSQL prints
 * `jsonb`, whose keys are sorted and whose numbers keep their digits.
 */
export const entryAsText = sql`
  e.id::text AS id,
  round(extract(epoch FROM e.at) * 1000000, 0)::text AS at,
  e.actor_kind::text AS actor_kind,
  e.actor_id,
  e.action,
  e.entity,
  e.entity_id::text AS entity_id,
  e.before::text AS before,
  e.after::text AS after,
  e.request_id,
  e.address,
  e.client`;

/** What those columns are. */
export const entryFields = {
  id: nullable(text),
  at: nullable(text),
  actor_kind: nullable(text),
  actor_id: nullable(text),
  action: nullable(text),
  entity: nullable(text),
  entity_id: nullable(text),
  before: nullable(text),
  after: nullable(text),
  request_id: nullable(text),
  address: nullable(text),
  client: nullable(text),
} satisfies Record<keyof ChainedEntry, unknown>;

export const readChainedEntry = prepared("audit.entry", { id: int8 }, (_, $) =>
  rows(entryFields, sql`SELECT ${entryAsText} FROM audit_entry e WHERE e.id = ${$.id}`),
);

/** A link as it is stored, beside the columns of its entry. */
export const linkFields = { position: int8, entryId: int8, hash: bytea };

/**
 * @param previous hash of the link before
 * @param position of the link, from 1
 * @returns the hash of a link, 32 bytes
 */
export function linkHash(previous: Uint8Array, position: number, entry: ChainedEntry): Uint8Array {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(position));
  return createHash("sha256").update(previous).update(place).update(serialise(entry)).digest();
}

export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** @returns an entry as one text, to be taken as UTF-8 */
export function serialise(entry: ChainedEntry): string {
  let written = "";
  for (const name of FIELDS) {
    const value = entry[name];
    if (value !== null) written += netstring(name) + netstring(value);
  }
  return written;
}

function netstring(value: string): string {
  return `${Buffer.byteLength(value)}:${value},`;
}

/**
 * Where the sealer begins to look: at no id up to this one can an entry still turn up. Entries get their
 * ids when they are written and appear when their transaction commits, so that one with a lower id may
 * appear after others were sealed. No transaction that writes into the log lives for an hour (requests
 * have ten seconds, imports ten minutes), so that whatever was sealed an hour before the newest seal was
 * sealed when nothing below it was still to come. The hour counts back from the newest seal and not from
 * now, because a sealer that stood still has not looked since.
 */
export const settledUpTo = prepared("audit.settledUpTo", {}, () =>
  rows(
    { id: int8 },
    sql`SELECT coalesce((
      SELECT entry_id FROM audit_seal
      WHERE sealed_at < (SELECT max(sealed_at) FROM audit_seal) - interval '1 hour'
      ORDER BY sealed_at DESC, position DESC LIMIT 1
    ), 0) AS id`,
  ),
);
