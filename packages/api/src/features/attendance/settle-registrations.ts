import { arrayOf, bool, nullable, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { registration } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { inArray, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";

/**
 * What is known of the registrations of runs, locked in the order of their ids. A place whose learner has
 * another one that is alive meanwhile is left as it is: one learner takes one place of a run.
 */
const known = prepared(
  "attendance.known",
  { runIds: arrayOf(uuid), registrationIds: nullable(arrayOf(uuid)) },
  (_, $) =>
    rows(
      {
        id: registration.id,
        status: registration.status,
        hasCome: bool,
        isExcused: bool,
        isAbsent: bool,
        wasMarked: bool,
      },
      sql`SELECT r.id, r.status,
          coalesce(marks.has_come, false) AS has_come, coalesce(marks.is_excused, false) AS is_excused,
          coalesce(marks.is_absent, false) AS is_absent, coalesce(marks.was_marked, false) AS was_marked
        FROM booking b JOIN registration r ON r.booking_id = b.id
          LEFT JOIN LATERAL (
            SELECT bool_or(a.mark IN ('present', 'partial')) AS has_come,
              bool_or(a.mark = 'excused') AS is_excused, bool_or(a.mark = 'absent') AS is_absent,
              true AS was_marked
            FROM attendance a WHERE a.registration_id = r.id HAVING count(*) > 0
          ) marks ON true
        WHERE b.run_id = ANY(${$.runIds}) AND r.status IN ('confirmed', 'completed', 'no_show')
          AND (${$.registrationIds} IS NULL OR r.id = ANY(${$.registrationIds}))
          AND NOT (r.status = 'no_show' AND EXISTS (
            SELECT FROM registration other
            WHERE other.run_id = r.run_id AND lower(other.learner_email) = lower(r.learner_email)
              AND other.learner_email IS NOT NULL AND other.id <> r.id
              AND other.status IN ('reserved', 'confirmed', 'completed')
          ))
        ORDER BY r.id
        FOR NO KEY UPDATE OF r`,
    ),
);

type Known = Awaited<ReturnType<typeof known.execute>>[number];
type Settled = "confirmed" | "completed" | "no_show";

const ACTIONS = {
  completed: "registration.complete",
  no_show: "registration.no_show",
  confirmed: "registration.unsettle",
} as const satisfies Record<Settled, string>;

export interface Settling {
  readonly runIds: readonly string[];
  /** These alone; all of the runs without it. */
  readonly registrationIds?: readonly string[];
  /** Who has no mark was not there: known once the time to mark is over, and attendance was taken at all. */
  readonly unmarkedAreAbsent?: boolean;
}

/**
 * Says of the registrations of runs that are over what became of them, by their marks: whoever was there for any session has
 * completed, whoever was marked absent and never came is a no-show. Who was excused, or of whom nothing is known, stays
 * confirmed. A mark that is corrected settles its registration anew.
 *
 * @returns how many changed
 */
export async function settleRegistrations(
  tx: Transaction,
  call: Call,
  { runIds, registrationIds, unmarkedAreAbsent = false }: Settling,
): Promise<number> {
  const found = await known.execute(tx, { runIds, registrationIds: registrationIds ?? null });
  const wasTaken = found.some(
    ({ hasCome, isExcused, isAbsent }) => hasCome || isExcused || isAbsent,
  );
  const changes = found
    .map((row) => ({
      id: row.id,
      from: row.status,
      to: settled(row, unmarkedAreAbsent && wasTaken),
    }))
    .filter(({ from, to }) => from !== to);
  for (const status of ["completed", "no_show", "confirmed"] as const) {
    const ids = changes.filter(({ to }) => to === status).map(({ id }) => id);
    if (ids.length === 0) continue;
    await tx
      .update(registration)
      .set({ status, updatedAt: sql`clock_timestamp()` })
      .where(inArray(registration.id, ids));
  }
  await recordAudit(
    tx,
    call,
    changes.map(({ id, from, to }) => ({
      action: ACTIONS[to],
      entity: "registration",
      entityId: id,
      before: { status: from },
      after: { status: to },
    })),
  );
  return changes.length;
}

function settled(row: Known, unmarkedAreAbsent: boolean): Known["status"] & Settled {
  if (row.hasCome) return "completed";
  if (row.isExcused) return "confirmed";
  if (row.isAbsent || unmarkedAreAbsent) return "no_show";
  // Nothing was ever marked: whoever wrote its state knows why.
  return row.wasMarked ? "confirmed" : stateOf(row.status);
}

function stateOf(status: Known["status"]): Settled {
  return status === "completed" || status === "no_show" ? status : "confirmed";
}
