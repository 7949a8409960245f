import { pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { registration } from "./bookings.ts";
import { createdAt, instant } from "./columns.ts";

/** That a learner was reminded of a run that begins at that time. */
export const reminder = pgTable(
  "reminder",
  {
    registrationId: uuid("registration_id")
      .notNull()
      .references(() => registration.id, { onDelete: "cascade" }),
    startsAt: instant("starts_at"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.registrationId, table.startsAt] })],
);
