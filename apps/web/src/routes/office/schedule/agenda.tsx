import { useTranslations } from "use-intl";
import { formatLongDay } from "../../../format/dates.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeTime } from "../../../office/office-time.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import type { Entry } from "./entries.ts";
import { STATUS_TONES, useStatusWords } from "./use-status-words.ts";
import "./agenda.css";

interface AgendaProps {
  readonly entries: readonly Entry[];
  readonly whereOf: (entry: Entry) => string;
  readonly canMove: (entry: Entry) => boolean;
  readonly onMove: (entry: Entry) => void;
}

/** The calendar as a list of days, for narrow screens. */
export function Agenda({ entries, whereOf, canMove, onMove }: AgendaProps) {
  const t = useTranslations("officeSchedule");
  const words = useStatusWords();
  return (
    <ol className="agenda">
      {[...Map.groupBy(entries, ({ day }) => day)].map(([day, those]) => (
        <li key={day}>
          <h2>{formatLongDay(day)}</h2>
          <ul>
            {those.map((entry) => {
              const { run, position, count } = entry;
              return (
                <li key={entry.key} className="agenda-entry">
                  <OfficeLink href={`/office/runs/${run.id}`} className="agenda-open">
                    {run.course.title}
                  </OfficeLink>
                  <StateBadge tone={STATUS_TONES[run.status]}>{words(run.status)}</StateBadge>
                  <p className="aside-note">
                    <OfficeTime when={entry} />
                  </p>
                  <p className="facts">
                    {whereOf(entry) === "" ? null : <span>{whereOf(entry)}</span>}
                    <span>{t("placesWords", { taken: run.taken, capacity: run.capacity })}</span>
                    {run.waiting === 0 ? null : <span>{t("waiting", { count: run.waiting })}</span>}
                    {count > 1 ? <span>{t("dayOf", { position, count })}</span> : null}
                  </p>
                  {canMove(entry) ? (
                    <button
                      type="button"
                      className="plain-button agenda-move"
                      aria-label={t("moveOf", { course: run.course.title })}
                      onClick={() => onMove(entry)}
                    >
                      {t("move")}
                    </button>
                  ) : null}
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ol>
  );
}
