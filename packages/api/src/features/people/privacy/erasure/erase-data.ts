import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { DomainError } from "../../../../domain-error.ts";
import { claimGuestBookings } from "../../../bookings/claim-guest-bookings.ts";
import { endEntry } from "../../../waitlist/end-entry.ts";
import { PERSONAL_DATA } from "../personal-data.ts";
import { type Subject, isTheirId } from "../subject.ts";
import { holdsAddress } from "./holds-address.ts";

/** What was deleted and rewritten: rows, by table. Nothing personal. */
export interface Erased {
  readonly report: Record<string, number>;
  /** Runs whose queue has changed: who watches them is told after the transaction. */
  readonly runIds: readonly string[];
}

/**
 * Takes everything that says who somebody is out of the database, in the transaction that is given: deletes
 * rows, and rewrites those that others need. Doing it again does nothing further.
 */
export async function eraseData(tx: Transaction, call: Call, subject: Subject): Promise<Erased> {
  // What was done with their addresses before they had an account is theirs, and found by its number from here on.
  for (const email of subject.emails) await claimGuestBookings(tx, subject.personId, email);
  const runIds = await leaveQueues(tx, call, subject);
  const report: Record<string, number> = { job: await forgetJobs(tx, subject) };
  for (const { table, name, isTheirs, erasure } of PERSONAL_DATA) {
    const count = await eraseFrom(tx, subject, { table, isTheirs, erasure });
    if (count > 0) report[name] = (report[name] ?? 0) + count;
  }
  return { report, runIds };
}

async function eraseFrom(
  tx: Transaction,
  subject: Subject,
  {
    table,
    isTheirs,
    erasure,
  }: Pick<(typeof PERSONAL_DATA)[number], "table" | "isTheirs" | "erasure">,
): Promise<number> {
  switch (erasure.kind) {
    case "deleted": {
      if (erasure.remove !== undefined) return erasure.remove(tx, subject);
      const { count } = await tx.delete(table).where(isTheirs(subject));
      return count;
    }
    case "rewritten":
      return erasure.rewrite(tx, subject);
    case "kept":
      return 0;
  }
}

const Waiting = z.object({ id: z.string(), run_id: z.string() });

/** In the order of the runs, as everybody locks them. */
async function leaveQueues(tx: Transaction, call: Call, subject: Subject): Promise<string[]> {
  const { rows } = await tx.execute(sql`
    SELECT w.id, w.run_id FROM waitlist_entry w
    WHERE w.status IN ('waiting', 'offered') AND ${isTheirId(sql`w.person_id`, subject)}
    ORDER BY w.run_id, w.id`);
  const waiting = rows.map((row) => Waiting.parse(row));
  for (const { id, run_id: runId } of waiting) {
    try {
      await endEntry(tx, call, { id, runId }, ["waiting", "offered"], "withdrawn");
    } catch (error) {
      // It has just ended by itself.
      if (!(error instanceof DomainError && error.code === "Conflict")) throw error;
    }
  }
  return waiting.map(({ run_id: runId }) => runId);
}

/** Jobs that have an address of theirs in their data, or in what was said of their failure. */
async function forgetJobs(tx: Transaction, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    DELETE FROM pgboss.job_common job
    WHERE ${holdsAddress(sql`concat_ws(' ', job.data, job.output, job.source_output)`, subject)}`);
  return count;
}
