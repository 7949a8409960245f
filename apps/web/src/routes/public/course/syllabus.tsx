import type { CourseDetail } from "@lectern/contract/courses";
import { useTranslations } from "use-intl";
import "./syllabus.css";

interface SyllabusProps {
  readonly modules: CourseDetail["syllabus"];
  /** Language that they are written in. */
  readonly language: string;
}

/** The parts of a course, numbered as they are taught. */
export function Syllabus({ modules, language }: SyllabusProps) {
  const t = useTranslations("coursePage");
  return (
    <section className="page section" aria-labelledby="syllabus">
      <div className="section-frame">
        <div className="section-head">
          <h2 id="syllabus">{t("syllabus")}</h2>
          <p>{t("syllabusWords", { count: modules.length })}</p>
        </div>
        <ol className="syllabus" lang={language}>
          {modules.map(({ title, topics }) => (
            <li key={title} className="syllabus-part">
              <h3 className="syllabus-title">{title}</h3>
              <ul className="syllabus-topics">
                {topics.map((topic) => (
                  <li key={topic}>{topic}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
