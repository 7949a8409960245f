import type { Queryable } from "@lectern/database/queryable";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { tell } from "../../../notifications/tell.ts";
import { type Subject, isTheirAddress } from "../subject.ts";
import { isTheirs, registrationsOf } from "../whose.ts";
import { erasedAddress, erasedName, isSomebodys } from "./erased.ts";

/** Of a registration `g` on a run `r`: its place is still to be taken. */
const isAhead = sql`(r.ends_at > clock_timestamp() AND r.status <> 'cancelled' AND g.status IN ('reserved', 'confirmed'))`;

const Rewritten = z.object({ id: z.string(), is_ahead: z.boolean() });

/**
 * Takes out of registrations who took their places. A place that is still to be taken becomes one without a
 * name, and its booker is told, who may name somebody else; one that is over was taken by somebody.
 *
 * @returns how many
 */
export async function rewriteRegistrations(tx: Transaction, subject: Subject): Promise<number> {
  const { rows } = await tx.execute(sql`
    UPDATE registration g SET
      learner_id = CASE WHEN ${isAhead} THEN NULL ELSE g.learner_id END,
      learner_name = CASE WHEN ${isAhead} THEN NULL ELSE ${erasedName} END,
      learner_email = CASE WHEN ${isAhead} THEN NULL ELSE ${erasedAddress(sql`g.id`)} END,
      claimed_at = CASE WHEN ${isAhead} THEN NULL ELSE g.claimed_at END,
      claim_version = g.claim_version + 1, time_zone = NULL, updated_at = clock_timestamp()
    FROM course_run r
    WHERE r.id = g.run_id AND ${isSomebodys(sql`g.learner_email`)} AND (
      ${isTheirs(sql`g.learner_id`, sql`g.learner_email`, subject)}
      OR ${isTheirAddress(sql`g.learner_email`, subject)}
    )
    RETURNING g.id, ${isAhead} AS is_ahead`);
  const rewritten = rows.map((row) => Rewritten.parse(row));
  const ahead = rewritten.filter((row) => row.is_ahead).map(({ id }) => id);
  for (const id of ahead) await tell(tx, "claim_link", id);
  return rewritten.length;
}

/** Takes out of changes why they were made: somebody wrote that. */
export async function rewriteChanges(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE registration_change c SET reason = NULL
    WHERE c.reason IS NOT NULL AND c.registration_id IN ${registrationsOf(subject)}`);
  return count;
}
