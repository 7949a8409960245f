import { reachesRun, reachFor } from "../../shared/reach.ts";
import type { Queryable } from "@lectern/database/queryable";
import type { Call } from "../../call.ts";

/** When sessions can be marked. */

/** So long before a session begins: people come early, and doors are prepared. */
const OPENS_HOURS_BEFORE = 2;

/** So long after it has ended those who teach it may mark and correct; staff may at any time. */
const TEACHERS_DAYS_AFTER = 3;

const HOUR = 3_600_000;

export interface MarkingWindow {
  readonly opensAt: Date;
  /** `null`: there is no end to it. */
  readonly closesAt: Date | null;
}

/** @param isStaff whether it is for the academy's staff, and not for who teaches alone */
export function markingWindow(
  session: { readonly startsAt: Date; readonly endsAt: Date },
  isStaff: boolean,
): MarkingWindow {
  return {
    opensAt: new Date(session.startsAt.getTime() - OPENS_HOURS_BEFORE * HOUR),
    closesAt: isStaff ? null : new Date(session.endsAt.getTime() + TEACHERS_DAYS_AFTER * 24 * HOUR),
  };
}

/** @returns when all that is known from those who teach has come in, and who was not marked counts as absent */
export function settlingTime(run: { readonly endsAt: Date }): Date {
  return new Date(run.endsAt.getTime() + TEACHERS_DAYS_AFTER * 24 * HOUR);
}

/** @returns whether the caller marks a run's attendance as staff: not only because they teach it */
export async function marksAsStaff(
  db: Queryable,
  call: Pick<Call, "actor">,
  runId: string,
): Promise<boolean> {
  const reach = reachFor(call, "attendance.write");
  return reachesRun(db, { ...reach, instructorId: null, organisationIds: [] }, runId);
}
