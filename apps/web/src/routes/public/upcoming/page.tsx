import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { MoreLink } from "../../../components/more-link.tsx";
import { RunRow } from "../../../components/run-row.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMonth } from "../../../format/dates.ts";
import { PageWords } from "../../../messages/page-words.tsx";
import { type FilterSearch, filterSearchOf } from "../filters/filter-search.ts";
import { useChosen } from "../filters/use-chosen.ts";
import { upcomingQueries } from "./queries.ts";
import { runsByMonth } from "./runs-by-month.ts";
import { UpcomingFilters } from "./upcoming-filters.tsx";
import "./page.css";

const route = getRouteApi("/upcoming");

export function UpcomingPage() {
  return (
    <PageWords>
      <Upcoming />
    </PageWords>
  );
}

function Upcoming() {
  const t = useTranslations();
  const search = route.useSearch();
  const chosen = useChosen("/upcoming", search, filterSearchOf);
  const navigate = useNavigate({ from: "/upcoming" });
  const queries = upcomingQueries(useApi(), search);
  const runs = useSuspenseInfiniteQuery(queries.runs);
  const { data: facets } = useSuspenseQuery(queries.facets);

  const items = runs.data.pages.flatMap((page) => page.items);
  const total = runs.data.pages[0]?.total ?? 0;
  const isTotalExact = runs.data.pages[0]?.isTotalExact ?? true;
  const results = t("upcoming.results", { count: total });
  const nextCursor = runs.data.pages.at(-1)?.nextCursor ?? null;
  function show(next: FilterSearch): void {
    void navigate({ search: { ...next, cursor: undefined }, resetScroll: false });
  }

  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("titles.upcoming")}</h1>
        <p className="page-head-lede">{t("upcoming.lede")}</p>
      </header>
      <UpcomingFilters search={chosen} facets={facets} onChange={show} />
      <p role="status" className="upcoming-count">
        {isTotalExact ? results : t("upcoming.atLeast", { what: results })}
      </p>
      {items.length === 0 ? (
        <EmptyState title={t("upcoming.emptyTitle")} words={t("upcoming.emptyWords")}>
          <LinkButton to="/contact" variant="outline">
            {t("upcoming.ask")}
          </LinkButton>
        </EmptyState>
      ) : null}
      {runsByMonth(items).map(({ month, runs: there }) => (
        <section key={month} className="upcoming-month" aria-labelledby={`month-${month}`}>
          <h2 id={`month-${month}`} className="upcoming-month-name" suppressHydrationWarning>
            {formatMonth(`${month}-01`)}
          </h2>
          <ul>
            {there.map((run) => (
              <RunRow key={run.id} run={run} among="list" />
            ))}
          </ul>
        </section>
      ))}
      {search.cursor === undefined ? null : (
        <p>
          <Link to="/upcoming" search={{ ...search, cursor: undefined }}>
            {t("upcoming.first")}
          </Link>
        </p>
      )}
      {nextCursor === null ? null : (
        <MoreLink
          to="/upcoming"
          search={{ ...search, cursor: nextCursor }}
          label={t("upcoming.more")}
          note={`${t("catalogue.shown", { shown: items.length, total })}${isTotalExact ? "" : "+"}`}
          list={runs}
        />
      )}
    </div>
  );
}
