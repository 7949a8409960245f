import type { Database } from "@lectern/database/queryable";
import { type JobHandler, handle } from "@lectern/jobs/handler";
import { defineQueue } from "@lectern/jobs/queue";
import { type Schedule, every } from "@lectern/jobs/schedule";
import { z } from "zod";
import { forgetCatalogueChanges } from "../courses/in-memory/forget-changes.ts";
import { keepRetention } from "./retention/keep-retention.ts";

/** Erases what has been kept for long enough. */
const retentionQueue = defineQueue("system.retention", z.object({}), {
  policy: "stately",
  expireInSeconds: 3600,
});

/** Forgets what every instance has learned of the catalogue. */
const catalogueChangesQueue = defineQueue("system.catalogue-changes", z.object({}), {
  policy: "stately",
  expireInSeconds: 600,
});

/** What the worker does for the academy as a whole. */
export function systemJobs({ db }: { readonly db: Database }): readonly JobHandler[] {
  return [
    handle(retentionQueue, async (_data, { signal }) => {
      await keepRetention(db, { signal });
    }),
    handle(catalogueChangesQueue, async () => {
      await forgetCatalogueChanges(db);
    }),
  ];
}

/** And when it does so by itself. */
export const systemSchedules: readonly Schedule[] = [
  every("17 3 * * *", retentionQueue, {}),
  every("7 * * * *", catalogueChangesQueue, {}),
];
