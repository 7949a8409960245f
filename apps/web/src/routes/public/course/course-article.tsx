import type { CourseDetail } from "@lectern/contract/courses";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { CourseCard } from "../../../components/course-card.tsx";
import { Markdown } from "../../../markdown/markdown.tsx";
import { CourseDates } from "./course-dates.tsx";
import { CourseHead } from "./course-head.tsx";
import { Syllabus } from "./syllabus.tsx";
import "./course-article.css";

/** All that readers see of a course. */
export function CourseArticle({ course }: { course: CourseDetail }) {
  const t = useTranslations("coursePage");
  return (
    <article className="course">
      <CourseHead course={course} />

      <section className="page section" aria-labelledby="about">
        <div className="section-frame">
          <div className="section-head">
            <h2 id="about">{t("about")}</h2>
          </div>
          <div className="course-about">
            <div lang={course.contentLanguage}>
              <Markdown text={course.body} topHeading={3} />
            </div>
            {course.outcomes.length === 0 ? null : (
              <div className="course-outcomes">
                <h3>{t("outcomes")}</h3>
                <ul lang={course.contentLanguage}>
                  {course.outcomes.map((outcome) => (
                    <li key={outcome}>{outcome}</li>
                  ))}
                </ul>
              </div>
            )}
          </div>
        </div>
      </section>

      <CourseDates course={course} />

      {course.syllabus.length === 0 ? null : (
        <Syllabus modules={course.syllabus} language={course.contentLanguage} />
      )}

      {course.prerequisites.length === 0 ? null : (
        <section className="page section" aria-labelledby="prerequisites">
          <div className="section-frame">
            <div className="section-head">
              <h2 id="prerequisites">{t("prerequisites")}</h2>
            </div>
            <ul className="course-prerequisites" lang={course.contentLanguage}>
              {course.prerequisites.map((prerequisite) => (
                <li key={prerequisite}>{prerequisite}</li>
              ))}
            </ul>
          </div>
        </section>
      )}

      <section className="course-private" aria-labelledby="private">
        <div className="page course-private-frame">
          <h2 id="private">{t("private")}</h2>
          <p>{t("privateWords")}</p>
          <LinkButton
            to="/contact"
            search={{ kind: "private_course", course: course.slug }}
            variant="outline"
          >
            {t("privateAction")}
          </LinkButton>
        </div>
      </section>

      {course.related.length === 0 ? null : (
        <section className="page section" aria-labelledby="related">
          <div className="section-frame">
            <div className="section-head">
              <h2 id="related">{t("related")}</h2>
            </div>
            <div className="course-grid">
              {course.related.slice(0, 3).map((related) => (
                <CourseCard key={related.id} course={related} />
              ))}
            </div>
          </div>
        </section>
      )}

      {course.sourceUrl === null ? null : (
        <p className="page course-source">
          {t("source")} <a href={course.sourceUrl}>{t("sourceLink")}</a>
        </p>
      )}
    </article>
  );
}
