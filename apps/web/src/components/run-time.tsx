import { useTranslations } from "use-intl";
import {
  type When,
  formatDays,
  formatDaysOfYear,
  formatHours,
  formatOwnHours,
  utcOffset,
  zonePlace,
} from "../format/dates.ts";
import { useIsHydrated } from "./use-is-hydrated.ts";

/** The days of a run: `1–3 Mar 2027`. */
export function RunDays({ run, year = true }: { run: When; year?: boolean }) {
  const format = year ? formatDays : formatDaysOfYear;
  return (
    <time dateTime={run.startsAt} suppressHydrationWarning>
      {format(run.localStart, run.localEnd)}
    </time>
  );
}

/** The clock that a run keeps: `Oslo time (UTC+1)`. A change of clocks within the run is said. */
export function RunZone({ run }: { run: When }) {
  const t = useTranslations("run");
  const offset = utcOffset(run.localStart, run.startsAt);
  const later = utcOffset(run.localEnd, run.endsAt);
  const place = zonePlace(run.timeZone);
  if (place === undefined) return offset;
  return offset === later
    ? t("zoneTime", { place, offset })
    : t("zoneTimeChanging", { place, offset, later });
}

/** The hours of a run with their zone: `09:00–17:00 Oslo time (UTC+1)`. */
export function RunHours({ run }: { run: When }) {
  return (
    <>
      <span className="figures">{formatHours(run.localStart, run.localEnd)}</span>{" "}
      <RunZone run={run} />
    </>
  );
}

/** The hours on the reader's own clock, where that is another one; known in browsers alone. */
export function ReadersHours({ run }: { run: When }) {
  const t = useTranslations("run");
  if (!useIsHydrated()) return null;
  const hours = formatOwnHours(run.startsAt, run.endsAt);
  if (hours === formatHours(run.localStart, run.localEnd)) return null;
  return <span className="figures">{t("yourTime", { hours })}</span>;
}
