import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { type SystemCallParts, systemCall } from "../../shared/system-call.ts";
import { settleAll } from "./places/settle-all.ts";
import { settlePlaces } from "./places/settle-places.ts";
import { settleAllQueue, settlePlacesQueue } from "./places/settle-queue.ts";
import { sendReminders, sendRemindersQueue } from "./send-reminders.ts";

/** What the worker does for bookings. */
export function bookingsJobs(parts: SystemCallParts & { db: Database }): readonly JobHandler[] {
  const { db } = parts;
  return [
    handle(settlePlacesQueue, ({ runId }, job) =>
      settlePlaces(db, systemCall(parts, job.id), runId),
    ),
    handle(settleAllQueue, (_, job) => settleAll(db, systemCall(parts, job.id))),
    handle(sendRemindersQueue, async () => {
      await sendReminders(db);
    }),
  ];
}

/** And when it does so by itself. */
export const bookingsSchedules: readonly Schedule[] = [
  every("* * * * *", settleAllQueue, {}),
  every("*/5 * * * *", sendRemindersQueue, {}),
];
