import type { Queryable } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { type Subject, isTheirAddress, isTheirId } from "../subject.ts";
import { isTheirs } from "../whose.ts";
import { erasedAddress, erasedInstructor, erasedName, isSomebodys } from "./erased.ts";

/** Rows that others refer to stay, and do not say any more who it was. Each answers how many there were. */

/** The account itself. Its language stays, for the last mail. */
export async function rewritePeople(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE person p SET
      name = ${erasedName}, email = ${erasedAddress(sql`p.id`)}, email_verified_at = NULL,
      time_zone = NULL, phone = NULL, address = NULL, dietary_needs = NULL, access_needs = NULL,
      suspended_at = NULL, suspended_reason = NULL,
      erased_at = coalesce(p.erased_at, clock_timestamp()), version = p.version + 1,
      updated_at = clock_timestamp()
    WHERE ${isTheirId(sql`p.id`, subject)} AND ${isSomebodys(sql`p.email`)}`);
  return count;
}

/** What the catalogue says of who taught. */
export async function rewriteInstructors(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE instructor i SET name = ${erasedInstructor}, slug = 'instructor-' || i.id, bio = '', person_id = NULL
    WHERE ${isTheirId(sql`i.person_id`, subject)}`);
  return count;
}

/** Places in waiting lists, all of which have ended. */
export async function rewriteWaitlistEntries(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE waitlist_entry w SET name = ${erasedName}, email = ${erasedAddress(sql`w.id`)},
      company = NULL, time_zone = NULL, updated_at = clock_timestamp()
    WHERE ${isSomebodys(sql`w.email`)} AND (
      ${isTheirs(sql`w.person_id`, sql`w.email`, subject)} OR ${isTheirAddress(sql`w.email`, subject)}
    )`);
  return count;
}

/** Companies whose invoices went to them. */
export async function rewriteOrganisations(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE organisation o SET billing_email = NULL, version = o.version + 1, updated_at = clock_timestamp()
    WHERE ${isTheirAddress(sql`o.billing_email`, subject)}`);
  return count;
}

/** What they asked for: that they did stays, the copies of their data go. */
export async function rewritePrivacyRequests(tx: Queryable, subject: Subject): Promise<number> {
  const { count } = await tx.execute(sql`
    UPDATE privacy_request q SET archive = NULL, archive_until = NULL,
      state = CASE WHEN q.kind = 'export' AND q.state = 'waiting' THEN 'withdrawn' ELSE q.state END
    WHERE ${isTheirId(sql`q.person_id`, subject)}
      AND (q.archive IS NOT NULL OR (q.kind = 'export' AND q.state = 'waiting'))`);
  return count;
}
