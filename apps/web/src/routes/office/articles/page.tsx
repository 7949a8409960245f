import { type ArticleForEditingSummary, ArticleState } from "@lectern/contract/articles";
import { LanguageTag, Slug } from "@lectern/contract/primitives";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { LinkButton } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { languageChoices } from "../../../editing/languages.ts";
import { formatInstant } from "../../../format/dates.ts";
import { languageName } from "../../../format/names.ts";
import { manyFilter, textFilter } from "../../../office/address-filters.ts";
import { BulkBar } from "../../../office/bulk-bar.tsx";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useSelection } from "../../../office/use-selection.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { ArticleBadge } from "../article/article-badge.tsx";
import { useBulkActions } from "./use-bulk-actions.ts";

const FILTERS = z.object({
  q: textFilter(),
  state: manyFilter(ArticleState),
  topic: manyFilter(Slug),
  language: manyFilter(LanguageTag),
});

const PAGE = 50;

function keyOf({ id }: ArticleForEditingSummary): string {
  return id;
}

function nameOf({ title }: ArticleForEditingSummary): string {
  return title;
}

/** All articles, in every state. */
export function OfficeArticlesPage() {
  const t = useTranslations("officeArticles");
  const api = useApi();
  const router = useRouter();
  const filters = useAddressFilters(FILTERS);
  const { q, state, topic, language } = filters.filters;
  const list = useInfiniteQuery(
    api.articles.listForEditing.infiniteQueryOptions(
      {
        query: q ?? null,
        states: state ?? null,
        topics: topic ?? null,
        languages: language ?? null,
        limit: PAGE,
      },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const selection = useSelection(keyOf);
  const columns = useColumns();
  const fields = useFilterFields();
  const actions = useBulkActions();
  useShortcut("n", t("new"), {
    run: () => void router.navigate({ href: "/office/articles/new" }),
  });
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={<LinkButton to="/office/articles/new">{t("new")}</LinkButton>}
    >
      <FilterBar page="articles" filters={filters} fields={fields} />
      <OfficeTable
        label={t("title")}
        list={list}
        columns={columns}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ id }) => `/office/articles/${id}`}
        selection={selection}
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

function useColumns(): OfficeColumn<ArticleForEditingSummary>[] {
  const t = useTranslations("officeArticles");
  return [
    { id: "title", head: t("field_title"), cell: nameOf, width: "minmax(12rem, 2fr)" },
    {
      id: "state",
      head: t("state"),
      cell: ({ state }) => <ArticleBadge state={state} />,
      width: "minmax(6.5rem, 1fr)",
    },
    {
      id: "out",
      head: t("out"),
      cell: ({ publishedAt }) => (publishedAt === null ? "" : formatInstant(publishedAt)),
      width: "minmax(9rem, 1.1fr)",
    },
    {
      id: "author",
      head: t("field_author"),
      cell: ({ author }) => author,
      width: "minmax(8rem, 1.1fr)",
    },
    {
      id: "topic",
      head: t("field_topic"),
      cell: ({ topic }) => topic?.name ?? "",
      width: "minmax(8rem, 1.2fr)",
    },
    {
      id: "language",
      head: t("field_language"),
      cell: ({ language }) => languageName(language),
      width: "minmax(6rem, 1fr)",
    },
    {
      id: "changed",
      head: t("changed"),
      cell: ({ updatedAt }) => formatInstant(updatedAt),
      width: "minmax(9rem, 1.1fr)",
    },
  ];
}

function useFilterFields() {
  const t = useTranslations("officeArticles");
  const topics = useQuery(useApi().courses.topics.queryOptions());
  return [
    { kind: "text", name: "q", words: t("search") },
    {
      kind: "many",
      name: "state",
      words: t("state"),
      choices: ArticleState.options.map((value) => ({ value, words: t(`state_${value}`) })),
    },
    {
      kind: "many",
      name: "topic",
      words: t("field_topic"),
      choices: (topics.data?.topics ?? []).map(({ slug, name }) => ({ value: slug, words: name })),
    },
    { kind: "many", name: "language", words: t("field_language"), choices: languageChoices() },
  ] as const;
}
