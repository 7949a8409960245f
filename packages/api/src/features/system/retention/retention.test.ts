import { runMessage } from "@lectern/database/schema/attendance";
import {
  booking,
  registration,
  registrationChange,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
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
import { useTestDatabase } from "@lectern/database/testing/database";
import { type SQL, eq, getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey } from "../../../testing/factories.ts";
import {
  createEndedEntry,
  createEnquiry,
  createPayment,
  createPersonalBooking,
  createSentMail,
} from "../../../testing/personal-rows.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { TestBrowser, refusalOfCall } from "../../../testing/test-browser.ts";
import { keepRetention } from "./keep-retention.ts";
import type { RetentionRule } from "./retention-rule.ts";
import { RETENTION_RULES } from "./retention-rules.ts";

const database = useTestDatabase();

function ruleOf(kind: string): RetentionRule {
  const rule = RETENTION_RULES.find((one) => one.kind === kind);
  if (rule === undefined) throw new Error(`There is no rule for ${kind}`);
  return rule;
}

/** @returns how many rows the rules erased of this kind */
async function keep(kind: string): Promise<number | undefined> {
  const erased = await keepRetention(database().db, { rules: [ruleOf(kind)] });
  return erased[kind];
}

/** A point in time that is an hour short of the kind's days ago, or an hour past. */
function ago(kind: string, hours: 1 | -1): Date {
  return new Date(Date.now() - ruleOf(kind).days * 86_400_000 - hours * 3_600_000);
}

async function isThere(table: PgTable, condition: SQL): Promise<boolean> {
  const { rows } = await database().db.execute(
    sql`SELECT FROM ${sql.identifier(getTableName(table))} WHERE ${condition}`,
  );
  return rows.length > 0;
}

interface Kind {
  readonly kind: string;
  readonly table: PgTable;
  /** Makes a row of that age. @returns the condition that it is there */
  readonly make: (at: Date) => Promise<SQL>;
}

async function newPerson(values: Partial<typeof person.$inferInsert> = {}): Promise<string> {
  const id = uuidv7();
  await database()
    .db.insert(person)
    .values({ id, name: "Kari", email: `${id}@example.org`, ...values });
  return id;
}

const secretHash = new Uint8Array(32);

/** What is deleted, kind by kind. */
const DELETED: readonly Kind[] = [
  {
    kind: "mails",
    table: mailMessage,
    make: async (createdAt) =>
      sql`id = ${await createSentMail(database().db, { recipientEmail: "a@example.com", createdAt })}`,
  },
  {
    kind: "answers",
    table: idempotencyKey,
    make: async (createdAt) => {
      const key = newKey();
      await database()
        .db.insert(idempotencyKey)
        .values({ scope: "public:|x", key, requestHash: secretHash, answer: {}, createdAt });
      return sql`key = ${key}`;
    },
  },
  {
    kind: "one_time_links",
    table: oneTimeToken,
    make: async (expiresAt) => {
      const id = uuidv7();
      await database()
        .db.insert(oneTimeToken)
        .values({ id, kind: "verify_email", email: "a@example.com", expiresAt });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "sign_ins",
    table: authSession,
    make: async (expiresAt) => {
      const id = newKey();
      await database()
        .db.insert(authSession)
        .values({
          id,
          personId: await newPerson(),
          secretHash,
          method: "password",
          expiresAt,
          endsAt: new Date(expiresAt.getTime() + 86_400_000),
        });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "devices",
    table: knownDevice,
    make: async (lastUsedAt) => {
      const id = newKey();
      const personId = await newPerson();
      await database().db.insert(knownDevice).values({ id, personId, secretHash, lastUsedAt });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "programs",
    table: deviceGrant,
    make: async (expiresAt) => {
      const id = uuidv7();
      const deviceCodeHash = crypto.getRandomValues(new Uint8Array(32));
      await database()
        .db.insert(deviceGrant)
        .values({ id, deviceCodeHash, userCode: newKey(), permissions: [], expiresAt });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "tokens",
    table: apiToken,
    make: async (revokedAt) => {
      const id = uuidv7();
      await database()
        .db.insert(apiToken)
        .values({
          id,
          name: "Nightly",
          lookup: newKey(),
          secretHash,
          personId: await newPerson(),
          permissions: [],
          expiresAt: new Date(Date.now() + 86_400_000),
          revokedAt,
        });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "throttles",
    table: throttle,
    make: async (arrivesAt) => {
      const key = crypto.getRandomValues(new Uint8Array(32));
      await database().db.insert(throttle).values({ key, arrivesAt });
      return sql`key = ${key}`;
    },
  },
  {
    kind: "unfinished_accounts",
    table: person,
    make: async (createdAt) => sql`id = ${await newPerson({ createdAt })}`,
  },
  {
    kind: "enquiries_spam",
    table: enquiry,
    make: async (updatedAt) =>
      sql`id = ${await createEnquiry(database().db, { status: "spam", updatedAt })}`,
  },
  {
    kind: "enquiries_lost",
    table: enquiry,
    make: async (updatedAt) =>
      sql`id = ${await createEnquiry(database().db, { status: "lost", updatedAt })}`,
  },
  {
    kind: "enquiries",
    table: enquiry,
    make: async (updatedAt) =>
      sql`id = ${await createEnquiry(database().db, { status: "won", updatedAt })}`,
  },
  {
    kind: "withdrawn_consents",
    table: consent,
    make: async (withdrawnAt) => {
      const id = uuidv7();
      const personId = await newPerson();
      await database()
        .db.insert(consent)
        .values({ id, personId, purpose: "newsletter", textVersion: "1", withdrawnAt });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "run_messages",
    table: runMessage,
    make: async (createdAt) => {
      const id = uuidv7();
      const { id: runId } = await createTestRun(database().db);
      await database()
        .db.insert(runMessage)
        .values({ id, runId, subject: "x", body: "x", recipients: 1, createdAt });
      return sql`id = ${id}`;
    },
  },
  {
    kind: "privacy_requests",
    table: privacyRequest,
    make: async (doneAt) => {
      const id = uuidv7();
      const personId = await newPerson();
      await database()
        .db.insert(privacyRequest)
        .values({ id, personId, kind: "erasure", state: "done", doneAt });
      return sql`id = ${id}`;
    },
  },
];

describe("what is too old", () => {
  it.each(DELETED)(
    "$kind: is deleted, and what is an hour short of it stays",
    async ({ kind, table, make }) => {
      const [old, young] = [await make(ago(kind, 1)), await make(ago(kind, -1))];
      expect(await keep(kind)).toBe(1);
      expect([await isThere(table, old), await isThere(table, young)]).toEqual([false, true]);
      expect(await keep(kind)).toBe(0);
    },
  );

  it("has a test for each kind", () => {
    const tested = [
      ...DELETED.map(({ kind }) => kind),
      "waitlist_entries",
      "lost_holds",
      "bookings",
      "settled_bookings",
      "export_archives",
      "dead_jobs",
    ];
    expect(RETENTION_RULES.map(({ kind }) => kind).toSorted()).toEqual(tested.toSorted());
  });

  it("accounts: stay where something refers to them, and once their address was shown to be theirs", async () => {
    const { db } = database();
    const createdAt = ago("unfinished_accounts", 1);
    const { id: runId } = await createTestRun(db);
    const [booker, learner, verified] = [
      await newPerson({ createdAt }),
      await newPerson({ createdAt }),
      await newPerson({ createdAt, emailVerifiedAt: new Date() }),
    ];
    await createPersonalBooking(db, runId, { bookerId: booker }, { learnerId: learner });
    expect(await keep("unfinished_accounts")).toBe(0);
    for (const id of [booker, learner, verified]) {
      expect(await isThere(person, sql`id = ${id}`)).toBe(true);
    }
  });

  it("waiting lists: say nobody's name a year after their end", async () => {
    const { db } = database();
    const { id: runId } = await createTestRun(db);
    const make = (hours: 1 | -1) =>
      createEndedEntry(db, runId, {
        endedAt: ago("waitlist_entries", hours),
        company: "Fjordkraft",
      });
    const [old, young] = [await make(1), await make(-1)];
    expect(await keep("waitlist_entries")).toBe(1);
    expect(await keep("waitlist_entries")).toBe(0);
    const rowOf = async (id: string) => {
      const [row] = await db.select().from(waitlistEntry).where(eq(waitlistEntry.id, id));
      return row;
    };
    expect(await rowOf(old)).toMatchObject({
      name: "Erased person",
      email: `erased-${old}@erased.invalid`,
      company: null,
      status: "withdrawn",
    });
    expect(await rowOf(young)).toMatchObject({ name: "Ingrid Berg", company: "Fjordkraft" });
  });

  it("holds that came to nothing: say nobody's name, unless something was paid", async () => {
    const { db } = database();
    const { id: runId } = await createTestRun(db);
    const make = async (hours: 1 | -1) =>
      createPersonalBooking(
        db,
        runId,
        {
          status: "expired",
          confirmedAt: null,
          updatedAt: ago("lost_holds", hours),
          bookerId: await newPerson(),
          bookerPhone: "+47",
          note: "By the window",
          approverName: "Boss",
          approverEmail: "boss@example.com",
        },
        { status: "cancelled" },
      );
    const [old, young, paid] = [await make(1), await make(-1), await make(1)];
    await createPayment(db, paid.id, { outcome: "late" });
    expect(await keep("lost_holds")).toBe(1);
    expect(await keep("lost_holds")).toBe(0);
    const [emptied] = await db.select().from(booking).where(eq(booking.id, old.id));
    expect(emptied).toMatchObject({
      bookerId: null,
      bookerName: null,
      bookerEmail: null,
      bookerPhone: null,
      note: null,
      approverEmail: null,
      reference: old.reference,
    });
    const [place] = await db
      .select()
      .from(registration)
      .where(eq(registration.id, old.registrationId));
    expect(place).toMatchObject({ learnerName: null, learnerEmail: null, priceAmount: 12_500_00 });
    for (const { id } of [young, paid]) {
      const [row] = await db.select().from(booking).where(eq(booking.id, id));
      expect(row?.bookerName).toBe("Ingrid Berg");
    }
  });

  it("bookings: say nobody's name six years after the run, and what was sold for how much", async () => {
    const { db } = database();
    const make = async (hours: 1 | -1) => {
      const endsAt = ago("bookings", hours);
      const startsAt = new Date(endsAt.getTime() - 86_400_000);
      const run = await createTestRun(db, { values: { startsAt, endsAt, status: "completed" } });
      const booked = await createPersonalBooking(db, run.id, {
        bookerCompany: "Fjordkraft",
        bookerPhone: "+47",
        approverName: "Boss",
        approverEmail: "boss@example.com",
      });
      await createPayment(db, booked.id);
      await db.insert(registrationChange).values({
        id: uuidv7(),
        registrationId: booked.registrationId,
        kind: "substitution",
        decidedBy: "booker",
        reason: "Kari is ill",
      });
      return booked;
    };
    const [old, young] = [await make(1), await make(-1)];
    expect(await keep("bookings")).toBe(1);
    expect(await keep("bookings")).toBe(0);
    const [row] = await db.select().from(booking).where(eq(booking.id, old.id));
    expect(row).toMatchObject({
      bookerName: "Erased person",
      bookerEmail: `erased-${old.id}@erased.invalid`,
      bookerPhone: null,
      approverName: "Erased person",
      bookerCompany: "Fjordkraft",
      status: "confirmed",
    });
    const [place] = await db
      .select()
      .from(registration)
      .where(eq(registration.id, old.registrationId));
    expect(place).toMatchObject({ learnerName: "Erased person", priceAmount: 12_500_00 });
    const [change] = await db
      .select()
      .from(registrationChange)
      .where(eq(registrationChange.registrationId, old.registrationId));
    expect(change?.reason).toBe(null);
    const [recent] = await db.select().from(booking).where(eq(booking.id, young.id));
    expect(recent).toMatchObject({ bookerName: "Ingrid Berg", approverName: "Boss" });
  });

  it("addresses of erased people: go once nothing is owed any more", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const erased = await newPerson({ erasedAt: new Date() });
    const make = (paymentState: "unpaid" | "paid") =>
      createPersonalBooking(db, run.id, { bookerId: erased, paymentState });
    const [open, settled] = [await make("unpaid"), await make("paid")];
    const others = await createPersonalBooking(db, run.id, { bookerId: await newPerson() });
    expect(await keep("settled_bookings")).toBe(1);
    expect(await keep("settled_bookings")).toBe(0);
    const emailOf = async (id: string) => {
      const [row] = await db.select().from(booking).where(eq(booking.id, id));
      return row?.bookerEmail;
    };
    expect(await emailOf(open.id)).toBe(`${open.id}@example.com`);
    expect(await emailOf(settled.id)).toBe(`erased-${settled.id}@erased.invalid`);
    expect(await emailOf(others.id)).toBe(`${others.id}@example.com`);
  });

  it("copies of data: go after their time, and that they were made stays", async () => {
    const { db } = database();
    const make = async (archiveUntil: Date) => {
      const id = uuidv7();
      const personId = await newPerson();
      const archive = new Uint8Array(8);
      await db
        .insert(privacyRequest)
        .values({ id, personId, kind: "export", state: "done", archive, archiveUntil });
      return id;
    };
    const old = await make(new Date(Date.now() - 1000));
    const young = await make(new Date(Date.now() + 60_000));
    expect(await keep("export_archives")).toBe(1);
    expect(await isThere(privacyRequest, sql`id = ${old} AND archive IS NULL`)).toBe(true);
    expect(await isThere(privacyRequest, sql`id = ${young} AND archive IS NOT NULL`)).toBe(true);
  });

  it("dead jobs: go, and others stay", async () => {
    const { db } = database();
    const put = async (name: string, at: Date) => {
      await db.execute(sql`SELECT pgboss.create_queue(${name}, '{"policy": "standard"}'::jsonb)`);
      const { rows } = await db.execute(sql`
        INSERT INTO pgboss.job_common (name, data, state, created_on)
        VALUES (${name}, '{"to": {"email": "a@example.com"}}', 'created', ${at.toISOString()}::timestamptz) RETURNING id`);
      return String(rows[0]?.["id"]);
    };
    const old = await put("dead", ago("dead_jobs", 1));
    const young = await put("dead", ago("dead_jobs", -1));
    const alive = await put("mail.compose", ago("dead_jobs", 1));
    expect(await keep("dead_jobs")).toBe(1);
    const { rows } = await db.execute(
      sql`SELECT id FROM pgboss.job_common WHERE id::text IN (${old}, ${young}, ${alive})`,
    );
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([young, alive]));
  });
});

describe("the sweep", () => {
  it("works in batches, until there is no more", async () => {
    const calls: number[] = [];
    let left = 4500;
    const rule: RetentionRule = {
      ...ruleOf("mails"),
      erase: (_db, _days, limit) => {
        const count = Math.min(left, limit);
        left -= count;
        calls.push(count);
        return Promise.resolve(count);
      },
    };
    expect(await keepRetention(database().db, { rules: [rule] })).toEqual({ mails: 4500 });
    expect(calls).toEqual([2000, 2000, 500]);
  });

  it("sees to the others when one goes wrong, and says so afterwards", async () => {
    const { db } = database();
    const wrong: RetentionRule = {
      ...ruleOf("mails"),
      erase: () => Promise.reject(new Error("no")),
    };
    const old = await createEnquiry(db, { status: "spam", updatedAt: ago("enquiries_spam", 1) });
    await expect(
      keepRetention(db, { rules: [wrong, ruleOf("enquiries_spam")] }),
    ).rejects.toBeInstanceOf(AggregateError);
    expect(await isThere(enquiry, sql`id = ${old}`)).toBe(false);
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(keepRetention(database().db, { signal })).rejects.toThrow("stop");
  });

  it("may be done by two at once", async () => {
    const { db } = database();
    for (let n = 0; n < 30; n += 1) {
      await createSentMail(db, { recipientEmail: "a@example.com", createdAt: ago("mails", 1) });
    }
    const done = await Promise.all([keep("mails"), keep("mails"), keep("mails")]);
    expect(done.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(30);
  });

  it("goes through all kinds, and staff see when, and how much that was", async () => {
    const { db } = database();
    const { sessionToken } = await signIn(db, { role: "administrator" });
    const api = await new TestBrowser(db, { sessionToken }).api();
    await createSentMail(db, { recipientEmail: "a@example.com", createdAt: ago("mails", 1) });
    await keepRetention(db);
    const { items } = await api.privacy.retention();
    expect(items.map(({ kind }) => kind)).toEqual(RETENTION_RULES.map(({ kind }) => kind));
    expect(items[0]).toMatchObject({ kind: "mails", days: 90, last: { rows: 1 } });
    for (const { last } of items)
      expect(Date.parse(last?.at ?? "")).toBeGreaterThan(Date.now() - 60_000);
    const anybody = await signIn(db, { role: "sales" });
    const other = await new TestBrowser(db, { sessionToken: anybody.sessionToken }).api();
    expect(await refusalOfCall(other.privacy.retention())).toMatchObject({ code: "Forbidden" });
  });
});
