import type { CourseSummary } from "@lectern/contract/courses";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CourseCover } from "../covers/course-cover.tsx";
import { formatInstantDay } from "../format/dates.ts";
import { formatMoney } from "../format/money.ts";
import { langOf } from "../language/lang-of.ts";
import { Duration } from "./duration.tsx";
import { Localized } from "./localized.tsx";
import { LEVEL_WORDS } from "./words.ts";
import "./course-card.css";

/** A course in a list: its cover, what it is, and when one could go. */
export function CourseCard({ course, level = 3 }: { course: CourseSummary; level?: 2 | 3 }) {
  const t = useTranslations();
  const Heading = level === 2 ? "h2" : "h3";
  const [topic] = course.topics;
  const [price] = course.pricesFrom;
  const { nextRun } = course;
  const day = nextRun === null ? "" : formatInstantDay(nextRun.startsAt, nextRun.timeZone);
  const place =
    nextRun?.city ?? (nextRun?.deliveryMode === "virtual" ? t("catalogue.nextOnline") : undefined);
  return (
    <article className="course-card">
      <div className="course-card-cover">
        <CourseCover topic={topic?.slug} seed={course.slug} />
      </div>
      <p className="course-card-topic label">
        {topic?.name}
        <span className="course-card-code figures">{course.code}</span>
      </p>
      <Heading className="course-card-title" lang={langOf(course.contentLanguage)}>
        <Link to="/courses/$slug" params={{ slug: course.slug }}>
          {course.title}
        </Link>
      </Heading>
      <p className="course-card-summary" lang={langOf(course.contentLanguage)}>
        {course.summary}
      </p>
      <p className="facts">
        {course.level === null ? null : <span>{t(LEVEL_WORDS[course.level])}</span>}
        {course.durationDays === null ? null : (
          <span>
            <Duration days={course.durationDays} />
          </span>
        )}
        {price === undefined ? null : (
          <Localized>{t("catalogue.priceFrom", { price: formatMoney(price) })}</Localized>
        )}
      </p>
      <p className="course-card-next">
        {nextRun === null ? (
          t("catalogue.noDates")
        ) : (
          <Localized>
            {place === undefined
              ? t("catalogue.next", { day })
              : t("catalogue.nextIn", { day, place })}
          </Localized>
        )}
      </p>
    </article>
  );
}
