import type { RunsPreviewSeriesInput } from "@lectern/contract/scheduling";
import type { z } from "zod";
import { DomainError, invalid } from "../../domain-error.ts";
import type { WantedSittings } from "./judge-schedule.ts";
import { seriesStarts } from "./series-starts.ts";
import { isSensible, sessionsOf } from "./session-pattern.ts";

/** Of all runs of a series together. */
const SESSIONS_MAX = 1000;

export interface LaidOutRun {
  /** The date from which its sessions are laid out: the first that takes place may be later. */
  readonly start: string;
  readonly sittings: WantedSittings;
}

/**
 * @returns the runs of a series, in order; of one whose pattern makes no sessions, why
 * @throws Invalid for more sessions than a series may have
 */
export async function layOutSeries({
  starts,
  pattern,
  timeZone,
}: Pick<z.infer<typeof RunsPreviewSeriesInput>, "starts" | "pattern" | "timeZone">): Promise<
  LaidOutRun[]
> {
  const dates = seriesStarts(starts);
  const late = dates.find((date) => !isSensible(Temporal.PlainDate.from(date)));
  if (late !== undefined) throw invalid("starts", `A series does not go on until ${late}.`);
  if (dates.length * pattern.sessions > SESSIONS_MAX) {
    throw invalid("starts", `A series may have ${SESSIONS_MAX} sessions in all: make it shorter.`);
  }
  return Promise.all(
    dates.map(async (start) => ({
      start,
      sittings: await sessionsOf({ ...pattern, from: start }, timeZone).catch((error: unknown) => {
        if (error instanceof DomainError) return error;
        throw error;
      }),
    })),
  );
}
