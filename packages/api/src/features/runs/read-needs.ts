import { decryptOrNull } from "@lectern/auth/encryption/field-cipher";
import type { RunNeeds, RunNeedsInput } from "@lectern/contract/run-office";
import { nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { registration } from "@lectern/database/schema/bookings";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { requireRunWithin } from "../../shared/reach.ts";

/** So many places are read: more people than any room holds. */
const MOST = 500;

const needs = prepared("runs.needs", { runId: uuid }, (_, $) =>
  rows(
    {
      registrationId: registration.id,
      personId: nullable(uuid),
      dietaryNeeds: nullable(text),
      accessNeeds: nullable(text),
      note: nullable(text),
    },
    sql`SELECT r.id AS registration_id, p.id AS person_id, p.dietary_needs, p.access_needs, b.note
      FROM course_run run JOIN booking b ON b.run_id = run.id
        JOIN registration r ON r.booking_id = b.id
        LEFT JOIN person p ON p.id = r.learner_id AND p.erased_at IS NULL
      WHERE run.id = ${$.runId} AND run.status NOT IN ('completed', 'cancelled')
        AND r.status IN ('reserved', 'confirmed', 'completed', 'no_show')
        AND b.status IN ('awaiting_payment', 'awaiting_approval', 'confirmed')
        AND (p.dietary_needs IS NOT NULL OR p.access_needs IS NOT NULL OR b.note IS NOT NULL)
      LIMIT ${MOST}::int`,
  ),
);

/**
 * What those who come to a run say that they need, and what their bookers noted: for those who run it, and only until it
 * is over, as people were told in their profiles.
 *
 * @throws NotFound
 */
export async function readNeeds(
  db: Database,
  call: Call,
  { id: runId }: z.infer<typeof RunNeedsInput>,
): Promise<RunNeeds> {
  await requireRunWithin(db, call, "attendance.write", runId);
  const found = await needs.execute(db, { runId });
  const items = await Promise.all(
    found.map(async ({ registrationId, personId, dietaryNeeds, accessNeeds, note }) => ({
      registrationId,
      dietary: await open(personId, "dietary_needs", dietaryNeeds),
      access: await open(personId, "access_needs", accessNeeds),
      note,
    })),
  );
  return { items };

  function open(personId: string | null, column: string, value: string | null) {
    if (personId === null) return null;
    return decryptOrNull(call.fields, { table: "person", column, id: personId }, value);
  }
}
