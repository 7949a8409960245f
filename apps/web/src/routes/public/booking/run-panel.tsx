import type { RunDetail, RunSummary } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { ReadersHours, RunDays, RunZone } from "../../../components/run-time.tsx";
import { MODE_WORDS } from "../../../components/words.ts";
import { formatHours, formatLongDay } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { countryName, formatList, languageName } from "../../../format/names.ts";
import { Cancellation } from "./cancellation.tsx";
import "./run-panel.css";

interface RunPanelProps {
  readonly run: RunSummary & Pick<RunDetail, "sessions" | "cancellationPolicy">;
  /** Where another price was agreed on, that of the date would only confuse. */
  readonly isPriceLeftOut?: boolean;
}

/** The date that is being booked, beside the form. */
export function RunPanel({ run, isPriceLeftOut = false }: RunPanelProps) {
  const t = useTranslations();
  const instructors = new Set(
    run.sessions.flatMap((session) => session.instructors.map(({ name }) => name)),
  );
  return (
    <aside className="run-panel" aria-label={t("booking.runHeading")}>
      <RunFacts run={run} isPriceLeftOut={isPriceLeftOut} />
      {instructors.size === 0 ? null : (
        <p>{t("booking.with", { names: formatList(instructors) })}</p>
      )}
      <ol className="run-panel-sessions">
        {run.sessions.map((session) => (
          <li key={session.id}>
            <time dateTime={session.startsAt} suppressHydrationWarning>
              {formatLongDay(session.localStart)}
            </time>
            <span className="figures">{formatHours(session.localStart, session.localEnd)}</span>
          </li>
        ))}
      </ol>
      <p className="run-panel-zone">
        <RunZone run={run} />
        {run.deliveryMode === "virtual" ? <ReadersHours run={run} /> : null}
      </p>
      <Cancellation policy={run.cancellationPolicy} />
    </aside>
  );
}

/** Days, place, language, price and places left of a run. */
export function RunFacts(props: { run: RunSummary; isPriceLeftOut?: boolean }) {
  const { run, isPriceLeftOut = false } = props;
  const t = useTranslations();
  const { venue, price } = run;
  return (
    <div className="run-facts">
      <p className="run-facts-days">
        <RunDays run={run} />
      </p>
      {venue === null ? (
        <p>{t(MODE_WORDS[run.deliveryMode])}</p>
      ) : (
        <address className="run-facts-place">
          {venue.name}
          <br />
          {[venue.street, venue.city].filter(Boolean).join(", ")},{" "}
          <Localized>{countryName(venue.country)}</Localized>
        </address>
      )}
      <p className="facts">
        <Localized>{t("run.taughtIn", { language: languageName(run.language) })}</Localized>
        {isPriceLeftOut ? null : price === null ? (
          <span>{t("run.onRequest")}</span>
        ) : (
          <span>
            <Localized>{formatMoney(price)}</Localized> {t("run.perPlace")}
          </span>
        )}
      </p>
    </div>
  );
}
