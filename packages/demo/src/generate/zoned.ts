/** A stretch of wall-clock time and the zone that it is kept in. */
export interface Stretch {
  /** `2027-03-01T09:00:00` */
  readonly localStart: string;
  readonly localEnd: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * @param from,to wall-clock times of day such as `09:00`
 * @param lastDate when it ends on another day than it begins
 */
export function stretch(
  date: Temporal.PlainDate,
  from: string,
  to: string,
  timeZone: string,
  lastDate = date,
): Stretch {
  const start = date.toPlainDateTime(Temporal.PlainTime.from(from));
  const end = lastDate.toPlainDateTime(Temporal.PlainTime.from(to));
  return {
    localStart: start.toString({ smallestUnit: "second" }),
    localEnd: end.toString({ smallestUnit: "second" }),
    timeZone,
    startsAt: instantOf(start, timeZone),
    endsAt: instantOf(end, timeZone),
  };
}

/** From the beginning of the first to the end of the last. @throws RangeError when there is none */
export function span(stretches: readonly Stretch[]): Stretch {
  const first = stretches[0];
  const last = stretches.at(-1);
  if (!first || !last) throw new RangeError("There is no stretch of time to span");
  return { ...first, localEnd: last.localEnd, endsAt: last.endsAt };
}

export function instantOf(local: Temporal.PlainDateTime, timeZone: string): Date {
  return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
}

/**
 * The next change of the clocks in a zone, after a date.
 *
 * @returns the date of the change; `undefined` where clocks are left alone
 */
export function nextClockChange(
  after: Temporal.PlainDate,
  timeZone: string,
): Temporal.PlainDate | undefined {
  return after.toZonedDateTime(timeZone).getTimeZoneTransition("next")?.toPlainDate();
}
