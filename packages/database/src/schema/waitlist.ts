import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { waitlistEntry } from "./bookings.ts";
import { instant } from "./columns.ts";
import { waitlistSkipReason } from "./enums.ts";

/** That somebody in the queue was passed over, and why. */
export const waitlistSkip = pgTable(
  "waitlist_skip",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    entryId: uuid("entry_id")
      .notNull()
      .references(() => waitlistEntry.id, { onDelete: "cascade" }),
    reason: waitlistSkipReason("reason").notNull(),
    /** Places that were free at that moment, and those that the party wants. */
    free: integer("free").notNull(),
    wanted: integer("wanted").notNull(),
    at: instant("at").default(sql`clock_timestamp()`),
  },
  (table) => [index("waitlist_skip_entry_idx").on(table.entryId, table.id)],
);
