import type { ScheduleFinding } from "@lectern/contract/scheduling";
import type { ZonedStretch } from "../../shared/zoned-time.ts";
import type { HolidayOn } from "./public-holidays.ts";

const MINUTE = { smallestUnit: "minute" } as const;
const MS_PER_MINUTE = 60_000;

/**
 * @param country where it is taught, and the holidays there
 * @returns what should be known about the times themselves: holidays, the past, changes of the clocks
 */
export function judgeTimes(
  sittings: readonly ZonedStretch[],
  country: string | null,
  holidayOn: HolidayOn,
): ScheduleFinding[] {
  const now = Date.now();
  return sittings.flatMap((sitting): ScheduleFinding[] => {
    const { localStart: at } = sitting;
    const findings = clockFindings(sitting);
    const holiday = holidayOn(Temporal.PlainDateTime.from(at).toPlainDate());
    if (holiday !== undefined && country !== null) {
      findings.push({ kind: "public_holiday", isBlocking: false, at, name: holiday, country });
    }
    if (sitting.startsAt.getTime() < now) findings.push({ kind: "past", isBlocking: false, at });
    return findings;
  });
}

/** What a change of the clocks does to a sitting. */
function clockFindings(sitting: ZonedStretch): ScheduleFinding[] {
  const { localStart, localEnd, timeZone, startsAt, endsAt } = sitting;
  const findings: ScheduleFinding[] = [];
  for (const local of [localStart, localEnd]) {
    const at = Temporal.PlainDateTime.from(local);
    const becomes = at.toZonedDateTime(timeZone).toPlainDateTime();
    if (!becomes.equals(at)) {
      findings.push({
        kind: "clock_skips",
        isBlocking: false,
        at: local,
        becomes: becomes.toString(MINUTE),
      });
    } else if (isShownTwice(at, timeZone)) {
      findings.push({ kind: "clock_repeats", isBlocking: false, at: local });
    }
  }
  const said = minutesBetween(localStart, localEnd);
  const minutes = (endsAt.getTime() - startsAt.getTime()) / MS_PER_MINUTE - said;
  if (minutes !== 0) {
    findings.push({ kind: "clock_changes", isBlocking: false, at: localStart, minutes });
  }
  return findings;
}

function isShownTwice(at: Temporal.PlainDateTime, timeZone: string): boolean {
  const [earlier, later] = (["earlier", "later"] as const).map((disambiguation) =>
    at.toZonedDateTime(timeZone, { disambiguation }),
  );
  return earlier?.epochMilliseconds !== later?.epochMilliseconds;
}

function minutesBetween(start: string, end: string): number {
  return Temporal.PlainDateTime.from(start)
    .until(Temporal.PlainDateTime.from(end), { largestUnit: "minute" })
    .total("minute");
}
