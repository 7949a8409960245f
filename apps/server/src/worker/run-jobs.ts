import { ensureQueues } from "@lectern/jobs/ensure-queues";
import { startWorker } from "@lectern/jobs/worker";
import { openMail } from "../mail/open-mail.ts";
import { jobHandlers, jobSchedules, type WorkerDependencies } from "./handlers.ts";

/** How long jobs under way may take once the process is to stop; beyond that another worker runs them again. */
const STOP_TIMEOUT_MS = 10_000;

export interface RunningJobs {
  /** Takes no further job, and lets those under way finish. */
  stop(): Promise<void>;
}

/**
 * Runs Lectern's jobs, or only sees to it that their queues are there, where another process runs them.
 *
 * @throws QueuePolicyChanged
 */
export async function runJobs(
  dependencies: WorkerDependencies,
  isWorker: boolean,
): Promise<RunningJobs> {
  const { db, logger } = dependencies;
  const mail = openMail(dependencies.mail, dependencies.publicUrl);
  const handlers = jobHandlers({ ...dependencies, mail });
  if (!isWorker) {
    await ensureQueues(
      db,
      handlers.map(({ queue }) => queue),
    );
    return { stop: async () => {} };
  }
  const worker = await startWorker({ db, handlers, schedules: jobSchedules, logger });
  return {
    stop: async () => {
      await worker.stop({ timeoutMs: STOP_TIMEOUT_MS });
      mail.close();
    },
  };
}
