import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { CourseCard } from "../../../components/course-card.tsx";
import { CourseSearch } from "../../../components/course-search.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { MoreLink } from "../../../components/more-link.tsx";
import { useApi } from "../../../data/api.ts";
import { PageWords } from "../../../messages/page-words.tsx";
import { ChosenFilters } from "../filters/chosen-filters.tsx";
import { useChosen } from "../filters/use-chosen.ts";
import { Filters } from "./filters.tsx";
import { catalogueQueries } from "./queries.ts";
import { SortChoice } from "./sort-choice.tsx";
import { type CatalogueSearch, catalogueSearchOf } from "./search.ts";
import "./page.css";

const route = getRouteApi("/courses");

export function CataloguePage() {
  return (
    <PageWords>
      <Catalogue />
    </PageWords>
  );
}

function Catalogue() {
  const t = useTranslations("filters");
  const tCatalogue = useTranslations("catalogue");
  const search = route.useSearch();
  const chosen = useChosen("/courses", search, catalogueSearchOf);
  const navigate = useNavigate({ from: "/courses" });
  const queries = catalogueQueries(useApi(), search);
  const courses = useSuspenseInfiniteQuery(queries.courses);
  const { data: facets } = useSuspenseQuery(queries.facets);

  const items = courses.data.pages.flatMap((page) => page.items);
  const total = courses.data.pages[0]?.total ?? 0;
  const nextCursor = courses.data.pages.at(-1)?.nextCursor ?? null;
  function show(next: CatalogueSearch): void {
    void navigate({ search: { ...next, cursor: undefined }, resetScroll: false });
  }

  return (
    <div className="page">
      <header className="page-head">
        <h1>
          {search.q === undefined
            ? tCatalogue("title")
            : tCatalogue("titleOfQuery", { query: search.q })}
        </h1>
        <p className="page-head-lede">{t("lede")}</p>
        <CourseSearch
          key={search.q}
          label={t("search")}
          action={t("searchAction")}
          {...(search.q !== undefined && { query: search.q })}
        />
      </header>
      <div className="catalogue">
        <Filters search={chosen} facets={facets} onChange={show} />
        <section className="catalogue-results" aria-label={tCatalogue("title")}>
          <div className="catalogue-bar">
            <p role="status" className="catalogue-count">
              {t("results", { count: total })}
            </p>
            <SortChoice search={chosen} onChange={show} />
          </div>
          <ChosenFilters to="/courses" search={chosen} facets={facets} />
          {items.length === 0 ? (
            <EmptyState title={t("emptyTitle")} words={t("emptyWords")}>
              <LinkButton to="/contact" variant="outline">
                {t("emptyAsk")}
              </LinkButton>
            </EmptyState>
          ) : (
            <div className="course-grid">
              {items.map((course) => (
                <CourseCard key={course.id} course={course} level={2} />
              ))}
            </div>
          )}
          {search.cursor === undefined ? null : (
            <p>
              <Link to="/courses" search={{ ...search, cursor: undefined }}>
                {t("first")}
              </Link>
            </p>
          )}
          {nextCursor === null ? null : (
            <MoreLink
              to="/courses"
              search={{ ...search, cursor: nextCursor }}
              label={t("more")}
              note={tCatalogue("shown", { shown: items.length, total })}
              list={courses}
            />
          )}
        </section>
      </div>
    </div>
  );
}
