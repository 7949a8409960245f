/**
 * Writes what a time zone is (RFC 5545, section 3.6.5), for calendar programs that do not look it up by its name: one
 * observance for each change of the clocks that matters, without rules for what is before or after.
 *
 * @param timeZone IANA identifier
 * @param from from when it has to be right
 * @param until until when
 * @returns a VTIMEZONE, its lines ended by CRLF
 */
export function timeZoneComponent(timeZone: string, from: Date, until: Date): string {
  const begin = zoned(from, timeZone);
  const end = zoned(until, timeZone);
  const before = begin.getTimeZoneTransition("previous");
  const lines = before === null ? always(begin) : observance(before);
  for (
    let next = begin.getTimeZoneTransition("next");
    next !== null && Temporal.ZonedDateTime.compare(next, end) <= 0;
    next = next.getTimeZoneTransition("next")
  ) {
    lines.push(...observance(next));
  }
  return ["BEGIN:VTIMEZONE", `TZID:${timeZone}`, ...lines, "END:VTIMEZONE"].join("\r\n");
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}

/** A zone whose clocks were never changed before. */
function always(at: Temporal.ZonedDateTime): string[] {
  return component("STANDARD", "19700101T000000", at.offset, at.offset);
}

/** @param change the first moment on the new clock */
function observance(change: Temporal.ZonedDateTime): string[] {
  const old = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > old.offsetNanoseconds ? "DAYLIGHT" : "STANDARD";
  // The clock that was changed is the one that tells when.
  const at = change
    .toInstant()
    .toZonedDateTimeISO(old.offset)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
    .replaceAll(/[-:]/gu, "");
  return component(kind, at, old.offset, change.offset);
}

function component(kind: string, at: string, from: string, to: string): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${at}`,
    `TZOFFSETFROM:${from.replaceAll(":", "")}`,
    `TZOFFSETTO:${to.replaceAll(":", "")}`,
    `END:${kind}`,
  ];
}
