import type { Reach } from "@lectern/auth/actor";
import type { CancellationPolicy, RunScheduleInput } from "@lectern/contract/runs";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import type { ZonedStretch } from "../../shared/zoned-time.ts";
import { requireOrganisation } from "../people/organisations/require-organisation.ts";
import { checkTeaching } from "./check-teaching.ts";
import { insertSessions } from "./write-sessions.ts";

/** What runs of a series have in common; dates of their own come with each. */
export type RunPlan = Omit<
  z.infer<typeof RunScheduleInput>,
  "pattern" | "bookingOpensAt" | "bookingClosesAt" | "decisionAt" | "idempotencyKey"
>;

/** When one run is taught, and the dates that depend on it. */
export interface PlannedTimes {
  /** At least one. */
  readonly sittings: readonly ZonedStretch[];
  readonly bookingOpensAt: Date | null;
  readonly bookingClosesAt: Date | null;
  readonly decisionAt: Date | null;
}

const NO_POLICY: CancellationPolicy = { tiers: [] };

/** @throws Invalid for what does not go together, whatever there is already */
export function requireSensible(plan: RunPlan): void {
  if (plan.minPlaces > plan.capacity) {
    throw invalid("minPlaces", "The minimum can't be more than the capacity.");
  }
  requireDistinctTiers(plan.cancellationPolicy ?? NO_POLICY);
  if (plan.organisationId != null && plan.visibility !== "private") {
    throw invalid("organisationId", "Only a private date is for one company.");
  }
}

/** Of two tiers at the same notice, nobody could tell which counts. */
function requireDistinctTiers({ tiers }: CancellationPolicy): void {
  if (new Set(tiers.map(({ daysBefore }) => daysBefore)).size < tiers.length) {
    throw invalid("cancellationPolicy.tiers", "Two tiers ask for the same notice.");
  }
}

/**
 * Makes runs that differ in their times alone, with their sessions and places.
 *
 * @returns their ids, in the order of their times
 * @throws NotFound for course, venue, room, instructor or organisation; Invalid; Forbidden for runs
 *   without a venue by staff of some countries; Conflict `wrong_state` for a retired course and an
 *   archived organisation; a violation of `session_room_free` or `session_instructor_free`: see
 *   `scheduleConflict`
 */
export async function insertRuns(
  tx: Transaction,
  call: Call,
  reach: Reach,
  plan: RunPlan,
  times: readonly PlannedTimes[],
): Promise<string[]> {
  await requireTeachableCourse(tx, plan.courseId);
  if (plan.organisationId != null) await requireOrganisation(tx, plan.organisationId);
  const teaching = { roomId: plan.roomId ?? null, instructorIds: plan.instructorIds };
  const venueId = await checkTeaching(tx, reach, {
    ...teaching,
    deliveryMode: plan.deliveryMode,
    venueId: plan.venueId ?? null,
    capacity: plan.capacity,
  });
  const runs = times.map((planned) => ({ row: rowOf(plan, venueId, planned), planned }));
  await tx.insert(courseRun).values(runs.map(({ row }) => row));
  await tx
    .insert(runCapacity)
    .values(runs.map(({ row }) => ({ runId: row.id, capacity: plan.capacity })));
  await insertSessions(
    tx,
    runs.map(({ row, planned }) => ({ runId: row.id, sittings: planned.sittings })),
    teaching,
  );
  await recordAudit(
    tx,
    call,
    runs.map(({ row: { id, localStart }, planned }) => ({
      action: "run.schedule",
      entity: "run",
      entityId: id,
      before: null,
      after: {
        courseId: plan.courseId,
        status: plan.status,
        localStart,
        timeZone: plan.timeZone,
        sessions: planned.sittings.length,
        capacity: plan.capacity,
        ...(plan.organisationId != null && { organisationId: plan.organisationId }),
      },
    })),
  );
  return runs.map(({ row }) => row.id);
}

async function requireTeachableCourse(tx: Transaction, courseId: string): Promise<void> {
  const [found] = await tx
    .select({ status: course.status })
    .from(course)
    .where(eq(course.id, courseId))
    // The calendar of the course will be written: taken at once, the lock can't deadlock later.
    .for("no key update");
  if (found === undefined) throw notFound("course", courseId);
  if (found.status === "retired") {
    throw conflict("course", "wrong_state", "A retired course gets no new dates.", found.status);
  }
}

function rowOf(plan: RunPlan, venueId: string | null, planned: PlannedTimes) {
  const { sittings, decisionAt, bookingOpensAt, bookingClosesAt } = planned;
  const [first, last] = [sittings[0], sittings.at(-1)];
  if (first === undefined || last === undefined) {
    throw invalid("pattern", "The run has no sessions.");
  }
  if (decisionAt !== null && decisionAt >= first.startsAt) {
    throw invalid("decisionAt", "It has to be decided before the run begins.");
  }
  return {
    id: uuidv7(),
    courseId: plan.courseId,
    venueId,
    status: plan.status,
    deliveryMode: plan.deliveryMode,
    visibility: plan.visibility,
    organisationId: plan.organisationId ?? null,
    language: plan.language,
    timeZone: plan.timeZone,
    localStart: first.localStart,
    localEnd: last.localEnd,
    startsAt: first.startsAt,
    endsAt: last.endsAt,
    minPlaces: plan.minPlaces,
    priceAmount: plan.price?.amount ?? null,
    priceCurrency: plan.price?.currency ?? null,
    // What is left out is as the table has it.
    taxCategory: plan.taxCategory ?? undefined,
    priceRules: plan.priceRules ?? undefined,
    placesPerBooker: plan.placesPerBooker ?? undefined,
    decisionAt,
    offerMinutes: plan.offerMinutes ?? undefined,
    offerLeadMinutes: plan.offerLeadMinutes ?? undefined,
    bookingOpensAt,
    bookingClosesAt,
    cancellationPolicy: plan.cancellationPolicy ?? NO_POLICY,
  };
}
