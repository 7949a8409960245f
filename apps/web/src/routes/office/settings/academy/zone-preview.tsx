import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Localized } from "../../../../components/localized.tsx";
import { formatHours, formatLongDay, utcOffset } from "../../../../format/dates.ts";
import { localOf } from "../../../../office/office-time.tsx";
import { zoneWords } from "../../../../office/time-zone-field.tsx";

const MINUTE_MS = 60_000;
const TICK_MS = 5000;

/** @returns what the clock says, as it goes on */
function useClock(): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const ticking = setInterval(() => setNow(new Date().toISOString()), TICK_MS);
    return () => clearInterval(ticking);
  }, []);
  return now;
}

/** How many minutes later than in another zone a day begins; less than 0: earlier. */
function laterBy(instant: string, chosen: string, now: string): number {
  const [there, here] = [chosen, now].map((zone) => Date.parse(`${localOf(instant, zone)}Z`));
  return ((here ?? 0) - (there ?? 0)) / MINUTE_MS;
}

/** What today is in a zone, and what changes where another is chosen. */
export function ZonePreview({ now, chosen }: { now: string; chosen: string }) {
  const t = useTranslations("officeSettings");
  const instant = useClock();
  const zones = chosen === now ? [now] : [now, chosen];
  const minutes = laterBy(instant, chosen, now);
  const hours = Math.abs(minutes) / 60;
  return (
    <div className="academy-settings-preview" aria-live="polite">
      <ul>
        {zones.map((zone) => {
          const local = localOf(instant, zone);
          return (
            <li key={zone}>
              <strong>{t(zone === now ? "asItIs" : "asChosen", { zone: zoneWords(zone) })}</strong>
              <span>
                <Localized>
                  {t("todayThere", {
                    day: formatLongDay(local),
                    clock: formatHours(local, local),
                    offset: utcOffset(local, instant.slice(0, 17) + "00Z"),
                  })}
                </Localized>
              </span>
            </li>
          );
        })}
      </ul>
      {chosen === now ? null : (
        <p>
          {minutes === 0 ? t("sameClock") : t(minutes > 0 ? "laterDays" : "earlierDays", { hours })}{" "}
          {t("whatChanges")}
        </p>
      )}
    </div>
  );
}
