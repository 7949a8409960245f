import type {
  courseRun,
  instructor,
  room,
  session,
  sessionInstructor,
  venue,
} from "@lectern/database/schema/scheduling";
import { instructors } from "../content/instructors.ts";
import { venues, virtualRooms } from "../content/venues.ts";
import type { GeneratedRun } from "../generate/academy.ts";
import type { Random } from "../random.ts";
import { createUuid } from "../uuid.ts";
import type { DemoClock } from "./clock.ts";
import { required } from "./required.ts";

export interface PlaceRows {
  readonly venues: (typeof venue.$inferInsert)[];
  readonly rooms: (typeof room.$inferInsert)[];
  readonly instructors: (typeof instructor.$inferInsert)[];
  /** By city. */
  readonly venueIds: ReadonlyMap<string, string>;
  /** By name. */
  readonly roomIds: ReadonlyMap<string, string>;
  /** By slug. */
  readonly instructorIds: ReadonlyMap<string, string>;
}

export interface RunRows {
  readonly runs: (typeof courseRun.$inferInsert)[];
  readonly sessions: (typeof session.$inferInsert)[];
  readonly sessionInstructors: (typeof sessionInstructor.$inferInsert)[];
  /** In the order of the runs. */
  readonly runIds: readonly string[];
}

const OPENED_DAYS_AGO = 400;
/** Runs are put into the calendar so long before they begin. */
const ANNOUNCED_DAYS = 180;
const DAY = 24 * 60 * 60_000;

/** Free until four weeks before, then dearer by degrees. */
export const CANCELLATION_POLICY = {
  tiers: [
    { daysBefore: 28, feeBasisPoints: 0 },
    { daysBefore: 14, feeBasisPoints: 2500, transferFeeBasisPoints: 1000 },
    { daysBefore: 7, feeBasisPoints: 5000, transferFeeBasisPoints: 2500 },
    { daysBefore: 0, feeBasisPoints: 10_000, transferFeeBasisPoints: 5000 },
  ],
};

export function placeRows(clock: DemoClock, random: Random): PlaceRows {
  const createdAt = clock.daysAgo(OPENED_DAYS_AGO);
  const newId = () => createUuid(createdAt.getTime(), random);
  const venueIds = new Map(venues.map(({ city }) => [city, newId()]));
  const physical = venues.flatMap(({ city, rooms }) =>
    rooms.map((content) => ({ city, ...content })),
  );
  const roomIds = new Map([...physical, ...virtualRooms].map(({ name }) => [name, newId()]));
  const instructorIds = new Map(instructors.map(({ slug }) => [slug, newId()]));

  return {
    venueIds,
    roomIds,
    instructorIds,
    venues: venues.map(({ name, street, city, country, timeZone }) => ({
      id: required(venueIds, city),
      name,
      street,
      city,
      country,
      timeZone,
      createdAt,
    })),
    rooms: [
      ...physical.map(({ city, name, capacity }) => ({
        id: required(roomIds, name),
        venueId: required(venueIds, city),
        kind: "physical" as const,
        name,
        capacity,
        createdAt,
      })),
      ...virtualRooms.map(({ name, capacity }) => ({
        id: required(roomIds, name),
        kind: "virtual" as const,
        name,
        capacity,
        createdAt,
      })),
    ],
    instructors: instructors.map(({ slug, name, bio }) => ({
      id: required(instructorIds, slug),
      slug,
      name,
      bio,
      createdAt,
    })),
  };
}

/** @param courseIds by code */
export function runRows(
  runs: readonly GeneratedRun[],
  courseIds: ReadonlyMap<string, string>,
  places: PlaceRows,
  clock: DemoClock,
  random: Random,
): RunRows {
  const yesterday = clock.daysAgo(1).getTime();
  const rows = runs.map((run) => {
    const announced = Math.min(run.startsAt.getTime() - ANNOUNCED_DAYS * DAY, yesterday);
    const runId = createUuid(announced, random);
    const isActive = run.status !== "cancelled";
    const sittings = run.sessions.map((sitting) => ({
      id: createUuid(announced, random),
      sitting,
    }));
    return {
      runId,
      run: {
        id: runId,
        courseId: required(courseIds, run.course.code),
        venueId: run.city === null ? null : required(places.venueIds, run.city),
        status: run.status,
        deliveryMode: run.mode,
        language: run.language,
        timeZone: run.timeZone,
        localStart: run.localStart,
        localEnd: run.localEnd,
        startsAt: run.startsAt,
        endsAt: run.endsAt,
        minPlaces: run.minPlaces,
        priceAmount: run.price.amount,
        priceCurrency: run.price.currency,
        cancellationPolicy: CANCELLATION_POLICY,
        cancelledReason: run.cancelledReason,
        createdAt: new Date(announced),
        updatedAt: isActive ? new Date(announced) : new Date(yesterday),
      },
      sessions: sittings.map(({ id, sitting }, i) => ({
        id,
        runId,
        position: i + 1,
        roomId: required(places.roomIds, sitting.room),
        timeZone: sitting.timeZone,
        localStart: sitting.localStart,
        localEnd: sitting.localEnd,
        startsAt: sitting.startsAt,
        endsAt: sitting.endsAt,
        isActive,
      })),
      sessionInstructors: sittings.flatMap(({ id, sitting }) =>
        sitting.instructors.map((slug) => ({
          sessionId: id,
          instructorId: required(places.instructorIds, slug),
          startsAt: sitting.startsAt,
          endsAt: sitting.endsAt,
          isActive,
        })),
      ),
    };
  });
  return {
    runIds: rows.map(({ runId }) => runId),
    runs: rows.map(({ run }) => run),
    sessions: rows.flatMap(({ sessions }) => sessions),
    sessionInstructors: rows.flatMap((row) => row.sessionInstructors),
  };
}
