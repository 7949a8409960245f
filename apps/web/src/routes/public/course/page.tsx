import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useConsent } from "../../../consent/consent.ts";
import { rememberCourse } from "../../../consent/recent-courses.ts";
import { useApi } from "../../../data/api.ts";
import { courseInput } from "../../../data/inputs.ts";
import { PageWords } from "../../../messages/page-words.tsx";
import { CourseArticle } from "./course-article.tsx";

const route = getRouteApi("/courses/$slug");

export function CoursePage() {
  return (
    <PageWords>
      <Course />
    </PageWords>
  );
}

function Course() {
  const { slug } = route.useParams();
  const { data: course } = useSuspenseQuery(
    useApi().courses.bySlug.queryOptions(courseInput(slug)),
  );

  const consent = useConsent();
  const { title } = course;
  const topic = course.topics[0]?.slug ?? null;
  useEffect(() => {
    if (consent === "granted") rememberCourse({ slug, title, topic });
  }, [consent, slug, title, topic]);

  return <CourseArticle course={course} />;
}
