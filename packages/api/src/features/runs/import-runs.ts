import { isDeepStrictEqual } from "node:util";
import type { ImportOutput } from "@lectern/contract/courses";
import type { RunImportInput, RunRecord } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, session, venue } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { invalid } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { type Imported, importBatch } from "../../shared/import-batch.ts";
import { type ZonedStretch, zonedStretch } from "../../shared/zoned-time.ts";
import { lockCapacity } from "../bookings/release-lapsed-holds.ts";
import { courseExternalId } from "../courses/course-record.ts";
import { cancelBookingsOf } from "./cancel-run.ts";
import { knownCapacity, runExternalId, runRecordColumns, toRunRecord } from "./run-record.ts";
import { currentTeaching, scheduleConflict, writeSessions } from "./write-sessions.ts";

/**
 * Takes runs of courses in that are there already, each whole or not at all: created, updated, or
 * left alone when nothing differs. They are recognised by their external identifiers.
 *
 * @returns what became of each record, in their order
 */
export async function importRuns(
  db: Database,
  call: Call,
  input: z.infer<typeof RunImportInput>,
): Promise<z.infer<typeof ImportOutput>> {
  return importBatch(db, input, {
    importOne: (tx, record) => importRun(tx, call, record),
    translate: scheduleConflict,
  });
}

async function importRun(tx: Transaction, call: Call, record: RunRecord): Promise<Imported> {
  const sittings = {
    run: zonedStretch(record.localStart, record.localEnd, record.timeZone, ""),
    sessions: record.sessions.map(({ localStart, localEnd }, index) =>
      zonedStretch(localStart, localEnd, record.timeZone, `sessions.${index}`),
    ),
  };
  const courseId = await requireCourse(tx, record.courseExternalId);
  const [found] = await tx
    .select({ id: courseRun.id, record: runRecordColumns })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .leftJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .where(eq(runExternalId, record.externalId));
  if (found === undefined) return create(tx, call, record, courseId, sittings);

  const current = toRunRecord(found.record);
  const wanted: RunRecord = {
    ...record,
    capacity: knownCapacity(record.capacity) ?? current.capacity,
    // A venue keeps the street that it came with.
    venue: record.venue && { ...record.venue, street: current.venue?.street ?? null },
  };
  if (isDeepStrictEqual(wanted, current)) {
    return { result: "unchanged", id: found.id };
  }
  await update(tx, call, found.id, record, courseId, sittings, current);
  return { result: "updated", id: found.id };
}

interface Sittings {
  readonly run: ZonedStretch;
  readonly sessions: readonly ZonedStretch[];
}

async function create(
  tx: Transaction,
  call: Call,
  record: RunRecord,
  courseId: string,
  sittings: Sittings,
): Promise<Imported> {
  const id = uuidv7();
  const venueId = await findOrCreateVenue(tx, record);
  await tx
    .insert(courseRun)
    .values({
      id,
      externalId: record.externalId,
      ...columnsOf(record, courseId, venueId, sittings.run),
    });
  const isCancelled = record.status === "cancelled";
  await tx
    .insert(runCapacity)
    .values({ runId: id, capacity: record.capacity ?? 0, isOpen: !isCancelled });
  await writeSessions(tx, id, sittings.sessions, { roomId: null, instructorIds: [] });
  if (isCancelled) await tx.update(session).set({ isActive: false }).where(eq(session.runId, id));
  await audit(tx, call, id, null, record);
  return { result: "created", id };
}

async function update(
  tx: Transaction,
  call: Call,
  id: string,
  record: RunRecord,
  courseId: string,
  sittings: Sittings,
  current: RunRecord,
): Promise<void> {
  const locked = await lockCapacity(tx, id);
  const capacity = record.capacity ?? locked?.capacity ?? 0;
  const isCancelled = record.status === "cancelled";
  if (isCancelled) await cancelBookingsOf(tx, id);
  else if (locked !== undefined && capacity < locked.taken) {
    throw invalid(
      "capacity",
      `${locked.taken} places are taken, and ${capacity} would be too few.`,
    );
  }
  await tx
    .update(runCapacity)
    .set({ capacity, isOpen: !isCancelled })
    .where(eq(runCapacity.runId, id));
  const venueId = await findOrCreateVenue(tx, record);
  await tx
    .update(courseRun)
    .set({
      ...columnsOf(record, courseId, venueId, sittings.run),
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, id));
  await tx.update(session).set({ isActive: true }).where(eq(session.runId, id));
  await writeSessions(tx, id, sittings.sessions, await currentTeaching(tx, id));
  if (isCancelled) await tx.update(session).set({ isActive: false }).where(eq(session.runId, id));
  await audit(tx, call, id, current, record);
}

/** Field by field: what the wire holds beyond them is not written. */
function columnsOf(record: RunRecord, courseId: string, venueId: string | null, run: ZonedStretch) {
  return {
    courseId,
    venueId,
    status: record.status,
    deliveryMode: record.deliveryMode,
    visibility: record.visibility,
    language: record.language,
    ...run,
    minPlaces: record.minPlaces,
    priceAmount: record.price?.amount ?? null,
    priceCurrency: record.price?.currency ?? null,
    bookingOpensAt: record.bookingOpensAt === null ? null : new Date(record.bookingOpensAt),
    bookingClosesAt: record.bookingClosesAt === null ? null : new Date(record.bookingClosesAt),
    sourceUrl: record.sourceUrl,
  };
}

async function audit(
  tx: Transaction,
  call: Call,
  entityId: string,
  before: RunRecord | null,
  after: RunRecord,
): Promise<void> {
  const seen = ({ status, localStart, localEnd, timeZone, capacity }: RunRecord) => ({
    status,
    localStart,
    localEnd,
    timeZone,
    capacity,
  });
  await recordAudit(tx, call, {
    action: "run.import",
    entity: "run",
    entityId,
    before: before && seen(before),
    after: { ...seen(after), externalId: after.externalId },
  });
}

async function requireCourse(tx: Transaction, externalId: string): Promise<string> {
  const [found] = await tx
    .select({ id: course.id })
    .from(course)
    .where(eq(courseExternalId, externalId))
    // The calendar of the course will be written: taken at once, the lock can't deadlock later.
    .for("no key update");
  if (found === undefined) {
    throw invalid("courseExternalId", `There is no course ${externalId}: import it first.`);
  }
  return found.id;
}

async function findOrCreateVenue(tx: Transaction, record: RunRecord): Promise<string | null> {
  if (record.venue === null) return null;
  const { name, street, city, country } = record.venue;
  const isThisOne = and(
    sql`lower(${venue.name}) = lower(${name})`,
    sql`lower(${venue.city}) = lower(${city})`,
    eq(venue.country, country),
  );
  await tx
    .insert(venue)
    .values({ id: uuidv7(), name, street, city, country, timeZone: record.timeZone })
    .onConflictDoNothing();
  const [found] = await tx.select({ id: venue.id }).from(venue).where(isThisOne);
  return found?.id ?? null;
}
