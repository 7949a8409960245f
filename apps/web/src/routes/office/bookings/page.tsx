import { BOOKING_STATUSES, PAYMENT_STATES } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { compareNames, countryName } from "../../../format/names.ts";
import { BulkBar } from "../../../office/bulk-bar.tsx";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { type OfficeSort, OfficeTable } from "../../../office/office-table.tsx";
import { type AddressFilters, useAddressFilters } from "../../../office/use-address-filters.ts";
import { useSelection } from "../../../office/use-selection.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { ExportButton } from "./export-button.tsx";
import { BOOKING_FILTERS, type BookingFilters, keyOf, nameOf, searchOf } from "./filters.ts";
import { FindField } from "./find-field.tsx";
import { useBookingColumns } from "./use-booking-columns.tsx";
import { useBulkActions } from "./use-bulk-actions.tsx";
import "./office-bookings.css";

const PAGE = 50;
/** What others do shows up by itself, unless very much is loaded. */
const AGAIN_MS = 10_000;

/** All bookings: found, looked at, and taken on many at once. */
export function OfficeBookingsPage() {
  return (
    <BookingWords>
      <Bookings />
    </BookingWords>
  );
}

function Bookings() {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const may = useMay();
  const router = useRouter();
  const filters = useAddressFilters(BOOKING_FILTERS);
  const list = useInfiniteQuery(
    api.bookings.search.infiniteQueryOptions(
      { ...searchOf(filters.filters), limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  const selection = useSelection(keyOf);
  const actions = useBulkActions();
  const columns = useBookingColumns();
  const canMake = may("bookings.make.any");
  useShortcut("n", t("new"), {
    isOff: !canMake,
    run: () => void router.navigate({ href: "/office/bookings/new" }),
  });
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={canMake ? <LinkButton to="/office/bookings/new">{t("new")}</LinkButton> : undefined}
    >
      <FilterBar page="bookings" filters={filters} fields={useFields()}>
        <ExportButton filters={filters.filters} />
      </FilterBar>
      <MoreFilters filters={filters} />
      {list.data?.pages[0]?.isTotalExact === false ? (
        <p className="aside-note">{t("manyMore", { count: list.data.pages[0].total })}</p>
      ) : null}
      <OfficeTable
        label={t("title")}
        list={list}
        columns={columns}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ reference }) => `/office/bookings/${reference}`}
        sort={sortOf(filters.filters)}
        onSort={(sort) => filters.set({ sort: namedSort(sort) })}
        {...(actions.length > 0 && { selection })}
        empty={<EmptyState title={t("noneTitle")} words={t("noneWords")} />}
      />
      <BulkBar selection={selection} keyOf={keyOf} nameOf={nameOf} actions={actions} />
    </OfficePage>
  );
}

function sortOf({ sort = "newest" }: BookingFilters): OfficeSort {
  const by = sort === "newest" || sort === "oldest" ? "created" : "run";
  return { by, isDescending: sort === "newest" || sort === "last_run" };
}

function namedSort({ by, isDescending }: OfficeSort): BookingFilters["sort"] {
  if (by === "run") return isDescending ? "last_run" : "next_run";
  return isDescending ? undefined : "oldest";
}

/** What is looked for by name, of which there is very much: shown once it is asked for, or chosen. */
function MoreFilters({ filters }: { filters: AddressFilters<BookingFilters> }) {
  const t = useTranslations("officeBookings");
  const may = useMay();
  const { course, run, organisation, person } = filters.filters;
  const count = [course, run, organisation, person].filter((id) => id !== undefined).length;
  return (
    <details className="office-bookings-more" open={count > 0 || undefined}>
      <summary>{t("moreFilters", { count })}</summary>
      <div className="office-bookings-find">
        <FindField
          kind="course"
          label={t("course")}
          value={course}
          onChange={(id) => filters.set({ course: id })}
        />
        <FindField
          kind="run"
          label={t("run")}
          value={run}
          onChange={(id) => filters.set({ run: id })}
        />
        <FindField
          kind="organisation"
          label={t("organisation")}
          value={organisation}
          onChange={(id) => filters.set({ organisation: id })}
        />
        {may("people.read") ? (
          <FindField
            kind="person"
            label={t("person")}
            hint={t("personHint")}
            value={person}
            onChange={(id) => filters.set({ person: id })}
          />
        ) : null}
      </div>
    </details>
  );
}

function useFields() {
  const t = useTranslations("officeBookings");
  const facets = useQuery(useApi().courses.facets.queryOptions({}));
  const countries = (facets.data?.countries ?? [])
    .map(({ value }) => ({ value, words: countryName(value) }))
    .toSorted((a, b) => compareNames(a.words, b.words));
  return [
    { kind: "text", name: "q", words: t("search") },
    {
      kind: "many",
      name: "status",
      words: t("status"),
      choices: BOOKING_STATUSES.map((value) => ({ value, words: t(`status_${value}`) })),
    },
    {
      kind: "many",
      name: "payment",
      words: t("payment"),
      choices: PAYMENT_STATES.map((value) => ({ value, words: t(`payment_${value}`) })),
    },
    { kind: "one", name: "country", words: t("country"), choices: countries },
    { kind: "day", name: "from", words: t("startsFrom") },
    { kind: "day", name: "to", words: t("startsTo") },
    { kind: "day", name: "made", words: t("madeFrom") },
    { kind: "day", name: "madeTo", words: t("madeTo") },
    { kind: "flag", name: "late", words: t("late") },
  ] as const;
}
