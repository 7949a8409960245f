import type { CourseForEditing } from "@lectern/contract/course-editing";
import type { CourseDetail } from "@lectern/contract/courses";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";
import { PageWords } from "../../../messages/page-words.tsx";
import { CourseArticle } from "../../public/course/course-article.tsx";
import { type CourseText, translationKey, translatedInto } from "./course-text.ts";

interface CoursePreviewProps {
  readonly course: CourseForEditing;
  readonly text: CourseText;
  readonly language: string;
}

/** The public page of a course, of what is typed: the same parts, and so the same care with what stands in texts. */
export function CoursePreview({ course, text, language }: CoursePreviewProps) {
  const api = useApi();
  const topics = useQuery(api.courses.topics.queryOptions());
  // Its dates, and what stands below it, if it is out.
  const isOut = course.status === "published";
  const page = useQuery(
    api.courses.bySlug.queryOptions({ slug: course.slug }, { enabled: isOut, retry: false }),
  );
  const names = new Map(topics.data?.topics.map(({ slug, name }) => [slug, name]));
  const detail: CourseDetail = {
    id: course.id,
    version: course.version,
    status: course.status,
    updatedAt: course.updatedAt,
    sourceUrl: course.sourceUrl,
    code: text.code,
    slug: text.slug,
    level: text.level,
    durationDays: daysOf(text.durationDays),
    keywords: [],
    deliveryModes: text.deliveryModes,
    languages: text.languages,
    topics: text.topics.map((slug) => ({ slug, name: names.get(slug) ?? slug })),
    upcomingRuns: page.data?.upcomingRuns ?? [],
    related: page.data?.related ?? [],
    translations: translatedInto(text),
    ...wordsIn(text, language),
  };
  return (
    <PageWords>
      <CourseArticle course={detail} />
    </PageWords>
  );
}

function daysOf(typed: string): number | null {
  const days = Number(typed.replace(",", "."));
  return typed.trim() === "" || Number.isNaN(days) ? null : days;
}

/** As the API chooses them: lists that nobody translated are the course's own. */
function wordsIn(text: CourseText, language: string) {
  const translation = text[translationKey(language)];
  const lists = {
    prerequisites: full(text.prerequisites),
    outcomes: full(text.outcomes),
    syllabus: text.syllabus.filter(({ title }) => title.trim() !== ""),
  };
  if (translation == null) {
    const { title, summary, body, contentLanguage } = text;
    return { title, summary, body, contentLanguage, ...lists };
  }
  const { title, summary, body, prerequisites, outcomes, syllabus } = translation;
  return {
    title,
    summary,
    body,
    contentLanguage: language,
    prerequisites: prerequisites.length > 0 ? full(prerequisites) : lists.prerequisites,
    outcomes: outcomes.length > 0 ? full(outcomes) : lists.outcomes,
    syllabus: syllabus.length > 0 ? syllabus : lists.syllabus,
  };
}

/** Each once: as keys, they tell one from another. */
function full(lines: readonly string[]): string[] {
  return [...new Set(lines)].filter((line) => line.trim() !== "");
}
