import { createHash } from "node:crypto";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { CronExpressionParser } from "cron-parser";
import type { z } from "zod";
import { type DataShape, enqueue, keepDoneSeconds, type Queue } from "./queue.ts";

/** A job that comes again and again. */
export interface Schedule {
  readonly queue: Queue;
  /** Five fields, or six with seconds first (crontab(5), as cron-parser reads it). */
  readonly cron: string;
  /** IANA name of the zone that the fields are meant in. */
  readonly timeZone: string;
  readonly data: Record<string, unknown>;
}

/**
 * @param cron five fields, such as "0 6 * * *" for six in the morning, or six with seconds first
 * @param timeZone IANA name of the zone that the fields are meant in; UTC without it
 * @throws Error for an expression that is none
 */
export function every<Shape extends DataShape>(
  cron: string,
  queue: Queue<Shape>,
  data: z.input<Shape>,
  timeZone = "UTC",
): Schedule {
  CronExpressionParser.parse(cron, { tz: timeZone }).prev();
  return { queue, cron, timeZone, data: queue.data.parse(data) };
}

/**
 * How far back the latest time is still made up for, when no worker ran at it. Shorter than a job that was done is kept: its id is
 * what keeps a time from being used twice.
 */
const catchUpMs = (keepDoneSeconds * 1000) / 2;

/** Writes the jobs of schedules as their times come, each once however many workers do so. */
export class Scheduler {
  readonly #schedules: readonly Schedule[];
  readonly #last = new Map<Schedule, number>();

  constructor(schedules: readonly Schedule[]) {
    this.#schedules = schedules;
  }

  /**
   * Of times that were missed, only the latest is made up for.
   * @param now by the database's clock
   * @returns whether any job was written
   * @throws AggregateError of what kept those from being written that were not: they are at the next call
   */
  async run(db: Database, now: Date): Promise<boolean> {
    let hasWritten = false;
    const errors: unknown[] = [];
    for (const schedule of this.#schedules) {
      const time = latestTime(schedule, now);
      if (time <= now.getTime() - catchUpMs || time === this.#last.get(schedule)) continue;
      const id = occurrenceId(schedule, time);
      try {
        const written = await transaction(db, { idempotent: true }, (tx) =>
          enqueue(tx, schedule.queue, schedule.data, { id }),
        );
        hasWritten ||= written !== null;
        this.#last.set(schedule, time);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, "Jobs of schedules were not written");
    return hasWritten;
  }
}

function latestTime({ cron, timeZone }: Schedule, now: Date): number {
  // A millisecond later, as the time itself counts as come.
  const currentDate = new Date(now.getTime() + 1);
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate }).prev().getTime();
}

/** A UUID made of what is to happen and when (RFC 9562, version 8): the same in every worker. */
function occurrenceId({ queue, data }: Schedule, time: number): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([queue.name, data, time]))
    .digest("hex");
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}
