import { runMessage } from "@lectern/database/schema/attendance";
import { waitlistEntry } from "@lectern/database/schema/bookings";
import { enquiry } from "@lectern/database/schema/enquiries";
import { mailMessage } from "@lectern/database/schema/mail";
import { idempotencyKey } from "@lectern/database/schema/operations";
import {
  apiToken,
  authSession,
  deviceGrant,
  knownDevice,
  oneTimeToken,
  person,
  throttle,
} from "@lectern/database/schema/people";
import { consent, privacyRequest } from "@lectern/database/schema/privacy";
import { sql } from "drizzle-orm";
import { erasedAddress, erasedName, isSomebodys } from "../../people/privacy/erasure/erased.ts";
import { BOOKS_KEPT_YEARS } from "../../people/privacy/erasure/kept-by-law.ts";
import { emptyLostHolds, emptyOldBookings, emptySettledBookings } from "./old-bookings.ts";
import { type RetentionRule, deleting, isOlder } from "./retention-rule.ts";

const YEAR = 365;

/**
 * How long each kind of personal data is kept, and why: the one table. `docs/privacy.md` is held equal to it
 * by a test, and the worker sees to it every night.
 */
export const RETENTION_RULES: readonly RetentionRule[] = [
  {
    kind: "mails",
    what: "mails, with all that they say",
    days: 90,
    from: "they were written",
    why: "to answer who asks about a mail, and to send it again",
    erase: deleting(mailMessage, (days) => isOlder(mailMessage.createdAt, days)),
  },
  {
    kind: "run_messages",
    what: "what was written to those who come to a run",
    days: YEAR,
    from: "it was written",
    why: "to answer who asks what they were told",
    erase: deleting(runMessage, (days) => isOlder(runMessage.createdAt, days)),
  },
  {
    kind: "answers",
    what: "answers to requests that may be repeated",
    days: 30,
    from: "they were given",
    why: "far longer than any program repeats a request",
    erase: deleting(idempotencyKey, (days) => isOlder(idempotencyKey.createdAt, days)),
  },
  {
    kind: "one_time_links",
    what: "links in mails and steps of signing in, with sign-ups that were never finished",
    days: 7,
    from: "they are over",
    why: "to see what went wrong when somebody asks",
    erase: deleting(oneTimeToken, (days) => isOlder(oneTimeToken.expiresAt, days)),
  },
  {
    kind: "sign_ins",
    what: "browsers that were signed in, with address and name of the browser",
    days: 0,
    from: "they are signed out by time",
    why: "what is over needs no record beside the audit log's",
    erase: deleting(
      authSession,
      (days) =>
        sql`(${isOlder(authSession.expiresAt, days)} OR ${isOlder(authSession.endsAt, days)})`,
    ),
  },
  {
    kind: "devices",
    what: "devices that somebody has signed in with",
    days: 400,
    from: "they were used last",
    why: "browsers keep their half no longer",
    erase: deleting(knownDevice, (days) => isOlder(knownDevice.lastUsedAt, days)),
  },
  {
    kind: "programs",
    what: "programs that asked to be signed in",
    days: 0,
    from: "their time is over",
    why: "the audit log has what became of them",
    erase: deleting(deviceGrant, (days) => isOlder(deviceGrant.expiresAt, days)),
  },
  {
    kind: "tokens",
    what: "tokens of programs that are good for nothing any more",
    days: YEAR,
    from: "they expired or were revoked",
    why: "to tell whose program it was when one is still shown",
    erase: deleting(
      apiToken,
      (days) => sql`(${isOlder(apiToken.expiresAt, days)} OR ${isOlder(apiToken.revokedAt, days)})`,
    ),
  },
  {
    kind: "throttles",
    what: "counters of attempts, under hashes of addresses",
    days: 1,
    from: "they slow nobody down any more",
    why: "nothing is gained by them then",
    erase: deleting(throttle, (days) => isOlder(throttle.arrivesAt, days)),
  },
  {
    kind: "unfinished_accounts",
    what: "accounts whose address was never shown to be theirs, and that nothing refers to",
    days: 30,
    from: "they were made",
    why: "they are nobody's",
    erase: deleting(
      person,
      (days) => sql`(
        ${person.emailVerifiedAt} IS NULL AND ${person.erasedAt} IS NULL AND ${isOlder(person.createdAt, days)}
        AND NOT EXISTS (SELECT FROM booking b WHERE b.booker_id = ${person.id})
        AND NOT EXISTS (SELECT FROM registration g WHERE g.learner_id = ${person.id})
        AND NOT EXISTS (SELECT FROM waitlist_entry w WHERE w.person_id = ${person.id})
        AND NOT EXISTS (SELECT FROM privacy_request q WHERE q.person_id = ${person.id})
        AND NOT EXISTS (SELECT FROM role_assignment a WHERE a.person_id = ${person.id})
        AND NOT EXISTS (SELECT FROM instructor i WHERE i.person_id = ${person.id})
        AND NOT EXISTS (SELECT FROM person m WHERE m.merged_into_id = ${person.id})
      )`,
    ),
  },
  {
    kind: "enquiries_spam",
    what: "enquiries that are spam",
    days: 30,
    from: "they were last changed",
    why: "to take one back that is none",
    erase: deleting(
      enquiry,
      (days) => sql`(${enquiry.status} = 'spam' AND ${isOlder(enquiry.updatedAt, days)})`,
    ),
  },
  {
    kind: "enquiries_lost",
    what: "enquiries that came to nothing",
    days: YEAR,
    from: "they were last changed",
    why: "to go on where it ended if they ask again",
    erase: deleting(
      enquiry,
      (days) => sql`(${enquiry.status} = 'lost' AND ${isOlder(enquiry.updatedAt, days)})`,
    ),
  },
  {
    kind: "enquiries",
    what: "all other enquiries",
    days: 2 * YEAR,
    from: "they were last changed",
    why: "the booking that came of it says the rest",
    erase: deleting(enquiry, (days) => isOlder(enquiry.updatedAt, days)),
  },
  {
    kind: "waitlist_entries",
    what: "name, address and company of who waited for places",
    days: YEAR,
    from: "they left the queue",
    why: "to answer who asks why they got no place",
    erase: async (db, days, limit) => {
      const { count } = await db.execute(sql`
        UPDATE waitlist_entry w SET name = ${erasedName}, email = ${erasedAddress(sql`w.id`)},
          company = NULL, time_zone = NULL
        WHERE w.id = ANY (ARRAY(
          SELECT ${waitlistEntry.id} FROM waitlist_entry
          WHERE ${isOlder(waitlistEntry.endedAt, days)} AND ${isSomebodys(waitlistEntry.email)}
          LIMIT ${limit}::int
        ))`);
      return count;
    },
  },
  {
    kind: "lost_holds",
    what: "who held places and did not book them",
    days: 90,
    from: "the hold ended",
    why: "to answer who says that they did",
    erase: emptyLostHolds,
  },
  {
    kind: "bookings",
    what: "who booked, who came and who approved; what was sold for how much stays",
    days: BOOKS_KEPT_YEARS * YEAR + 2,
    from: "the run ended",
    why: "bookkeeping: five years after the end of the year in Norway, six in the United Kingdom",
    erase: emptyOldBookings,
  },
  {
    kind: "settled_bookings",
    what: "addresses of erased people that were kept while money was owed",
    days: 0,
    from: "it is settled",
    why: "nobody has to be reached any more",
    erase: emptySettledBookings,
  },
  {
    kind: "withdrawn_consents",
    what: "that somebody agreed to something and took it back",
    days: 3 * YEAR,
    from: "they took it back",
    why: "to show that they had agreed while it was used; claims lapse by then",
    erase: deleting(consent, (days) => isOlder(consent.withdrawnAt, days)),
  },
  {
    kind: "export_archives",
    what: "copies of their data that people asked for",
    days: 1,
    from: "they were made",
    why: "to fetch them; sooner than at night, by another job",
    erase: async (db, _days, limit) => {
      const { count } = await db.execute(sql`
        UPDATE privacy_request SET archive = NULL
        WHERE id = ANY (ARRAY(
          SELECT id FROM privacy_request
          WHERE archive IS NOT NULL AND archive_until <= clock_timestamp() LIMIT ${limit}::int
        ))`);
      return count;
    },
  },
  {
    kind: "privacy_requests",
    what: "that somebody asked for their data, or for its erasure",
    days: 3 * YEAR,
    from: "it was done",
    why: "to show that it was done in time",
    erase: deleting(
      privacyRequest,
      (days) =>
        sql`(${privacyRequest.state} <> 'waiting' AND ${isOlder(privacyRequest.doneAt, days)})`,
    ),
  },
  {
    kind: "dead_jobs",
    what: "jobs that failed for good, whose data may name who was to be told",
    days: 90,
    from: "they failed",
    why: "to run them again",
    erase: async (db, days, limit) => {
      const { count } = await db.execute(sql`
        DELETE FROM pgboss.job_common WHERE ctid = ANY (ARRAY(
          SELECT job.ctid FROM pgboss.job_common job
          WHERE job.name = 'dead' AND ${isOlder(sql`job.created_on`, days)} LIMIT ${limit}::int
        ))`);
      return count;
    },
  },
];
