import { sealAudit } from "@lectern/database/audit/seal";
import { attack, writeAuditEntries } from "@lectern/database/testing/audit-log";
import { type TestDatabase, createTestDatabase } from "@lectern/database/testing/database";
import { describe, expect, it } from "vitest";
import { createLedger } from "./support/ledger.ts";
import { lectern } from "./support/lectern.ts";

/** What doctor says of a database in which all is well, but for what a test has done to it. */

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly advice?: string;
}

const LOOKED_AT = [
  "Places",
  "Bookings",
  "Waiting lists",
  "Discount codes",
  "Transfers",
  "Jobs",
  "Mail",
  "Audit log",
  "Audit chain",
];

async function createSound(): Promise<TestDatabase> {
  const test = await createTestDatabase();
  await createLedger(test.db);
  await writeAuditEntries(test.db, 10);
  await sealAudit(test.db);
  return test;
}

/** @returns what doctor found that is not well, of what it reads in the tables */
async function findingsIn(test: TestDatabase): Promise<Check[]> {
  const config = {
    url: "http://127.0.0.1:9",
    token: undefined,
    dataDirectory: "/nonexistent",
    databaseUrl: test.url,
    configDirectory: "/nonexistent",
  };
  const said = await lectern(["doctor", "--json"], { config });
  const { checks } = said.json() as { checks: Check[] };
  expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(LOOKED_AT));
  return checks.filter(({ name, status }) => LOOKED_AT.includes(name) && status !== "ok");
}

/** Does something to the tables that their triggers and keys would refuse, and asks doctor. */
async function afterwards(...statements: string[]): Promise<Check[]> {
  await using test = await createSound();
  await attack(test, ...statements);
  return await findingsIn(test);
}

const AN_ENTRY = "(select id from waitlist_entry where status = 'waiting' order by ticket limit 1)";
const THE_BUSY_RUN = "(select run_id from run_capacity where waiting > 0)";
/** Bookings by the order in which they were made. */
const [HELD, AWAITING, EXPIRED, CONFIRMED] = [1, 2, 4, 6];

function bookingNumbered(number: number): string {
  return `(select id from booking order by reference offset ${number - 1} limit 1)`;
}

describe("doctor, of places and what hangs on them", () => {
  it("finds nothing in a ledger that is right", async () => {
    await using test = await createSound();

    expect(await findingsIn(test)).toEqual([]);
  });

  it.each([
    [
      "a counter that counts another number",
      "Places",
      "update run_capacity set taken = taken + 1 where waiting > 0",
      "14 counted, 13 in the ledger",
    ],
    [
      "a booking without its places",
      "Bookings",
      `update seat_allocation set state = 'released', ended_at = now(), kind = kind
        where booking_id = ${bookingNumbered(AWAITING)}`,
      "awaiting_payment: needs 1, has 0 as none",
    ],
    [
      "a booking with more places than registrations",
      "Bookings",
      `update registration set status = 'cancelled' where booking_id = ${bookingNumbered(HELD)} and position = 1`,
      "held: needs 1, has 2 as hold",
    ],
    [
      "a confirmed booking whose places are set aside only",
      "Bookings",
      `update seat_allocation set kind = 'hold', expires_at = now() where booking_id = ${bookingNumbered(CONFIRMED)}`,
      "confirmed: needs 2, has 2 as hold",
    ],
    [
      "a held booking whose places are never given back",
      "Bookings",
      `update seat_allocation set kind = 'booking', expires_at = null where booking_id = ${bookingNumbered(HELD)}`,
      "held: needs 2, has 2 as booking",
    ],
    [
      "a booking that took its places twice",
      "Bookings",
      `drop index seat_allocation_booking_active_key;
        update seat_allocation set quantity = 1 where booking_id = ${bookingNumbered(CONFIRMED)};
        insert into seat_allocation (id, run_id, booking_id, quantity, kind)
        select gen_random_uuid(), run_id, booking_id, 1, kind from seat_allocation where booking_id = ${bookingNumbered(CONFIRMED)}`,
      "confirmed: needs 2, has 2 as booking in 2 pieces",
    ],
    [
      "a booking that is over, and has places",
      "Bookings",
      `update seat_allocation set state = 'active', ended_at = null where booking_id = ${bookingNumbered(EXPIRED)}`,
      "expired: needs 0, has 1 as hold",
    ],
    [
      "a queue that counts another number",
      "Waiting lists",
      "update run_capacity set waiting = waiting + 1 where waiting > 0",
      "3 counted, 2 waiting",
    ],
    [
      "an offer without places",
      "Waiting lists",
      "update seat_allocation set state = 'expired', ended_at = now() where kind = 'offer'",
      "(offered)",
    ],
    [
      "an offer of other places than were set aside",
      "Waiting lists",
      "update waitlist_entry set offered_quantity = 2 where status = 'offered'",
      "(offered)",
    ],
    [
      "places set aside for somebody who was offered none",
      "Waiting lists",
      `insert into seat_allocation (id, run_id, waitlist_entry_id, quantity, kind, expires_at)
        values (gen_random_uuid(), ${THE_BUSY_RUN}, ${AN_ENTRY}, 1, 'offer', '2099-01-01')`,
      "(waiting)",
    ],
    [
      "a code that counts more uses than it has",
      "Discount codes",
      "update discount_code set used = 4",
      "SPRING (4 counted, 1 in use)",
    ],
    [
      "a transfer to the same run",
      "Transfers",
      `update registration set run_id = ${THE_BUSY_RUN} where id in (select successor_id from registration)`,
      "leads to the same run",
    ],
    [
      "a transfer to nowhere",
      "Transfers",
      "delete from registration where id in (select successor_id from registration)",
      "leads nowhere",
    ],
    [
      "two registrations that became one",
      "Transfers",
      `update registration set status = 'transferred',
        successor_id = (select successor_id from registration where successor_id is not null)
        where booking_id = ${bookingNumbered(HELD)} and position = 1`,
      "comes from 2 registrations",
    ],
  ])("finds %s", async (_what, check, statement, detail) => {
    const findings = await afterwards(statement);
    const found = findings.find(({ name }) => name === check);

    expect(found?.status).toBe("trouble");
    expect(found?.advice).toBeTruthy();
    expect(found?.detail).toContain(detail);
  });
});

describe("doctor, of what happens later", () => {
  it.each([
    [
      "a job that nobody hands over",
      "Jobs",
      `insert into outbox (id, queue, data, due_at) values
        (gen_random_uuid(), 'q', '{}', now() - interval '6 minutes'), (gen_random_uuid(), 'q', '{}', now())`,
      "1 job should have run",
    ],
    [
      "a job that nobody runs",
      "Jobs",
      `insert into pgboss.job_common (name, data, start_after) values
        ('q', '{}', now() - interval '6 minutes'), ('q', '{}', now()), ('q', '{}', now() + interval '1 day')`,
      "1 job should have run",
    ],
    [
      "jobs that failed for good",
      "Jobs",
      `insert into pgboss.job_common (name, source_name) values
        ('dead', 'mail.deliver'), ('dead', 'mail.deliver'), ('dead', 'audit.seal')`,
      "3 jobs failed for good: audit.seal, mail.deliver",
    ],
    [
      "mails that could not be sent",
      "Mail",
      `insert into mail_message (id, kind, state, message_id, recipient_name, recipient_email, subject, html, text, about_id)
        values (gen_random_uuid(), 'reminder', 'failed', '<a@b>', 'A', 'a@example.org', 's', 'h', 't', gen_random_uuid())`,
      "1 mail could not be sent: reminder",
    ],
  ])("warns of %s", async (_what, check, statement, detail) => {
    const findings = await afterwards(statement);

    expect(findings).toMatchObject([{ name: check, status: "warning" }]);
    expect(findings[0]?.advice).toBeTruthy();
    expect(findings[0]?.detail).toContain(detail);
  });

  it("does without a job queue that was never made", async () => {
    expect(await afterwards("drop schema pgboss cascade")).toMatchObject([
      { name: "Jobs", status: "skipped" },
    ]);
  });
});

describe("doctor, of the audit log", () => {
  it.each([
    [
      "a right to change it",
      "Audit log",
      "grant update on audit_entry to public",
      "audit_entry: UPDATE",
    ],
    [
      "a right to empty its chain",
      "Audit log",
      "grant truncate on audit_seal to public",
      "audit_seal: TRUNCATE",
    ],
    [
      "a trigger that is off",
      "Audit log",
      "alter table audit_seal disable trigger audit_seal_append_only",
      "audit_seal",
    ],
    [
      "an entry that was altered",
      "Audit chain",
      "update audit_entry set action = 'booking.cancel' where id = 4",
      "entry 4, sealed at position 4, was changed",
    ],
    [
      "an entry that was removed",
      "Audit chain",
      "delete from audit_entry where id = 5",
      "entry 5, sealed at position 5, is gone",
    ],
    [
      "a seal that was removed",
      "Audit chain",
      "delete from audit_seal where position = 6",
      "the seal at position 6 is gone",
    ],
  ])("finds %s", async (_what, check, statement, detail) => {
    const findings = await afterwards(statement);

    expect(findings).toMatchObject([{ name: check, status: "trouble" }]);
    expect(findings[0]?.advice).toBeTruthy();
    expect(findings[0]?.detail).toContain(detail);
  });

  it("sees that something is wrong further back than it looks, and sends to the verification", async () => {
    const findings = await afterwards(
      // Two hours later, as far as the seals are concerned: the sealer looks no more at what is older.
      "update audit_seal set sealed_at = sealed_at - interval '2 hours' where position < 10",
      `insert into audit_entry (id, actor_kind, action, entity, entity_id) overriding system value
        values (-1, 'system', 'run.cancel', 'run', gen_random_uuid())`,
    );

    expect(findings).toMatchObject([{ name: "Audit chain", status: "trouble" }]);
    expect(findings[0]?.detail).toContain("11 entries and 10 seals do not go together");
    expect(findings[0]?.advice).toContain("lectern audit verify");
  });

  it("warns of entries that nobody seals", async () => {
    const findings = await afterwards(
      `insert into audit_entry (at, actor_kind, action, entity, entity_id)
        values (now() - interval '6 minutes', 'system', 'run.cancel', 'run', gen_random_uuid())`,
    );

    expect(findings).toMatchObject([{ name: "Audit chain", status: "warning" }]);
    expect(findings[0]?.detail).toContain("1 entry waiting for their seal");
  });
});
