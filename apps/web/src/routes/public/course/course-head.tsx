import type { CourseDetail } from "@lectern/contract/courses";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { Duration } from "../../../components/duration.tsx";
import { Localized } from "../../../components/localized.tsx";
import { LEVEL_WORDS, MODE_WORDS } from "../../../components/words.ts";
import { CourseCover } from "../../../covers/course-cover.tsx";
import { formatMoney } from "../../../format/money.ts";
import { languageName } from "../../../format/names.ts";
import { lowestPrices } from "./lowest-prices.ts";
import "./course-head.css";

/** The title page of a course: what it is called, what it is, and what one asks first. */
export function CourseHead({ course }: { course: CourseDetail }) {
  const t = useTranslations();
  const { topics, upcomingRuns } = course;
  const isPlanned = upcomingRuns.length > 0;
  return (
    <header className="course-head">
      <div className="page course-head-frame">
        <div className="course-head-words">
          <nav aria-label={t("site.breadcrumbs")}>
            <ol className="course-head-way">
              <li>
                <Link to="/courses">{t("coursePage.breadcrumb")}</Link>
              </li>
              {topics.slice(0, 2).map(({ slug, name }) => (
                <li key={slug}>
                  <Link to="/courses" search={{ topic: [slug] }}>
                    {name}
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
          <h1 className="course-head-title" lang={course.contentLanguage}>
            {course.title}
          </h1>
          <p className="course-head-summary" lang={course.contentLanguage}>
            {course.summary}
          </p>
          <p>
            {isPlanned ? (
              <LinkButton to="." hash="dates" size="large">
                {t("coursePage.seeDates")}
              </LinkButton>
            ) : (
              <LinkButton to="/contact" search={{ course: course.slug }} size="large">
                {t("coursePage.noDates")}
              </LinkButton>
            )}
          </p>
        </div>
        <div className="course-head-cover">
          <CourseCover topic={topics[0]?.slug} seed={course.slug} />
        </div>
      </div>
      <div className="page">
        <CourseFacts course={course} />
      </div>
    </header>
  );
}

function CourseFacts({ course }: { course: CourseDetail }) {
  const t = useTranslations();
  const prices = lowestPrices(course.upcomingRuns);
  const facts: { name: string; value: ReactNode }[] = [];
  if (course.durationDays !== null) {
    facts.push({ name: t("coursePage.duration"), value: <Duration days={course.durationDays} /> });
  }
  if (course.level !== null)
    facts.push({ name: t("coursePage.level"), value: t(LEVEL_WORDS[course.level]) });
  if (course.deliveryModes.length > 0) {
    const modes = course.deliveryModes.map((mode) => t(MODE_WORDS[mode]));
    facts.push({ name: t("coursePage.modes"), value: modes.join(", ") });
  }
  if (course.languages.length > 0) {
    facts.push({
      name: t("coursePage.languages"),
      value: course.languages.map(languageName).join(", "),
    });
  }
  if (prices.length > 0) {
    const [lowest, ...others] = prices.map(formatMoney);
    const price = t("coursePage.priceFrom", { price: lowest ?? "" });
    facts.push({ name: t("coursePage.price"), value: [price, ...others].join(" · ") });
  }
  facts.push({ name: t("coursePage.code"), value: course.code });
  return (
    <dl className="course-head-facts" aria-label={t("coursePage.facts")}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt className="label">{name}</dt>
          <dd>
            <Localized>{value}</Localized>
          </dd>
        </div>
      ))}
    </dl>
  );
}
