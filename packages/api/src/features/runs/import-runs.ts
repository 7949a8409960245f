import { isDeepStrictEqual } from "node:util";
import type { ImportOutput } from "@lectern/contract/courses";
import type { RunImportInput, RunRecord } from "@lectern/contract/runs";
import { RUN_STATUSES, type RunStatus } from "@lectern/contract/vocabulary";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun, session, venue } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { invalid } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { type Imported, importBatch } from "../../shared/import-batch.ts";
import { type ZonedStretch, zonedStretch } from "../../shared/zoned-time.ts";
import { lockCounters } from "../bookings/places/counter.ts";
import { serveWaitlist } from "../bookings/places/serve-waitlist.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { courseExternalId } from "../courses/course-record.ts";
import { tell } from "../notifications/tell.ts";
import { afterMove, datesBefore } from "./after-move.ts";
import { cancelBookingsOf } from "./cancel-bookings-of.ts";
import { CAN_BE_CANCELLED, closeCounter } from "./cancel-run.ts";
import { knownCapacity, runExternalId, runRecordColumns, toRunRecord } from "./run-record.ts";
import { currentTeaching, scheduleConflict, writeSessions } from "./write-sessions.ts";

/**
 * Takes runs of courses in that are there already, each whole or not at all: created, updated, or
 * left alone when nothing differs. They are recognised by their external identifiers. What a source
 * does not know (capacity, sessions) stays as it is here.
 *
 * @returns what became of each record, in their order
 */
export async function importRuns(
  db: Database,
  call: Call,
  input: z.infer<typeof RunImportInput>,
): Promise<z.infer<typeof ImportOutput>> {
  const imported = await importBatch(db, input, {
    lockAll: lockRuns,
    importOne: (tx, record) => importRun(tx, call, record),
    isOvertaken: (error) =>
      violates(error, "course_run_external_id_key") || violates(error, "course_run_named_key"),
    translate: scheduleConflict,
  });
  for (const { id, result } of imported.outcomes) {
    if (id !== null && result === "updated" && !input.dryRun) call.changed(id);
  }
  return imported;
}

/** Runs, counters, courses: the order in which a cancellation takes them, too. */
async function lockRuns(tx: Transaction, records: readonly RunRecord[]): Promise<void> {
  const named = records.map(({ externalId }) => externalId);
  const runs = await tx
    .select({ id: courseRun.id })
    .from(courseRun)
    .where(inArray(runExternalId, named));
  const ids = runs.map(({ id }) => id);
  const locked = await tx
    .select({ courseId: courseRun.courseId })
    .from(courseRun)
    .where(inArray(courseRun.id, ids))
    .orderBy(asc(courseRun.id))
    .for("no key update");
  await lockCounters(tx, ids);
  // The calendars of these courses will be written.
  const courses = records.map(({ courseExternalId: of }) => of);
  await tx
    .select({ id: course.id })
    .from(course)
    .where(
      sql`${courseExternalId} IN ${courses} OR ${inArray(
        course.id,
        locked.map(({ courseId }) => courseId),
      )}`,
    )
    .orderBy(asc(course.id))
    .for("no key update");
}

interface Sittings {
  readonly run: ZonedStretch;
  readonly sessions: readonly ZonedStretch[];
}

async function importRun(tx: Transaction, call: Call, record: RunRecord): Promise<Imported> {
  const sittings: Sittings = {
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
  // What was cancelled here stays as it was.
  if (current.status === "cancelled") return { result: "unchanged", id: found.id };
  const next = nextOf(current, { ...record, venue: await asKnown(tx, record.venue) });
  if (isDeepStrictEqual(next, current)) return { result: "unchanged", id: found.id };
  await update(tx, call, { id: found.id, courseId, current, next, sittings });
  return { result: "updated", id: found.id };
}

/** What a run will be: the record, with what it does not know or may not change as it is here. */
function nextOf(current: RunRecord, record: RunRecord): RunRecord {
  return {
    ...record,
    status: furtherStatus(current.status, record.status),
    capacity: knownCapacity(record.capacity) ?? current.capacity,
    bookingOpensAt: canonicalInstant(record.bookingOpensAt),
    bookingClosesAt: canonicalInstant(record.bookingClosesAt),
    sessions: record.sessions.length === 0 ? current.sessions : record.sessions,
  };
}

function canonicalInstant(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/**
 * A source moves a run on, or puts a confirmed one in doubt again, and never undoes what happened
 * here: a run that has begun or ended stays so.
 */
function furtherStatus(current: RunStatus, wanted: RunStatus): RunStatus {
  if (wanted === "cancelled") return CAN_BE_CANCELLED.includes(current) ? wanted : current;
  if (current === "confirmed" && wanted === "tentative") return wanted;
  return RUN_STATUSES.indexOf(wanted) > RUN_STATUSES.indexOf(current) ? wanted : current;
}

async function create(
  tx: Transaction,
  call: Call,
  record: RunRecord,
  courseId: string,
  sittings: Sittings,
): Promise<Imported> {
  const id = uuidv7();
  const venueId = await findOrCreateVenue(tx, record, sittings.run.endsAt);
  await tx.insert(courseRun).values({
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

interface Change {
  readonly id: string;
  readonly courseId: string;
  readonly current: RunRecord;
  readonly next: RunRecord;
  readonly sittings: Sittings;
}

async function update(tx: Transaction, call: Call, change: Change): Promise<void> {
  const { id, courseId, current, next, sittings } = change;
  const isCancelled = next.status === "cancelled";
  if (isCancelled) await closeCounter(tx, id);
  const venueId = await findOrCreateVenue(tx, next, sittings.run.endsAt);
  await tx
    .update(courseRun)
    .set({
      ...columnsOf(next, courseId, venueId, sittings.run),
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, id));
  await updateSessions(tx, change);
  if (isCancelled) {
    await tx.update(session).set({ isActive: false }).where(eq(session.runId, id));
    await countCalendar(tx, id);
    await cancelBookingsOf(tx, call, id, "run.import");
  } else if (isMoved(change)) {
    await pullDecisionBack(tx, id);
    await countCalendar(tx, id);
    await afterMove(tx, call, id);
  }
  if (next.capacity !== current.capacity) await writeCapacity(tx, call, id, next.capacity ?? 0);
  if (current.status === "tentative" && next.status === "confirmed") {
    await tell(tx, "run_confirmed", id);
  }
  await audit(tx, call, id, current, next);
}

function isMoved({ current, next }: Change): boolean {
  return (
    next.localStart !== current.localStart ||
    next.localEnd !== current.localEnd ||
    next.timeZone !== current.timeZone
  );
}

/** Learners have to see it in their calendars. */
async function countCalendar(tx: Transaction, runId: string): Promise<void> {
  await tx
    .update(courseRun)
    .set({ calendarSequence: sql`${courseRun.calendarSequence} + 1` })
    .where(eq(courseRun.id, runId));
}

/** What the source does not know; its booking window stays as it says. */
async function pullDecisionBack(tx: Transaction, runId: string): Promise<void> {
  const [moved] = await tx.select().from(courseRun).where(eq(courseRun.id, runId));
  if (moved === undefined) return;
  const { decisionAt, decisionWarnedAt } = datesBefore(moved.startsAt, moved);
  await tx.update(courseRun).set({ decisionAt, decisionWarnedAt }).where(eq(courseRun.id, runId));
}

async function updateSessions(tx: Transaction, change: Change): Promise<void> {
  const { id, current, next, sittings } = change;
  if (sittings.sessions.length === 0) {
    if (!isMoved(change) || current.sessions.length === 0) return;
    throw invalid(
      "sessions",
      "The run has other times than here, where its sessions are planned: give the sessions, too, or reschedule it here.",
    );
  }
  if (!isMoved(change) && isDeepStrictEqual(next.sessions, current.sessions)) return;
  await writeSessions(tx, id, sittings.sessions, await currentTeaching(tx, id));
}

/** @throws Invalid when more places are taken */
async function writeCapacity(
  tx: Transaction,
  call: Call,
  runId: string,
  capacity: number,
): Promise<void> {
  const { taken } = await lockSettled(tx, call, runId);
  if (capacity < taken) {
    throw invalid("capacity", `${taken} places are taken, and ${capacity} would be too few.`);
  }
  await tx.update(runCapacity).set({ capacity }).where(eq(runCapacity.runId, runId));
  await serveWaitlist(tx, call, runId);
}

/** Field by field: what the wire holds beyond them is not written. */
function columnsOf(record: RunRecord, courseId: string, venueId: string | null, run: ZonedStretch) {
  return {
    courseId,
    venueId,
    status: record.status,
    deliveryMode: record.deliveryMode,
    visibility: record.visibility,
    // What everybody can see is for no company.
    ...(record.visibility === "public" && { organisationId: null }),
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
    .where(eq(courseExternalId, externalId));
  if (found === undefined) {
    throw invalid("courseExternalId", `There is no course ${externalId}: import it first.`);
  }
  return found.id;
}

type VenueRecord = NonNullable<RunRecord["venue"]>;

function isVenue({ name, city, country }: VenueRecord) {
  return and(
    sql`lower(${venue.name}) = lower(${name})`,
    sql`lower(${venue.city}) = lower(${city})`,
    eq(venue.country, country),
  );
}

/** @returns the venue as it is kept here, with the spelling and the street that it came with */
async function asKnown(tx: Transaction, wanted: RunRecord["venue"]): Promise<RunRecord["venue"]> {
  if (wanted === null) return null;
  const [known] = await tx
    .select({ name: venue.name, street: venue.street, city: venue.city, country: venue.country })
    .from(venue)
    .where(isVenue(wanted));
  return known ?? wanted;
}

/** @param endsAt of the run */
async function findOrCreateVenue(
  tx: Transaction,
  record: RunRecord,
  endsAt: Date,
): Promise<string | null> {
  if (record.venue === null) return null;
  const { name, street, city, country } = record.venue;
  await tx
    .insert(venue)
    .values({ id: uuidv7(), name, street, city, country, timeZone: record.timeZone })
    .onConflictDoNothing();
  const [found] = await tx
    .select({ id: venue.id, retiredAt: venue.retiredAt })
    .from(venue)
    .where(isVenue(record.venue));
  if (found !== undefined && found.retiredAt !== null) await takeBackIntoUse(tx, found.id, endsAt);
  return found?.id ?? null;
}

/** Where something is still to take place, nothing is retired. */
async function takeBackIntoUse(tx: Transaction, venueId: string, endsAt: Date): Promise<void> {
  await tx
    .update(venue)
    .set({
      retiredAt: null,
      version: sql`${venue.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(venue.id, venueId), sql`${endsAt.toISOString()}::timestamptz > now()`));
}
