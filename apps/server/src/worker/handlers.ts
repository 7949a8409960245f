import { attendanceJobs } from "@lectern/api/features/attendance/attendance-jobs";
import { auditJobs, auditSchedules } from "@lectern/api/features/audit/audit-jobs";
import { bookingsJobs, bookingsSchedules } from "@lectern/api/features/bookings/bookings-jobs";
import { keysJobs, keysSchedules } from "@lectern/api/features/keys/keys-jobs";
import { notificationsJobs } from "@lectern/api/features/notifications/notifications-jobs";
import { privacyJobs, privacySchedules } from "@lectern/api/features/people/privacy/privacy-jobs";
import { quotesJobs, quotesSchedules } from "@lectern/api/features/quotes/quotes-jobs";
import { reportsJobs, reportsSchedules } from "@lectern/api/features/reports/reports-jobs";
import { runsJobs, runsSchedules } from "@lectern/api/features/runs/runs-jobs";
import { systemJobs, systemSchedules } from "@lectern/api/features/system/system-jobs";
import { tokensJobs, tokensSchedules } from "@lectern/api/features/people/tokens/tokens-jobs";
import { waitlistJobs, waitlistSchedules } from "@lectern/api/features/waitlist/waitlist-jobs";
import type { AccessKeys } from "@lectern/auth/access-key";
import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";
import type { Database } from "@lectern/database/queryable";
import type { JobHandler } from "@lectern/jobs/handler";
import type { Schedule } from "@lectern/jobs/schedule";
import type { JobLogger } from "@lectern/jobs/worker";
import type { MailConfig } from "../config.ts";
import type { Mail } from "../mail/open-mail.ts";

/** What jobs are run with. */
export interface WorkerDependencies {
  readonly db: Database;
  readonly accessKeys: AccessKeys;
  readonly fields: FieldCipher;
  /** Where people reach the site, for links in mails; without a slash at the end. */
  readonly publicUrl: string;
  /** How mails leave. */
  readonly mail: MailConfig;
  readonly logger: JobLogger;
  /** Tells whoever watches a run that its places or its queue have changed. */
  readonly changed: (runId: string) => void;
}

/** All jobs of Lectern: each feature has a list of its handlers, made from these dependencies. */
export function jobHandlers(
  dependencies: Omit<WorkerDependencies, "mail"> & { readonly mail: Mail },
): readonly JobHandler[] {
  return [
    ...attendanceJobs(dependencies),
    ...auditJobs(dependencies),
    ...bookingsJobs(dependencies),
    ...keysJobs(dependencies),
    ...notificationsJobs(dependencies),
    ...privacyJobs(dependencies),
    ...quotesJobs(dependencies),
    ...reportsJobs(dependencies),
    ...runsJobs(dependencies),
    ...systemJobs(dependencies),
    ...tokensJobs(dependencies),
    ...waitlistJobs(dependencies),
  ];
}

/** All jobs that come again and again, with their times. */
export const jobSchedules: readonly Schedule[] = [
  ...auditSchedules,
  ...bookingsSchedules,
  ...keysSchedules,
  ...privacySchedules,
  ...quotesSchedules,
  ...reportsSchedules,
  ...runsSchedules,
  ...systemSchedules,
  ...tokensSchedules,
  ...waitlistSchedules,
];
