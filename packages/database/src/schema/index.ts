/** All tables and enums: what migrations are generated from. Code imports the group it needs. */
export * from "./articles.ts";
export * from "./attendance.ts";
export * from "./bookings.ts";
export * from "./catalogue.ts";
export * from "./enquiries.ts";
export * from "./enums.ts";
export * from "./mail.ts";
export * from "./operations.ts";
export * from "./organisations.ts";
export * from "./payments.ts";
export * from "./people.ts";
export * from "./prices.ts";
export * from "./privacy.ts";
export * from "./reminders.ts";
export * from "./reports.ts";
export * from "./scheduling.ts";
export * from "./waitlist.ts";
