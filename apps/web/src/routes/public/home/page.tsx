import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { ArticleTeaser } from "../../../components/article-teaser.tsx";
import { LinkButton } from "../../../components/button.tsx";
import { CourseSearch } from "../../../components/course-search.tsx";
import { RunRow } from "../../../components/run-row.tsx";
import { CourseCover } from "../../../covers/course-cover.tsx";
import { useApi } from "../../../data/api.ts";
import { homeQueries } from "./queries.ts";
import { RecentCourses } from "./recent-courses.tsx";
import { TopicIndex } from "./topic-index.tsx";
import "./page.css";

export function HomePage() {
  const t = useTranslations("home");
  const queries = homeQueries(useApi());
  const { data: topics } = useSuspenseQuery(queries.topics);
  const { data: courses } = useSuspenseQuery(queries.courses);
  const { data: runs } = useSuspenseQuery(queries.runs);
  const { data: articles } = useSuspenseQuery(queries.articles);
  return (
    <>
      <div className="page home-hero">
        <div className="home-hero-words">
          <h1 className="home-hero-title">{t("heading")}</h1>
          <p className="home-hero-lede">
            {t("lede", { courses: courses.total, topics: topics.topics.length })}
          </p>
          <CourseSearch label={t("search")} hint={t("searchHint")} action={t("searchAction")} />
        </div>
        <div className="home-hero-covers" aria-hidden="true">
          {topics.topics.slice(0, 6).map(({ slug }) => (
            <CourseCover key={slug} topic={slug} seed={slug} />
          ))}
        </div>
      </div>

      <RecentCourses />

      <section className="page section" aria-labelledby="home-topics">
        <div className="section-frame">
          <div className="section-head">
            <h2 id="home-topics">{t("topics")}</h2>
            <p>{t("topicsWords")}</p>
            <Link to="/courses" className="onward">
              {t("topicsAll")}
            </Link>
          </div>
          <TopicIndex topics={topics.topics} />
        </div>
      </section>

      <section className="page section" aria-labelledby="home-dates">
        <div className="section-frame">
          <div className="section-head">
            <h2 id="home-dates">{t("dates")}</h2>
            <p>{t("datesWords")}</p>
            <Link to="/upcoming" className="onward">
              {t("datesAll")}
            </Link>
          </div>
          <ul className="home-dates">
            {runs.items.map((run) => (
              <RunRow key={run.id} run={run} among="list" />
            ))}
          </ul>
        </div>
      </section>

      <section className="home-companies" aria-labelledby="home-companies">
        <div className="page home-companies-frame">
          <h2 id="home-companies">{t("companies")}</h2>
          <div className="home-companies-words">
            <p>{t("companiesWords")}</p>
            <LinkButton to="/contact" search={{ kind: "private_course" }} size="large">
              {t("companiesAction")}
            </LinkButton>
          </div>
        </div>
      </section>

      {articles.items.length === 0 ? null : (
        <section className="page section" aria-labelledby="home-articles">
          <div className="section-frame">
            <div className="section-head">
              <h2 id="home-articles">{t("articles")}</h2>
              <p>{t("articlesWords")}</p>
              <Link to="/articles" className="onward">
                {t("articlesAll")}
              </Link>
            </div>
            <div className="home-articles">
              {articles.items.map((article) => (
                <ArticleTeaser key={article.id} article={article} />
              ))}
            </div>
          </div>
        </section>
      )}
    </>
  );
}
