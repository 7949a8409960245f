import { sql } from "drizzle-orm";
import { int4, int8 } from "../codecs.ts";
import { prepared, rows } from "../prepared.ts";
import type { Queryable } from "../queryable.ts";
import {
  type ChainedEntry,
  entryAsText,
  entryFields,
  isSameHash,
  linkFields,
  linkHash,
} from "./chain.ts";

/** What was done to the log where the chain does not hold. */
export type FaultKind =
  /** The entry is another one than was sealed. */
  | "altered"
  /** The entry was removed. */
  | "removed"
  /** Entries, or links of the chain, have changed places. */
  | "reordered"
  /** The link was changed or removed, and its entry was not. */
  | "seal_altered"
  /** The entry is not sealed, and should have been. */
  | "unsealed_too_old"
  /** The chain is another one than it was when somebody noted its hash. */
  | "head_differs";

export interface AuditFault {
  readonly kind: FaultKind;
  /** Of the link; null for an entry without one. */
  readonly position: number | null;
  /** Of the entry, where it is known. */
  readonly entryId: number | null;
  /** In words. */
  readonly detail: string;
}

/** A link and its entry, whose fields are all null where it is gone. */
export interface Link extends ChainedEntry {
  readonly position: number;
  readonly entryId: number;
  readonly hash: Uint8Array;
}

/** A link that does not follow from the one before. */
export type Broken =
  | { readonly found: "gap"; readonly next: Link }
  | { readonly found: "no entry"; readonly link: Link }
  | { readonly found: "another hash"; readonly link: Link };

/** How far it looks for what belongs in the place of something else. */
const LOOKED_AT_MAX = 10_000;

/**
 * @param previous hash of the link before
 * @param position that the link has to have
 * @returns what is wrong with a link, if anything is
 */
export function linkFault(previous: Uint8Array, position: number, link: Link): Broken | undefined {
  if (link.position !== position) return { found: "gap", next: link };
  if (link.id === null) return { found: "no entry", link };
  if (isSameHash(linkHash(previous, position, link), link.hash)) return undefined;
  return { found: "another hash", link };
}

/**
 * Finds out what was done, from what fits where. Whoever changed a link's hash to fit what was changed
 * before it looks innocent: then the fault shows at the next one.
 *
 * @param previous hash of the link before, which fits
 * @param position of the link that does not
 */
export async function explainFault(
  db: Queryable,
  previous: Uint8Array,
  position: number,
  broken: Broken,
): Promise<AuditFault> {
  if (broken.found === "gap") return await explainGap(db, previous, position, broken.next);
  const { link } = broken;
  const { entryId } = link;
  if (broken.found === "no entry") {
    const detail = `entry ${entryId}, sealed at position ${position}, is gone`;
    return { kind: "removed", position, entryId, detail };
  }
  const following = await links.execute(db, { from: position + 1, size: LOOKED_AT_MAX });
  return {
    ...explainHash(previous, link, following),
    position,
    entryId,
  };
}

function explainHash(
  previous: Uint8Array,
  link: Link,
  following: readonly Link[],
): Pick<AuditFault, "kind" | "detail"> {
  const { position, entryId } = link;
  const fits = (entry: ChainedEntry, hash: Uint8Array) =>
    isSameHash(linkHash(previous, position, entry), hash);

  const moved = following.find((other) => fits(other, other.hash));
  if (moved !== undefined) {
    const detail = `the seal of entry ${moved.entryId} belongs to position ${position}, where that of entry ${entryId} stands`;
    return { kind: "reordered", detail };
  }
  const owner = following.find((other) => fits(other, link.hash));
  if (owner !== undefined) {
    const detail = `position ${position} sealed entry ${owner.entryId}, and names entry ${entryId} now`;
    return { kind: "reordered", detail };
  }
  const swapped = following.find((other) => fits({ ...other, id: link.id }, link.hash));
  if (swapped !== undefined) {
    const detail = `what entry ${entryId} said stands in entry ${swapped.entryId} now`;
    return { kind: "reordered", detail };
  }

  const [next] = following;
  const follows = (hash: Uint8Array, distance = 1) =>
    next !== undefined && isSameHash(linkHash(hash, position + distance, next), next.hash);
  if (follows(linkHash(previous, position, link))) {
    const detail = `the seal at position ${position} was changed; entry ${entryId} is as it was sealed`;
    return { kind: "seal_altered", detail };
  }
  if (follows(link.hash)) {
    const detail = `entry ${entryId}, sealed at position ${position}, was changed, or what stands before it together with its seal`;
    return { kind: "altered", detail };
  }
  for (let distance = 2; distance <= LOOKED_AT_MAX; distance += 1) {
    if (!follows(link.hash, distance)) continue;
    const detail = `${distance - 1} entries before entry ${entryId} are gone together with their seals, and the seals after them were numbered anew`;
    return { kind: "removed", detail };
  }
  const detail = `entry ${entryId}, sealed at position ${position}, or its seal was changed`;
  return { kind: "altered", detail };
}

/** A link is gone. Its entry may still be there: without one, or sealed again further on. */
async function explainGap(
  db: Queryable,
  previous: Uint8Array,
  position: number,
  next: Link,
): Promise<AuditFault> {
  const loose = await unsealed.execute(db, { size: LOOKED_AT_MAX });
  const following = await links.execute(db, { from: next.position, size: LOOKED_AT_MAX });
  const owner = [...loose, ...following].find(
    (entry) =>
      next.id !== null &&
      isSameHash(linkHash(linkHash(previous, position, entry), position + 1, next), next.hash),
  );
  if (owner !== undefined) {
    const detail = `the seal at position ${position} is gone; entry ${owner.id} is as it was sealed`;
    return { kind: "seal_altered", position, entryId: Number(owner.id), detail };
  }
  const gap = next.position - position;
  const seals =
    gap > 1
      ? `the seals from position ${position} to ${next.position - 1} are gone`
      : `the seal at position ${position} is gone`;
  return gap > 1 && loose.length >= gap
    ? { kind: "seal_altered", position, entryId: null, detail: seals }
    : {
        kind: "removed",
        position,
        entryId: null,
        detail: `${seals}, and what was sealed there is gone or changed`,
      };
}

const links = prepared("audit.links", { from: int8, size: int4 }, (_, $) =>
  rows(
    { ...linkFields, ...entryFields },
    sql`SELECT s.position, s.entry_id, s.hash, ${entryAsText}
      FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id
      WHERE s.position >= ${$.from} ORDER BY s.position LIMIT ${$.size}`,
  ),
);

const unsealed = prepared("audit.looseEntries", { size: int4 }, (_, $) =>
  rows(
    entryFields,
    sql`SELECT ${entryAsText} FROM audit_entry e
      WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
      ORDER BY e.id LIMIT ${$.size}`,
  ),
);
