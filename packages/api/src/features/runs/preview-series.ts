import type { RunsPreviewSeriesInput, SeriesPreview } from "@lectern/contract/scheduling";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { reachesOf } from "./check-schedule.ts";
import { judgeSchedule } from "./judge-schedule.ts";
import { layOutSeries } from "./lay-out-series.ts";

/**
 * Shows what a series of runs would come to: each with its sessions, what stands against it, and what
 * should be known. Nothing is written.
 *
 * @throws NotFound for course, venue, room or instructor; Invalid for more sessions than a series may have
 */
export async function previewSeries(
  db: Database,
  call: Call,
  input: z.infer<typeof RunsPreviewSeriesInput>,
): Promise<SeriesPreview> {
  const laidOut = await layOutSeries(input);
  const { courseId, venueId, roomId, deliveryMode, instructorIds, capacity } = input;
  const { checks } = await judgeSchedule(
    db,
    reachesOf(call),
    {
      runId: null,
      courseId: courseId ?? null,
      venueId: venueId ?? null,
      roomId: roomId ?? null,
      deliveryMode,
      instructorIds,
      capacity,
      skipHolidaysOf: input.pattern.skipHolidaysOf,
    },
    laidOut.map(({ sittings }) => sittings),
  );
  return {
    runs: laidOut.flatMap(({ start }, index) => {
      const check = checks[index];
      return check === undefined ? [] : [{ start, ...check }];
    }),
  };
}
