import type { OnlineSession } from "@lectern/contract/calendar";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { Button } from "../components/button.tsx";
import { Localized } from "../components/localized.tsx";
import { useIsHydrated } from "../components/use-is-hydrated.ts";
import { formatInstant, formatInstantIn } from "../format/dates.ts";
import { deadlineOf, formatTimeLeft, spokenTimeLeft } from "../time-left/time-left.ts";
import { useTimeLeft } from "../time-left/use-time-left.ts";
import { type Coming, useJoin } from "./use-join.ts";
import "./join-session.css";

/** Longer than that, and a day is said instead of counting down. */
const COUNTED_SECONDS = 24 * 60 * 60;

/** The server's clock, as it answered. */
export interface ServerClock {
  readonly serverTime: string;
  /** When that was, on this device's clock. */
  readonly readAt: number;
}

interface JoinSessionProps {
  readonly session: OnlineSession;
  readonly coming: Coming;
  /** What it is about, for who listens. */
  readonly title: string;
  readonly clock: ServerClock;
  /** Called when it opens or ends: then more is known. */
  readonly onChange: () => void;
}

/** The way into a session online: when it opens, and the door once it is open. */
export function JoinSession(props: JoinSessionProps) {
  const { session, clock, onChange } = props;
  const { state, opensAt, endsAt } = session;
  const t = useTranslations("joining");
  if (state === "over") return <p className="join-session-when">{t("over")}</p>;
  const next = state === "open" ? endsAt : opensAt;
  const deadline = deadlineOf(next, clock.serverTime, clock.readAt);
  return (
    <div className="join-session">
      {state === "open" ? (
        <Door key="open" {...props} deadline={deadline} />
      ) : (
        <Ahead key="ahead" session={session} deadline={deadline} onOpen={onChange} />
      )}
    </div>
  );
}

interface AheadProps {
  readonly session: OnlineSession;
  readonly deadline: number;
  readonly onOpen: () => void;
}

function Ahead({ session, deadline, onOpen }: AheadProps) {
  const t = useTranslations("joining");
  const seconds = useTimeLeft(deadline, onOpen);
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
    <>
      {seconds > COUNTED_SECONDS ? null : (
        <>
          <p className="join-session-clock" aria-hidden="true">
            <span className="label">{t("countdown")}</span>
            <span className="join-session-time figures">{formatTimeLeft(seconds)}</span>
          </p>
          <p className="visually-hidden" role="timer" aria-live="polite" aria-atomic="true">
            {words()}
          </p>
        </>
      )}
      <p className="join-session-when">
        <OpensAt session={session} />
      </p>
      {session.hasLink ? null : <p className="join-session-when">{t("noLink")}</p>}
    </>
  );
}

/** On the clock of the session, and on the reader's where that is another one. */
function OpensAt({ session: { opensAt, timeZone } }: { session: OnlineSession }) {
  const t = useTranslations("joining");
  const isHydrated = useIsHydrated();
  const at = formatInstantIn(opensAt, timeZone);
  const here = formatInstant(opensAt);
  const isSame = !isHydrated || formatInstant(opensAt, timeZone) === here;
  return <Localized>{isSame ? t("opens", { at }) : t("opensHere", { at, here })}</Localized>;
}

function Door(props: JoinSessionProps & { readonly deadline: number }) {
  const { session, coming, title, deadline, onChange } = props;
  const { endsAt, timeZone, position, hasLink } = session;
  const t = useTranslations("joining");
  const { joining, failureWords } = useJoin(coming, position);
  useTimeLeft(deadline, onChange);
  return (
    <>
      <CallFailure call={joining} words={failureWords} />
      {hasLink ? (
        <p>
          <Button isBusy={joining.isPending || joining.isSuccess} onClick={() => joining.mutate()}>
            <span className="visually-hidden">{t("joinSession", { title })}</span>
            <span aria-hidden="true">{t("join")}</span>
          </Button>
        </p>
      ) : (
        <p role="status">{t("noLinkOpen")}</p>
      )}
      <p className="join-session-when" role={joining.isSuccess ? "status" : undefined}>
        {joining.isSuccess ? (
          t("leading")
        ) : (
          <Localized>{t("isOpen", { until: formatInstantIn(endsAt, timeZone) })}</Localized>
        )}
      </p>
    </>
  );
}
