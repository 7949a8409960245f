import { Id } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { transaction } from "@lectern/database/transaction";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { type SystemCallParts, systemCall } from "../../shared/system-call.ts";
import { settleRegistrations } from "./settle-registrations.ts";

/** Settles a run's registrations once and for all, when the time to mark it is over. */
export const settleAttendance = defineQueue("attendance.settle", z.object({ runId: Id }));

/** What the worker does about attendance. */
export function attendanceJobs(
  parts: SystemCallParts & { readonly db: Database },
): readonly JobHandler[] {
  return [
    handle(settleAttendance, ({ runId }, { id }) =>
      settleRun(parts.db, systemCall(parts, id), runId),
    ),
  ];
}

/** Who was not marked on a run that is over was not there, if anybody was marked at all. */
export async function settleRun(db: Database, call: Call, runId: string): Promise<void> {
  await transaction(db, { idempotent: true }, async (tx) => {
    const [run] = await tx
      .select({ status: courseRun.status })
      .from(courseRun)
      .where(eq(courseRun.id, runId))
      .for("no key update");
    if (run?.status !== "completed") return;
    await settleRegistrations(tx, call, { runIds: [runId], unmarkedAreAbsent: true });
  });
}
