import { waitFor } from "@lectern/database/testing/wait-for";
import { startWorker } from "@lectern/jobs/worker";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { openMail } from "../../src/mail/open-mail.ts";
import { jobHandlers } from "../../src/worker/handlers.ts";
import type { Served } from "./serve.ts";

/** What is done for an academy beside requests: its mails are kept, as without a mail server. */
export interface TestJobs extends AsyncDisposable {
  /** What was logged so far, as one text. */
  readonly log: () => string;
  /** Until nothing is to be done any more. */
  untilIdle(): Promise<void>;
}

/** Starts to run the jobs of a server. */
export async function startTestJobs(server: Served): Promise<TestJobs> {
  const { db, accessKeys, fields, live, url } = server;
  const lines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => lines.push(line) });
  const mail = openMail(
    {
      smtpUrl: undefined,
      sender: undefined,
      mayBePlain: false,
      staff: undefined,
      staffLanguage: "en",
    },
    url,
  );
  const parts = { db, accessKeys, fields, publicUrl: url, mail, logger, changed: live.changed };
  const worker = await startWorker({
    db,
    handlers: jobHandlers(parts),
    logger,
    pollingIntervalSeconds: 0.05,
  });
  return {
    log: () => lines.join(""),
    untilIdle: async () => {
      await waitFor(async () => {
        const { rows } = await db.execute(sql`
          SELECT FROM pgboss.job_common
          WHERE name <> 'dead' AND state IN ('created', 'retry', 'active') AND start_after <= now() + interval '1 minute'
          UNION ALL SELECT FROM outbox WHERE due_at <= now()`);
        return rows.length === 0;
      }, 30_000);
    },
    [Symbol.asyncDispose]: () => worker.stop({ timeoutMs: 5000 }),
  };
}
