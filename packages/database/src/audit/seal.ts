import { sql } from "drizzle-orm";
import { arrayOf, bool, bytea, int4, int8 } from "../codecs.ts";
import { prepared, rows } from "../prepared.ts";
import type { Database, Transaction } from "../queryable.ts";
import { transaction } from "../transaction.ts";
import { entryAsText, entryFields, linkHash, NO_LINK, settledUpTo } from "./chain.ts";

export interface SealOptions {
  /** Entries that one transaction seals. */
  readonly batchSize?: number;
  /**
   * Milliseconds after which it stops with a whole batch. Far less than the hour of `settledUpTo`, which
   * counts from the end of a pass and means its begin.
   */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Sealing {
  /** Entries that this call sealed. */
  readonly sealed: number;
  /** Nothing was left when it ended; false when its time was over, or another one was sealing. */
  readonly isDone: boolean;
}

/**
 * Adds a link to the chain for each entry of the audit log that has none, by ascending id. An entry that
 * appears with a lower id than those that are sealed already gets a later position. One sealer at a time:
 * where another is at work, this one leaves it to that one. Whoever writes into the log waits for neither.
 */
export async function sealAudit(db: Database, options: SealOptions = {}): Promise<Sealing> {
  const { batchSize = 5000, timeoutMs = 60_000, signal } = options;
  const endAt = performance.now() + timeoutMs;
  let sealed = 0;
  let after: number | undefined;
  while (performance.now() < endAt) {
    const from: number | undefined = after;
    const batch = await transaction(db, { idempotent: true, ...(signal && { signal }) }, (tx) =>
      sealBatch(tx, from, batchSize),
    );
    if (batch === undefined) return { sealed, isDone: false };
    sealed += batch.sealed;
    if (batch.sealed < batchSize) return { sealed, isDone: true };
    after = batch.lastId;
  }
  return { sealed, isDone: false };
}

/** @returns undefined while another sealer is at work */
async function sealBatch(tx: Transaction, after: number | undefined, size: number) {
  const turn = await takeTurn.first(tx, {});
  if (turn?.isMine !== true) return undefined;
  const head = await newestLink.first(tx, {});
  const from = after ?? (await settledUpTo.first(tx, {}))?.id ?? 0;
  const entries = await unsealed.execute(tx, { after: from, size });
  let position = head?.position ?? 0;
  let hash = head?.hash ?? NO_LINK;
  const links = { positions: [] as number[], entryIds: [] as number[], hashes: [] as Uint8Array[] };
  for (const entry of entries) {
    position += 1;
    hash = linkHash(hash, position, entry);
    links.positions.push(position);
    links.entryIds.push(Number(entry.id));
    links.hashes.push(hash);
  }
  if (entries.length > 0) await addLinks.execute(tx, links);
  return { sealed: entries.length, lastId: links.entryIds.at(-1) };
}

/**
 * The lock ends with the transaction. What is read next sees what the sealer before has committed. How
 * much of the log lies above an id only the id itself tells, so that these statements are planned with it.
 */
const takeTurn = prepared("audit.takeTurn", {}, () =>
  rows(
    { isMine: bool },
    sql`SELECT pg_try_advisory_xact_lock(7310593858020254337) AS is_mine,
      set_config('plan_cache_mode', 'force_custom_plan', true)`,
  ),
);

const newestLink = prepared("audit.newestLink", {}, () =>
  rows(
    { position: int8, hash: bytea },
    sql`SELECT position, hash FROM audit_seal ORDER BY position DESC LIMIT 1`,
  ),
);

const unsealed = prepared("audit.unsealed", { after: int8, size: int4 }, (_, $) =>
  rows(
    entryFields,
    sql`SELECT ${entryAsText} FROM audit_entry e
      WHERE e.id > ${$.after} AND NOT EXISTS (
        SELECT FROM audit_seal s WHERE s.entry_id = e.id AND s.entry_id > ${$.after}
      )
      ORDER BY e.id LIMIT ${$.size}`,
  ),
);

const addLinks = prepared(
  "audit.addLinks",
  { positions: arrayOf(int8), entryIds: arrayOf(int8), hashes: arrayOf(bytea) },
  (_, $) => sql`INSERT INTO audit_seal (position, entry_id, hash)
    SELECT * FROM unnest(${$.positions}, ${$.entryIds}, ${$.hashes})`,
);
