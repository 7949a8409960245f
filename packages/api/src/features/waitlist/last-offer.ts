import { courseRun } from "@lectern/database/schema/scheduling";
import { sql } from "drizzle-orm";

/** Until when offers to the waiting list of a run can stand: the end of booking, or its lead before the start. */
export const lastOfferAt = sql`least(
  ${courseRun.bookingClosesAt},
  ${courseRun.startsAt} - make_interval(mins => ${courseRun.offerLeadMinutes})
)`;
