import type { Database } from "@lectern/database/queryable";
import { counted } from "../output/format.ts";
import { type CheckResult, ok, skipped, someOf, warning } from "./check.ts";
import { numberIn, rowsOf, textIn } from "./rows.ts";

/** Whether what happens later happens: jobs, and the mails that they write and send. */

const PATIENCE = "interval '5 minutes'";

const OUTBOX = `
  select count(*) as waiting, to_char(min(due_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
  from outbox where due_at < now() - ${PATIENCE}`;

const IS_THERE = "select to_regclass('pgboss.job_common') is not null as is_there";

const JOBS = `
  select
    count(*) filter (where name <> 'dead' and start_after < now() - ${PATIENCE}) as waiting,
    count(*) filter (where name = 'dead' and state = 'created') as dead,
    coalesce(string_agg(distinct source_name, ', ') filter (where name = 'dead' and state = 'created'), '') as queues
  from pgboss.job_common where state in ('created', 'retry') and not blocked`;

/** @returns whether jobs are run when they are due, and none has failed for good */
export async function checkJobs(db: Database): Promise<CheckResult> {
  const name = "Jobs";
  const [outbox] = await rowsOf(db, OUTBOX);
  const [queue] = await rowsOf(db, IS_THERE);
  const isThere = queue?.["is_there"] === true;
  const [jobs] = isThere ? await rowsOf(db, JOBS) : [];
  const waiting = numberIn(outbox, "waiting") + (isThere ? numberIn(jobs, "waiting") : 0);
  const dead = isThere ? numberIn(jobs, "dead") : 0;
  if (waiting > 0) {
    const since = textIn(outbox, "since");
    return warning(
      name,
      `${counted(waiting, "job")} should have run more than five minutes ago${since === "" ? "" : `, in the outbox since ${since}`}`,
      "Does a worker run? npm start has one; lectern-worker is one by itself. Its log tells more.",
    );
  }
  if (dead > 0) {
    return warning(
      name,
      `${counted(dead, "job")} failed for good: ${someOf(textIn(jobs, "queues").split(", "))}`,
      "Staff see them with their errors among the jobs, and can run them again or discard them.",
    );
  }
  if (!isThere) return skipped(name, "there is no queue yet (it is made at the first start)");
  return ok(name, "none is late, and none failed for good");
}

const MAILS = `
  select count(*) as failed, coalesce(string_agg(distinct kind::text, ', '), '') as kinds
  from mail_message where state = 'failed'`;

/** @returns whether all mails could be sent */
export async function checkMail(db: Database): Promise<CheckResult> {
  const name = "Mail";
  const [mails] = await rowsOf(db, MAILS);
  const failed = numberIn(mails, "failed");
  if (failed === 0) return ok(name, "none failed");
  return warning(
    name,
    `${counted(failed, "mail")} could not be sent: ${someOf(textIn(mails, "kinds").split(", "))}`,
    "Staff see them with the mail server's answers. Check its address and credentials.",
  );
}
