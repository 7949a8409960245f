import { RunSeriesScheduled, type RunsScheduleSeriesInput } from "@lectern/contract/scheduling";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, invalid } from "../../domain-error.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor } from "../../shared/reach.ts";
import type { ZonedStretch } from "../../shared/zoned-time.ts";
import { type PlannedTimes, insertRuns, requireSensible } from "./insert-runs.ts";
import { layOutSeries } from "./lay-out-series.ts";
import { readRunsChanged } from "./run-changed.ts";
import { scheduleConflict } from "./write-sessions.ts";

type SeriesInput = z.infer<typeof RunsScheduleSeriesInput>;

/**
 * Schedules the runs of a series, all of them or those whose starts are chosen: in one transaction, so
 * that none is there unless all are.
 *
 * @throws as `scheduleRun`; Invalid, too, for a chosen date on which no run of the series begins
 */
export async function scheduleSeries(
  db: Database,
  call: Call,
  input: SeriesInput,
): Promise<RunSeriesScheduled> {
  requireSensible(input);
  const times = await chosenTimes(input);
  const reach = reachFor(call, "runs.write");
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "runs.scheduleSeries", input, RunSeriesScheduled, async () => {
        const ids = await insertRuns(tx, call, reach, input, times);
        return { runs: await readRunsChanged(tx, ids) };
      }),
    );
  } catch (error) {
    throw scheduleConflict(error) ?? error;
  }
}

async function chosenTimes(input: SeriesInput): Promise<PlannedTimes[]> {
  const laidOut = await layOutSeries(input);
  const only = input.only && new Set(input.only);
  const unknown = input.only?.find((date) => laidOut.every(({ start }) => start !== date));
  if (unknown !== undefined) throw invalid("only", `No date of the series begins on ${unknown}.`);
  const chosen = only ? laidOut.filter(({ start }) => only.has(start)) : laidOut;
  return chosen.map(({ sittings }) => {
    if (sittings instanceof DomainError) throw sittings;
    return plannedTimes(input, sittings);
  });
}

function plannedTimes(input: SeriesInput, sittings: readonly ZonedStretch[]): PlannedTimes {
  const [first] = sittings;
  const { bookingClosesDaysBefore, decisionDaysBefore } = input;
  return {
    sittings,
    bookingOpensAt: null,
    bookingClosesAt: daysBefore(first, bookingClosesDaysBefore),
    decisionAt: daysBefore(first, decisionDaysBefore),
  };
}

/** At the time of day at which it begins. */
function daysBefore(first: ZonedStretch | undefined, days: number | null | undefined): Date | null {
  if (first === undefined || days === null || days === undefined) return null;
  const { localStart, timeZone } = first;
  const at = Temporal.PlainDateTime.from(localStart).subtract({ days }).toZonedDateTime(timeZone);
  return new Date(at.epochMilliseconds);
}
