import type {
  BookingHistory,
  BookingHistoryInput,
  BookingHistoryItem,
} from "@lectern/contract/booking-office";
import { int4, int8, json, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { auditEntry } from "@lectern/database/schema/operations";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { fieldsOf } from "../../shared/audit-fields.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { requireOfficeBooking } from "./office-booking.ts";

/** Of each thing no more entries are read than a page has. */
const history = prepared(
  "bookings.history",
  { bookingId: uuid, beforeId: int8, limit: int8 },
  (_, $) =>
    rows(
      {
        id: auditEntry.id,
        at: auditEntry.at,
        actorKind: auditEntry.actorKind,
        actorName: nullable(text),
        action: auditEntry.action,
        entity: auditEntry.entity,
        before: nullable(json),
        after: nullable(json),
        position: nullable(int4),
      },
      sql`WITH things AS MATERIALIZED (
          SELECT 'booking' AS entity, ${$.bookingId} AS id, NULL::integer AS position
          UNION ALL
          SELECT 'registration', r.id, r.position FROM registration r WHERE r.booking_id = ${$.bookingId}
          UNION ALL
          SELECT 'payment', p.id, NULL FROM payment p WHERE p.booking_id = ${$.bookingId}
          UNION ALL
          SELECT 'waitlist_entry', w.id, NULL FROM waitlist_entry w WHERE w.booking_id = ${$.bookingId}
        ), newest AS (
          SELECT e.*, things.position FROM things CROSS JOIN LATERAL (
            SELECT audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.action, audit.entity,
              audit.before, audit.after
            FROM audit_entry audit
            WHERE audit.entity = things.entity AND audit.entity_id = things.id AND audit.id < ${$.beforeId}
            ORDER BY audit.id DESC LIMIT ${$.limit}
          ) e
          ORDER BY e.id DESC LIMIT ${$.limit}
        )
        SELECT newest.id, newest.at, newest.actor_kind, p.name AS actor_name, newest.action,
          newest.entity, newest.before, newest.after, newest.position
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
 * What happened to a booking, its places and the money for it, what was written last first. The audit log itself says more:
 * from where, and by which request.
 *
 * @throws NotFound; Invalid for a mistyped reference and a cursor of another list
 */
export async function listBookingHistory(
  db: Database,
  call: Call,
  { reference, cursor, limit }: z.infer<typeof BookingHistoryInput>,
): Promise<BookingHistory> {
  const after = decodeCursor(cursor, CursorKey);
  const { id } = await requireOfficeBooking(db, call, "bookings.read.any", reference);
  const found = await history.execute(db, {
    bookingId: id,
    beforeId: after?.[0] ?? FROM_THE_NEWEST,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(toItem),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
  };
}

type Row = Awaited<ReturnType<typeof history.execute>>[number];

function toItem({ actorKind, actorName, at, before, after, ...row }: Row): BookingHistoryItem {
  return {
    ...row,
    at: at.toISOString(),
    actor: { kind: actorKind, name: actorName },
    before: fieldsOf(before),
    after: fieldsOf(after),
  };
}
