import type { CourseForEditing, CourseSnapshot } from "@lectern/contract/course-editing";
import { CourseLevel, CourseStatus, DeliveryMode } from "@lectern/contract/vocabulary";
import { z } from "zod";

/** A course as it is typed: numbers and lists of words are text until they are saved. */

const Module = z.object({ title: z.string(), topics: z.array(z.string()) });

const TranslationText = z.object({
  title: z.string(),
  summary: z.string(),
  body: z.string(),
  prerequisites: z.array(z.string()),
  outcomes: z.array(z.string()),
  syllabus: z.array(Module),
  /** Whether its writer says that it says what the course says now. */
  isChecked: z.boolean(),
});
export type TranslationText = z.infer<typeof TranslationText>;

const Fields = z.object({
  code: z.string(),
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  body: z.string(),
  contentLanguage: z.string(),
  level: CourseLevel.nullable(),
  durationDays: z.string(),
  prerequisites: z.array(z.string()),
  outcomes: z.array(z.string()),
  syllabus: z.array(Module),
  keywords: z.string(),
  deliveryModes: z.array(DeliveryMode),
  languages: z.array(z.string()),
  topics: z.array(z.string()),
  related: z.array(
    z.object({ slug: z.string(), code: z.string(), title: z.string(), status: CourseStatus }),
  ),
});

export type TranslationKey = `translation_${string}`;

export interface CourseText extends z.infer<typeof Fields> {
  /** By language; `null` where it is taken away. */
  [translation: TranslationKey]: TranslationText | null;
}

export type CourseKey = keyof CourseText;

const PREFIX = "translation_";

export function translationKey(language: string): TranslationKey {
  return `${PREFIX}${language}`;
}

/** @returns the language that a field is in; `undefined` for fields of the course itself */
export function languageOfKey(key: string): string | undefined {
  return isTranslationKey(key) ? key.slice(PREFIX.length) : undefined;
}

function isTranslationKey(key: string): key is TranslationKey {
  return key.startsWith(PREFIX);
}

/** @returns the languages that there is a translation into, in the order of their tags */
export function translatedInto(text: CourseText): string[] {
  return Object.keys(text)
    .filter(isTranslationKey)
    .filter((key) => text[key] != null)
    .map((key) => key.slice(PREFIX.length))
    .toSorted();
}

/** @returns the course as it is typed, when nothing is */
export function toCourseText(course: CourseForEditing): CourseText {
  const text: CourseText = {
    code: course.code,
    slug: course.slug,
    title: course.title,
    summary: course.summary,
    body: course.body,
    contentLanguage: course.contentLanguage,
    level: course.level,
    durationDays: course.durationDays === null ? "" : String(course.durationDays),
    prerequisites: course.prerequisites,
    outcomes: course.outcomes,
    syllabus: course.syllabus,
    keywords: course.keywords.join(", "),
    deliveryModes: course.deliveryModes,
    languages: course.languages,
    topics: course.topics.map(({ slug }) => slug),
    related: course.related,
  };
  for (const translation of course.translations) {
    const { language, title, summary, body, prerequisites, outcomes, syllabus } = translation;
    text[translationKey(language)] = {
      title,
      summary,
      body,
      prerequisites,
      outcomes,
      syllabus,
      isChecked: false,
    };
  }
  return text;
}

/** @returns the course as it was kept on the device; `undefined` for what has another form */
export function readCourseText(content: object): CourseText | undefined {
  const fields = Fields.safeParse(content);
  if (!fields.success) return undefined;
  const text: CourseText = { ...fields.data };
  for (const [key, value] of Object.entries(content)) {
    if (!isTranslationKey(key)) continue;
    const translation = TranslationText.nullable().safeParse(value);
    if (!translation.success) return undefined;
    text[key] = translation.data;
  }
  return text;
}

/** @returns a translation of which nothing is written yet */
export function emptyTranslation(): TranslationText {
  return {
    title: "",
    summary: "",
    body: "",
    prerequisites: [],
    outcomes: [],
    syllabus: [],
    isChecked: false,
  };
}

/** @returns a value of a course as lines, to be compared with another */
export function linesOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(lineOf).join("\n");
  const { title, summary, body, prerequisites, outcomes, syllabus } =
    TranslationText.partial().parse(value);
  return [title, summary, body, linesOf(outcomes), linesOf(prerequisites), linesOf(syllabus)]
    .filter((part) => part !== undefined && part !== "")
    .join("\n\n");
}

function lineOf(value: unknown): string {
  const module = Module.safeParse(value);
  if (module.success) {
    return [module.data.title, ...module.data.topics.map((topic) => `  – ${topic}`)].join("\n");
  }
  const related = z.object({ title: z.string() }).safeParse(value);
  return related.success ? related.data.title : String(value);
}

/** A field that differs between two versions. */
export interface Difference {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** @returns what differs between two versions, translations by their languages */
export function compareSnapshots(before: CourseSnapshot, after: CourseSnapshot): Difference[] {
  const [old, now] = [before, after].map((snapshot): Record<string, unknown> => {
    const { translations, ...fields } = snapshot;
    const byLanguage = translations.map(
      ({ language, ...rest }) => [translationKey(language), rest] as const,
    );
    return { ...fields, ...Object.fromEntries(byLanguage) };
  });
  if (old === undefined || now === undefined) return [];
  return [...new Set([...Object.keys(now), ...Object.keys(old)])].flatMap((key) => {
    const [was, is] = [linesOf(old[key]), linesOf(now[key])];
    return was === is ? [] : [{ key, before: was, after: is }];
  });
}

/** @returns what is saved, as a version would have it */
export function snapshotOf(course: CourseForEditing): CourseSnapshot {
  return {
    ...course,
    topics: course.topics.map(({ slug }) => slug),
    related: course.related.map(({ slug }) => slug),
  };
}
