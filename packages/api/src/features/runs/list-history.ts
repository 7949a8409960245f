import type { RunHistory, RunHistoryInput, RunHistoryItem } from "@lectern/contract/run-office";
import { bool, int8, json, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { auditEntry } from "@lectern/database/schema/operations";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { fieldsOf } from "../../shared/audit-fields.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { asStaff, reachFor, reachesRun, requireRunWithin } from "../../shared/reach.ts";

/**
 * Of each thing no more entries are read than a page has. Holds that came to nothing are left out, of
 * which a run that sells well has very many.
 */
const history = prepared(
  "runs.history",
  { runId: uuid, withBookings: bool, beforeId: int8, limit: int8 },
  (_, $) =>
    rows(
      {
        id: auditEntry.id,
        at: auditEntry.at,
        actorKind: auditEntry.actorKind,
        actorName: nullable(text),
        action: auditEntry.action,
        entity: auditEntry.entity,
        entityId: auditEntry.entityId,
        before: nullable(json),
        after: nullable(json),
        reference: nullable(text),
      },
      sql`WITH things AS MATERIALIZED (
          SELECT 'run' AS entity, ${$.runId} AS id, NULL::text AS reference
          UNION ALL
          SELECT 'booking', b.id, b.reference FROM booking b
          WHERE ${$.withBookings} AND b.run_id = ${$.runId} AND b.status NOT IN ('held', 'expired')
          UNION ALL
          SELECT 'registration', r.id, b.reference
          FROM booking b JOIN registration r ON r.booking_id = b.id
          WHERE ${$.withBookings} AND b.run_id = ${$.runId} AND b.status NOT IN ('held', 'expired')
          UNION ALL
          SELECT 'waitlist_entry', w.id, NULL FROM waitlist_entry w
          WHERE ${$.withBookings} AND w.run_id = ${$.runId}
        ), newest AS (
          SELECT e.*, things.reference FROM things CROSS JOIN LATERAL (
            SELECT audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.action, audit.entity,
              audit.entity_id, audit.before, audit.after
            FROM audit_entry audit
            WHERE audit.entity = things.entity AND audit.entity_id = things.id AND audit.id < ${$.beforeId}
            ORDER BY audit.id DESC LIMIT ${$.limit}
          ) e
          ORDER BY e.id DESC LIMIT ${$.limit}
        )
        SELECT newest.id, newest.at, newest.actor_kind, p.name AS actor_name, newest.action,
          newest.entity, newest.entity_id, newest.before, newest.after, newest.reference
        FROM newest LEFT JOIN person p
          -- Other actors are named by words.
          ON p.id = CASE WHEN newest.actor_kind = 'person' THEN newest.actor_id::uuid END
        ORDER BY newest.id DESC`,
    ),
);

const CursorKey = z.tuple([z.int().min(1)]);

/** Beyond all ids of entries. */
const FROM_THE_NEWEST = Number.MAX_SAFE_INTEGER;

/**
 * What happened to a run, what was written last first: for all who work with it. Bookings, places and the queue are in it
 * for who may read the run's bookings. The audit log itself says more: from where, and by which request.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listHistory(
  db: Database,
  call: Call,
  { id: runId, cursor, limit }: z.infer<typeof RunHistoryInput>,
): Promise<RunHistory> {
  await requireRunWithin(db, call, "runs.read", runId);
  const after = decodeCursor(cursor, CursorKey);
  const withBookings = await reachesRun(db, asStaff(reachFor(call, "bookings.read.any")), runId);
  const found = await history.execute(db, {
    runId,
    withBookings,
    beforeId: after?.[0] ?? FROM_THE_NEWEST,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(toItem),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    includesBookings: withBookings,
  };
}

type Row = Awaited<ReturnType<typeof history.execute>>[number];

function toItem({ actorKind, actorName, at, before, after, ...row }: Row): RunHistoryItem {
  return {
    ...row,
    at: at.toISOString(),
    actor: { kind: actorKind, name: actorName },
    before: fieldsOf(before),
    after: fieldsOf(after),
  };
}
