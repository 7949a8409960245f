import { CountryCode } from "@lectern/contract/primitives";
import type { VenueListItem } from "@lectern/contract/venues";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "../../../../components/button.tsx";
import { EmptyState } from "../../../../components/empty-state.tsx";
import { useApi } from "../../../../data/api.ts";
import { formatInstantDay } from "../../../../format/dates.ts";
import { countryName } from "../../../../format/names.ts";
import { flagFilter, oneFilter, textFilter } from "../../../../office/address-filters.ts";
import { FilterBar } from "../../../../office/filter-bar.tsx";
import { OfficeLink } from "../../../../office/office-link.tsx";
import { type OfficeColumn, OfficeTable } from "../../../../office/office-table.tsx";
import { SidePanel } from "../../../../office/side-panel.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { zoneWords } from "../../../../office/time-zone-field.tsx";
import { useUndo } from "../../../../office/undo.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { useShortcut } from "../../../../office/use-shortcut.ts";
import { SettingsFrame } from "../settings-frame.tsx";
import { NewVenueForm } from "./venue-form.tsx";
import "./office-venues.css";

const FILTERS = z.object({
  q: textFilter(),
  country: oneFilter(CountryCode),
  retired: flagFilter(),
});
const OPEN = z.object({ new: flagFilter() });

const PAGE = 50;
/** How often the list is asked for again, while little of it is loaded. */
const AGAIN_MS = 30_000;
const PAGES_KEPT_FRESH = 3;

function keyOf({ id }: VenueListItem): string {
  return id;
}

function nameOf({ name, city }: VenueListItem): string {
  return `${name}, ${city}`;
}

function hrefOf({ id }: Pick<VenueListItem, "id">): string {
  return `/office/settings/venues/${id}`;
}

/** The places where courses are taught: found by what is typed, each leading to its rooms. */
export function OfficeVenuesPage() {
  const t = useTranslations("officeVenues");
  const api = useApi();
  const router = useRouter();
  const undo = useUndo();
  const filters = useAddressFilters(FILTERS);
  const open = useAddressFilters(OPEN);
  const { q, country, retired } = filters.filters;
  const list = useInfiniteQuery(
    api.venues.list.infiniteQueryOptions(
      { query: q ?? null, country: country ?? null, withRetired: retired === true, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          (state.data?.pages.length ?? 0) > PAGES_KEPT_FRESH ? false : AGAIN_MS,
      },
    ),
  );
  const first = list.data?.pages[0];
  const make = () => open.set({ new: true });
  useShortcut("n", t("new"), { run: make });
  return (
    <SettingsFrame part="venues" actions={<Button onClick={make}>{t("new")}</Button>}>
      <FilterBar
        page="venues"
        filters={filters}
        fields={[
          { kind: "text", name: "q", words: t("search") },
          {
            kind: "one",
            name: "country",
            words: t("country"),
            choices: (first?.countries ?? []).map((value) => ({
              value,
              words: countryName(value),
            })),
          },
          { kind: "flag", name: "retired", words: t("withRetired") },
        ]}
      >
        {first?.isEverywhere === true ? (
          <OfficeLink href="/office/settings/venues/online">{t("online")}</OfficeLink>
        ) : null}
      </FilterBar>
      <OfficeTable
        label={t("venues")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={hrefOf}
        empty={
          filters.count === 0 ? (
            <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
          ) : (
            <EmptyState title={t("noneTitle")} words={t("noneWords")} />
          )
        }
      />
      {open.filters.new === true ? (
        <SidePanel title={t("new")} onClose={open.clear}>
          <NewVenueForm
            countries={first?.isEverywhere === false ? first.countries : undefined}
            onMade={(made) => {
              undo.say(t("made", { name: made.name }));
              void router.navigate({ href: hrefOf(made) });
            }}
          />
        </SidePanel>
      ) : null}
    </SettingsFrame>
  );
}

function useColumns(): OfficeColumn<VenueListItem>[] {
  const t = useTranslations("officeVenues");
  return [
    {
      id: "name",
      head: t("name"),
      cell: ({ name, street }) => (
        <span className="office-venues-name">
          <strong>{name}</strong>
          {street === null ? null : <span>{street}</span>}
        </span>
      ),
      width: "minmax(12rem, 2fr)",
    },
    { id: "city", head: t("city"), cell: ({ city }) => city, width: "minmax(7rem, 1fr)" },
    {
      id: "country",
      head: t("country"),
      cell: ({ country }) => countryName(country),
      width: "minmax(7rem, 1fr)",
    },
    {
      id: "rooms",
      head: t("rooms"),
      cell: ({ rooms }) => String(rooms),
      width: "5rem",
      isNumber: true,
    },
    {
      id: "largest",
      head: t("largest"),
      cell: ({ rooms, largestRoom }) => (rooms === 0 ? "" : String(largestRoom)),
      width: "8rem",
      isNumber: true,
    },
    {
      id: "next",
      head: t("nextDate"),
      cell: ({ nextStartsAt, timeZone }) =>
        nextStartsAt === null ? t("noDate") : formatInstantDay(nextStartsAt, timeZone),
      width: "8rem",
    },
    {
      id: "zone",
      head: t("timeZone"),
      cell: ({ timeZone, retiredAt }) =>
        retiredAt === null ? (
          zoneWords(timeZone)
        ) : (
          <StateBadge tone="over">{t("retired")}</StateBadge>
        ),
      width: "minmax(8rem, 1fr)",
    },
  ];
}
