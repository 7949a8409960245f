import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CourseCover } from "../../../covers/course-cover.tsx";
import { useRecentCourses } from "../../../consent/recent-courses.ts";
import "./recent-courses.css";

/** The courses that the visitor looked at, where they let the site remember. */
export function RecentCourses() {
  const t = useTranslations("home");
  const courses = useRecentCourses();
  if (courses.length === 0) return null;
  return (
    <section className="page recent-courses" aria-labelledby="recent-courses">
      <h2 id="recent-courses" className="label">
        {t("recent")}
      </h2>
      <ul className="recent-courses-list">
        {courses.map(({ slug, title, topic }) => (
          <li key={slug}>
            <Link to="/courses/$slug" params={{ slug }} className="recent-courses-link">
              <span className="recent-courses-cover">
                <CourseCover topic={topic ?? undefined} seed={slug} />
              </span>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
