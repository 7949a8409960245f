import type { RouterOutputs } from "@lectern/client";
import { useTranslations } from "use-intl";
import { Button } from "../../../../components/button.tsx";
import { formatNumber } from "../../../../format/numbers.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { RecordSection } from "../../../../office/record-page.tsx";

type Statistics = RouterOutputs["jobs"]["statistics"];
type Queue = Statistics["queues"][number];

/** On narrow screens, the first are seen. */
const COUNTS = ["dead", "waiting", "running", "later"] as const;

interface QueuesProps {
  readonly statistics: Statistics;
  /** The one whose dead jobs are listed. */
  readonly queue: string | undefined;
  readonly showsIdle: boolean;
  readonly onFilter: (filters: {
    readonly queue?: string | undefined;
    readonly idle?: true | undefined;
  }) => void;
}

/** How much there is in each queue; those with nothing in them where they are asked for. */
export function Queues({ statistics, queue, showsIdle, onFilter }: QueuesProps) {
  const t = useTranslations("officeJobs");
  const { queues, inOutbox } = statistics;
  const busy = queues.filter(
    (one) => one.queue === queue || COUNTS.some((count) => one[count] > 0),
  );
  const shown = showsIdle ? queues : busy;
  const idle = queues.length - busy.length;
  return (
    <RecordSection
      title={t("queues")}
      actions={
        idle === 0 ? undefined : (
          <Button
            variant="outline"
            size="small"
            onClick={() => onFilter({ idle: showsIdle ? undefined : true })}
          >
            {showsIdle ? t("hideIdle") : t("showIdle", { count: idle })}
          </Button>
        )
      }
    >
      <p className="facts" role="status">
        {COUNTS.map((count) => (
          <span key={count}>
            {t(`sum_${count}`, { count: queues.reduce((sum, one) => sum + one[count], 0) })}
          </span>
        ))}
        {inOutbox === 0 ? null : <span>{t("inOutbox", { count: inOutbox })}</span>}
      </p>
      {shown.length === 0 ? (
        <p>{t("allIdle")}</p>
      ) : (
        <div className="office-jobs-scroll" role="group" aria-label={t("queues")} tabIndex={0}>
          <table className="office-jobs-queues">
            <thead>
              <tr>
                <th scope="col">{t("queue")}</th>
                {COUNTS.map((count) => (
                  <th key={count} scope="col" data-number="true">
                    {t(count === "dead" ? "failedAt" : count)}
                  </th>
                ))}
                <th scope="col">{t("waitingSince")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <OneQueue
                  key={one.queue}
                  one={one}
                  isChosen={one.queue === queue}
                  onFilter={onFilter}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </RecordSection>
  );
}

interface OneQueueProps {
  readonly one: Queue;
  readonly isChosen: boolean;
  readonly onFilter: QueuesProps["onFilter"];
}

function OneQueue({ one, isChosen, onFilter }: OneQueueProps) {
  const t = useTranslations("officeJobs");
  const { queue, dead, waitingSince } = one;
  return (
    <tr data-chosen={isChosen}>
      <th scope="row">
        <code>{queue}</code>
      </th>
      <td data-number="true">
        {dead === 0 && !isChosen ? (
          formatNumber(dead)
        ) : (
          <button
            type="button"
            className="office-jobs-only"
            aria-pressed={isChosen}
            onClick={() => onFilter({ queue: isChosen ? undefined : queue })}
          >
            {formatNumber(dead)}
            <span className="visually-hidden"> {t("onlyThese", { queue })}</span>
          </button>
        )}
      </td>
      <td data-number="true">{formatNumber(one.waiting)}</td>
      <td data-number="true">{formatNumber(one.running)}</td>
      <td data-number="true">{formatNumber(one.later)}</td>
      <td>{waitingSince === null ? null : <OfficeInstant instant={waitingSince} />}</td>
    </tr>
  );
}
