import { DISCOUNT_STATES, type DiscountListItem, DiscountState } from "@lectern/contract/discounts";
import { Id } from "@lectern/contract/primitives";
import { DISCOUNT_KINDS, DiscountKind } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { flagFilter, manyFilter, oneFilter, textFilter } from "../../../office/address-filters.ts";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { SidePanel } from "../../../office/side-panel.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { DiscountBadge } from "./discount-badge.tsx";
import { DiscountPanel } from "./discount-panel.tsx";
import { NewDiscount } from "./new-discount.tsx";
import { useValueWords, useWindowWords } from "./use-value-words.ts";
import "./office-discounts.css";

const FILTERS = z.object({
  q: textFilter(),
  state: manyFilter(DiscountState),
  kind: oneFilter(DiscountKind),
});

/** What is open beside the list: one code, or a new one. */
const OPEN = z.object({ code: oneFilter(Id), new: flagFilter() });

const PAGE = 50;

function keyOf({ id }: DiscountListItem): string {
  return id;
}

function nameOf({ code }: DiscountListItem): string {
  return code;
}

/** The discount codes: what each does, how it stands, who used it. */
export function OfficeDiscountsPage() {
  return (
    <BookingWords>
      <Discounts />
    </BookingWords>
  );
}

function Discounts() {
  const t = useTranslations("officeDiscounts");
  const api = useApi();
  const may = useMay();
  const filters = useAddressFilters(FILTERS);
  const open = useAddressFilters(OPEN);
  const { q, state, kind } = filters.filters;
  const list = useInfiniteQuery(
    api.discounts.list.infiniteQueryOptions(
      { query: q ?? null, states: state ?? null, kind: kind ?? null, limit: PAGE },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const canWrite = may("discounts.write");
  const { code } = open.filters;
  const isNew = open.filters.new === true && canWrite;
  const make = () => open.set({ new: true, code: undefined });
  const close = () => open.clear();
  useShortcut("n", t("new"), { isOff: !canWrite, run: make });
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={canWrite ? <Button onClick={make}>{t("new")}</Button> : undefined}
    >
      <FilterBar page="discounts" filters={filters} fields={useFields()} />
      <OfficeTable
        label={t("title")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        onOpen={({ id }) => open.set({ code: id, new: undefined })}
        empty={
          filters.count === 0 ? (
            <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
          ) : (
            <EmptyState title={t("noneTitle")} words={t("noneWords")} />
          )
        }
      />
      {isNew ? (
        <SidePanel title={t("new")} onClose={close}>
          <NewDiscount onMade={({ id }) => open.set({ code: id, new: undefined })} />
        </SidePanel>
      ) : code === undefined ? null : (
        <DiscountPanel key={code} id={code} onClose={close} />
      )}
    </OfficePage>
  );
}

function useFields() {
  const t = useTranslations("officeDiscounts");
  return [
    { kind: "text", name: "q", words: t("search") },
    {
      kind: "many",
      name: "state",
      words: t("state"),
      choices: DISCOUNT_STATES.map((value) => ({ value, words: t(`state_${value}`) })),
    },
    {
      kind: "one",
      name: "kind",
      words: t("kind"),
      choices: DISCOUNT_KINDS.map((value) => ({ value, words: t(`kind_${value}`) })),
    },
  ] as const;
}

function useColumns(): OfficeColumn<DiscountListItem>[] {
  const t = useTranslations("officeDiscounts");
  const valueWords = useValueWords();
  const windowWords = useWindowWords();
  return [
    {
      id: "code",
      head: t("code"),
      cell: ({ code, description }) => (
        <span className="office-discounts-code">
          <strong>{code}</strong>
          {description === "" ? null : <span>{description}</span>}
        </span>
      ),
      width: "minmax(10rem, 1.6fr)",
    },
    {
      id: "state",
      head: t("state"),
      cell: ({ state }) => <DiscountBadge state={state} />,
      width: "8rem",
    },
    {
      id: "value",
      head: t("value"),
      cell: ({ value }) => <Localized>{valueWords(value)}</Localized>,
      width: "minmax(10rem, 1.2fr)",
    },
    {
      id: "used",
      head: t("uses"),
      cell: ({ used, maxUses }) =>
        maxUses === null
          ? String(used)
          : t("usedOf", { used: String(used), most: String(maxUses) }),
      width: "6rem",
      isNumber: true,
    },
    {
      id: "window",
      head: t("valid"),
      cell: (item) => <Localized>{windowWords(item)}</Localized>,
      width: "minmax(11rem, 1.5fr)",
    },
    {
      id: "course",
      head: t("course"),
      cell: ({ course }) => course?.title ?? t("allCourses"),
      width: "minmax(8rem, 1.2fr)",
    },
  ];
}
