import { useTranslations } from "use-intl";
import { RunDays } from "../../../components/run-time.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import type { Run } from "./entries.ts";
import { STATUS_TONES, useStatusWords } from "./use-status-words.ts";
import "./ongoing.css";

/** What is open for weeks, without sessions: named beside the days, and not on each of them. */
export function Ongoing({ runs }: { runs: readonly Run[] }) {
  const t = useTranslations("officeSchedule");
  const words = useStatusWords();
  return (
    <details className="ongoing">
      <summary>{t("ongoing", { count: runs.length })}</summary>
      <ul>
        {runs.map((run) => (
          <li key={run.id}>
            <OfficeLink href={`/office/runs/${run.id}`}>{run.course.title}</OfficeLink>
            <RunDays run={run} />
            <StateBadge tone={STATUS_TONES[run.status]}>{words(run.status)}</StateBadge>
            <span>{t("placesWords", { taken: run.taken, capacity: run.capacity })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
