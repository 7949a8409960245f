import type { CourseForEditingSummary } from "@lectern/contract/course-editing";
import { LanguageTag, Slug } from "@lectern/contract/primitives";
import { COURSE_STATUSES, CourseStatus } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { LinkButton } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { languageChoices } from "../../../editing/languages.ts";
import { useSavedBy } from "../../../editing/use-saved-by.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatList, languageName } from "../../../format/names.ts";
import { manyFilter, oneFilter, textFilter } from "../../../office/address-filters.ts";
import { BulkBar } from "../../../office/bulk-bar.tsx";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useSelection } from "../../../office/use-selection.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { CourseBadge } from "../course/course-badge.tsx";
import { useBulkActions } from "./use-bulk-actions.tsx";
import "./page.css";

const FILTERS = z.object({
  q: textFilter(),
  status: manyFilter(CourseStatus),
  topic: manyFilter(Slug),
  language: manyFilter(LanguageTag),
  lacks: oneFilter(LanguageTag),
  sort: oneFilter(z.enum(["title"])),
});

const PAGE = 50;

function keyOf({ id }: CourseForEditingSummary): string {
  return id;
}

function nameOf({ title }: CourseForEditingSummary): string {
  return title;
}

/** All courses, in every state: found, looked at, and taken on many at once. */
export function OfficeCoursesPage() {
  const t = useTranslations("officeCourses");
  const api = useApi();
  const may = useMay();
  const router = useRouter();
  const filters = useAddressFilters(FILTERS);
  const { q, status, topic, language, lacks, sort } = filters.filters;
  const list = useInfiniteQuery(
    api.courses.listForEditing.infiniteQueryOptions(
      {
        query: q ?? null,
        statuses: status ?? null,
        topics: topic ?? null,
        languages: language ?? null,
        lacksLanguage: lacks ?? null,
        sort: sort ?? "updated",
        limit: PAGE,
      },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const selection = useSelection(keyOf);
  const actions = useBulkActions();
  const columns = useColumns();
  const fields = useFilterFields();
  const canWrite = may("courses.write");
  useShortcut("n", t("new"), {
    isOff: !canWrite,
    run: () => void router.navigate({ href: "/office/courses/new" }),
  });
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={canWrite ? <LinkButton to="/office/courses/new">{t("new")}</LinkButton> : undefined}
    >
      <FilterBar page="courses" filters={filters} fields={fields} />
      <OfficeTable
        label={t("title")}
        list={list}
        columns={columns}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ id }) => `/office/courses/${id}`}
        sort={{ by: sort ?? "updated", isDescending: sort === undefined }}
        onSort={({ by }) => filters.set({ sort: by === "title" ? "title" : undefined })}
        {...(actions.length > 0 && { selection })}
        empty={
          filters.count === 0 ? (
            <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
          ) : (
            <EmptyState title={t("noneTitle")} words={t("noneWords")} />
          )
        }
      />
      <BulkBar selection={selection} keyOf={keyOf} nameOf={nameOf} actions={actions} />
    </OfficePage>
  );
}

function useColumns(): OfficeColumn<CourseForEditingSummary>[] {
  const t = useTranslations("officeCourses");
  const savedBy = useSavedBy();
  return [
    {
      id: "title",
      head: t("field_title"),
      cell: ({ title, code }) => (
        <>
          {title} <span className="aside-note courses-code">{code}</span>
        </>
      ),
      width: "minmax(14rem, 3fr)",
      sort: "title",
    },
    {
      id: "status",
      head: t("status"),
      cell: ({ status, missing }) => (
        <>
          <CourseBadge status={status} />
          {status === "published" || missing.length === 0 ? null : (
            <span className="aside-note"> {t("lacks", { count: missing.length })}</span>
          )}
        </>
      ),
      width: "minmax(8rem, 1.2fr)",
    },
    {
      id: "topics",
      head: t("field_topics"),
      cell: ({ topics }) => topics.map(({ name }) => name).join(", "),
      width: "minmax(8rem, 1.5fr)",
    },
    {
      id: "translations",
      head: t("writtenIn"),
      cell: ({ contentLanguage, translations }) =>
        formatList([contentLanguage, ...translations].map(languageName)),
      width: "minmax(8rem, 1.4fr)",
    },
    {
      id: "dates",
      head: t("upcoming"),
      cell: ({ upcomingRuns }) => upcomingRuns,
      width: "6rem",
      isNumber: true,
    },
    {
      id: "updated",
      head: t("changed"),
      cell: ({ updatedAt, updatedBy }) =>
        updatedBy === null
          ? formatInstant(updatedAt)
          : t("changedShort", { when: formatInstant(updatedAt), who: savedBy(updatedBy) }),
      width: "minmax(9rem, 1.3fr)",
      sort: "updated",
    },
  ];
}

function useFilterFields() {
  const t = useTranslations("officeCourses");
  const topics = useQuery(useApi().courses.topics.queryOptions());
  const languages = languageChoices();
  return [
    { kind: "text", name: "q", words: t("search") },
    {
      kind: "many",
      name: "status",
      words: t("status"),
      choices: COURSE_STATUSES.map((value) => ({ value, words: t(`status_${value}`) })),
    },
    {
      kind: "many",
      name: "topic",
      words: t("field_topics"),
      choices: (topics.data?.topics ?? []).map(({ slug, name }) => ({ value: slug, words: name })),
    },
    { kind: "many", name: "language", words: t("field_languages"), choices: languages },
    { kind: "one", name: "lacks", words: t("lacksLanguage"), choices: languages },
  ] as const;
}
