/** Dates and times of day as other systems write them. */

export interface WallClock {
  /** `2027-03-01T09:00`; of a date alone, its midnight. */
  readonly local: string;
  /** Whether a time of day was given. */
  readonly hasTime: boolean;
  /** The moment in UTC, where the text says it by an offset or `Z`. */
  readonly instant: Temporal.Instant | undefined;
  /** The zone that the text names in brackets (RFC 9557). */
  readonly zone: string | undefined;
  readonly hadSeconds: boolean;
}

const ISO =
  /^(?<date>\d{4}-?\d{2}-?\d{2})(?:[T\s]\s*(?<time>\d{1,2}(?::?\d{2})(?::?\d{2}(?:[.,]\d+)?)?)\s*(?<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?(?:\[(?<zone>[^\]]+)\])?$/iu;

const MINUTE = { smallestUnit: "minute" } as const;

/** "9:30" → "09:30"; Temporal wants two digits. */
function paddedTime(time: string): string {
  return /^\d(?::|$)/u.test(time) ? `0${time}` : time;
}

/**
 * @param text ISO 8601 in its extended or basic form (`20270301T090000`), or with a space for the T;
 *   seconds, an offset and a zone in brackets may follow, the time may be left out
 * @returns `undefined` for anything else, and for days that do not exist
 */
export function readWallClock(text: string): WallClock | undefined {
  const groups = ISO.exec(text.trim())?.groups;
  const date = groups?.["date"];
  if (groups === undefined || date === undefined) return undefined;
  const { time, offset, zone } = groups;
  try {
    const plain = Temporal.PlainDateTime.from(
      time === undefined ? date : `${date}T${paddedTime(time).replace(",", ".")}`,
      { overflow: "reject" },
    );
    return {
      local: plain.toString(MINUTE),
      hasTime: time !== undefined,
      instant:
        offset === undefined
          ? undefined
          : Temporal.Instant.from(`${plain.toString()}${offset.toUpperCase()}`),
      zone,
      hadSeconds: plain.second !== 0,
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function minuteOf(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds / 60_000);
}

/**
 * @returns the wall clock in a zone of what was read. Where the text gives an offset that the zone
 *   does not have then, the moment counts and the clock is turned; else the text is taken as it is.
 */
export function localIn(clock: WallClock, zone: string): { local: string; wasTurned: boolean } {
  if (clock.instant === undefined) return { local: clock.local, wasTurned: false };
  const meant = Temporal.PlainDateTime.from(clock.local).toZonedDateTime(zone);
  if (minuteOf(meant.epochMilliseconds) === minuteOf(clock.instant.epochMilliseconds))
    return { local: clock.local, wasTurned: false };
  return {
    local: clock.instant.toZonedDateTimeISO(zone).toPlainDateTime().toString(MINUTE),
    wasTurned: true,
  };
}

/** @returns a date in the form of an exact wall-clock time at the last minute of that day */
export function endOfDay(local: string): string {
  return `${local.slice(0, 10)}T23:59`;
}

/** @returns the wall-clock time that is an ISO 8601 duration later, `undefined` if it is none */
export function plusDuration(local: string, duration: string): string | undefined {
  try {
    return Temporal.PlainDateTime.from(local)
      .add(Temporal.Duration.from(duration.trim().toUpperCase()))
      .toString(MINUTE);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
