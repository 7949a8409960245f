import { type Reach, reachOf } from "@lectern/auth/actor";
import type { Permission } from "@lectern/auth/permissions";
import { arrayOf, bool, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { type SQL, sql } from "drizzle-orm";
import type { Call } from "../call.ts";
import { notFound } from "../domain-error.ts";

/**
 * Where a permission holds, as conditions of queries: what somebody may not see is not found. A query
 * that keeps to a reach takes these parameters beside its own.
 */
export const REACH = {
  everywhere: bool,
  countries: arrayOf(text),
  organisationIds: arrayOf(uuid),
  instructorId: nullable(uuid),
};

type ReachSlots = Readonly<Record<keyof typeof REACH, SQL>>;

/** @returns a reach for queries that are put together anew for each question, and so have no parameters of their own */
export function reachAsSql(reach: Reach): ReachSlots {
  return {
    everywhere: sql`${reach.everywhere}::boolean`,
    countries: sql`${sql.param([...reach.countries])}::text[]`,
    organisationIds: sql`${sql.param([...reach.organisationIds])}::uuid[]`,
    instructorId: sql`${reach.instructorId}::uuid`,
  };
}

/** Of whoever may not do it at all. */
const NOWHERE: Reach = {
  everywhere: false,
  countries: [],
  organisationIds: [],
  instructorId: null,
};

/** @returns where the caller may do what the permission names, which may be nowhere */
export function reachFor({ actor }: Pick<Call, "actor">, permission: Permission): Reach {
  return reachOf(actor, permission) ?? NOWHERE;
}

/** @returns a query of the ids of the runs that the instructor of a reach teaches */
export function runsTaughtWithin($: ReachSlots): SQL {
  return sql`SELECT sitting.run_id FROM instructor i
      JOIN session_instructor teaches ON teaches.instructor_id = i.id
      JOIN session sitting ON sitting.id = teaches.session_id
    WHERE i.person_id = ${$.instructorId}`;
}

/*
 * What does not depend on the row is an array, which a statement makes once, if it needs it at all: of each
 * row no more is asked than where its run is.
 */

function isTaughtWithin($: ReachSlots, runId: SQL): SQL {
  return sql`${runId} = ANY(ARRAY(${runsTaughtWithin($)}))`;
}

/** Of a run `reached`. */
function isAtVenueWithin($: ReachSlots): SQL {
  return sql`reached.venue_id = ANY(ARRAY(
    SELECT at.id FROM venue at WHERE at.country = ANY(${$.countries})))`;
}

/** @returns the condition that the run of this id is within reach: by its country, company or instructor */
export function runIsWithin($: ReachSlots, runId: SQL): SQL {
  return sql`(${$.everywhere} OR ${isTaughtWithin($, runId)} OR EXISTS (
    SELECT FROM course_run reached
    WHERE reached.id = ${runId}
      AND (reached.organisation_id = ANY(${$.organisationIds}) OR ${isAtVenueWithin($)})
  ))`;
}

/**
 * @returns the condition that a booking is within reach: booked for the company, or of a run in the
 *   country, or of the instructor. That a run is for a company does not open the bookings of others on it.
 */
export function bookingIsWithin($: ReachSlots, organisationId: SQL, runId: SQL): SQL {
  return sql`(${$.everywhere} OR ${organisationId} = ANY(${$.organisationIds})
    OR ${isTaughtWithin($, runId)} OR (cardinality(${$.countries}) > 0 AND EXISTS (
      SELECT FROM course_run reached WHERE reached.id = ${runId} AND ${isAtVenueWithin($)}
    )))`;
}

/** Whether a reach is that of the people of companies, and no more. */
export function isOfOrganisationsAlone({ everywhere, countries, instructorId }: Reach): boolean {
  return !everywhere && countries.length === 0 && instructorId === null;
}

/** Whether a reach is that of an instructor, and no more. */
export function isOfInstructorAlone({ everywhere, countries, organisationIds }: Reach): boolean {
  return !everywhere && countries.length === 0 && organisationIds.length === 0;
}

const runWithin = prepared("reach.run", { ...REACH, runId: uuid }, (_, $) =>
  rows({ isWithin: bool }, sql`SELECT ${runIsWithin($, sql`${$.runId}`)} AS is_within`),
);

const bookingWithin = prepared("reach.booking", { ...REACH, bookingId: uuid }, (_, $) =>
  rows(
    { isWithin: bool },
    sql`SELECT ${bookingIsWithin($, sql`b.organisation_id`, sql`b.run_id`)} AS is_within
      FROM booking b WHERE b.id = ${$.bookingId}`,
  ),
);

/** Whether there is anything to look for. */
function isSomewhere({ countries, organisationIds, instructorId }: Reach): boolean {
  return countries.length > 0 || organisationIds.length > 0 || instructorId !== null;
}

/** @param reach `undefined`: nowhere. @returns whether the run is within it */
export async function reachesRun(
  db: Queryable,
  reach: Reach | undefined,
  runId: string,
): Promise<boolean> {
  if (reach?.everywhere === true) return true;
  if (reach === undefined || !isSomewhere(reach)) return false;
  return (await runWithin.first(db, { ...reach, runId }))?.isWithin === true;
}

/** @param reach `undefined`: nowhere. @returns whether the booking is within it */
export async function reachesBooking(
  db: Queryable,
  reach: Reach | undefined,
  bookingId: string,
): Promise<boolean> {
  if (reach?.everywhere === true) return true;
  if (reach === undefined || !isSomewhere(reach)) return false;
  return (await bookingWithin.first(db, { ...reach, bookingId }))?.isWithin === true;
}

/** @param reach `undefined`: nowhere. @returns whether the organisation is within it */
export function reachesOrganisation(reach: Reach | undefined, organisationId: string): boolean {
  if (reach === undefined) return false;
  return reach.everywhere || reach.organisationIds.includes(organisationId);
}

/**
 * @returns the reach as the academy's own people have it, for what all of a run's bookings show together:
 *   that a run is for a company does not open the bookings of others on it
 */
export function asStaff(reach: Reach): Reach {
  return { ...reach, organisationIds: [] };
}

/**
 * Lets only those go on who may do that with the run: from where they stand, there are no others.
 *
 * @throws NotFound for a run out of reach, as for one that does not exist
 */
export async function requireRunWithin(
  db: Queryable,
  call: Pick<Call, "actor">,
  permission: Permission,
  runId: string,
): Promise<void> {
  if (await reachesRun(db, asStaff(reachFor(call, permission)), runId)) return;
  throw notFound("run", runId);
}
