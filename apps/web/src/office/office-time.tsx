import { useTranslations } from "use-intl";
import { readersTimeZone } from "../browser/reader.ts";
import { Localized } from "../components/localized.tsx";
import { RunDays, RunHours } from "../components/run-time.tsx";
import { type When, formatDays, formatHours, formatInstant, zonePlace } from "../format/dates.ts";
import "./office-time.css";

/** @returns whether two zones show the same wall clock at a moment */
function isSameClock(instant: string, one: string, other: string): boolean {
  return one === other || formatInstant(instant, one) === formatInstant(instant, other);
}

/** @returns `2027-03-01T09:00` of an instant, on the clock of a zone */
export function localOf(instant: string, timeZone: string): string {
  // Swedish writes the time as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone,
  });
  return format.format(new Date(instant)).replace(" ", "T");
}

/**
 * When a run or a session is: on its own clock, whose zone is named, and on the reader's where that shows another
 * time.
 */
export function OfficeTime({ when }: { when: When }) {
  const t = useTranslations("office");
  const zone = readersTimeZone();
  const isSame =
    zone === undefined ||
    (isSameClock(when.startsAt, zone, when.timeZone) &&
      isSameClock(when.endsAt, zone, when.timeZone));
  return (
    <span className="office-time">
      <span>
        <RunDays run={when} /> <RunHours run={when} />
      </span>
      {isSame ? null : (
        <span className="office-time-own">
          <Localized>
            {t("ownTime", {
              when: ownTime(when, zone),
              place: zonePlace(zone) ?? zone,
            })}
          </Localized>
        </span>
      )}
    </span>
  );
}

function ownTime({ startsAt, endsAt, localStart, localEnd }: When, zone: string): string {
  const start = localOf(startsAt, zone);
  const end = localOf(endsAt, zone);
  const hours = formatHours(start, end);
  const isSameDays = start.slice(0, 10) === localStart.slice(0, 10);
  return isSameDays && end.slice(0, 10) === localEnd.slice(0, 10)
    ? hours
    : `${formatDays(start, end)}, ${hours}`;
}

interface OfficeInstantProps {
  readonly instant: string;
  /** The clock of what it is about; the reader's alone without one. */
  readonly timeZone?: string;
}

/** A moment: on the clock of what it is about, whose zone is named, and on the reader's where that differs. */
export function OfficeInstant({ instant, timeZone }: OfficeInstantProps) {
  const t = useTranslations("office");
  const own = readersTimeZone() ?? "UTC";
  const zone = timeZone ?? own;
  return (
    <span className="office-time">
      <time dateTime={instant} suppressHydrationWarning>
        {t("instant", { when: formatInstant(instant, zone), place: zonePlace(zone) ?? zone })}
      </time>
      {isSameClock(instant, zone, own) ? null : (
        <span className="office-time-own" suppressHydrationWarning>
          {t("ownTime", { when: formatInstant(instant, own), place: zonePlace(own) ?? own })}
        </span>
      )}
    </span>
  );
}
