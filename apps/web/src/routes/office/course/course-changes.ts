import type { CourseForEditing } from "@lectern/contract/course-editing";
import {
  type CourseKey,
  type CourseText,
  type TranslationText,
  translatedInto,
  translationKey,
} from "./course-text.ts";

/** @returns lines without those that are empty */
function written(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function modulesOf(modules: CourseText["syllabus"]): CourseText["syllabus"] {
  return modules
    .map(({ title, topics }) => ({ title: title.trim(), topics: written(topics) }))
    .filter(({ title, topics }) => title !== "" || topics.length > 0);
}

function daysOf(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return plain === "" ? null : Number(plain);
}

/** Each field as the API takes it. */
const VALUE_OF = {
  code: ({ code }) => code.trim().toUpperCase(),
  slug: ({ slug }) => slug.trim(),
  title: ({ title }) => title.trim(),
  summary: ({ summary }) => summary.trim(),
  body: ({ body }) => body,
  contentLanguage: ({ contentLanguage }) => contentLanguage,
  level: ({ level }) => level,
  durationDays: ({ durationDays }) => daysOf(durationDays),
  prerequisites: ({ prerequisites }) => written(prerequisites),
  outcomes: ({ outcomes }) => written(outcomes),
  syllabus: ({ syllabus }) => modulesOf(syllabus),
  keywords: ({ keywords }) => [...new Set(written(keywords.split(",")))],
  deliveryModes: ({ deliveryModes }) => deliveryModes,
  languages: ({ languages }) => languages,
  topics: ({ topics }) => topics,
  related: ({ related }) => related.map(({ slug }) => slug),
} as const satisfies Record<string, (text: CourseText) => unknown>;

type Field = keyof typeof VALUE_OF;

function isField(key: string): key is Field {
  return Object.hasOwn(VALUE_OF, key);
}

/**
 * @param saved the course as it was read: it says which translations were older than the course
 * @param keys the fields that were changed
 * @returns what the API is to change
 */
export function changesOf(
  text: CourseText,
  saved: CourseForEditing,
  keys: readonly CourseKey[],
): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const key of keys) {
    if (isField(key)) changes[key] = VALUE_OF[key](text);
    else changes["translations"] = translationsOf(text, saved);
  }
  return changes;
}

function translationsOf(text: CourseText, saved: CourseForEditing): object[] {
  return translatedInto(text).flatMap((language) => {
    const translation = text[translationKey(language)];
    if (translation == null) return [];
    const outdated = saved.translations.find((one) => one.language === language)?.outdated ?? [];
    return [{ language, ...wordsOf(translation), ...upToDate(translation, outdated.length > 0) }];
  });
}

function wordsOf(translation: TranslationText) {
  return {
    title: translation.title.trim(),
    summary: translation.summary.trim(),
    body: translation.body,
    prerequisites: written(translation.prerequisites),
    outcomes: written(translation.outcomes),
    syllabus: modulesOf(translation.syllabus),
  };
}

/** One that was older stays so, whatever is mended in it, until its writer says otherwise. */
function upToDate({ isChecked }: TranslationText, wasOlder: boolean): { isUpToDate?: boolean } {
  if (isChecked) return { isUpToDate: true };
  return wasOlder ? { isUpToDate: false } : {};
}
