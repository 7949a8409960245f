import { sql } from "drizzle-orm";
import { bytea, int4, int8, nullable, text } from "../codecs.ts";
import { prepared, rows } from "../prepared.ts";
import { type Database, withSignal } from "../queryable.ts";
import { entryAsText, entryFields, isSameHash, linkFields, NO_LINK, settledUpTo } from "./chain.ts";
import { type AuditFault, explainFault, linkFault } from "./explain-fault.ts";
import { type Misdated, TimeOrder } from "./time-order.ts";

export interface VerifyOptions {
  /**
   * Looks at so many of the newest links alone and believes the hash before them, and at entries without
   * a link only where the sealer looks: a second, however long the log is.
   */
  readonly newest?: number;
  /** A hash that was noted before, and where it stood. */
  readonly expected?: { readonly position: number; readonly hash: Uint8Array };
  /** Called now and then with the number of links that were looked at, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What verifying found, of the log as it was when it began. */
export interface AuditReport {
  readonly entries: number;
  /** Links of the chain. */
  readonly sealed: number;
  /** Entries that no link speaks of. */
  readonly unsealed: number;
  /** When the first of those was written, ISO 8601. */
  readonly unsealedSince: string | null;
  /** Links whose hash was worked out anew. */
  readonly checked: number;
  /** Position and hash of the newest link, to be kept elsewhere; null while there is none. */
  readonly head: { readonly position: number; readonly hash: Uint8Array } | null;
  readonly firstFault: AuditFault | null;
  /** Entries whose time does not fit that of their neighbours: somebody put them in later, or a clock was wrong. */
  readonly misdated: { readonly count: number; readonly first: Misdated | null };
}

const BATCH = 5000;
const ISO_8601 = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * Works out the chain anew and compares it with the log. What it can't see by itself: that the newest
 * entries are gone together with their links, or that the whole chain was made anew from some link on.
 * For that, give it a hash that was noted before.
 */
export async function verifyAudit(db: Database, options: VerifyOptions = {}): Promise<AuditReport> {
  const source = options.signal === undefined ? db : withSignal(db, options.signal);
  const settled = (await settledUpTo.first(source, {}))?.id ?? 0;
  const after = options.newest === undefined ? Number.MIN_SAFE_INTEGER : settled;
  const figures = await overview.first(source, { after });
  if (figures === undefined) throw new Error("The audit log has no figures");
  const last = figures.last ?? 0;
  const first = options.newest === undefined ? 1 : Math.max(1, last - options.newest + 1);
  const walk = await walkChain(source, first, last, options);

  return {
    entries: figures.entries,
    sealed: figures.sealed,
    unsealed: figures.unsealed,
    unsealedSince: figures.unsealedSince,
    checked: walk.checked,
    head:
      figures.last === null || figures.hash === null
        ? null
        : { position: last, hash: figures.hash },
    firstFault:
      walk.fault ??
      (await expectedFault(source, options.expected)) ??
      (await overdueFault(source, after, settled)) ??
      null,
    misdated: { count: walk.order.misdated, first: walk.order.first },
  };
}

async function walkChain(source: Database, first: number, last: number, options: VerifyOptions) {
  const { onProgress, signal } = options;
  const order = new TimeOrder();
  let position = first - 1;
  let hash = position === 0 ? NO_LINK : (await linkAt.first(source, { position }))?.hash;
  if (hash === undefined) return { checked: 0, order, fault: missingLink(position) };
  while (position < last) {
    signal?.throwIfAborted();
    const links = await linksAfter.execute(source, { after: position, last, size: BATCH });
    if (links.length === 0) break;
    for (const link of links) {
      const fault = linkFault(hash, position + 1, link);
      if (fault !== undefined) {
        const explained = await explainFault(source, hash, position + 1, fault);
        return { checked: position - first + 1, order, fault: explained };
      }
      position = link.position;
      hash = link.hash;
      order.add(link);
    }
    onProgress?.(position - first + 1, last - first + 1);
  }
  return { checked: position - first + 1, order, fault: undefined };
}

function missingLink(position: number): AuditFault {
  return {
    kind: "seal_altered",
    position,
    entryId: null,
    detail: `the seal at position ${position} is gone`,
  };
}

/** Whether the hash that somebody noted is still the one at its position. */
async function expectedFault(
  source: Database,
  expected: VerifyOptions["expected"],
): Promise<AuditFault | undefined> {
  if (expected === undefined) return undefined;
  const { position } = expected;
  const link = await linkAt.first(source, { position });
  if (link === undefined) {
    return {
      kind: "head_differs",
      position,
      entryId: null,
      detail: `the chain does not reach position ${position} any more: its newest entries were removed together with their seals`,
    };
  }
  if (isSameHash(link.hash, expected.hash)) return undefined;
  return {
    kind: "head_differs",
    position,
    entryId: link.entryId,
    detail: `the hash at position ${position} is another one than was noted: entries up to there were changed, and the chain was made anew`,
  };
}

/** An entry that should have been sealed long ago, or that the sealer never will seal. */
async function overdueFault(
  source: Database,
  after: number,
  settled: number,
): Promise<AuditFault | undefined> {
  const entry = await overdue.first(source, { after, settled });
  if (entry === undefined) return undefined;
  const written = `entry ${entry.id}, of ${entry.at}, is not sealed`;
  return {
    kind: "unsealed_too_old",
    position: null,
    entryId: entry.id,
    detail:
      entry.id <= settled
        ? `${written}, and those around it are: it was put in afterwards, or its seal was removed`
        : `${written}: the sealer has not run since`,
  };
}

/** All figures from one moment. */
const overview = prepared("audit.overview", { after: int8 }, (_, $) =>
  rows(
    {
      entries: int8,
      sealed: int8,
      unsealed: int8,
      unsealedSince: nullable(text),
      last: nullable(int8),
      hash: nullable(bytea),
    },
    sql`SELECT log.entries, chain.sealed, loose.unsealed, loose.unsealed_since, head.position AS last, head.hash
      FROM (SELECT count(*) AS entries FROM audit_entry) log
      CROSS JOIN (SELECT count(*) AS sealed FROM audit_seal) chain
      CROSS JOIN (
        SELECT count(*) AS unsealed, to_char(min(e.at) AT TIME ZONE 'UTC', ${ISO_8601}) AS unsealed_since
        FROM audit_entry e
        WHERE e.id > ${$.after} AND NOT EXISTS (
          SELECT FROM audit_seal s WHERE s.entry_id = e.id AND s.entry_id > ${$.after}
        )
      ) loose
      LEFT JOIN (
        SELECT position, hash FROM audit_seal ORDER BY position DESC LIMIT 1
      ) head ON true`,
  ),
);

const linksAfter = prepared("audit.linksAfter", { after: int8, last: int8, size: int4 }, (_, $) =>
  rows(
    { ...linkFields, ...entryFields, sealedAt: text },
    sql`SELECT s.position, s.entry_id, s.hash, (extract(epoch FROM s.sealed_at) * 1000000)::text AS sealed_at, ${entryAsText}
      FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
      WHERE s.position > ${$.after} AND s.position <= ${$.last} ORDER BY s.position LIMIT ${$.size}`,
  ),
);

const linkAt = prepared("audit.linkAt", { position: int8 }, (_, $) =>
  rows(
    linkFields,
    sql`SELECT position, entry_id, hash FROM audit_seal WHERE position = ${$.position}`,
  ),
);

const overdue = prepared("audit.overdue", { after: int8, settled: int8 }, (_, $) =>
  rows(
    { id: int8, at: text },
    sql`SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', ${ISO_8601}) AS at
      FROM audit_entry e
      WHERE (e.id <= ${$.settled} OR e.at < clock_timestamp() - interval '1 hour')
        AND e.id > ${$.after} AND NOT EXISTS (
          SELECT FROM audit_seal s WHERE s.entry_id = e.id AND s.entry_id > ${$.after}
        )
      ORDER BY e.id LIMIT 1`,
  ),
);
