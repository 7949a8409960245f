import type { CourseDetail } from "@lectern/contract/courses";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { RunRow } from "../../../components/run-row.tsx";
import { formatDays } from "../../../format/dates.ts";
import { countryName } from "../../../format/names.ts";
import { runsByPlace } from "./runs-by-place.ts";
import { type DateNews, useLiveDates } from "./use-live-dates.ts";
import "./course-dates.css";

/** The dates of a course, by city, on the clocks of the cities. */
export function CourseDates({ course }: { course: CourseDetail }) {
  const t = useTranslations("coursePage");
  const element = useRef<HTMLElement>(null);
  const news = useLiveDates(course, element);
  const places = runsByPlace(course.upcomingRuns);
  return (
    <section ref={element} className="page section" aria-labelledby="dates">
      <DatesNews news={news} />
      <div className="section-frame">
        <div className="section-head">
          <h2 id="dates">{t("dates")}</h2>
          {places.length === 0 ? null : <p>{t("datesWords")}</p>}
        </div>
        {places.length === 0 ? (
          <div className="course-dates-none">
            <p>{t("datesNone")}</p>
            <p>{t("datesNoneWords")}</p>
            <LinkButton to="/contact" search={{ course: course.slug }} variant="outline">
              {t("ask")}
            </LinkButton>
          </div>
        ) : (
          <div className="course-dates">
            {places.map(({ key, city, country, runs }) => (
              <div key={key} className="course-dates-place">
                <h3 className="course-dates-city">
                  {city ?? t("online")}
                  {country === null ? null : (
                    <span className="course-dates-country">
                      <Localized>{countryName(country)}</Localized>
                    </span>
                  )}
                </h3>
                <ul>
                  {runs.map((run) => (
                    <RunRow key={run.id} run={run} among="course" />
                  ))}
                </ul>
              </div>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

/** Says which date is sold out or free again, to who listens; who sees, sees it there. */
function DatesNews({ news: last }: { news: DateNews | undefined }) {
  const t = useTranslations("run");
  function words({ run, news }: DateNews): string {
    return t("newsOf", {
      days: formatDays(run.localStart, run.localEnd),
      place: run.venue?.city ?? t("online"),
      news: t(news, { count: run.placesLeft }),
    });
  }
  return (
    <p className="visually-hidden" role="status">
      {last === undefined ? "" : words(last)}
    </p>
  );
}
