import type {
  RunAbilities,
  RunForStaff,
  RunForStaffInput,
  RunPlaces,
} from "@lectern/contract/run-office";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Permission } from "@lectern/auth/permissions";
import { int4 } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { runCapacity, seatAllocation } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { organisation } from "@lectern/database/schema/organisations";
import { courseRun, venue } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { asStaff, reachFor, reachesRun, requireRunWithin } from "../../shared/reach.ts";
import { runSummaryColumns, toRunSummary } from "../../shared/run-summary.ts";
import { markingWindow, marksAsStaff } from "../attendance/attendance-window.ts";
import { CAN_BE_CANCELLED } from "./cancel-run.ts";
import { readSessions } from "./find-run.ts";

const RUN = { id: courseRun.id };

const runForStaff = prepared("runs.forStaff", RUN, (q, $) =>
  q
    .select({
      summary: runSummaryColumns,
      version: courseRun.version,
      visibility: courseRun.visibility,
      organisationId: organisation.id,
      organisationName: organisation.name,
      minPlaces: courseRun.minPlaces,
      bookingOpensAt: courseRun.bookingOpensAt,
      bookingClosesAt: courseRun.bookingClosesAt,
      decisionAt: courseRun.decisionAt,
      cancelledReason: courseRun.cancelledReason,
      taxCategory: courseRun.taxCategory,
      cancellationPolicy: courseRun.cancellationPolicy,
      isOpen: runCapacity.isOpen,
      serverTime: sql`clock_timestamp()`.mapWith(courseRun.startsAt).as("server_time"),
    })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(runCapacity, eq(runCapacity.runId, courseRun.id))
    .leftJoin(venue, eq(venue.id, courseRun.venueId))
    .leftJoin(organisation, eq(organisation.id, courseRun.organisationId))
    .where(eq(courseRun.id, $.id)),
);

/** Whose the places of a run are, holds and offers past their time left out. */
const allocations = prepared("runs.forStaff.places", { runId: seatAllocation.runId }, (_, $) =>
  rows(
    { booked: int4, awaited: int4, held: int4, offered: int4, blocked: int4 },
    sql`SELECT
        coalesce(sum(a.quantity) FILTER (WHERE a.kind = 'booking'), 0)::int AS booked,
        coalesce(sum(a.quantity) FILTER (WHERE a.kind = 'hold' AND b.status <> 'held'), 0)::int AS awaited,
        coalesce(sum(a.quantity) FILTER (WHERE a.kind = 'hold' AND b.status = 'held'), 0)::int AS held,
        coalesce(sum(a.quantity) FILTER (WHERE a.kind = 'offer'), 0)::int AS offered,
        coalesce(sum(a.quantity) FILTER (WHERE a.kind = 'block'), 0)::int AS blocked
      FROM seat_allocation a LEFT JOIN booking b ON b.id = a.booking_id
      WHERE a.run_id = ${$.runId} AND a.state = 'active'
        AND (a.expires_at IS NULL OR a.expires_at > now())`,
  ),
);

/**
 * One run as the academy's staff and those who teach it work with it, whatever its state: with whose its places are, when its
 * sessions can be marked, and what the caller may do next.
 *
 * @throws NotFound
 */
export async function findRunForStaff(
  db: Database,
  call: Call,
  { id }: z.infer<typeof RunForStaffInput>,
): Promise<RunForStaff> {
  await requireRunWithin(db, call, "runs.read", id);
  const [run, places, sessions, may] = await Promise.all([
    runForStaff.first(db, { id }),
    allocations.first(db, { runId: id }),
    readSessions(db, id),
    permissionsOn(db, call, id),
  ]);
  if (run === undefined) throw notFound("run", id);
  const { summary, organisationId, organisationName } = run;
  const can = abilities(summary, run.isOpen, run.visibility === "private", may);
  const isStaff = can.mark && (await marksAsStaff(db, call, id));
  return {
    ...toRunSummary(summary),
    version: run.version,
    visibility: run.visibility,
    organisation:
      organisationId === null || organisationName === null
        ? null
        : { id: organisationId, name: organisationName },
    minPlaces: run.minPlaces,
    placesPerBooker: summary.placesPerBooker,
    bookingOpensAt: run.bookingOpensAt?.toISOString() ?? null,
    bookingClosesAt: run.bookingClosesAt?.toISOString() ?? null,
    decisionAt: run.decisionAt?.toISOString() ?? null,
    cancelledReason: run.cancelledReason,
    taxCategory: run.taxCategory,
    cancellationPolicy: run.cancellationPolicy,
    places: placesOf(summary, places),
    sessions: sessions.map((session) => {
      if (!can.mark) return { ...session, attendance: null };
      const { opensAt, closesAt } = markingWindow(
        { startsAt: new Date(session.startsAt), endsAt: new Date(session.endsAt) },
        isStaff,
      );
      return {
        ...session,
        attendance: {
          opensAt: opensAt.toISOString(),
          closesAt: closesAt?.toISOString() ?? null,
        },
      };
    }),
    can,
    serverTime: run.serverTime.toISOString(),
  };
}

type Counted = Awaited<ReturnType<typeof allocations.execute>>[number];

function placesOf(
  { capacity, taken, waiting }: { capacity: number; taken: number; waiting: number },
  counted: Counted | undefined,
): RunPlaces {
  const by = counted ?? { booked: 0, awaited: 0, held: 0, offered: 0, blocked: 0 };
  const free = capacity - by.booked - by.awaited - by.held - by.offered - by.blocked;
  return { capacity, taken, ...by, free: Math.max(0, free), waiting };
}

const NEEDED = [
  "runs.write",
  "runs.roster",
  "runs.message",
  "attendance.write",
  "bookings.read.any",
] as const satisfies readonly Permission[];

type Needed = (typeof NEEDED)[number];

/** @returns what the caller is allowed on this run, by permission */
async function permissionsOn(
  db: Database,
  call: Call,
  runId: string,
): Promise<(permission: Needed) => boolean> {
  const held = await Promise.all(
    NEEDED.map((permission) => reachesRun(db, asStaff(reachFor(call, permission)), runId)),
  );
  return (permission) => held[NEEDED.indexOf(permission)] === true;
}

function abilities(
  { status, isStarted }: { status: RunStatus; isStarted: boolean },
  isOpen: boolean,
  isPrivate: boolean,
  may: (permission: Needed) => boolean,
): RunAbilities {
  const takesPlace = status !== "draft" && status !== "cancelled";
  return {
    confirm: may("runs.write") && status === "tentative",
    cancel: may("runs.write") && CAN_BE_CANCELLED.includes(status),
    reschedule: may("runs.write") && CAN_BE_CANCELLED.includes(status) && !isStarted,
    changeCapacity: may("runs.write") && status !== "cancelled" && status !== "completed",
    blockPlaces: may("runs.write") && isOpen && status !== "completed",
    setPrices: may("runs.write") && CAN_BE_CANCELLED.includes(status),
    invite: may("runs.write") && isPrivate && status !== "cancelled",
    readBookings: may("bookings.read.any"),
    readRoster: may("runs.roster"),
    mark: may("attendance.write") && takesPlace,
    message: may("runs.message"),
  };
}
