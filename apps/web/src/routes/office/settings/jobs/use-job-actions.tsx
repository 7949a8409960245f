import { newIdempotencyKey } from "@lectern/client";
import type { DeadJob } from "@lectern/contract/jobs";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../../data/api.ts";
import type { BulkAction } from "../../../../office/bulk-dialog.tsx";
import { useMay } from "../../../../office/office-me.ts";

/** What can be done with many dead jobs at once, by whoever may. */
export function useJobActions(): readonly BulkAction<DeadJob>[] {
  const t = useTranslations("officeJobs");
  const may = useMay();
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const onSettled = () => void queryClient.invalidateQueries(api.jobs.pathFilter());
  const call = ({ id }: DeadJob) => ({ id, idempotencyKey: newIdempotencyKey() });
  if (!may("jobs.write")) return [];
  return [
    {
      id: "retry",
      words: t("retry"),
      title: (count) => t("bulkRetry", { count }),
      preview: (items) => <ByQueue items={items} words={t("retryWords")} />,
      run: (item) => client.jobs.retry.mutate(call(item)),
      done: (count) => t("bulkRetried", { count }),
      onSettled,
    },
    {
      id: "discard",
      words: t("discard"),
      title: (count) => t("bulkDiscard", { count }),
      preview: (items) => <ByQueue items={items} words={t("discardWords")} />,
      run: (item) => client.jobs.discard.mutate(call(item)),
      done: (count) => t("bulkDiscarded", { count }),
      onSettled,
      isDangerous: true,
    },
  ];
}

/** How many of each queue, and what went wrong with them. */
function ByQueue({ items, words }: { items: readonly DeadJob[]; words: string }) {
  const t = useTranslations("officeJobs");
  const queues = Map.groupBy(items, ({ queue }) => queue);
  return (
    <>
      <p>{words}</p>
      <ul className="office-jobs-preview">
        {[...queues].map(([queue, jobs]) => (
          <li key={queue}>
            <code>{queue}</code> {t("jobs", { count: jobs.length })}
            <ul>
              {[...new Set(jobs.map(({ error }) => error))].slice(0, 3).map((error) => (
                <li key={error} className="office-jobs-error">
                  {error}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}
