import { invalid } from "../domain-error.ts";

/** Wall-clock times and instants: the one place where time zones are computed with. */

/** A stretch of time as rows keep it: wall-clock times, their zone, and the instants derived. */
export interface ZonedStretch {
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const MINUTE = { smallestUnit: "minute" } as const;

/**
 * @param timeZone IANA identifier
 * @param path where it stands in the input, for the error
 * @throws Invalid for a zone that the runtime's tz data does not know
 */
export function requireTimeZone(timeZone: string, path: string): void {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(path, `${timeZone} is not a time zone that we know.`);
  }
}

/**
 * @param local wall-clock time such as `2027-03-28T09:00`
 * @returns the instant. A time that the clocks skip is taken as the moment after the gap, one that
 *   they show twice as the first (RFC 5545, section 3.3.5; Temporal's "compatible").
 */
function instantOf(local: string, timeZone: string): Date {
  const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone);
  return new Date(zoned.epochMilliseconds);
}

/**
 * @param stored a wall-clock time as PostgreSQL prints it: `2027-03-28 09:00:00`
 * @returns the same as the wire writes it: `2027-03-28T09:00`
 */
export function wallClockFromRow(stored: string): string {
  return Temporal.PlainDateTime.from(stored).toString(MINUTE);
}

/**
 * @throws Invalid when the end is before the start, or the date does not exist
 */
export function zonedStretch(
  localStart: string,
  localEnd: string,
  timeZone: string,
  path: string,
): ZonedStretch {
  requireTimeZone(timeZone, path);
  let startsAt: Date;
  let endsAt: Date;
  try {
    startsAt = instantOf(localStart, timeZone);
    endsAt = instantOf(localEnd, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(path, `${localStart} to ${localEnd} holds a date that does not exist.`);
  }
  if (endsAt < startsAt)
    throw invalid(path, `The end ${localEnd} is before the start ${localStart}.`);
  return { localStart, localEnd, timeZone, startsAt, endsAt };
}
