import { z } from "zod";
import { IdempotencyKey, Instant, LocalDate, TimeZone, WebUrl } from "./primitives.ts";

/** What holds for the academy as a whole. */

/** How often it was changed; 0: nobody has said anything yet. */
const SettingsVersion = z.int().min(0).max(2_147_483_647);

export const AcademySettings = z.object({
  /** The zone that the days of its reports are counted in. */
  timeZone: TimeZone,
  /** Which day it is there, by the database's clock. */
  today: LocalDate,
  /** Whether the sums that make reports quick are those of this zone's days: without them, reports take longer. */
  areReportsReady: z.boolean(),
  /** When it was chosen; `null`: nobody has chosen one. */
  changedAt: Instant.nullable(),
  version: SettingsVersion,
  /** What whoever runs the server says: its name as mails give it, and where the site is reached, if they say. */
  name: z.string().max(200),
  publicUrl: WebUrl.nullable(),
});
export type AcademySettings = z.infer<typeof AcademySettings>;

export const AcademyUpdateInput = z.object({
  timeZone: TimeZone,
  version: SettingsVersion,
  idempotencyKey: IdempotencyKey,
});
