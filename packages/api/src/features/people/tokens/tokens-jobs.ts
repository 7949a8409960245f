import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { forgetDevices, forgetDevicesQueue } from "./devices/forget-devices.ts";

/** What the worker does for tokens. */
export function tokensJobs({ db }: { readonly db: Database }): readonly JobHandler[] {
  return [
    handle(forgetDevicesQueue, async () => {
      await forgetDevices(db);
    }),
  ];
}

/** And when it does so by itself. */
export const tokensSchedules: readonly Schedule[] = [every("23 * * * *", forgetDevicesQueue, {})];
