import type { PointerEvent } from "react";
import { useTranslations } from "use-intl";
import { readersTimeZone } from "../../../browser/reader.ts";
import { formatHours, formatOwnHours } from "../../../format/dates.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import type { Entry } from "./entries.ts";
import { STATUS_TONES, useStatusWords } from "./use-status-words.ts";
import "./chip.css";

interface ChipProps {
  readonly entry: Entry;
  /** Where and by whom, as far as the view does not say it itself. */
  readonly where: string;
  readonly isCompact: boolean;
  /** Whether the keyboard reaches it: that of the day on which the focus is. */
  readonly isReachable: boolean;
  readonly isLifted: boolean;
  /** Without it, it can't be moved. */
  readonly onMove?: () => void;
  readonly onPointerDown?: (event: PointerEvent) => void;
}

/** A session in the calendar: opens its run, and can be moved. */
export function Chip(props: ChipProps) {
  const { entry, where, isCompact, isReachable, isLifted, onMove, onPointerDown } = props;
  const t = useTranslations("officeSchedule");
  const words = useStatusWords();
  const { run, position, count } = entry;
  const tabIndex = isReachable ? 0 : -1;
  return (
    <div
      className="chip"
      data-status={run.status}
      data-compact={isCompact}
      data-lifted={isLifted}
      data-movable={onMove !== undefined}
      data-chip={entry.key}
      onPointerDown={onPointerDown}
      // The browser's own dragging, of links, would be in the way.
      onDragStart={(event) => event.preventDefault()}
    >
      <OfficeLink href={`/office/runs/${run.id}`} className="chip-open" tabIndex={tabIndex}>
        <span className="chip-time figures">
          {isCompact ? entry.localStart.slice(11) : formatHours(entry.localStart, entry.localEnd)}
        </span>{" "}
        <span className="chip-title">{run.course.title}</span>
        {run.status === "confirmed" ? (
          <span className="visually-hidden">, {words(run.status)}</span>
        ) : (
          <span className="chip-status">
            <span className="visually-hidden">, </span>
            <StateBadge tone={STATUS_TONES[run.status]}>{words(run.status)}</StateBadge>
          </span>
        )}
        <span className="chip-more" hidden={isCompact}>
          <Own entry={entry} />
          {where === "" ? null : <span>{where}</span>}
          <span>
            <span className="figures" aria-hidden="true">
              {t("places", { taken: run.taken, capacity: run.capacity })}
            </span>
            <span className="visually-hidden">
              {t("placesWords", { taken: run.taken, capacity: run.capacity })}
            </span>
            {run.waiting === 0 ? null : <>, {t("waiting", { count: run.waiting })}</>}
            {count > 1 ? <>, {t("dayOf", { position, count })}</> : null}
          </span>
        </span>
      </OfficeLink>
      {onMove === undefined ? null : (
        <button
          type="button"
          className="chip-move"
          tabIndex={tabIndex}
          aria-label={t("moveOf", { course: run.course.title })}
          onClick={onMove}
        >
          <span aria-hidden="true">⠿</span>
        </button>
      )}
    </div>
  );
}

/** The hours on the reader's own clock, where it shows others. */
function Own({ entry }: { entry: Entry }) {
  const t = useTranslations("officeSchedule");
  if (readersTimeZone() === entry.timeZone) return null;
  const hours = formatOwnHours(entry.startsAt, entry.endsAt);
  if (hours === formatHours(entry.localStart, entry.localEnd)) return null;
  return <span className="chip-own">{t("own", { hours })}</span>;
}
