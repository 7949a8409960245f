import { isLecternError } from "@lectern/client";
import type { ScheduleProposal } from "@lectern/contract/scheduling";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { useApi } from "../../../data/api.ts";
import { formatHours } from "../../../format/dates.ts";
import { useSettled } from "../../../office/use-settled.ts";
import { Findings } from "./findings.tsx";
import { formatWeekdayDate } from "./formats.ts";
import { usePlanningWords } from "./use-move.ts";
import "./plan-check.css";

const PAUSE_MS = 300;

/** What stands against a plan that is being typed, and the sessions it would have. */
export function PlanCheck({
  proposal,
}: {
  proposal: z.infer<typeof ScheduleProposal> | undefined;
}) {
  const t = useTranslations("officeSchedule");
  const words = usePlanningWords();
  const key = JSON.stringify(proposal ?? null);
  const settled = useSettled(key, PAUSE_MS);
  const asked = key === settled ? proposal : undefined;
  const check = useQuery(
    useApi().runs.checkSchedule.queryOptions(asked ?? EMPTY, {
      enabled: asked !== undefined,
      placeholderData: keepPreviousData,
      gcTime: 0,
      retry: false,
      trpc: { abortOnUnmount: true },
    }),
  );
  const isCurrent = asked !== undefined && !check.isFetching && !check.isPlaceholderData;
  const shown = proposal === undefined ? undefined : check.data;
  return (
    <section
      className="plan-check"
      aria-label={t("findings")}
      aria-busy={proposal !== undefined && !isCurrent}
    >
      <h2>{t("findings")}</h2>
      <div role="status">
        {proposal === undefined ? <p className="aside-note">{t("findingsEarly")}</p> : null}
        {proposal !== undefined && shown === undefined && check.error === null ? (
          <p>{t("findingsChecking")}</p>
        ) : null}
        {check.error !== null && isCurrent ? (
          <p className="plan-check-failed">
            {isLecternError(check.error, "Invalid")
              ? t("finding_pattern", { message: check.error.data.issues[0]?.message ?? "" })
              : words(check.error)}
          </p>
        ) : null}
        {shown === undefined || check.error !== null ? null : (
          <Findings findings={shown.findings} />
        )}
      </div>
      {shown === undefined || check.error !== null ? null : (
        <>
          <h3>{t("sessionsShown", { count: shown.sessions.length })}</h3>
          <ol>
            {shown.sessions.map(({ localStart, localEnd }) => (
              <li key={localStart} className="figures">
                {formatWeekdayDate(localStart)}, {formatHours(localStart, localEnd)}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

/** Of a query that is not asked. */
const EMPTY = {
  deliveryMode: "virtual",
  timeZone: "UTC",
  capacity: 0,
  pattern: { from: "2000-01-01", sessions: 1, start: "09:00", end: "10:00" },
} as const;
