import { useTranslations } from "use-intl";
import { Localized } from "../components/localized.tsx";
import { formatInstantIn } from "../format/dates.ts";
import { deadlineOf, formatTimeLeft, spokenTimeLeft } from "./time-left.ts";
import { useTimeLeft } from "./use-time-left.ts";
import "./countdown.css";

interface CountdownProps {
  /** What the time is for. */
  readonly label: string;
  /** When it is over, and the server's clock as it said so. */
  readonly expiresAt: string;
  readonly serverTime: string;
  /** When that was, on this device's clock. */
  readonly readAt: number;
  /** On whose clock the end is told. */
  readonly timeZone: string;
  /** Called once when it is over. */
  readonly onEnd: () => void;
}

/** The time left to decide on something. Who listens hears the hours, then the minutes, not the seconds. */
export function Countdown(props: CountdownProps) {
  const { label, expiresAt, serverTime, readAt, timeZone, onEnd } = props;
  const t = useTranslations("waitlist");
  const seconds = useTimeLeft(deadlineOf(expiresAt, serverTime, readAt), onEnd);
  const spoken = spokenTimeLeft(seconds);
  function words(): string {
    switch (spoken.unit) {
      case "hours":
        return t("hoursLeft", { hours: spoken.value });
      case "minutes":
        return t("minutesLeft", { minutes: spoken.value });
      case "seconds":
        return t("secondsLeft");
    }
  }
  return (
    <div className="countdown">
      <p className="countdown-clock" aria-hidden="true">
        <span className="label">{label}</span>
        <span className="countdown-time figures">{formatTimeLeft(seconds)}</span>
      </p>
      <p className="visually-hidden" role="timer" aria-live="polite" aria-atomic="true">
        {words()}
      </p>
      <p className="aside-note">
        <Localized>{t("until", { until: formatInstantIn(expiresAt, timeZone) })}</Localized>
      </p>
    </div>
  );
}
