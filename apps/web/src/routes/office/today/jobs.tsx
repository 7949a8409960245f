import { type RouterOutputs, newIdempotencyKey } from "@lectern/client";
import type { InfiniteData } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useApi, useClient } from "../../../data/api.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { changeItems, useOptimisticCall } from "../../../office/use-optimistic-call.ts";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

type DeadJobs = RouterOutputs["jobs"]["dead"];
type DeadJob = DeadJobs["items"][number];

/** Work of the machine that failed as often as it may. */
export function Jobs({ list }: { list: Today["jobs"] }) {
  const t = useTranslations("officeToday");
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  function show(id: string, isShown: boolean): void {
    setHidden((before) => {
      const after = new Set(before);
      if (isShown) after.delete(id);
      else after.add(id);
      return after;
    });
  }
  return (
    <TodaySection
      part="jobs"
      list={list}
      isHidden={({ id }) => hidden.has(id)}
      all={<OfficeLink href="/office/settings/jobs">{t("jobsAll")}</OfficeLink>}
    >
      {(job) => (
        <OneJob
          key={job.id}
          job={job}
          onHide={() => show(job.id, false)}
          onShow={() => show(job.id, true)}
        />
      )}
    </TodaySection>
  );
}

interface OneJobProps {
  readonly job: DeadJob;
  readonly onHide: () => void;
  readonly onShow: () => void;
}

function OneJob({ job, onHide, onShow }: OneJobProps) {
  const t = useTranslations("officeToday");
  const api = useApi();
  const client = useClient();
  const may = useMay();
  const undo = useUndo();
  const { queue, attempts, failedAt, error, data } = job;
  const retrying = useOptimisticCall({
    call: api.jobs.retry.mutationOptions(),
    shownIn: api.jobs.dead.infiniteQueryFilter(),
    show: (shown: InfiniteData<DeadJobs, string | null>, { id }) =>
      changeItems(shown, (one) => (one.id === id ? undefined : one)),
  });
  async function retry(): Promise<void> {
    const wish = { id: job.id };
    await retrying.mutateAsync({ ...wish, idempotencyKey: retrying.keyOf(wish) });
    undo.say(t("jobRetried", { queue }));
  }
  function discard(): void {
    onHide();
    const idempotencyKey = newIdempotencyKey();
    undo.later({
      words: t("jobDiscarded", { queue }),
      run: async () => {
        try {
          await client.jobs.discard.mutate({ id: job.id, idempotencyKey });
        } catch (failure) {
          onShow();
          throw failure;
        }
      },
      onUndone: onShow,
    });
  }
  return (
    <TodayItem
      title={<code className="today-queue">{queue}</code>}
      facts={
        <>
          <span>{t("attempts", { count: attempts })}</span>
          <span>
            <OfficeInstant instant={failedAt} />
          </span>
        </>
      }
      actions={
        may("jobs.write") ? (
          <>
            <Button
              size="small"
              isBusy={retrying.isPending}
              onClick={() => void retry().catch(() => {})}
            >
              {t("retry")}
            </Button>
            <Button size="small" variant="outline" onClick={discard}>
              {t("discard")}
            </Button>
          </>
        ) : undefined
      }
    >
      <p className="today-error">{error}</p>
      <details className="today-data">
        <summary>{t("jobData")}</summary>
        <pre tabIndex={0}>{data}</pre>
      </details>
    </TodayItem>
  );
}
