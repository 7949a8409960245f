import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { type SQL, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { violates } from "../errors.ts";
import { migrationsFolder } from "../migrate.ts";
import { useTestDatabase } from "../testing/database.ts";
import { transaction } from "../transaction.ts";
import { course } from "./catalogue.ts";
import { courseRun, instructor, room, session, sessionInstructor } from "./scheduling.ts";

const database = useTestDatabase();
const run = promisify(execFile);
const packageFolder = dirname(migrationsFolder);

async function names(query: SQL): Promise<string[]> {
  const { rows } = await database().db.execute(query);
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
}

describe("the migrations", () => {
  it("make what the schema says: generating again finds nothing to do", async () => {
    const out = join(mkdtempSync(join(tmpdir(), "lectern-migrations-")), "migrations");
    cpSync(migrationsFolder, out, { recursive: true });
    const before = readdirSync(out);
    const { stdout } = await run(
      process.execPath,
      [
        join(packageFolder, "node_modules/drizzle-kit/bin.cjs"),
        "generate",
        "--dialect=postgresql",
        "--schema=src/schema/index.ts",
        // Taken from the working directory, whatever it begins with.
        `--out=${relative(packageFolder, out)}`,
      ],
      { cwd: packageFolder },
    );
    expect(stdout).toContain("No schema changes");
    expect(readdirSync(out)).toEqual(before);
    rmSync(dirname(out), { recursive: true });
  });

  it("hold the rules that the schema can't say", async () => {
    const constraints = await names(
      sql`SELECT conname AS name FROM pg_constraint WHERE contype = 'x'`,
    );
    expect(constraints).toEqual(
      expect.arrayContaining(["session_room_free", "session_instructor_free"]),
    );
    const triggers = await names(sql`SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal`);
    expect(triggers).toContain("audit_entry_append_only");
  });
});

describe("the schema", () => {
  it("has an index for every foreign key", async () => {
    const withoutIndex = await names(sql`
      SELECT c.conrelid::regclass || '.' || c.conname AS name
      FROM pg_constraint c
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
        AND NOT EXISTS (
          SELECT FROM pg_index i
          -- The first column is what makes a look-up by the key quick; int2vector counts from 0.
          WHERE i.indrelid = c.conrelid
            -- Where nothing is referred to, nothing is looked for.
            AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = '(' || (
              SELECT attname FROM pg_attribute
              WHERE attrelid = c.conrelid AND attnum = c.conkey[1]
            ) || ' IS NOT NULL)')
            AND (i.indkey::int2[])[0] = c.conkey[1]
        )`);
    expect(withoutIndex).toEqual([]);
  });

  it("has no index that the check of a foreign key could take for the key itself", async () => {
    // While a table is small, an index of a part of the key looks as good, and reads every row that shares the part.
    const mistakable = await names(sql`
      SELECT part.indexrelid::regclass || ' for ' || c.conname AS name
      FROM pg_constraint c
        JOIN pg_index part ON part.indrelid = c.confrelid
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
        AND part.indpred IS NULL AND NOT part.indisunique AND part.indexprs IS NULL
        AND part.indkey::int2[] <@ c.confkey`);
    expect(mistakable).toEqual([]);
  });

  it("has no index in an order that no list asks for", async () => {
    // `DESC` alone has its nulls first. Drizzle's `desc()` for an index has them last, and then not even a column without nulls is taken
    // from it in order; an index in ascending order is read backwards instead.
    const misordered = await names(sql`
      SELECT indexrelid::regclass::text AS name FROM pg_index, unnest(indoption::int2[]) AS option
      WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        AND option = 1`);
    expect(misordered).toEqual([]);
  });

  it("keeps every point in time with its zone", async () => {
    const zoneless = await names(sql`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`);
    // Wall-clock times, whose zone stands beside them.
    expect(zoneless.toSorted()).toEqual([
      "course_run.local_end",
      "course_run.local_start",
      "session.local_end",
      "session.local_start",
    ]);
  });

  it("lets a point in time be unknown only where it may never come", async () => {
    const nullable = await names(sql`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND is_nullable = 'YES'`);
    expect(nullable.toSorted()).toEqual([
      "api_token.last_used_at",
      "api_token.revoked_at",
      "article.published_at",
      "auth_session.second_factor_at",
      "booking.approved_at",
      "booking.cancelled_at",
      "booking.confirmed_at",
      "booking.expires_at",
      "booking.extended_at",
      "calendar_feed.last_read_at",
      "consent.withdrawn_at",
      "course.published_at",
      "course_run.booking_closes_at",
      "course_run.booking_opens_at",
      "course_run.decision_at",
      "course_run.decision_warned_at",
      "device_grant.polled_at",
      "device_grant.used_at",
      "discount_code.valid_from",
      "discount_code.valid_until",
      "discount_use.ended_at",
      "enquiry.answered_at",
      "enquiry.quoted_at",
      "key_rotation.done_at",
      "mail_message.sent_at",
      "one_time_token.used_at",
      "organisation.archived_at",
      "organisation_domain.checked_at",
      "organisation_domain.verified_at",
      "passkey.last_used_at",
      "payment.resolved_at",
      "person.email_verified_at",
      "person.erased_at",
      "person.suspended_at",
      "privacy_request.archive_until",
      "privacy_request.done_at",
      "quote.ended_at",
      "quote.sent_at",
      "recovery_code.used_at",
      "registration.cancelled_at",
      "registration.claimed_at",
      "room.retired_at",
      "run_choice.decided_at",
      "seat_allocation.ended_at",
      "seat_allocation.expires_at",
      "totp_credential.last_used_at",
      "venue.retired_at",
      "waitlist_entry.ended_at",
      "waitlist_entry.offer_expires_at",
      "waitlist_entry.offered_at",
    ]);
  });
});

describe("rooms and instructors", () => {
  async function newRun(): Promise<string> {
    const { db } = database();
    const [courseId, runId] = [uuidv7(), uuidv7()];
    const suffix = courseId.slice(-12);
    await db
      .insert(course)
      .values({ id: courseId, code: `T-${suffix.toUpperCase()}`, slug: suffix, title: "Test" });
    await db.insert(courseRun).values({
      id: runId,
      courseId,
      deliveryMode: "virtual",
      language: "en",
      timeZone: "UTC",
      localStart: "2027-03-01T09:00",
      localEnd: "2027-03-02T17:00",
      startsAt: new Date("2027-03-01T09:00Z"),
      endsAt: new Date("2027-03-02T17:00Z"),
    });
    return runId;
  }

  async function newRoom(): Promise<string> {
    const id = uuidv7();
    await database().db.insert(room).values({ id, kind: "virtual", name: id, capacity: 10 });
    return id;
  }

  function sitting(runId: string, position: number, from: string, to: string) {
    return {
      id: uuidv7(),
      runId,
      position,
      timeZone: "UTC",
      localStart: from,
      localEnd: to,
      startsAt: new Date(`${from}Z`),
      endsAt: new Date(`${to}Z`),
    };
  }

  async function refusedBy(constraint: string, attempt: Promise<unknown>): Promise<boolean> {
    const error = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return violates(error, constraint);
  }

  it("a room is never in two sessions at a time, and free the moment one ends", async () => {
    const { db } = database();
    const [roomId, first, second] = [await newRoom(), await newRun(), await newRun()];
    await db
      .insert(session)
      .values({ ...sitting(first, 1, "2027-03-01T09:00", "2027-03-01T12:00"), roomId });
    const overlapping = { ...sitting(second, 1, "2027-03-01T11:59", "2027-03-01T15:00"), roomId };
    expect(await refusedBy("session_room_free", db.insert(session).values(overlapping))).toBe(true);
    await db
      .insert(session)
      .values({ ...sitting(second, 1, "2027-03-01T12:00", "2027-03-01T15:00"), roomId });
  });

  it("a cancelled session leaves its room free", async () => {
    const { db } = database();
    const [roomId, first, second] = [await newRoom(), await newRun(), await newRun()];
    const times = ["2027-03-01T09:00", "2027-03-01T12:00"] as const;
    await db.insert(session).values({ ...sitting(first, 1, ...times), roomId, isActive: false });
    await db.insert(session).values({ ...sitting(second, 1, ...times), roomId });
    expect(
      await refusedBy(
        "session_room_free",
        db
          .update(session)
          .set({ isActive: true })
          .where(sql`run_id = ${first}`),
      ),
    ).toBe(true);
  });

  it("an instructor is never in two sessions at a time, also when a session is moved", async () => {
    const { db } = database();
    const instructorId = uuidv7();
    await db.insert(instructor).values({ id: instructorId, slug: instructorId, name: "Aud" });
    const morning = sitting(await newRun(), 1, "2027-03-01T09:00", "2027-03-01T12:00");
    const afternoon = sitting(await newRun(), 1, "2027-03-01T13:00", "2027-03-01T16:00");
    await db.insert(session).values([morning, afternoon]);
    for (const { id, startsAt, endsAt } of [morning, afternoon]) {
      await db
        .insert(sessionInstructor)
        .values({ sessionId: id, instructorId, startsAt, endsAt, isActive: true });
    }
    const moved = db
      .update(session)
      .set({ startsAt: new Date("2027-03-01T11:00Z"), endsAt: new Date("2027-03-01T14:00Z") })
      .where(sql`id = ${afternoon.id}`);
    expect(await refusedBy("session_instructor_free", moved)).toBe(true);
  });

  it("can change places within one transaction", async () => {
    const { db } = database();
    const roomId = await newRoom();
    const run = await newRun();
    const first = { ...sitting(run, 1, "2027-03-01T09:00", "2027-03-01T12:00"), roomId };
    const second = { ...sitting(run, 2, "2027-03-01T13:00", "2027-03-01T16:00"), roomId };
    await db.insert(session).values([first, second]);
    await transaction(db, {}, async (tx) => {
      await tx.execute(sql`SET CONSTRAINTS session_room_free DEFERRED`);
      const { startsAt, endsAt } = second;
      await tx
        .update(session)
        .set({ startsAt, endsAt })
        .where(sql`id = ${first.id}`);
      await tx
        .update(session)
        .set({ startsAt: first.startsAt, endsAt: first.endsAt })
        .where(sql`id = ${second.id}`);
    });
    const { rows } = await db.execute(
      sql`SELECT id FROM session WHERE run_id = ${run} ORDER BY starts_at`,
    );
    expect(rows).toEqual([{ id: second.id }, { id: first.id }]);
  });
});
