import type { Database } from "@lectern/database/connect";
import { transaction } from "@lectern/database/transaction";
import { type SQL, sql } from "drizzle-orm";

/**
 * The big academy has runs and bookings, but nobody has an account there and nothing was ever mailed: tables that are as
 * large as those in a real one would be empty, and a plan that reads all of them would look good. This fills them:
 * numbers alone matter, so the rows are made in the database, and no two of them differ in more than they have to.
 */

const TIMEOUT_MS = 60 * 60_000;

/** @param people how many; the other tables get some times as many */
export async function addCrowd(db: Database, people: number): Promise<void> {
  const limits = { timeoutMs: TIMEOUT_MS, statementTimeoutMs: TIMEOUT_MS };
  await transaction(db, limits, async (tx) => {
    for (const statement of statementsFor(people)) await tx.execute(statement);
  });
  await transaction(db, limits, async (tx) => {
    // As autovacuum does: what was added last is not in these indexes yet, and the planner counts with that.
    await tx.execute(sql`
      SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'gin')`);
    await tx.execute(sql`ANALYZE`);
  });
}

/** Numbers from 1 on, as text that is as long for all: part of an address, a token, a reference. */
const NUMBERED = sql`lpad(n::text, 24, '0')`;
/** Some time in the last two years, later for a later number. */
function past(people: number): SQL {
  return sql`clock_timestamp() - interval '730 days' * (1 - n / (${people} + 1)::float8)`;
}

function statementsFor(people: number): SQL[] {
  const numbers = sql`generate_series(1, ${people}::int) AS n`;
  const companies = Math.max(1, Math.floor(people / 5));
  const of = (table: SQL, count: SQL) =>
    sql`(SELECT id, 1 + (row_number() OVER (ORDER BY id) - 1) % ${count} AS n FROM ${table})`;
  const everybody = of(sql`person`, sql`${people}::int`);
  const everyCompany = of(sql`organisation`, sql`${companies}::int`);
  return [
    sql`INSERT INTO person (id, name, email, email_verified_at, created_at)
      SELECT gen_random_uuid(), 'Person ' || n, 'person' || n || '@crowd.example', now(), ${past(people)} FROM ${numbers}`,
    sql`INSERT INTO password (person_id, hash) SELECT id, '-' FROM person WHERE email LIKE '%@crowd.example'`,
    sql`INSERT INTO auth_session (id, person_id, secret_hash, method, expires_at, ends_at)
      SELECT ${NUMBERED}, p.id, 'x', 'password', now() + interval '1 day' * (n % 30), now() + interval '90 days' FROM ${everybody} AS p`,
    sql`INSERT INTO known_device (id, person_id, secret_hash) SELECT ${NUMBERED}, p.id, 'x' FROM ${everybody} AS p`,
    sql`INSERT INTO one_time_token (id, kind, person_id, email, expires_at, used_at)
      SELECT gen_random_uuid(), 'verify_email', p.id, 'person' || n || '@crowd.example', now() + interval '1 day' * (n % 5), NULL FROM ${everybody} AS p`,
    sql`INSERT INTO consent (id, person_id, purpose, text_version)
      SELECT gen_random_uuid(), p.id, 'newsletter', '2027-01' FROM ${everybody} AS p`,
    sql`INSERT INTO privacy_request (id, kind, state, person_id, done_at)
      SELECT gen_random_uuid(), 'export', 'done', p.id, now() FROM ${everybody} AS p`,
    sql`INSERT INTO throttle (key, arrives_at) SELECT decode(md5(n::text), 'hex'), now() FROM ${numbers}`,
    sql`INSERT INTO organisation (id, name, country)
      SELECT gen_random_uuid(), 'Company ' || n, 'NO' FROM generate_series(1, ${companies}::int) AS n`,
    sql`INSERT INTO organisation_domain (id, organisation_id, domain, challenge, verified_at)
      SELECT gen_random_uuid(), o.id, 'company-' || o.id || '.example', 'x', now() FROM ${everyCompany} AS o`,
    sql`INSERT INTO role_assignment (id, person_id, role, organisation_id)
      SELECT gen_random_uuid(), p.id, 'learner', o.id
      FROM ${everybody} AS p JOIN ${everyCompany} AS o ON o.n = 1 + p.n % ${companies}::int`,
    sql`UPDATE booking AS b SET booker_id = p.id, organisation_id = o.id
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM booking) AS x
        JOIN ${everybody} AS p ON p.n = 1 + x.n % ${people}::int
        JOIN ${everyCompany} AS o ON o.n = 1 + p.n % ${companies}::int
      WHERE b.id = x.id AND x.n % 3 > 0`,
    sql`UPDATE registration AS r SET learner_id = b.booker_id
      FROM booking AS b WHERE b.id = r.booking_id AND r.position = 1 AND b.booker_id IS NOT NULL`,
    sql`INSERT INTO payment (id, booking_id, reference, amount, currency, outcome, received_at)
      SELECT gen_random_uuid(), id, id::text, 100, 'NOK', 'applied', created_at FROM booking`,
    sql`INSERT INTO registration_change (id, registration_id, kind, decided_by)
      SELECT gen_random_uuid(), id, 'substitution', 'booker' FROM registration`,
    sql`INSERT INTO reminder (registration_id, starts_at)
      SELECT r.id, c.starts_at FROM registration AS r JOIN course_run AS c ON c.id = r.run_id WHERE c.starts_at < now()`,
    // Queues of ten, in one run of a thousand: those that are over, and those that wait.
    sql`INSERT INTO waitlist_entry (id, run_id, quantity, name, email, status, ended_at)
      SELECT gen_random_uuid(), c.id, 1, 'Party ' || n, 'party' || n || '@crowd.example',
        CASE WHEN c.starts_at < now() THEN 'withdrawn' ELSE 'waiting' END::waitlist_status,
        CASE WHEN c.starts_at < now() THEN now() END
      FROM (SELECT id, starts_at, row_number() OVER (ORDER BY id) AS k FROM course_run WHERE visibility = 'public' LIMIT ${Math.ceil(people / 10)}) AS c,
        generate_series(1, 10) AS n`,
    sql`UPDATE run_capacity AS c SET waiting = w.waiting
      FROM (SELECT run_id, count(*) AS waiting FROM waitlist_entry WHERE status = 'waiting' GROUP BY run_id) AS w WHERE w.run_id = c.run_id`,
    sql`INSERT INTO enquiry (id, kind, status, name, email, message, created_at)
      SELECT gen_random_uuid(), 'contact', 'won', 'Person ' || n, 'person' || n || '@crowd.example', 'x', ${past(people)} FROM ${numbers}`,
    sql`INSERT INTO quote (id, enquiry_id, run_id, status, places, unit_amount, currency, tax_category, recipient_name,
        recipient_email, last_day, good_until, sent_at, ended_at, created_at)
      SELECT gen_random_uuid(), e.id, c.id, 'expired', 1, 100, 'NOK', 'standard', e.name, e.email, now(), now(), e.created_at, now(), e.created_at
      FROM (SELECT *, row_number() OVER (ORDER BY id) AS k FROM enquiry) AS e
        JOIN (SELECT id, row_number() OVER (ORDER BY id) AS k FROM course_run) AS c USING (k)`,
    sql`INSERT INTO mail_message (id, kind, state, message_id, recipient_name, recipient_email, subject, html, text, about_id, created_at, sent_at)
      SELECT gen_random_uuid(), 'booking_confirmed', 'sent', n::text, 'Person ' || n, 'person' || n || '@crowd.example', 'x', 'x', 'x',
        gen_random_uuid(), ${past(people)}, now() FROM generate_series(1, 2 * ${people}::int) AS n`,
    sql`INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id)
      SELECT ${past(people)}, CASE n % 3 WHEN 0 THEN 'person' ELSE 'public' END::actor_kind,
        CASE n % 3 WHEN 0 THEN gen_random_uuid()::text END, 'booking.hold', 'booking', gen_random_uuid()
      FROM generate_series(1, 2 * ${people}::int) AS n ORDER BY n`,
    sql`INSERT INTO audit_seal (position, entry_id, hash, sealed_at)
      SELECT row_number() OVER (ORDER BY id), id, 'x', at FROM audit_entry ORDER BY id`,
    sql`INSERT INTO idempotency_key (scope, key, request_hash, answer, created_at)
      SELECT 'bookings.hold public', n::text, 'x', '{}', ${past(people)} FROM ${numbers} ORDER BY n`,
    sql`INSERT INTO outbox (id, queue, data, due_at)
      SELECT gen_random_uuid(), 'runs.look', '{}', now() + interval '1 minute' * n FROM ${numbers}`,
    sql`INSERT INTO run_price (run_id, region, amount, currency) SELECT id, 'SE', 100, 'SEK' FROM course_run ORDER BY id LIMIT ${people}`,
  ];
}
