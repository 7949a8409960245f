import { Id } from "@lectern/contract/primitives";
import type { RunRoster, RunRosterInput } from "@lectern/contract/runs";
import { bool, int8, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows as rowsOf } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { booking, registration } from "@lectern/database/schema/bookings";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { toRunSummary } from "../../shared/run-summary.ts";
import { findRunSummaryRow } from "../bookings/find-run-summary-row.ts";

/** Of a registration `r` and its booking `b`: it has a place, and is more than a hold. */
const COMES = sql`r.status IN ('reserved', 'confirmed', 'completed', 'no_show')
  AND b.status IN ('awaiting_payment', 'awaiting_approval', 'confirmed')`;

const roster = prepared(
  "runs.roster",
  {
    runId: uuid,
    afterUnnamed: nullable(bool),
    afterName: nullable(text),
    afterId: nullable(uuid),
    limit: int8,
  },
  (_, $) =>
    rowsOf(
      {
        id: registration.id,
        status: registration.status,
        learnerName: registration.learnerName,
        learnerEmail: registration.learnerEmail,
        timeZone: registration.timeZone,
        sortName: text,
        isUnnamed: bool,
        reference: booking.reference,
        bookerName: booking.bookerName,
        bookerEmail: booking.bookerEmail,
        bookerCompany: booking.bookerCompany,
      },
      sql`
      SELECT r.id, r.status, r.learner_name, r.learner_email, r.time_zone,
        coalesce(lower(r.learner_name), '') AS sort_name, r.learner_name IS NULL AS is_unnamed,
        b.reference, b.booker_name, b.booker_email, b.booker_company
      FROM booking b JOIN registration r ON r.booking_id = b.id
      WHERE b.run_id = ${$.runId} AND ${COMES}
        AND (${$.afterId} IS NULL OR (r.learner_name IS NULL, coalesce(lower(r.learner_name), ''), r.id)
          > (${$.afterUnnamed}, ${$.afterName}, ${$.afterId}))
      ORDER BY r.learner_name IS NULL, coalesce(lower(r.learner_name), ''), r.id
      LIMIT ${$.limit}`,
    ),
);

const count = prepared("runs.roster.count", { runId: uuid }, (_, $) =>
  rowsOf(
    { total: int8 },
    sql`SELECT count(*) AS total FROM booking b JOIN registration r ON r.booking_id = b.id
      WHERE b.run_id = ${$.runId} AND ${COMES}`,
  ),
);

const CursorKey = z.tuple([z.literal([0, 1]), z.string().max(400), Id]);

/**
 * Who comes to a run, a page at a time: for those who teach it, and for staff. In the order of the names;
 * places that nobody is named for yet stand last.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listRoster(
  db: Database,
  call: Call,
  { id: runId, cursor, limit }: z.infer<typeof RunRosterInput>,
): Promise<RunRoster> {
  await requireRunWithin(db, call, "runs.roster", runId);
  const after = decodeCursor(cursor, CursorKey);
  const [run, found, counted] = await Promise.all([
    findRunSummaryRow(db, runId),
    roster.execute(db, {
      runId,
      afterUnnamed: after === undefined ? null : after[0] === 1,
      afterName: after?.[1] ?? null,
      afterId: after?.[2] ?? null,
      limit: limit + 1,
    }),
    count.first(db, { runId }),
  ]);
  if (run === undefined) throw notFound("run", runId);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    run: toRunSummary(run),
    items: page.map((row) => ({
      registrationId: row.id,
      status: row.status,
      learner:
        row.learnerName === null || row.learnerEmail === null
          ? null
          : { name: row.learnerName, email: row.learnerEmail, timeZone: row.timeZone },
      reference: row.reference,
      booker:
        row.bookerName === null || row.bookerEmail === null
          ? null
          : { name: row.bookerName, email: row.bookerEmail, company: row.bookerCompany },
    })),
    nextCursor:
      last === undefined ? null : encodeCursor([last.isUnnamed ? 1 : 0, last.sortName, last.id]),
    total: counted?.total ?? 0,
  };
}
