import { arrayOf, nullable, text, uuid } from "@lectern/database/codecs";
import { prepared, type Slots } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { courseTranslation } from "@lectern/database/schema/catalogue";
import { type SQL, sql } from "drizzle-orm";

/**
 * What courses are called in the language that somebody reads. Lists that are pages bring the words along
 * (`betterTranslation`). Elsewhere, who reads what courses are written in anyway causes no question; all others cause
 * one, however many courses there are.
 */

/** What a course is written in, as answers have it. */
interface Written {
  readonly id: string;
  readonly title: string;
  readonly contentLanguage: string;
}

const translations = prepared(
  "courses.inLanguage",
  { courseIds: arrayOf(uuid), languages: arrayOf(text) },
  (q, $) =>
    q
      .select({
        courseId: courseTranslation.courseId,
        language: courseTranslation.language,
        title: courseTranslation.title,
        summary: courseTranslation.summary,
      })
      .from(courseTranslation)
      .where(
        sql`${courseTranslation.courseId} = ANY (${$.courseIds}) AND ${courseTranslation.language} = ANY (${$.languages})`,
      ),
);

/** The languages that will do, the best first: what was asked for, and what it is a kind of (`nb` of `nb-NO`). */
function wanted(language: string): string[] {
  const [base = language] = language.split("-");
  return base === language ? [language] : [language, base];
}

/** What a query takes that brings translations along: see `wantedLanguages`. */
export const LANGUAGE_PARAMETERS = { wanted: nullable(arrayOf(text)) };

/** @returns the parameter of a query that brings translations along; `null`: each course stays as it is written */
export function wantedLanguages(language: string | null | undefined): readonly string[] | null {
  return language == null ? null : wanted(language);
}

interface Translation {
  readonly language: string;
  readonly title: string;
  readonly summary: string;
}

/**
 * A column of a query on `course`, for pages that are read in one go: the translation in which the course would better be
 * read, by the rule of `translationsFor`.
 */
export function betterTranslation($: Slots<typeof LANGUAGE_PARAMETERS>): SQL<Translation | null> {
  return sql`(
    SELECT json_build_object('language', ct.language, 'title', ct.title, 'summary', ct.summary)
    FROM course_translation AS ct
    WHERE ct.course_id = course.id AND course.content_language <> (${$.wanted})[1]
      AND (ct.language = (${$.wanted})[1]
        OR (ct.language = (${$.wanted})[2] AND course.content_language <> (${$.wanted})[2]))
    ORDER BY ct.language = (${$.wanted})[1] DESC LIMIT 1)`;
}

/** @returns a course as cards show it, in the words of a translation, if there is one */
export function inWordsOf<Course extends Written>(
  course: Course,
  translation: Translation | null,
): Course {
  if (translation === null) return course;
  const { title, summary, language: contentLanguage } = translation;
  return { ...course, title, contentLanguage, ...("summary" in course && { summary }) };
}

/** @returns for each course that would better be read in a translation, that */
async function translationsFor(
  db: Queryable,
  language: string | null | undefined,
  courses: readonly Written[],
) {
  const languages = language == null ? [] : wanted(language);
  const foreign = courses.filter(({ contentLanguage }) => contentLanguage !== languages[0]);
  if (languages.length === 0 || foreign.length === 0) return new Map<string, never>();
  const courseIds = [...new Set(foreign.map(({ id }) => id))];
  const found = await translations.execute(db, { courseIds, languages });
  return new Map(
    foreign.flatMap(({ id, contentLanguage }) => {
      const best = languages
        .flatMap((each) => found.find((row) => row.courseId === id && row.language === each) ?? [])
        .at(0);
      const isBetter =
        best !== undefined && (best.language === languages[0] || contentLanguage !== languages[1]);
      return isBetter ? [[id, best]] : [];
    }),
  );
}

/**
 * @param language that is read; without one, each course stays as it is written
 * @returns courses as cards show them, in that language as far as there are translations
 */
export async function coursesInLanguage<Course extends Written & { readonly summary: string }>(
  db: Queryable,
  language: string | null | undefined,
  courses: readonly Course[],
): Promise<Course[]> {
  const known = await translationsFor(db, language, courses);
  return courses.map((course) => inWordsOf(course, known.get(course.id) ?? null));
}

/**
 * @param language that is read; without one, each course stays as it is written
 * @returns what is about a run, whose course is called as in that language as far as there are translations
 */
export async function runsInLanguage<Run extends { readonly course: Written }>(
  db: Queryable,
  language: string | null | undefined,
  runs: readonly Run[],
): Promise<Run[]> {
  const known = await translationsFor(
    db,
    language,
    runs.map(({ course }) => course),
  );
  return runs.map((run) => ({
    ...run,
    course: inWordsOf(run.course, known.get(run.course.id) ?? null),
  }));
}

/** The same of one thing that has a run. */
export async function withRunInLanguage<
  Thing extends { readonly run: { readonly course: Written } },
>(db: Queryable, language: string | null | undefined, thing: Thing): Promise<Thing> {
  const [run = thing.run] = await runsInLanguage(db, language, [thing.run]);
  return { ...thing, run };
}

/** The same of all of a list. */
export async function withRunsInLanguage<
  Thing extends { readonly run: { readonly course: Written } },
>(db: Queryable, language: string | null | undefined, things: readonly Thing[]): Promise<Thing[]> {
  const runs = await runsInLanguage(
    db,
    language,
    things.map(({ run }) => run),
  );
  return things.map((thing, i) => ({ ...thing, run: runs[i] ?? thing.run }));
}
