import type { Reach } from "@lectern/auth/actor";
import { type CancellationPolicy, RunChanged, type RunScheduleInput } from "@lectern/contract/runs";
import type { Database } from "@lectern/database/queryable";
import { runCapacity } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, invalid, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor } from "../../shared/reach.ts";
import type { ZonedStretch } from "../../shared/zoned-time.ts";
import { requireOrganisation } from "../people/organisations/require-organisation.ts";
import { checkTeaching } from "./check-teaching.ts";
import { readRunChanged } from "./run-changed.ts";
import { sessionsOf } from "./session-pattern.ts";
import { scheduleConflict, writeSessions } from "./write-sessions.ts";

type ScheduleInput = z.infer<typeof RunScheduleInput>;

const NO_POLICY: CancellationPolicy = { tiers: [] };

/**
 * Schedules a run of a course, its sessions laid out from a pattern.
 *
 * @throws NotFound for course, venue, room, instructor or organisation; Invalid; Forbidden for a run
 *   without a venue by staff of some countries; Conflict `wrong_state` for a retired course and an archived
 *   organisation; ScheduleConflict when the room or an instructor is taken; IdempotencyMismatch
 */
export async function scheduleRun(
  db: Database,
  call: Call,
  input: ScheduleInput,
): Promise<RunChanged> {
  const sittings = await sessionsOf(input.pattern, input.timeZone);
  if (input.minPlaces > input.capacity) {
    throw invalid("minPlaces", "The minimum can't be more than the capacity.");
  }
  requireDistinctTiers(input.cancellationPolicy ?? NO_POLICY);
  if (input.organisationId != null && input.visibility !== "private") {
    throw invalid("organisationId", "Only a private date is for one company.");
  }
  const reach = reachFor(call, "runs.write");
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "runs.schedule", input, RunChanged, async () => {
        await requireTeachableCourse(tx, input.courseId);
        if (input.organisationId != null) await requireOrganisation(tx, input.organisationId);
        const id = await insertRun(tx, reach, input, sittings);
        await writeSessions(tx, id, sittings, {
          roomId: input.roomId ?? null,
          instructorIds: input.instructorIds,
        });
        await recordAudit(tx, call, {
          action: "run.schedule",
          entity: "run",
          entityId: id,
          before: null,
          after: {
            courseId: input.courseId,
            status: input.status,
            localStart: sittings[0]?.localStart,
            timeZone: input.timeZone,
            sessions: sittings.length,
            capacity: input.capacity,
            ...(input.organisationId != null && { organisationId: input.organisationId }),
          },
        });
        return readRunChanged(tx, id);
      }),
    );
  } catch (error) {
    throw scheduleConflict(error) ?? error;
  }
}

/** Of two tiers at the same notice, nobody could tell which counts. */
function requireDistinctTiers({ tiers }: CancellationPolicy): void {
  if (new Set(tiers.map(({ daysBefore }) => daysBefore)).size < tiers.length) {
    throw invalid("cancellationPolicy.tiers", "Two tiers ask for the same notice.");
  }
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

/** @returns the id of the new run */
async function insertRun(
  tx: Transaction,
  reach: Reach,
  input: ScheduleInput,
  sittings: readonly ZonedStretch[],
): Promise<string> {
  const [first, last] = [sittings[0], sittings.at(-1)];
  if (first === undefined || last === undefined)
    throw invalid("pattern", "The run has no sessions.");
  const decisionAt = dateOrNull(input.decisionAt);
  if (decisionAt !== null && decisionAt >= first.startsAt) {
    throw invalid("decisionAt", "It has to be decided before the run begins.");
  }
  const venueId = await checkTeaching(tx, reach, {
    deliveryMode: input.deliveryMode,
    venueId: input.venueId ?? null,
    roomId: input.roomId ?? null,
    instructorIds: input.instructorIds,
    capacity: input.capacity,
  });
  const id = uuidv7();
  await tx.insert(courseRun).values({
    id,
    courseId: input.courseId,
    venueId,
    status: input.status,
    deliveryMode: input.deliveryMode,
    visibility: input.visibility,
    organisationId: input.organisationId ?? null,
    language: input.language,
    timeZone: input.timeZone,
    localStart: first.localStart,
    localEnd: last.localEnd,
    startsAt: first.startsAt,
    endsAt: last.endsAt,
    minPlaces: input.minPlaces,
    priceAmount: input.price?.amount ?? null,
    priceCurrency: input.price?.currency ?? null,
    // What is left out is as the table has it.
    taxCategory: input.taxCategory ?? undefined,
    priceRules: input.priceRules ?? undefined,
    placesPerBooker: input.placesPerBooker ?? undefined,
    decisionAt,
    offerMinutes: input.offerMinutes ?? undefined,
    offerLeadMinutes: input.offerLeadMinutes ?? undefined,
    bookingOpensAt: dateOrNull(input.bookingOpensAt),
    bookingClosesAt: dateOrNull(input.bookingClosesAt),
    cancellationPolicy: input.cancellationPolicy ?? NO_POLICY,
  });
  await tx.insert(runCapacity).values({ runId: id, capacity: input.capacity });
  return id;
}

function dateOrNull(instant: string | null | undefined): Date | null {
  return instant === null || instant === undefined ? null : new Date(instant);
}
