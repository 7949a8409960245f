import type { RunSummary } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { formatMoney } from "../../../format/money.ts";
import "./other-dates.css";

interface OtherDatesProps {
  readonly name: string;
  readonly runs: readonly RunSummary[];
  /** How many places are wanted there. */
  readonly places: number;
  readonly chosen: string | undefined;
  readonly onChosen: (runId: string) => void;
  /** Whether what they cost is said; not where it costs no more than before. */
  readonly isPriceShown: boolean;
}

/** Dates to choose from. Those that have too few places say so. */
export function OtherDates(props: OtherDatesProps) {
  const { name, runs, places, chosen, onChosen, isPriceShown } = props;
  const t = useTranslations("booked");
  const tRun = useTranslations("run");
  return runs.map((run) => {
    const hasRoom = run.placesLeft >= places;
    return (
      <label key={run.id} className="other-dates-date" data-full={!hasRoom || undefined}>
        <input
          type="radio"
          name={name}
          value={run.id}
          checked={chosen === run.id}
          disabled={!hasRoom}
          onChange={() => onChosen(run.id)}
        />
        <span className="other-dates-when">
          <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
        </span>
        <span className="other-dates-note">
          {hasRoom ? (
            <Note run={run} isPriceShown={isPriceShown} />
          ) : (
            t("notEnough", { left: run.placesLeft })
          )}
        </span>
      </label>
    );
  });
}

function Note({ run, isPriceShown }: { run: RunSummary; isPriceShown: boolean }) {
  const t = useTranslations("run");
  if (!isPriceShown) return t("placesLeft", { count: run.placesLeft });
  return run.price === null ? t("onRequest") : <Localized>{formatMoney(run.price)}</Localized>;
}
