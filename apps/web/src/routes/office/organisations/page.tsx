import type { RouterOutputs } from "@lectern/client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { countryName } from "../../../format/names.ts";
import { flagFilter, textFilter } from "../../../office/address-filters.ts";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { NewOrganisation } from "./new-organisation.tsx";

type Item = RouterOutputs["organisations"]["list"]["items"][number];

const FILTERS = z.object({ q: textFilter(), archived: flagFilter() });

const PAGE = 50;
/** What others do shows up by itself, unless very much is loaded. */
const AGAIN_MS = 10_000;

function keyOf({ id }: Item): string {
  return id;
}

function nameOf({ name }: Item): string {
  return name;
}

/** The companies that book for their people. */
export function OfficeOrganisationsPage() {
  const t = useTranslations("officeOrganisations");
  const api = useApi();
  const may = useMay();
  const filters = useAddressFilters(FILTERS);
  const { q, archived } = filters.filters;
  const list = useInfiniteQuery(
    api.organisations.list.infiniteQueryOptions(
      { query: q ?? null, withArchived: archived === true, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  const [isMaking, setIsMaking] = useState(false);
  const canMake = may("organisations.create");
  const make = () => setIsMaking(true);
  useShortcut("n", t("new"), { isOff: !canMake, run: make });
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={canMake ? <Button onClick={make}>{t("new")}</Button> : undefined}
    >
      <FilterBar page="organisations" filters={filters} fields={useFields()} />
      <OfficeTable
        label={t("title")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ id }) => `/office/organisations/${id}`}
        empty={
          filters.count === 0 ? (
            <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
          ) : (
            <EmptyState title={t("noneTitle")} words={t("noneWords")} />
          )
        }
      />
      {isMaking ? <NewOrganisation onClose={() => setIsMaking(false)} /> : null}
    </OfficePage>
  );
}

function useFields() {
  const t = useTranslations("officeOrganisations");
  return [
    { kind: "text", name: "q", words: t("search") },
    { kind: "flag", name: "archived", words: t("withArchived") },
  ] as const;
}

function useColumns(): OfficeColumn<Item>[] {
  const t = useTranslations("officeOrganisations");
  return [
    {
      id: "name",
      head: t("name"),
      cell: ({ name }) => <strong>{name}</strong>,
      width: "minmax(12rem, 2.5fr)",
    },
    {
      id: "state",
      head: t("state"),
      cell: ({ archivedAt }) =>
        archivedAt === null ? (
          <StateBadge>{t("inUse")}</StateBadge>
        ) : (
          <StateBadge tone="over">{t("archived")}</StateBadge>
        ),
      width: "8rem",
    },
    {
      id: "country",
      head: t("country"),
      cell: ({ country }) => countryName(country),
      width: "minmax(8rem, 1fr)",
    },
    {
      id: "number",
      head: t("registrationNumber"),
      cell: ({ registrationNumber }) => (
        <span className="figures">{registrationNumber ?? "–"}</span>
      ),
      width: "minmax(9rem, 1fr)",
    },
    {
      id: "members",
      head: t("people"),
      cell: ({ members }) => String(members),
      width: "6rem",
      isNumber: true,
    },
  ];
}
