import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { type SystemCallParts, systemCall } from "../../shared/system-call.ts";
import { moveRunsOn } from "./advance-runs.ts";
import { confirmAtMinimum } from "./confirm-run.ts";
import { advanceRuns, considerRun, considerRuns, warnUndecidedRuns } from "./run-queues.ts";
import { confirmAllAtMinimum, warnOfUndecided } from "./undecided-runs.ts";

/** How the jobs about the life of runs are run. Each does nothing where it has been done. */
export function runsJobs(parts: SystemCallParts & { db: Database }): readonly JobHandler[] {
  const { db } = parts;
  return [
    handle(considerRun, async ({ runId }, { id }) => {
      await confirmAtMinimum(db, systemCall(parts, id), runId);
    }),
    handle(considerRuns, async (_data, { id }) => {
      await confirmAllAtMinimum(db, systemCall(parts, id));
    }),
    handle(warnUndecidedRuns, async (_data, { id }) => {
      await warnOfUndecided(db, systemCall(parts, id));
    }),
    handle(advanceRuns, async (_data, { id }) => {
      await moveRunsOn(db, systemCall(parts, id));
    }),
  ];
}

export const runsSchedules: readonly Schedule[] = [
  every("*/15 * * * *", considerRuns, {}),
  every("0 * * * *", warnUndecidedRuns, {}),
  every("*/5 * * * *", advanceRuns, {}),
];
