import type { DeadJob } from "@lectern/contract/jobs";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Loaded } from "../../../../account/loaded.tsx";
import { EmptyState } from "../../../../components/empty-state.tsx";
import { useApi } from "../../../../data/api.ts";
import { flagFilter, textFilter } from "../../../../office/address-filters.ts";
import { BulkBar } from "../../../../office/bulk-bar.tsx";
import { useMay } from "../../../../office/office-me.ts";
import { type OfficeColumn, OfficeTable } from "../../../../office/office-table.tsx";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { RecordSection } from "../../../../office/record-page.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { useSelection } from "../../../../office/use-selection.ts";
import { SettingsFrame } from "../settings-frame.tsx";
import { JobPanel } from "./job-panel.tsx";
import { Queues } from "./queues.tsx";
import { useJobActions } from "./use-job-actions.tsx";
import "./office-jobs.css";

const FILTERS = z.object({ queue: textFilter(60), idle: flagFilter() });
const OPEN = z.object({ job: textFilter(36) });

const PAGE = 50;
const AGAIN_MS = 10_000;

function keyOf({ id }: DeadJob): string {
  return id;
}

function nameOf({ queue, jobId }: DeadJob): string {
  return `${queue} ${jobId.slice(-6)}`;
}

/** How much waits, runs and has failed, and what can be done about what failed. */
export function OfficeJobsPage() {
  const t = useTranslations("officeJobs");
  const api = useApi();
  const may = useMay();
  const filters = useAddressFilters(FILTERS);
  const open = useAddressFilters(OPEN);
  const { queue } = filters.filters;
  const statistics = useQuery(
    api.jobs.statistics.queryOptions(undefined, { staleTime: 0, refetchInterval: AGAIN_MS }),
  );
  const list = useInfiniteQuery(
    api.jobs.dead.infiniteQueryOptions(
      { queue: queue ?? null, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        staleTime: 0,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  const selection = useSelection(keyOf);
  const actions = useJobActions();
  const opened = list.data?.pages
    .flatMap(({ items }) => items)
    .find(({ id }) => id === open.filters.job);
  return (
    <SettingsFrame part="jobs">
      <Loaded query={statistics}>
        {(found) => (
          <Queues
            statistics={found}
            queue={queue}
            showsIdle={filters.filters.idle === true}
            onFilter={filters.set}
          />
        )}
      </Loaded>
      <RecordSection title={queue === undefined ? t("dead") : t("deadOf", { queue })}>
        <p className="office-jobs-words">{t("deadWords")}</p>
        <OfficeTable
          label={t("dead")}
          list={list}
          columns={useColumns()}
          keyOf={keyOf}
          nameOf={nameOf}
          onOpen={({ id }) => open.set({ job: id })}
          {...(may("jobs.write") && { selection })}
          empty={<EmptyState title={t("noneTitle")} words={t("noneWords")} />}
        />
      </RecordSection>
      <BulkBar selection={selection} keyOf={keyOf} nameOf={nameOf} actions={actions} />
      {opened === undefined ? null : <JobPanel key={opened.id} job={opened} onClose={open.clear} />}
    </SettingsFrame>
  );
}

function useColumns(): OfficeColumn<DeadJob>[] {
  const t = useTranslations("officeJobs");
  return [
    {
      id: "queue",
      head: t("queue"),
      cell: ({ queue }) => <code className="office-jobs-queue">{queue}</code>,
      width: "minmax(9rem, 1fr)",
    },
    {
      id: "error",
      head: t("error"),
      cell: ({ error }) => <span className="office-jobs-error">{error}</span>,
      width: "minmax(12rem, 3fr)",
    },
    {
      id: "attempts",
      head: t("attempts"),
      cell: ({ attempts }) => String(attempts),
      width: "6rem",
      isNumber: true,
    },
    {
      id: "failed",
      head: t("failedAt"),
      cell: ({ failedAt }) => <OfficeInstant instant={failedAt} />,
      width: "13rem",
    },
  ];
}
