import type { RunDetail } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { waitlistKeyOfRun } from "../../../browser/link-keys.ts";
import { Button, LinkButton } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { JoinWaitlist } from "./join-waitlist.tsx";
import "./waiting-step.css";

interface WaitingStepProps {
  readonly run: RunDetail;
  /** How many places are wanted. */
  readonly places: number;
  /** How many parties wait; `null` while that is not known. */
  readonly waiting: number | null;
  readonly isReady: boolean;
  /** Whether the visitor chose to wait just now: then they go on here. */
  readonly isChosen: boolean;
  /** Whether the places went while the visitor was about to take them. */
  readonly wasFaster: boolean;
  readonly onBook: () => void;
}

/** The waiting list of a date: how it works, how many wait, and the way in. */
export function WaitingStep(props: WaitingStepProps) {
  const { run, places, waiting, isReady, isChosen, wasFaster, onBook } = props;
  const t = useTranslations("waitlist");
  const tBooking = useTranslations("booking");
  const heading = useFocusOnChange<HTMLHeadingElement>(isChosen, isChosen);
  const known = isReady ? waitlistKeyOfRun(run.id) : undefined;
  const isSoldOut = run.bookability === "sold_out";
  return (
    <section className="waiting-step" aria-labelledby="waiting">
      <h2 id="waiting" ref={heading} tabIndex={-1}>
        {t(isSoldOut ? (wasFaster ? "joinTitleGone" : "joinTitle") : "joinTitleGroup")}
      </h2>
      <p>{t(isSoldOut ? "joinWords" : "joinWordsGroup")}</p>
      {waiting === null ? null : (
        <p className="waiting-step-count">{t("waitingNow", { count: waiting })}</p>
      )}
      {isSoldOut ? null : (
        <div className="waiting-step-free" role="status">
          <p>{tBooking("tooFewTitle", { left: run.placesLeft })}</p>
          <Button variant="outline" size="small" onClick={onBook}>
            {t("instead")}
          </Button>
        </div>
      )}
      {known === undefined ? null : (
        <div className="waiting-step-free">
          <p>{t("inLineTitle")}</p>
          <LinkButton to="/waitlist" hash={known.id} variant="outline" size="small">
            {t("inLine")}
          </LinkButton>
        </div>
      )}
      <JoinWaitlist run={run} places={places} isReady={isReady} onBook={onBook} />
      <p>
        <Link
          to="/courses/$slug"
          params={{ slug: run.course.slug }}
          hash="dates"
          className="onward"
        >
          {tBooking("otherDates")}
        </Link>
      </p>
    </section>
  );
}
