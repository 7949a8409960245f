import type { RouterOutputs } from "@lectern/client";
import {
  PRIVACY_REQUEST_KINDS,
  PRIVACY_REQUEST_STATES,
  PrivacyRequestKind,
  PrivacyRequestState,
} from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { EmptyState } from "../../../../components/empty-state.tsx";
import { useApi } from "../../../../data/api.ts";
import { oneFilter } from "../../../../office/address-filters.ts";
import { FilterBar } from "../../../../office/filter-bar.tsx";
import { type OfficeColumn, OfficeTable } from "../../../../office/office-table.tsx";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { RecordSection } from "../../../../office/record-page.tsx";
import { StateBadge, type Tone } from "../../../../office/state-badge.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { SettingsFrame } from "../settings-frame.tsx";
import { Retention } from "./retention.tsx";
import "./office-privacy.css";

type Request = RouterOutputs["privacy"]["allRequests"]["items"][number];

const FILTERS = z.object({
  kind: oneFilter(PrivacyRequestKind),
  state: oneFilter(PrivacyRequestState),
});

const PAGE = 50;
const AGAIN_MS = 30_000;

const TONES = {
  waiting: "waiting",
  done: "good",
  withdrawn: "over",
  failed: "bad",
} as const satisfies Record<Request["state"], Tone>;

function keyOf({ id }: Request): string {
  return id;
}

/** What people asked about their data, and how long each kind of it is kept. */
export function OfficePrivacyPage() {
  const t = useTranslations("officePrivacy");
  const api = useApi();
  const filters = useAddressFilters(FILTERS);
  const { kind, state } = filters.filters;
  const list = useInfiniteQuery(
    api.privacy.allRequests.infiniteQueryOptions(
      { kind: kind ?? null, state: state ?? null, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state: shown }) =>
          (shown.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS,
      },
    ),
  );
  return (
    <SettingsFrame part="privacy">
      <RecordSection title={t("requests")}>
        <p className="office-privacy-words">{t("requestsWords")}</p>
        <FilterBar
          page="privacy"
          filters={filters}
          fields={[
            {
              kind: "one",
              name: "kind",
              words: t("kind"),
              choices: PRIVACY_REQUEST_KINDS.map((value) => ({ value, words: t(`kind_${value}`) })),
            },
            {
              kind: "one",
              name: "state",
              words: t("state"),
              choices: PRIVACY_REQUEST_STATES.map((value) => ({
                value,
                words: t(`state_${value}`),
              })),
            },
          ]}
        />
        <OfficeTable
          label={t("requests")}
          list={list}
          columns={useColumns()}
          keyOf={keyOf}
          nameOf={({ person }) => person.name}
          hrefOf={({ person }) => `/office/people/${person.id}`}
          empty={
            filters.count === 0 ? (
              <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
            ) : (
              <EmptyState title={t("noneTitle")} words={t("noneWords")} />
            )
          }
        />
      </RecordSection>
      <Retention />
    </SettingsFrame>
  );
}

function useColumns(): OfficeColumn<Request>[] {
  const t = useTranslations("officePrivacy");
  return [
    {
      id: "person",
      head: t("person"),
      cell: ({ person }) => person.name,
      width: "minmax(10rem, 2fr)",
    },
    {
      id: "kind",
      head: t("kind"),
      cell: ({ kind }) => t(`kind_${kind}`),
      width: "minmax(8rem, 1fr)",
    },
    {
      id: "state",
      head: t("state"),
      cell: ({ state }) => <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>,
      width: "minmax(8rem, 1fr)",
    },
    {
      id: "asked",
      head: t("asked"),
      cell: ({ createdAt }) => <OfficeInstant instant={createdAt} />,
      width: "13rem",
    },
    {
      id: "due",
      head: t("due"),
      cell: ({ doneAt, dueAt, state }) =>
        doneAt !== null ? (
          <OfficeInstant instant={doneAt} />
        ) : state === "waiting" ? (
          <OfficeInstant instant={dueAt} />
        ) : (
          "–"
        ),
      width: "13rem",
    },
  ];
}
